"""Vorleser reads German articles aloud.

source (text, HTML, Markdown, EPUB, URL)
  → reading   what is the article, what is page furniture
  → spoken    written German → sentences → speakable German
  → sound     one MP3 per paragraph, with timings, cached by content
  → track     the article's audio: a view over its clips
  → surfaces  player, MP3, captions, feed, API, command line
"""

__version__ = "0.1.0"

"""Vorleser reads German articles aloud.

source (text, page, file, link)
  → reading   what is the article, what is page furniture
  → spoken    written German → sentences → speakable German
  → sound     one MP3 per paragraph, with timings, cached by content
  → sound     the article's audio, its track: a view over its clips
  → web, commands, notify: player, MP3, captions, feed, API, command line
"""

__version__ = "0.1.0"

"""Source → article: what is to be read, and what is left out and why."""

from service.reading.apart import read_apart, text_apart, warm
from service.reading.chapters import as_one
from service.reading.charset import decode
from service.reading.file import read_file
from service.reading.html import read_html
from service.reading.link import fetch_link, read_link
from service.reading.markdown import read_markdown
from service.reading.pictures import fetch_picture, small_picture
from service.reading.plain_text import read_text
from service.reading.text import words

__all__ = [
    "as_one",
    "decode",
    "fetch_link",
    "fetch_picture",
    "read_apart",
    "read_file",
    "read_html",
    "read_link",
    "read_markdown",
    "read_text",
    "small_picture",
    "text_apart",
    "warm",
    "words",
]

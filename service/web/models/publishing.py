"""What other services read: chapters and embeds."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from service.web.models.describing import described


@described()
class Chapter(TypedDict):
    """A chapter of a track."""

    startTime: float
    """Seconds in the track."""
    title: str


@described(
    version="1.2.0",
    title="Die Mühle am Bach",
    chapters=[{"startTime": 0.0, "title": "Die Mühle am Bach"}],
)
class Chapters(TypedDict):
    """Chapters as podcast apps read them (Podcasting 2.0, JSON chapters)."""

    version: Literal["1.2.0"]
    title: str
    chapters: list[Chapter]


@described(
    version="1.0",
    type="rich",
    title="Die Mühle am Bach",
    provider_name="Vorleser",
    provider_url="https://vorleser.example/",
    html='<iframe src="https://vorleser.example/embed/0198f0c2a1b34d5e"></iframe>',
    width=600,
    height=240,
    cache_age=3600,
)
class Embed(TypedDict):
    """The player for a pasted link (oembed.com); sizes in pixels."""

    version: Literal["1.0"]
    type: Literal["rich"]
    title: str
    author_name: NotRequired[str]
    provider_name: str
    provider_url: str
    html: str
    width: int
    height: int
    cache_age: int
    """Seconds."""
    thumbnail_url: NotRequired[str]
    thumbnail_width: NotRequired[int]
    thumbnail_height: NotRequired[int]

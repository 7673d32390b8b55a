"""What is asked of articles: to be made, edited, listed."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from service.domain import FASTEST_RATE, SLOWEST_RATE, Choice, Extra, Listed, Place, Sort, State
from service.reading import words
from service.web.casting import Parts
from service.web.hosts import origin_of
from service.web.parts import Slug
from service.web.problems import fault

Rate = Annotated[float, Field(ge=SLOWEST_RATE, le=FASTEST_RATE, allow_inf_nan=False)]
_SOURCES = ("text", "html", "markdown", "url")
_ADDRESS = re.compile(r"""https?://[^\s\x00-\x1f\x7f<>"\\]+""", re.IGNORECASE)
_LANGUAGE = re.compile(  # RFC 5646, section 2.1: language, script, region, variants, extensions
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?"
    r"(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*(-[a-z0-9](-[a-z0-9]{1,8})+)*",
    re.IGNORECASE | re.ASCII,
)
_CURSOR = re.compile(
    r"(?P<id>[0-9a-f]{16})(?:-(?P<age>[0-9a-f]{1,14})-(?P<title>[\w-]*))?", re.ASCII
)
_CUT = 120  # characters of a title in a cursor
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _web_address(given: str) -> str:
    if not _ADDRESS.fullmatch(given) or origin_of(given) is None:
        raise fault("source-url")
    return given


def _language(given: str) -> str:
    if not _LANGUAGE.fullmatch(given):
        raise fault("language-tag")
    return given


def cursor_behind(last: Listed) -> str:
    """Where the list goes on behind it: its id, and what it is sorted by, should it be deleted."""
    age = (last.created_at - _EPOCH) // timedelta(microseconds=1)
    title = urlsafe_b64encode(last.article.title[:_CUT].encode()).decode().rstrip("=")
    return f"{last.id}-{age:x}-{title}"


def _place(cursor: str) -> Place | None:
    """The place that a cursor names; None for the beginning. Raises ValueError."""
    if not cursor:
        return None
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise ValueError
    if match["age"] is None:
        return Place(match["id"])
    title = urlsafe_b64decode(match["title"] + "=" * (-len(match["title"]) % 4)).decode()
    return Place(match["id"], _EPOCH + timedelta(microseconds=int(match["age"], 16)), title)


def _cursor(given: str) -> str:
    try:
        _place(given)
    except ValueError:
        raise fault("cursor-unknown") from None
    return given


Language = Annotated[
    str,
    Field(max_length=16, json_schema_extra={"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"}),
    AfterValidator(_language),
]
Cursor = Annotated[
    str,
    AfterValidator(_cursor),
    Field(json_schema_extra={"pattern": "^([0-9a-f]{16}(-[0-9a-f]{1,14}-[A-Za-z0-9_-]*)?)?$"}),
]
WebAddress = Annotated[
    str,
    Field(max_length=4096, json_schema_extra={"format": "uri"}),
    AfterValidator(_web_address),
]


Extras = Annotated[list[Annotated[Extra, Field(strict=False)]], Field(max_length=len(Extra))]


Title = Annotated[str, AfterValidator(words)]


class Source(BaseModel):
    """What an article is made from, in a request's body."""

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)

    text: str | None = None
    """Plain text; its first line is the title, unless one is given."""
    html: str | None = None
    """A page; what belongs to its article is looked for."""
    markdown: str | None = None
    url: str | None = None
    """Address of a page or file, which is fetched."""
    title: Title | None = None
    voice: str | None = None
    """Id of a voice; without one the default voice speaks."""
    rate: Rate | None = None
    """The voice's pace, 1 is its own."""
    language: Language | None = None
    """Of the text, where it cannot be told from it (RFC 5646)."""
    cast: Parts | None = None
    """Voices by the parts that they read: `title`, `heading`, `quote`, `question`, `answer`,
    `speaker:NAME`, `language:CODE`."""
    extras: Extras | None = None
    """What is read beside the text."""
    collections: Annotated[list[Slug], Field(max_length=20)] | None = None
    """Names of those that it belongs to."""
    source_url: WebAddress | None = None
    """Where the text is from."""

    @property
    def given(self) -> list[str]:
        """The fields that carry an article."""
        return [name for name in _SOURCES if getattr(self, name) is not None]


def _by_source(schema: dict[str, Any]) -> None:
    """One shape for each source: what generated clients can make classes of."""
    fields = schema.pop("properties")
    common = {name: field for name, field in fields.items() if name not in _SOURCES}
    whole = {key: schema.pop(key) for key in ("type", "additionalProperties")}
    schema["examples"] = [{"text": "Die Mühle\n\nSie steht am Bach.", "collections": ["dorf"]}]
    schema["oneOf"] = [
        {
            "title": f"ArticleFrom{source.title()}",
            **whole,
            "required": [source],
            "properties": {source: fields[source]} | common,
        }
        for source in _SOURCES
    ]


class NewArticle(Source):
    """Exactly one source."""

    model_config = ConfigDict(json_schema_extra=_by_source)

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if len(self.given) != 1:
            raise fault("source-not-one")
        return self


class Edit(Source):
    """At most one source, and at least one change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Die Mühle"}]})

    @model_validator(mode="after")
    def _some_change(self) -> Self:
        if len(self.given) > 1 or not self.model_fields_set:
            raise fault("change-missing")
        if self.language and not self.given:
            raise fault("language-alone")
        return self


class Wanted(BaseModel):
    """Which articles a list shows, and from where on."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    q: Annotated[str, Field(max_length=500)] = ""
    """Words that begin words of title, site or text, all of them."""
    collection: Slug | None = None
    """Those of this one alone."""
    state: State | None = None
    """Those that are so far."""
    sort: Sort = Sort.NEWEST
    """In what order."""
    cursor: Cursor = ""
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    """How many at most."""

    @property
    def choice(self) -> Choice:
        """The same, as the library takes it."""
        return Choice(self.q, self.collection, self.state, self.sort)

    @property
    def after(self) -> Place | None:
        """Where it goes on, None for the beginning."""
        return _place(self.cursor)

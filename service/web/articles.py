"""Articles as JSON: post, list, read, edit, delete, retry, follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from starlette.datastructures import UploadFile

from service import reading
from service.domain import (
    FASTEST_RATE,
    SLOWEST_RATE,
    Article,
    ArticleCollection,
    Cast,
    Choice,
    Narration,
    Sort,
    State,
)
from service.errors import AlreadyThere, EmptyArticle, VersionConflict
from service.narration.articles import Change
from service.narration.writing import Manner
from service.web.access import Poster, Writer
from service.web.bodies import as_request_error, json_body, read_json
from service.web.casting import Parts, in_form
from service.web.desk import desk_of
from service.web.hosts import origin_of
from service.web.manifest import entry, manifest, summary
from service.web.news import EVENT
from service.web.newsroom import Events, Newsroom
from service.web.parts import (
    Addressed,
    Addresses,
    ArticlesDep,
    CollectionsDep,
    EditionNumber,
    PartsDep,
    Slug,
    addresses,
    readable,
    slug,
)
from service.web.problems import Refusal, fault

router = APIRouter(prefix="/api/articles", tags=["articles"])

Rate = Annotated[float, Field(ge=SLOWEST_RATE, le=FASTEST_RATE, allow_inf_nan=False)]
_SOURCES = ("text", "html", "markdown", "url")
_FORM_FIELDS = ("voice", "rate", "title", "language")
_ADDRESS = re.compile(r"""https?://[^\s\x00-\x1f\x7f<>"\\]+""", re.IGNORECASE)
_LANGUAGE = re.compile(  # RFC 5646, section 2.1: language, script, region, variants, extensions
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?"
    r"(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*(-[a-z0-9](-[a-z0-9]{1,8})+)*",
    re.IGNORECASE | re.ASCII,
)
_BOUNDARY = re.compile(r";\s*boundary\s*=\s*[^\s;]", re.IGNORECASE)
_MOST_FILES = 20  # in a form, to be told that they are too many
_CURSOR = re.compile(r"([0-9a-f]{16})?")


def _web_address(given: str) -> str:
    if not _ADDRESS.fullmatch(given) or origin_of(given) is None:
        raise fault("source-url")
    return given


def _language(given: str) -> str:
    if not _LANGUAGE.fullmatch(given):
        raise fault("language-tag")
    return given


def _cursor(given: str) -> str:
    if not _CURSOR.fullmatch(given):
        raise fault("cursor-unknown")
    return given


Language = Annotated[
    str,
    Field(max_length=16, json_schema_extra={"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"}),
    AfterValidator(_language),
]
Cursor = Annotated[
    str,
    AfterValidator(_cursor),
    Field(json_schema_extra={"pattern": "^([0-9a-f]{16})?$"}),
]
WebAddress = Annotated[
    str,
    Field(max_length=4096, json_schema_extra={"format": "uri"}),
    AfterValidator(_web_address),
]


class Source(BaseModel):
    """What an article is made from, in a request's body."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str | None = None
    html: str | None = None
    markdown: str | None = None
    url: str | None = None
    title: str | None = None
    voice: str | None = None
    rate: Rate | None = None
    language: Language | None = None
    cast: Parts | None = None
    collections: Annotated[list[Slug], Field(max_length=20)] | None = None
    source_url: WebAddress | None = None

    @property
    def given(self) -> list[str]:
        """The fields that carry an article."""
        return [name for name in _SOURCES if getattr(self, name) is not None]


class NewArticle(Source):
    """Exactly one source."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [x]} for x in _SOURCES]})

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if len(self.given) != 1:
            raise fault("source-not-one")
        return self


class Edit(Source):
    """At most one source, and at least one change."""

    @model_validator(mode="after")
    def _some_change(self) -> Self:
        if len(self.given) > 1 or not self.model_fields_set:
            raise fault("change-missing")
        if self.language and not self.given:
            raise fault("language-alone")
        return self


_UPLOAD = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["file"],
            "properties": {"file": {"type": "string", "format": "binary"}}
            | {field: {"type": "string"} for field in (*_FORM_FIELDS, "collections", "cast")},
        }
    }
}


@router.post("", status_code=201, openapi_extra=json_body(NewArticle, **_UPLOAD))
async def post(
    request: Request,
    articles: ArticlesDep,
    collections: CollectionsDep,
    at: Addressed,
    _: Poster,
) -> JSONResponse:
    """Stores an article and starts speaking it: 201, or 200 if it is there already.

    A book's chapters are articles, in the collection that is named like the book; answered is
    the first one's manifest, with `articles`: all of them in order.
    """
    form = request.headers.get("content-type", "").startswith("multipart/form-data")
    texts, source = await (_uploaded(request) if form else _posted(request))
    book = _book_of(texts)
    kept = await articles.post_all(
        texts,
        manner=Manner(source.voice, source.rate or 1.0, Cast.of(source.cast or {})),
        collections=[*(source.collections or ()), *((book.name,) if book else ())],
    )
    if book:
        with suppress(AlreadyThere):  # it keeps the title that somebody gave it
            await collections.add(book)
    return await run_in_threadpool(_kept, kept, book, at)


class Wanted(BaseModel):
    """Which articles a list shows, and from where on."""

    q: Annotated[str, Field(max_length=500)] = ""
    collection: Slug | None = None
    state: State | None = None
    sort: Sort = Sort.NEWEST
    cursor: Cursor = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20

    @property
    def choice(self) -> Choice:
        """The same, as the library takes it."""
        return Choice(self.q, self.collection, self.state, self.sort)


@readable(router, "")
async def listed(
    articles: ArticlesDep, at: Addressed, wanted: Annotated[Wanted, Query()]
) -> dict[str, object]:
    """Articles, newest first; `next` is the cursor of the following page, or null.

    `q` are words that begin words of title, site or text, all of them.
    """
    most = wanted.limit + 1
    found = await articles.listed(wanted.choice, limit=most, cursor=wanted.cursor or None)
    page = found[: wanted.limit]
    return {
        "articles": [entry(one, at.path) for one in page],
        "next": page[-1].id if len(found) == most else None,
    }


@readable(router, "/{article_id}")
async def read(
    article_id: str,
    articles: ArticlesDep,
    at: Addressed,
    edition: EditionNumber | Literal["finished"] | None = None,
) -> JSONResponse:
    """The manifest of the newest edition; its ETag is the article's version, for If-Match.

    `edition` names another one that is there; `finished` is the one that listeners get.
    """
    if edition is None:
        return await run_in_threadpool(_manifest, await articles.get(article_id), at)
    number = None if edition == "finished" else edition
    return await run_in_threadpool(_manifest, await articles.edition(article_id, number), at)


@router.patch("/{article_id}", openapi_extra=json_body(Edit))
async def edit(
    article_id: str,
    request: Request,
    articles: ArticlesDep,
    _: Writer,
    if_match: Annotated[str | None, Header()] = None,
) -> JSONResponse:
    """Changes title, voice, rate, cast, text or collections; what stays the same keeps its audio.

    What is given is changed in the newest version; with `If-Match: "<version>"` in that one,
    and another one by now is a 412.
    """
    given = await read_json(request, Edit)
    version = _demanded(if_match, await articles.get(article_id))
    change = Change(
        article=reading.as_one(await _read(given, request)) if given.given else None,
        title=_title(given),
        voice=given.voice,
        rate=given.rate,
        collections=given.collections,
        cast=None if given.cast is None else Cast.of(given.cast),
    )
    return _manifest(await articles.edit(article_id, change, version=version), addresses(request))


@router.delete("/{article_id}", status_code=204)
async def delete(article_id: str, articles: ArticlesDep, _: Writer) -> Response:
    """Forgets the article."""
    await articles.delete(article_id)
    return Response(status_code=204)


@router.post("/{article_id}/retry", status_code=202)
async def retry(article_id: str, articles: ArticlesDep, at: Addressed, _: Writer) -> JSONResponse:
    """Tries failed paragraphs again, or the voice that was asked for where another speaks."""
    return _manifest(await articles.retry(article_id), at, 202)


_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"itemSchema": EVENT}}}
}


@router.get("/{article_id}/events", response_class=Events, responses=_EVENTS)
async def events(
    article_id: str,
    request: Request,
    parts: PartsDep,
    at: Addressed,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    """What becomes of the paragraphs as it happens, after what has become of them so far."""
    newsroom: Newsroom = request.app.state.newsroom
    return await newsroom.follow(article_id, parts, at, last_id=last_event_id)


def _book_of(chapters: Sequence[Article]) -> ArticleCollection | None:
    """The collection of a book's chapters; None for an article alone."""
    title = (chapters[0].site or chapters[0].title)[:200]
    return ArticleCollection(slug(title), title, is_book=True) if len(chapters) > 1 else None


async def _posted(request: Request) -> tuple[Sequence[Article], Source]:
    new = await read_json(request, NewArticle)
    return await _read(new, request), new


async def _uploaded(request: Request) -> tuple[Sequence[Article], Source]:
    if not _BOUNDARY.search(request.headers["content-type"]):
        raise Refusal(400, "form-boundary-missing")
    async with request.form(max_files=_MOST_FILES, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Refusal(422, "file-field-missing")
        if sum(isinstance(value, UploadFile) for _, value in form.multi_items()) > 1:
            raise Refusal(422, "form-files-several")
        given: dict[str, object] = {field: form.get(field) or None for field in _FORM_FIELDS}
        names = ",".join(map(str, form.getlist("collections"))).split(",")
        given["collections"] = [name.strip() for name in names if name.strip()]
        given["cast"] = in_form(form.getlist("cast"))
        with as_request_error():
            source = Source.model_validate(given, strict=False)  # a form has strings alone
        how = {"title": source.title, "language": source.language}
        return await desk_of(request).read_upload(file, **how), source


async def _read(source: Source, request: Request) -> Sequence[Article]:
    """The articles in a source. Raises InputError."""
    desk, settings = desk_of(request), request.app.state.settings
    how = {"title": source.title, "language": source.language}
    if source.text is not None:
        how["source_url"] = source.source_url
        return await desk.read(reading.read_text, source.text, **how)
    if source.markdown is not None:
        how["source_url"] = source.source_url
        return await desk.read(reading.read_markdown, source.markdown, **how)
    if source.html is not None:
        return await desk.read(reading.read_html, source.html, url=source.source_url, **how)
    is_open = settings.allow_private_fetch
    return await desk.read_link(source.url or "", allow_private=is_open, **how)


def _title(given: Source) -> str | None:
    """The headline that is to be another; one of a new text is in that text already."""
    if given.given or given.title is None:
        return None
    if not (title := " ".join(given.title.split())):
        raise EmptyArticle("title-empty")
    return title


def _kept(
    kept: Sequence[tuple[Narration, bool]], book: ArticleCollection | None, at: Addresses
) -> JSONResponse:
    """The answer to a POST: a book's takes a while."""
    first = kept[0][0]
    content = manifest(first, at.path)
    if len(kept) > 1:
        content["articles"] = [summary(narration, at.path) for narration, _ in kept]
        content["book"] = {"name": book.name, "title": book.title} if book else None
    is_new = any(is_new for _, is_new in kept)
    headers = {"Location": f"{at.root}/api/articles/{first.id}", "ETag": _etag(first)}
    return JSONResponse(content, 201 if is_new else 200, headers)


def _manifest(narration: Narration, at: Addresses, status: int = 200) -> JSONResponse:
    return JSONResponse(manifest(narration, at.path), status, {"ETag": _etag(narration)})


def _etag(narration: Narration) -> str:
    return f'"{narration.version}"'


def _demanded(if_match: str | None, narration: Narration) -> int | None:
    """The version that is to be changed and no other, if one is named. Raises VersionConflict.

    Weak tags count, since proxies that compress make them of ours.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    if str(narration.version) not in re.findall(r'"([^"]*)"', if_match):
        raise VersionConflict("article-changed", article=narration.id)
    return narration.version

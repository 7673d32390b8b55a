"""Articles as JSON: post, list, read, edit, delete, retry, follow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Annotated, Self, TypeVar

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.datastructures import UploadFile

from service import reading
from service.domain import FASTEST_RATE, SLOWEST_RATE, Article, Narration, State, Tally
from service.errors import EmptyArticle
from service.settings import Settings
from service.web.access import Poster, Writer
from service.web.manifest import manifest, summary
from service.web.parts import READING, Configured, Slug, Speaks, slug
from service.web.problems import Refusal, fault

router = APIRouter(prefix="/api/articles", tags=["articles"])

_Body = TypeVar("_Body", bound=BaseModel)
Rate = Annotated[float, Field(ge=SLOWEST_RATE, le=FASTEST_RATE, allow_inf_nan=False)]
_SOURCES = ("text", "html", "markdown", "url")
_FORM_FIELDS = ("voice", "rate", "title", "language")
_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # BCP 47


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
    language: Annotated[str, Field(max_length=16, pattern=_LANGUAGE)] | None = None
    collections: Annotated[list[Slug], Field(max_length=20)] | None = None
    source_url: Annotated[str | None, Field(pattern=r"^(?i:https?)://\S+$")] = None

    @property
    def given(self) -> list[str]:
        """The fields that carry an article."""
        return [name for name in _SOURCES if getattr(self, name) is not None]


class NewArticle(Source):
    """Exactly one source."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if len(self.given) != 1:
            raise fault("source-not-one")
        return self


class Change(Source):
    """At most one source, and at least one change."""

    @model_validator(mode="after")
    def _some_change(self) -> Self:
        if len(self.given) > 1 or not self.model_fields_set:
            raise fault("change-missing")
        if self.language and not self.given:
            raise fault("language-alone")
        return self


@router.post("", status_code=201)
async def post(request: Request, narrator: Speaks, _: Poster) -> JSONResponse:
    """Stores an article and starts speaking it: 201, or 200 if it is there already.

    A book's chapters are articles, in the collection that is named like the book; answered is
    the first one's manifest, with `articles`: all of them in order.
    """
    form = request.headers.get("content-type", "").startswith("multipart/form-data")
    articles, source = await (_uploaded(request) if form else _posted(request))
    kept = await narrator.narrate_all(
        articles,
        voice=source.voice,
        rate=source.rate or 1.0,
        collections=[*(source.collections or ()), *_collection_of(articles)],
    )
    first = await narrator.narration(kept[0][0].id)
    content = manifest(first)
    if len(kept) > 1:
        content["articles"] = [summary(narration) for narration, _ in kept]
    is_new = any(is_new for _, is_new in kept)
    location = {"Location": f"/api/articles/{first.id}"}
    return JSONResponse(content, 201 if is_new else 200, location)


@router.api_route("", methods=READING)
async def newest(
    narrator: Speaks,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    collection: Slug | None = None,
) -> dict[str, object]:
    """Articles, newest first; `next` is the cursor of the following page, or null."""
    found = await narrator.newest(limit=limit + 1, cursor=cursor or None, collection=collection)
    page = found[:limit]
    return {
        "articles": [summary(narration) for narration in page],
        "next": page[-1].id if len(found) > limit else None,
    }


@router.api_route("/{article_id}", methods=READING)
async def read(article_id: str, narrator: Speaks) -> JSONResponse:
    """The manifest."""
    return JSONResponse(manifest(await narrator.narration(article_id)))


@router.patch("/{article_id}")
async def edit(
    article_id: str, request: Request, narrator: Speaks, settings: Configured, _: Writer
) -> JSONResponse:
    """Changes title, voice, rate, text or collections; what stays the same keeps its audio."""
    change = await _body(request, Change)
    old = await narrator.narration(article_id)
    if change.model_fields_set - {"collections"}:
        article = await _changed(old, change, settings)
        await narrator.edit(article_id, article=article, voice=change.voice, rate=change.rate)
    if change.collections is not None:
        await narrator.collect(article_id, change.collections)
    return JSONResponse(manifest(await narrator.narration(article_id)))


@router.delete("/{article_id}", status_code=204)
async def delete(article_id: str, narrator: Speaks, _: Writer) -> Response:
    """Forgets the article."""
    await narrator.delete(article_id)
    return Response(status_code=204)


@router.post("/{article_id}/retry", status_code=202)
async def retry(article_id: str, narrator: Speaks, _: Writer) -> JSONResponse:
    """Tries failed paragraphs again, or the voice that was asked for where another speaks."""
    return JSONResponse(manifest(await narrator.retry(article_id)), 202)


async def _found(article_id: str, narrator: Speaks) -> str:
    return (await narrator.narration(article_id)).id


@router.get("/{article_id}/events", response_class=EventSourceResponse)
async def events(
    article_id: Annotated[str, Depends(_found)],
    narrator: Speaks,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """What becomes of the paragraphs as it happens, after what has become of them so far."""
    following = narrator.progress.follow(article_id)
    missed = narrator.progress.missed(article_id, last_event_id)
    narration = await narrator.narration(article_id)
    for news in missed or ():
        yield _paragraph_event(news.number, news.state, news.id)
    for number, line in enumerate(narration.lines, 1):
        if missed is None and line.state is not State.QUEUED:
            yield _paragraph_event(number, line.state)
    tally = narration.tally
    yield _article_event(article_id, tally)
    async for news in following:
        yield _paragraph_event(news.number, news.state, news.id)
        if news.tally.state is not tally.state:
            yield _article_event(article_id, news.tally)
        tally = news.tally


def _paragraph_event(number: int, state: State, news_id: str | None = None) -> ServerSentEvent:
    return ServerSentEvent(event="paragraph", id=news_id, data={"number": number, "state": state})


def _article_event(article_id: str, tally: Tally) -> ServerSentEvent:
    data = {"id": article_id, "state": tally.state, "ready": tally.ready, "total": tally.total}
    return ServerSentEvent(event="article", data=data)


def _collection_of(articles: Sequence[Article]) -> list[str]:
    """The collection of a book's chapters."""
    return [slug(articles[0].site or articles[0].title)] if len(articles) > 1 else []


async def _posted(request: Request) -> tuple[Sequence[Article], Source]:
    new = await _body(request, NewArticle)
    return [await _read(new, request.app.state.settings)], new


async def _uploaded(request: Request) -> tuple[Sequence[Article], Source]:
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Refusal(422, "file-field-missing")
        content = await file.read()
        name = file.filename or ""
        given: dict[str, object] = {field: form.get(field) or None for field in _FORM_FIELDS}
        names = ",".join(map(str, form.getlist("collections"))).split(",")
        given["collections"] = [name.strip() for name in names if name.strip()]
    with _as_request_error():
        source = Source.model_validate(given, strict=False)  # a form has strings alone
    found = partial(reading.read_file, name, content)
    return await asyncio.to_thread(found, title=source.title, language=source.language), source


async def _body(request: Request, kind: type[_Body]) -> _Body:
    limit = request.app.state.longest_body  # the route's own is for files
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > limit:
            raise Refusal(413, "request-too-long", limit_mb=limit >> 20)
    with _as_request_error():
        return kind.model_validate_json(bytes(content))


@contextmanager
def _as_request_error() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        found = [one | {"loc": ("body", *one["loc"])} for one in error.errors(include_url=False)]
        raise RequestValidationError(found) from error


async def _read(source: Source, settings: Settings) -> Article:
    """The article in a source. Raises InputError."""
    if source.text is not None:
        found = partial(reading.read_text, source.text, source_url=source.source_url)
    elif source.markdown is not None:
        found = partial(reading.read_markdown, source.markdown, source_url=source.source_url)
    elif source.html is not None:
        found = partial(reading.read_html, source.html, url=source.source_url)
    else:
        is_open = settings.allow_private_fetch
        found = partial(reading.read_url, source.url or "", allow_private=is_open)
    return await asyncio.to_thread(found, title=source.title, language=source.language)


async def _changed(old: Narration, change: Source, settings: Settings) -> Article:
    if change.given:
        return await _read(change, settings)
    if change.title is None:
        return old.article
    if not (title := " ".join(change.title.split())):
        raise EmptyArticle("title-empty")
    head = replace(old.article.paragraphs[0], text=title)
    # from now on it is the user's own version: reading its page again does not overwrite it
    return replace(old.article, paragraphs=(head, *old.article.paragraphs[1:]), page=None)

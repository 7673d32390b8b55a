"""Articles as JSON: post, list, read, edit, delete, retry, follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile

from service import reading
from service.domain import (
    Article,
    ArticleCollection,
    Cast,
    Narration,
)
from service.errors import AlreadyThere, EmptyArticle, VersionConflict
from service.narration.articles import Change
from service.narration.writing import Manner
from service.web import models
from service.web.access import MayPost, MayWrite
from service.web.bodies import as_request_error, json_body, media_type, read_json
from service.web.described import answer, events, header
from service.web.desk import desk_of
from service.web.forms import cast_in, names_in, whole
from service.web.manifest import entry, manifest, summary
from service.web.models.requests import Edit, NewArticle, Source, Wanted, cursor_behind
from service.web.newsroom import Newsroom
from service.web.parts import (
    Addressed,
    Addresses,
    ArticleId,
    ArticlesDep,
    CollectionsDep,
    EditionNumber,
    PartsDep,
    addresses,
    readable,
    slug,
)
from service.web.problems import Refusal
from service.web.refusals import refused

router = APIRouter(prefix="/api/articles", tags=["articles"])

_FORM_FIELDS = ("voice", "rate", "title", "language", "source_url")
_FORM_LISTS = ("extras", "collections")
_BOUNDARY = re.compile(r";\s*boundary\s*=\s*[^\s;]", re.IGNORECASE)
_MOST_FILES = 20  # in a form, to be told that they are too many
_MOST_FIELDS = 100  # more than all that are known, one for each entry of a list


_UPLOAD = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["file"],
            "properties": {"file": {"type": "string", "format": "binary"}}
            | {field: {"type": "string"} for field in (*_FORM_FIELDS, *_FORM_LISTS, "cast")},
        }
    }
}


_ETAG = {"ETag": header("The version, for If-Match.")}
_LOCATION = {"Location": header("Address of its manifest.")}
_MADE = answer(201, headers=_ETAG | _LOCATION) | answer(
    200, headers=_ETAG | _LOCATION, model=models.Posted, description="It is there already."
)
_EVENTS = answer(
    200,
    content=events(paragraph="ParagraphNews", article="ArticleNews", words="WordsNews"),
)


@router.post(
    "",
    status_code=201,
    response_model=models.Posted,
    responses=_MADE | refused(400),
    openapi_extra=json_body(NewArticle, **_UPLOAD),
)
async def post_article(
    request: Request,
    articles: ArticlesDep,
    collections: CollectionsDep,
    at: Addressed,
    _: MayPost,
) -> JSONResponse:
    """Stores an article and starts speaking it: 201, or 200 if it is there already.

    A book's chapters are articles, in the collection that is named like the book; answered is
    the first one's manifest, with `articles`: all of them in order.
    """
    kind = media_type(request.headers.get("content-type", ""))
    texts, source = await (_uploaded if kind in _UPLOAD else _posted)(request)
    book = _book_of(texts)
    kept = await articles.post_all(
        texts,
        manner=_manner(source),
        collections=[*(source.collections or ()), *((book.name,) if book else ())],
    )
    if book:
        with suppress(AlreadyThere):  # it keeps the title that somebody gave it
            await collections.add(book)
    return await run_in_threadpool(_kept, kept, book, at)


@readable(router, "", response_model=models.ArticleList)
async def list_articles(
    articles: ArticlesDep, at: Addressed, wanted: Annotated[Wanted, Query()]
) -> JSONResponse:
    """Articles, newest first; `next` is the cursor of the following page, or null."""
    most = wanted.limit + 1
    listed = await articles.listed(wanted.choice, limit=most, after=wanted.after)
    page = listed[: wanted.limit]
    following = cursor_behind(page[-1]) if len(listed) == most else None
    entries = [entry(article, at.path) for article in page]
    return JSONResponse({"articles": entries, "next": following})


@readable(
    router, "/{article_id}", response_model=models.Manifest, responses=answer(200, headers=_ETAG)
)
async def get_article(
    article_id: ArticleId,
    articles: ArticlesDep,
    at: Addressed,
    edition: Annotated[
        EditionNumber | Literal["finished"] | None,
        Query(description="Its number, or `finished`; without it the newest one."),
    ] = None,
) -> JSONResponse:
    """The manifest of the newest edition; its ETag is the article's version, for If-Match.

    `edition` names another one that is there; `finished` is the one that listeners get.
    """
    if edition is None:
        return await run_in_threadpool(_manifest, await articles.get(article_id), at)
    number = None if edition == "finished" else edition
    return await run_in_threadpool(_manifest, await articles.edition(article_id, number), at)


@router.patch(
    "/{article_id}",
    response_model=models.Manifest,
    responses=answer(200, headers=_ETAG) | refused(409, 412),
    openapi_extra=json_body(Edit),
)
async def edit_article(
    article_id: ArticleId,
    request: Request,
    articles: ArticlesDep,
    _: MayWrite,
    if_match: Annotated[
        str | None, Header(description="The version that is to be changed, in quotes.")
    ] = None,
) -> JSONResponse:
    """Changes title, voice, rate, cast, extras, text, source_url or collections; the rest stays.

    What is given is changed in the newest version; with `If-Match: "<version>"` in that one,
    and another one by now is a 412.
    """
    given = await read_json(request, Edit)
    narration = await articles.get(article_id)
    version = _demanded(if_match, narration)
    language = given.language or narration.article.language
    text = given.model_copy(update={"language": language})
    change = Change(
        article=reading.as_one(await _read(text, request)) if given.given else None,
        title=_title(given),
        source_url=given.source_url,
        voice=given.voice,
        rate=given.rate,
        extras=given.extras,
        collections=given.collections,
        cast=None if given.cast is None else Cast.of(given.cast),
    )
    return _manifest(await articles.edit(article_id, change, version=version), addresses(request))


@router.delete("/{article_id}", status_code=204)
async def delete_article(article_id: ArticleId, articles: ArticlesDep, _: MayWrite) -> Response:
    """Forgets the article."""
    await articles.delete(article_id)
    return Response(status_code=204)


@router.post(
    "/{article_id}/retry",
    status_code=202,
    response_model=models.Manifest,
    responses=answer(202, headers=_ETAG),
)
async def retry_article(
    article_id: ArticleId, articles: ArticlesDep, at: Addressed, _: MayWrite
) -> JSONResponse:
    """Tries failed paragraphs again, or the voice that was asked for where another speaks."""
    return _manifest(await articles.retry(article_id), at, 202)


@router.get("/{article_id}/events", response_class=Response, responses=_EVENTS)
async def follow_article(
    article_id: ArticleId,
    request: Request,
    parts: PartsDep,
    at: Addressed,
    last_event_id: Annotated[
        str | None, Header(description="The event that was seen last; what came since is told.")
    ] = None,
) -> Response:
    """What becomes of the paragraphs as it happens, after what has become of them so far."""
    newsroom: Newsroom = request.app.state.newsroom
    return await newsroom.follow(article_id, parts, at, last_id=last_event_id)


def _book_of(chapters: Sequence[Article]) -> ArticleCollection | None:
    """The collection of a book's chapters; None for an article alone."""
    title = (chapters[0].site or chapters[0].title)[:200]
    return ArticleCollection(slug(title), title, is_book=True) if len(chapters) > 1 else None


def _manner(source: Source) -> Manner:
    """How an article is to be spoken."""
    cast, extras = Cast.of(source.cast or {}), tuple(source.extras or ())
    return Manner(source.voice, source.rate or 1.0, cast, extras)


async def _posted(request: Request) -> tuple[Sequence[Article], Source]:
    new = await read_json(request, NewArticle)
    return await _read(new, request), new


async def _uploaded(request: Request) -> tuple[Sequence[Article], Source]:
    if not _BOUNDARY.search(request.headers["content-type"]):
        raise Refusal(400, "form-boundary-missing")
    async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Refusal(422, "file-field-missing")
        if sum(isinstance(value, UploadFile) for _, value in form.multi_items()) > 1:
            raise Refusal(422, "form-files-several")
        file.filename = whole(file.filename or "")
        given: dict[str, object] = {field: _last(form.getlist(field)) for field in _FORM_FIELDS}
        given |= {field: names_in(form.getlist(field)) for field in _FORM_LISTS}
        given["cast"] = cast_in(form.getlist("cast"))
        with as_request_error():
            source = Source.model_validate(given, strict=False)  # a form has strings alone
        how = {"title": source.title, "language": source.language}
        texts = await desk_of(request).read_upload(file, **how)
        return [_from(text, source.source_url) for text in texts], source


def _last(fields: Sequence[object]) -> str | None:
    """What a form's field says, said several times the last; None for nothing."""
    return whole(str(fields[-1])) or None if fields else None


def _from(article: Article, source_url: str | None) -> Article:
    """The article with the address that it is said to be from, unless it tells its own."""
    return replace(article, source_url=article.source_url or source_url)


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
    if not given.title:
        raise EmptyArticle("title-empty")
    return given.title


def _kept(
    kept: Sequence[tuple[Narration, bool]], book: ArticleCollection | None, at: Addresses
) -> JSONResponse:
    """The answer to a POST: a book's takes a while."""
    first = kept[0][0]
    content = manifest(first, at.path)
    if book:
        content["articles"] = [summary(narration, at.path) for narration, _ in kept]
        content["book"] = {"name": book.name, "title": book.title}
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

"""The page on which people show that they may read."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from service.web.access import count_failure
from service.web.described import SIGN_IN, content
from service.web.parts import Configured, TokensDep, readable, root_of
from service.web.problems import Refusal
from service.web.readers import Readers, let_in
from service.web.refusals import refused
from service.web.site import page

router = APIRouter(tags=["pages"], default_response_class=Response)
_PAGE = content("text/html; charset=utf-8")

_HERE = re.compile(r"/(?![/\\])[!-\[\]-~]*")  # a path of ours, never another host's
_Target = Annotated[str, Query(description="The path to go on to.")]


class SignIn(BaseModel):
    """What a person shows."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    key: Annotated[str, Field(max_length=1000)] = ""
    """A read key or a token."""
    to: Annotated[str, Field(max_length=4096)] = "/"
    """The path to go on to."""


@readable(router, "/sign-in", responses=_PAGE | SIGN_IN)
async def sign_in_page(request: Request, settings: Configured, to: _Target = "/") -> Response:
    """Asks for a key, where one is needed."""
    if not settings.read_keys:
        return RedirectResponse(f"{root_of(request)}{_here(to)}", 303)
    return _page(request, to)


@router.post("/sign-in", status_code=303, responses=SIGN_IN | refused(401, 429))
async def sign_in(
    request: Request,
    settings: Configured,
    tokens: TokensDep,
    given: Annotated[SignIn, Form()],
) -> Response:
    """On to where one wanted to go, with a cookie; else asks again: 401, or 429 after too many."""
    readers, secret = Readers(settings, tokens), given.key.strip().encode()
    if not (secret and await readers.accept(secret)):
        return _page(request, given.to, refusal=_counted(request))
    answer = RedirectResponse(f"{root_of(request)}{_here(given.to)}", 303)
    await let_in(request, answer, secret, readers)
    return answer


def _counted(request: Request) -> Refusal:
    try:
        count_failure(request)
    except Refusal as refusal:
        return refusal
    return Refusal(401, "reading-key-needed")


def _page(request: Request, to: str, *, refusal: Refusal | None = None) -> Response:
    context = {"to": _here(to), "status": refusal.status_code if refusal else None}
    shown = page(request, "sign-in.html", context)
    shown.status_code = refusal.status_code if refusal else 200
    shown.headers.update(refusal.headers or {} if refusal else {})
    shown.headers["Cache-Control"] = "no-store"
    return shown


def _here(to: str) -> str:
    return to if _HERE.fullmatch(to) else "/"

"""Tokens: who may read a private library."""

from __future__ import annotations

from typing_extensions import TypedDict

from service.web.models.describing import described

_TOKEN = {"id": "7d1f", "name": "Omas Radio", "created_at": "2026-11-23T18:00:00Z"}


@described(**_TOKEN)
class Token(TypedDict):
    """A token, whose secret is known to nobody but its holder."""

    id: str
    name: str
    """Whom or what it is for."""
    created_at: str
    """RFC 3339."""


@described(tokens=[_TOKEN])
class TokenList(TypedDict):
    """All tokens, the oldest first."""

    tokens: list[Token]


@described(**_TOKEN | {"token": "…"})
class MadeToken(Token):
    """A new token."""

    token: str
    """Its secret, which is told this once."""

"""Who may read a private library: tokens, of which only hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Row, delete, insert, or_, select

from service.domain import Token
from service.errors import NotFound
from service.store.database import Database
from service.store.tables import tokens


def new_token(name: str, expires_at: datetime | None, parent: str | None) -> tuple[Token, str]:
    """A token and its secret: 192 random bits, of which no more than the hash is kept."""
    secret = secrets.token_urlsafe(24)
    digest = hashlib.sha256(secret.encode()).hexdigest()
    token_id = secrets.token_hex(6)
    return Token(token_id, name, datetime.now(UTC), digest, expires_at, parent), secret


class SqlTokens:
    """The Protocol TokenStore over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, name: str, *, expires_at: datetime | None = None, parent: str | None = None
    ) -> tuple[Token, str]:
        """A new token and its secret, which cannot be told again. Clears what has expired."""
        token, secret = new_token(name, expires_at, parent)
        async with self._database.writing() as db:
            await db.execute(delete(tokens).where(tokens.c.expires_at < token.created_at))
            await db.execute(insert(tokens).values(asdict(token)))
        return token, secret

    async def find(self, digest: str) -> Token | None:
        """The token whose secret has that SHA-256, unless it has expired."""
        is_current = or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > datetime.now(UTC))
        query = select(tokens).where(tokens.c.digest == digest, is_current)
        async with self._database.reading() as db:
            row = (await db.execute(query)).one_or_none()
        return _token(row) if row else None

    async def tokens(self) -> list[Token]:
        """Those of listeners and places, the oldest first; not those of browsers."""
        query = select(tokens).where(tokens.c.parent.is_(None)).order_by(tokens.c.created_at)
        async with self._database.reading() as db:
            return [_token(row) for row in await db.execute(query)]

    async def revoke(self, token_id: str) -> None:
        """Ends the token, and what browsers got for it. Raises NotFound."""
        query = select(tokens.c.digest).where(tokens.c.id == token_id, tokens.c.parent.is_(None))
        async with self._database.writing() as db:
            digest = (await db.execute(query)).scalar_one_or_none()
            if digest is None:
                raise NotFound("token-unknown")
            is_of_it = or_(tokens.c.digest == digest, tokens.c.parent == digest)
            await db.execute(delete(tokens).where(is_of_it))


def _token(row: Row[tuple[object, ...]]) -> Token:
    created_at = row.created_at.replace(tzinfo=UTC)  # SQLite keeps no zone
    return Token(row.id, row.name, created_at, row.digest, row.expires_at, row.parent)

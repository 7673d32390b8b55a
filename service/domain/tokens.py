"""Let in: who may read a private library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Token:
    """Lets one listener or place read a private library; its secret is known to nobody else."""

    id: str
    name: str
    created_at: datetime
    digest: str
    """SHA-256 of the secret, in hex digits."""
    expires_at: datetime | None = None
    parent: str | None = None
    """Digest of the key or token that it was made with: a signed-in browser's ends with that."""

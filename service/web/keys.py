"""Keys as operators set them, in full or as hashes, compared in constant time."""

from __future__ import annotations

import secrets

from service.settings import digest_of, keys_in


class Keys:
    """The keys of a setting; truthy when there are any."""

    def __init__(self, setting: str) -> None:
        self._digests = [digest_of(key) for key in keys_in(setting)]

    def __bool__(self) -> bool:
        return bool(self._digests)

    def has(self, given: bytes) -> bool:
        """Whether it is one of them."""
        return self.knows(digest_of(given))

    def knows(self, digest: str) -> bool:
        """Whether one of them has that SHA-256."""
        return any([secrets.compare_digest(digest, known) for known in self._digests])  # noqa: C419

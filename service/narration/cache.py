"""Tracks that were just asked for, so that a listener's many ranges cost one look-up."""

from __future__ import annotations

import time

from service.sound.track import Track

_KEPT, _BELIEVED_S = 64, 1.0

Wanted = tuple[str, int | None]
"""An article, and its edition; None for what listeners get."""


class TrackCache:
    """They are believed for a second only: another process may have changed the article.

    That a clip is made is told by all processes, and then at once.
    """

    def __init__(self) -> None:
        self._tracks: dict[Wanted, tuple[float, Track]] = {}
        self.changes = 0  # that this process has made; what was read before the last is out of date

    def get(self, wanted: Wanted) -> Track | None:
        """The track if it was kept within the last second."""
        kept_at, track = self._tracks.get(wanted, (0.0, None))
        return track if time.monotonic() - kept_at < _BELIEVED_S else None

    def put(self, wanted: Wanted, track: Track, *, changes: int) -> Track:
        """Returns the track, and keeps it unless there were more changes since it was read."""
        if len(self._tracks) >= _KEPT:
            self._tracks.clear()
        if changes == self.changes:
            self._tracks[wanted] = time.monotonic(), track
        return track

    def clear(self) -> None:
        """Forgets all: something has changed."""
        self.changes += 1
        self._tracks.clear()

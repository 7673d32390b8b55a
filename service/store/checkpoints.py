"""Check-points of SQLite's write-ahead log (sqlite.org/wal.html): they bring it into the file.

SQLite makes one after every 1000 pages; a small library would be in the log alone for months,
and who copied the file would have next to nothing.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import structlog

log = structlog.get_logger()

IDLE_S = 5.0  # without a change, until one is made


class Checkpoints:
    """Made once nothing has been written for a while; they block nobody."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def wrote(self) -> None:
        """Takes note of a change."""
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(IDLE_S, self._begin)

    async def close(self) -> None:
        """Makes no more of them: the last connection that closes makes one of its own."""
        if self._timer:
            self._timer.cancel()
        if self._task:
            await self._task

    def _begin(self) -> None:
        self._timer, self._task = None, asyncio.create_task(self._make())

    async def _make(self) -> None:
        try:
            is_done = await asyncio.to_thread(checkpoint, self._file)
        except sqlite3.Error as error:  # nothing is lost: the log is kept
            log.warning("the library's log could not be brought into its file", reason=str(error))
            return
        if not is_done:  # somebody reads an older state
            self.wrote()


def checkpoint(file: str) -> bool:
    """Brings what is in the log into the file; False where some of it had to wait."""
    with closing(sqlite3.connect(file)) as connection:
        row = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    is_busy, in_log, brought = row
    return not is_busy and in_log == brought

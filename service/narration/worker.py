"""A worker: what is queued is done in the background until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field, replace

import structlog

from service import figures
from service.contracts import AudioStore, Jobs, Work, Works
from service.domain import JobKind
from service.errors import ClipDamaged, StoreError, StoreLost, VorleserError
from service.narration.aligning import Aligning
from service.narration.asking import Asking
from service.narration.broadcast import Broadcast
from service.narration.channels import Channels
from service.narration.head_start import HeadStart
from service.narration.making import Making
from service.narration.pause import Pause

log = structlog.get_logger()

_REMIND_S = 30.0  # between looks for clips that are unfinished and in nobody's queue
_NO_FILE = "0" * 64
_AGAIN_S = 2.0  # before a lost queue is looked for again


@dataclass(slots=True)
class Worker:
    """Goes on when the queue was lost, pauses while the stores are away, and forgets nothing.

    `works` are what it does besides making clips, `schedules` when something is done by itself.
    """

    making: Making
    aligning: Aligning
    jobs: Jobs
    asking: Asking
    audio: AudioStore
    broadcast: Broadcast
    channels: Channels
    head_start: HeadStart
    clips_at_once: int = 1
    works: dict[JobKind, Work] = field(default_factory=dict)
    schedules: dict[JobKind, str] = field(default_factory=dict)
    pause: Pause = field(default_factory=Pause)
    _stopped: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _lost: StoreLost | None = field(default=None, init=False)

    async def run(self) -> None:
        """Does jobs, and follows those of other processes, until it is told to stop.

        Raises StoreLost when this process cannot work any more.
        """
        reminding = asyncio.create_task(self._remind())
        aligning = asyncio.create_task(self.aligning.run())
        if self.clips_at_once:
            self.head_start.open()
        try:
            await self._take()
        finally:
            self._stopped.set()
            self.aligning.stop()
            await asyncio.gather(reminding, aligning)
            await self.head_start.close()
        if self._lost:
            raise self._lost

    async def stop(self) -> None:
        """Lets subscribers go, takes no further job, and lets `run` return."""
        self._stopped.set()
        self.pause.end()
        self.channels.close()
        self.aligning.stop()
        await self.jobs.close()

    @property
    def _works(self) -> Works:
        return {JobKind.CLIP: Work(self._make, self.clips_at_once), **self.works}

    async def _take(self) -> None:
        """Follows the queue, and looks for it again where it was lost."""
        while True:
            try:
                return await self.jobs.run(
                    {kind: _counted(kind, work) for kind, work in self._works.items()},
                    on_news=self.broadcast.receive,
                    on_subscribed=self.channels.end_all,
                    schedules=self.schedules,
                )
            except StoreError as error:
                log.warning("the queue is lost for now", reason=str(error))
            except Exception:
                log.exception("the queue broke")
            if self._lost:
                return None
            await asyncio.sleep(_AGAIN_S)

    async def _make(self, clip_id: str) -> None:
        """One job, after the pause that there may be; raises what is to be tried again."""
        if not await self.pause.over():
            raise StoreError("process-ends")
        try:
            await self.making.make(clip_id)
        except StoreLost as error:
            await self._give_up(error)
            raise
        except Exception as error:
            self.pause.fail()
            if not isinstance(error, VorleserError | OSError):
                log.exception("a clip is left in the queue", clip=clip_id)
            raise
        self.pause.succeed()

    async def _give_up(self, error: StoreLost) -> None:
        log.critical("the process cannot go on", reason=str(error))
        self._lost = error
        await self.stop()

    async def _remind(self) -> None:
        while not self._stopped.is_set():
            try:
                await self.asking.remind()
                await self._look_at_audio()
            except StoreLost as error:
                await self._give_up(error)
            except VorleserError as error:
                log.warning("unfinished clips are not looked for", reason=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), _REMIND_S)

    async def _look_at_audio(self) -> None:
        """Raises StoreLost when the audio store is of no use any more, though nobody uses it."""
        with contextlib.suppress(ClipDamaged):
            await self.audio.get_range(_NO_FILE, start=0, end=1)


def _counted(kind: JobKind, work: Work) -> Work:
    """The same, and how it ended is counted."""

    async def do(name: str) -> None:
        with figures.job(kind):
            await work.do(name)

    return replace(work, do=do)

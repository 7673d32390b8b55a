"""Taking jobs of several kinds: of each no more at once than this process has slots for."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from pgqueuer import PgQueuer
from pgqueuer.models import Job, Schedule
from pgqueuer.qm import QueueManager
from pgqueuer.types import JobId, QueueEntrypoint

from service.contracts import Jobs, Schedules, Urgency, Works
from service.domain import JobKind

Do = Callable[[Job, JobKind], Awaitable[None]]


@dataclass
class Slots(QueueManager):
    """pgqueuer's own limits hold for all processes together, or for all kinds together."""

    slots: dict[QueueEntrypoint, int] = field(default_factory=dict)
    _kinds: dict[JobId, QueueEntrypoint] = field(default_factory=dict, init=False)

    def entrypoints_below_capacity_limits(self) -> set[QueueEntrypoint]:
        """The kinds of which one more can be taken."""
        self._kinds = {
            job_id: kind for job_id, kind in self._kinds.items() if job_id in self.job_context
        }
        taken = Counter(self._kinds.values())
        return {kind for kind, most in self.slots.items() if taken[kind] < most}

    async def fetch_jobs(
        self, batch_size: int, global_concurrency_limit: int | None, heartbeat_timeout: timedelta
    ) -> AsyncGenerator[Job, None]:
        """Jobs as there are slots for them."""
        limits = batch_size, global_concurrency_limit, heartbeat_timeout
        async for job in super().fetch_jobs(*limits):
            self._kinds[job.id] = job.entrypoint
            yield job

    def leave(self, job: Job) -> None:
        """Its work is over: the next can be taken while that is written down."""
        self._kinds.pop(job.id, None)


def arrange(queue: PgQueuer, works: Works, do: Do, *, schedules: Schedules, jobs: Jobs) -> PgQueuer:
    """The queue, ready to be run: `do` does its jobs, `jobs` are asked for what is scheduled."""
    slots = {QueueEntrypoint(kind): work.at_once for kind, work in works.items() if work.at_once}
    queue.qm = taking = Slots(queue.qm.queries, slots=slots)
    queue.qm.shutdown = queue.shutdown
    for kind in slots:
        _take(taking, JobKind(kind), do)
    for scheduled, when in schedules.items():
        _schedule(queue, scheduled, when, jobs)
    return queue


def _take(taking: Slots, kind: JobKind, do: Do) -> None:
    @taking.entrypoint(kind)
    async def work(job: Job) -> None:
        try:
            await do(job, kind)
        finally:
            taking.leave(job)


def _schedule(queue: PgQueuer, kind: JobKind, when: str, jobs: Jobs) -> None:
    @queue.schedule(kind, when)
    async def come(_: Schedule) -> None:
        await jobs.ask([""], urgency=Urgency.OTHERS, kind=kind)


def name_of(job: Job) -> str:
    """What the job was asked for by."""
    return (job.payload or b"").decode()

"""What every queue keeps of jobs of several kinds, and of what is scheduled."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from pgqueuer.adapters.inmemory import InMemoryDriver
from pgqueuer.models import CronExpressionEntrypoint
from pgqueuer.types import CronEntrypoint, CronExpression

from service.contracts import Urgency, Work
from service.domain import JobKind
from service.jobs import queue as memory_jobs
from service.jobs.postgres import shared_jobs
from service.jobs.queue import MemoryJobs
from service.store.database import connect
from tests.conftest import SLOW_POSTGRES
from tests.contract.running import running
from tests.waiting import MOST_S, eventually


async def test_each_kind_has_slots_of_its_own(make_jobs):
    """What takes its time keeps nobody waiting who waits for another kind."""
    jobs = await make_jobs()
    begun, goes_on, clip = [], asyncio.Event(), asyncio.Event()

    async def encode(name):
        begun.append(name)
        await goes_on.wait()

    async def speak(_):
        clip.set()

    works = {JobKind.RENDITION: Work(encode), JobKind.CLIP: Work(speak, 2)}
    async with running(jobs, works), asyncio.timeout(MOST_S):
        await jobs.ask(["a", "b"], urgency=Urgency.AWAITED, kind=JobKind.RENDITION)
        await eventually(lambda: begun == ["a"])
        await jobs.ask(["a"], urgency=Urgency.OTHERS)
        await clip.wait()
        await eventually_loaded(jobs, {JobKind.RENDITION: (1, 1)})
        goes_on.set()
        await eventually(lambda: begun[:1] == ["a"] and begun[-1] == "b")


async def test_a_process_leaves_to_others_what_it_cannot_do(make_jobs):
    jobs = await make_jobs()
    done = asyncio.Event()

    async def speak(_):
        done.set()

    async def never(_):
        raise AssertionError

    await jobs.ask(["a"], urgency=Urgency.AWAITED, kind=JobKind.WEBHOOK)
    await jobs.ask(["a"], urgency=Urgency.AWAITED, kind=JobKind.RENDITION)
    await jobs.ask(["a"], urgency=Urgency.OTHERS)
    works = {JobKind.CLIP: Work(speak), JobKind.RENDITION: Work(never, 0)}
    async with running(jobs, works):
        await asyncio.wait_for(done.wait(), MOST_S)
        await eventually_loaded(jobs, {JobKind.WEBHOOK: (1, 0), JobKind.RENDITION: (1, 0)})


async def test_what_waits_and_what_is_in_work_is_known(make_jobs):
    jobs = await make_jobs()
    assert await jobs.load() == {}
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def make(_):
        begun.set()
        await goes_on.wait()

    await jobs.ask(["a", "b", "c"], urgency=Urgency.OTHERS)
    await jobs.ask(["c"], urgency=Urgency.AWAITED)
    await jobs.ask(["a"], urgency=Urgency.OTHERS, kind=JobKind.PRUNE)
    await eventually_loaded(jobs, {JobKind.CLIP: (3, 0), JobKind.PRUNE: (1, 0)})
    async with running(jobs, make):
        await asyncio.wait_for(begun.wait(), MOST_S)
        await eventually_loaded(jobs, {JobKind.CLIP: (2, 1), JobKind.PRUNE: (1, 0)})
        assert (await jobs.load())[JobKind.CLIP].oldest_s >= 0
        goes_on.set()
        await eventually_loaded(jobs, {JobKind.PRUNE: (1, 0)})


async def eventually_loaded(jobs, expected):
    async with asyncio.timeout(MOST_S):
        while True:
            load = (await jobs.load()).items()
            if {kind: (one.queued, one.running) for kind, one in load} == expected:
                return
            await asyncio.sleep(0.02)


@pytest.mark.slow  # no schedule is finer than a second
@pytest.mark.parametrize("make_jobs", [MemoryJobs, SLOW_POSTGRES], indirect=True)
async def test_what_is_scheduled_is_done_by_itself_again_and_again(make_jobs):
    jobs = await make_jobs()
    times, often = [], asyncio.Event()

    async def prune(name):
        times.append(name)
        if len(times) == 2:
            often.set()

    schedules = {JobKind.PRUNE: "* * * * * *", JobKind.WEBHOOK: "0 0 1 1 *"}
    works = {JobKind.PRUNE: Work(prune), JobKind.WEBHOOK: Work(never)}
    async with running(jobs, works, schedules=schedules):
        await asyncio.wait_for(often.wait(), MOST_S)
    assert set(times) == {""}


async def never(_name):
    """It is not the time for it."""
    raise AssertionError


async def test_the_schedule_of_memory_is_due_once_a_round():
    """pgqueuer's own would stay due: what comes each night would be done every second."""
    queries = memory_jobs._Queries(InMemoryDriver())
    key = CronExpressionEntrypoint(CronEntrypoint("prune"), CronExpression("0 4 * * *"))
    await queries.insert_schedule({key: timedelta(0)})
    due = [await queries.fetch_schedule({key: timedelta(hours=24)}) for _ in range(2)]
    assert [len(one) for one in due] == [1, 0]


async def test_the_job_of_a_process_that_died_is_taken_over(postgres):
    to_database = partial(connect, postgres.database())
    async with shared_jobs(to_database) as jobs:
        await jobs.ask(["a"], urgency=Urgency.OTHERS, kind=JobKind.RENDITION)
        done = asyncio.Event()

        async def encode(_name):
            done.set()

        connection = await to_database()
        await connection.execute(
            "UPDATE pgqueuer SET status = 'picked', queue_manager_id = gen_random_uuid(), "
            "heartbeat = now() - interval '1 minute'"
        )
        await connection.close()
        await eventually_loaded(jobs, {JobKind.RENDITION: (0, 1)})
        async with running(jobs, {JobKind.RENDITION: Work(encode)}):
            await asyncio.wait_for(done.wait(), MOST_S)

"""What every queue keeps."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest
from pgqueuer.adapters.inmemory import InMemoryDriver
from pgqueuer.models import CronExpressionEntrypoint
from pgqueuer.types import CronEntrypoint, CronExpression

from service.contracts import JobKind, Urgency, Work
from service.domain import WORDS, State
from service.errors import StoreError
from service.jobs import postgres as postgres_jobs
from service.jobs import queue as memory_jobs
from service.jobs.postgres import shared_jobs
from service.jobs.queue import MemoryJobs
from service.store.database import connect
from tests.conftest import SLOW_POSTGRES
from tests.fakes import ListJobs
from tests.waiting import MOST_S, eventually


@pytest.fixture(params=[ListJobs, MemoryJobs, SLOW_POSTGRES])
async def make_jobs(request):
    async with AsyncExitStack() as stack:

        async def make():
            if request.param == "postgres":
                return await stack.enter_async_context(shared_jobs(to_database))
            return request.param()

        if request.param == "postgres":
            to_database = partial(connect, request.getfixturevalue("postgres").database())
        yield make


@pytest.fixture
async def make_shared(postgres):
    """Makes queues that share one database, as processes would."""
    to_database = partial(connect, postgres.database())
    async with AsyncExitStack() as stack:

        async def make():
            return await stack.enter_async_context(shared_jobs(to_database))

        yield make


def nothing():
    """Nobody waits for news to be heard."""


@pytest.fixture
def impatient(monkeypatch):
    for module in (memory_jobs, postgres_jobs):
        monkeypatch.setattr(module, "_AGAIN", timedelta(0))


async def ignore(_clip_id, _state):
    """News of other processes that do not matter."""


@asynccontextmanager
async def running(jobs, make, *, workers=1, on_news=ignore, on_subscribed=nothing, **more):
    """`make` makes clips, or is what is done with each kind of jobs."""
    works = make if isinstance(make, dict) else {JobKind.CLIP: Work(make, workers)}
    task = asyncio.create_task(
        jobs.run(works, on_news=on_news, on_subscribed=on_subscribed, **more)
    )
    try:
        yield task
    finally:
        await jobs.close()
        await asyncio.wait_for(task, MOST_S)


class Maker:
    """Makes clips, each once until it is forgotten; notes the order and how many at once.

    None is ready before `at_once` of them are in work together.
    """

    def __init__(self, expected, *, at_once=1):
        self.order, self.most = [], 0
        self.done, self._together = asyncio.Event(), asyncio.Event()
        self._expected, self._at_once, self._running, self._there = expected, at_once, 0, set()

    async def __call__(self, clip_id):
        if clip_id in self._there:
            return
        self._there.add(clip_id)
        self._running += 1
        self.most = max(self.most, self._running)
        if self.most >= self._at_once:
            self._together.set()
        await self._together.wait()
        await asyncio.sleep(0)
        self._running -= 1
        self.order.append(clip_id)
        if len(self.order) == self._expected:
            self.done.set()

    def forget(self, clip_id):
        self._there.discard(clip_id)
        self.done.clear()
        self._expected += 1


async def made(jobs, expected, *, at_once=1):
    """Runs the queue until `expected` clips are made; returns them in order."""
    maker = Maker(expected, at_once=at_once)
    async with running(jobs, maker, workers=at_once):
        await asyncio.wait_for(maker.done.wait(), MOST_S)
        await asyncio.sleep(0.05)
    return maker.order, maker.most


async def test_clips_are_made_in_the_order_of_asking(make_jobs):
    jobs = await make_jobs()
    await jobs.ask(["a", "b", "c"], urgency=Urgency.OTHERS)
    assert (await made(jobs, 3))[0] == ["a", "b", "c"]


async def test_what_a_listener_waits_for_goes_first(make_jobs):
    jobs = await make_jobs()
    await jobs.ask(["a", "b", "c", "d"], urgency=Urgency.OTHERS)
    await jobs.ask(["c"], urgency=Urgency.LISTENED)
    await jobs.ask(["d"], urgency=Urgency.AWAITED)
    assert (await made(jobs, 4))[0] == ["d", "c", "a", "b"]


async def test_asking_ten_times_makes_it_once(make_jobs):
    jobs = await make_jobs()
    await asyncio.gather(*(jobs.ask(["a", "a"], urgency=Urgency.OTHERS) for _ in range(10)))
    await jobs.ask(["a"], urgency=Urgency.AWAITED)
    await jobs.ask(["b"], urgency=Urgency.OTHERS)
    assert (await made(jobs, 2))[0] == ["a", "b"]


async def test_as_many_at_once_as_there_are_workers(make_jobs):
    jobs = await make_jobs()
    await jobs.ask([str(n) for n in range(12)], urgency=Urgency.OTHERS)
    order, most = await made(jobs, 12, at_once=3)
    assert most == 3
    assert sorted(order, key=int) == [str(n) for n in range(12)]


async def test_a_clip_asked_for_again_after_it_was_made_is_made_again(make_jobs):
    jobs = await make_jobs()
    maker = Maker(1)
    async with running(jobs, maker):
        await jobs.ask(["a"], urgency=Urgency.OTHERS)
        await asyncio.wait_for(maker.done.wait(), MOST_S)
        maker.forget("a")
        await jobs.ask(["a"], urgency=Urgency.OTHERS)
        await asyncio.wait_for(maker.done.wait(), MOST_S)
    assert maker.order == ["a", "a"]


async def test_a_clip_asked_for_while_it_is_made_is_looked_at_again(make_jobs):
    jobs = await make_jobs()
    begun, goes_on, again = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def make(_clip_id):
        (again if begun.is_set() else begun).set()
        await goes_on.wait()

    async with running(jobs, make):
        await jobs.ask(["a"], urgency=Urgency.OTHERS)
        await asyncio.wait_for(begun.wait(), MOST_S)
        await jobs.ask(["a"], urgency=Urgency.OTHERS)
        goes_on.set()
        await asyncio.wait_for(again.wait(), MOST_S)


async def test_a_clip_asked_for_while_it_is_made_takes_no_second_place(make_jobs):
    jobs = await make_jobs()
    goes_on, begun = asyncio.Event(), {"a": asyncio.Event(), "b": asyncio.Event()}

    async def make(clip_id):
        begun[clip_id].set()
        if clip_id == "a":
            await goes_on.wait()

    async with running(jobs, make, workers=2), asyncio.timeout(MOST_S):
        await jobs.ask(["a"], urgency=Urgency.OTHERS)
        await begun["a"].wait()
        begun["a"].clear()
        await jobs.ask(["a"], urgency=Urgency.AWAITED)
        await jobs.ask(["b"], urgency=Urgency.OTHERS)
        await begun["b"].wait()
        assert not begun["a"].is_set()
        goes_on.set()
        await begun["a"].wait()


async def test_processes_share_the_work_and_make_each_clip_once(make_shared):
    one, two = await make_shared(), await make_shared()
    maker = Maker(12, at_once=2)
    clips = [str(number) for number in range(12)]
    async with running(one, maker), running(two, maker):
        await asyncio.gather(*(jobs.ask(clips, urgency=Urgency.OTHERS) for jobs in (one, two)))
        await asyncio.wait_for(maker.done.wait(), MOST_S)
    assert sorted(maker.order, key=int) == clips
    assert maker.most == 2


async def test_asking_in_any_order_from_many_sides_is_no_quarrel(make_shared):
    asking = [await make_shared() for _ in range(4)]
    clips = [str(number) for number in range(400)]
    orders = [clips, clips[::-1]] * 2
    urgencies = list(Urgency)
    for _ in range(5):
        await asyncio.gather(
            *(
                jobs.ask(order, urgency=urgencies[number % 3])
                for number, (jobs, order) in enumerate(zip(asking, orders, strict=True))
            )
        )


async def test_what_a_listener_of_one_process_waits_for_goes_first_in_another(make_shared):
    service, worker = await make_shared(), await make_shared()
    await service.ask(["a", "b", "c"], urgency=Urgency.OTHERS)
    await service.ask(["c"], urgency=Urgency.AWAITED)
    assert (await made(worker, 3))[0] == ["c", "a", "b"]


async def test_a_process_without_workers_makes_nothing_and_hears_of_what_others_make(make_shared):
    service, worker = await make_shared(), await make_shared()
    heard, hearing, told = [], asyncio.Event(), asyncio.Event()

    async def hear(clip_id, news):
        heard.append((clip_id, news))
        if news == WORDS:
            told.set()

    async def make(clip_id):
        await worker.publish(clip_id, State.SPEAKING)
        await worker.publish(clip_id, State.READY)
        await worker.publish(clip_id, WORDS)

    async def never(_clip_id):
        raise AssertionError

    listening = running(service, never, workers=0, on_news=hear, on_subscribed=hearing.set)
    async with listening, running(worker, make, on_news=never):
        await asyncio.wait_for(hearing.wait(), MOST_S)
        await service.ask(["a"], urgency=Urgency.OTHERS)
        await asyncio.wait_for(told.wait(), MOST_S)
    assert heard[:3] == [("a", State.SPEAKING), ("a", State.READY), ("a", WORDS)]


async def test_a_job_that_broke_is_tried_again(make_jobs, impatient):
    jobs = await make_jobs()
    tried, again = [], asyncio.Event()

    async def make(clip_id):
        tried.append(clip_id)
        if len(tried) < 3:
            raise StoreError("library-unusable", error="the disk is full")
        again.set()

    async with running(jobs, make):
        await jobs.ask(["a"], urgency=Urgency.OTHERS)
        await asyncio.wait_for(again.wait(), MOST_S)
    assert set(tried) == {"a"}


async def test_a_job_that_broke_waits_and_nobodys_asking_makes_that_shorter():
    jobs = MemoryJobs()
    tried, other = [], asyncio.Event()

    async def make(clip_id):
        tried.append(clip_id)
        if clip_id == "a":
            raise OSError("too many open files")
        other.set()

    async with running(jobs, make):
        await jobs.ask(["a"], urgency=Urgency.OTHERS)
        await jobs.ask(["b"], urgency=Urgency.OTHERS)
        await asyncio.wait_for(other.wait(), MOST_S)
        other.clear()
        await jobs.ask(["a"], urgency=Urgency.AWAITED)
        await jobs.ask(["c"], urgency=Urgency.OTHERS)
        await asyncio.wait_for(other.wait(), MOST_S)
    assert tried == ["a", "b", "c"]


async def test_each_kind_has_places_of_its_own(make_jobs):
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


async def test_a_lost_database_ends_the_run_which_can_be_run_again(postgres):
    url = postgres.database()
    async with shared_jobs(partial(connect, url)) as jobs:
        maker = Maker(1)
        works = {JobKind.CLIP: Work(maker)}
        task = asyncio.create_task(jobs.run(works, on_news=ignore, on_subscribed=nothing))
        await jobs.ask(["a"], urgency=Urgency.OTHERS)
        await asyncio.wait_for(maker.done.wait(), MOST_S)
        await cut_off(url)
        with pytest.raises(StoreError, match="queue cannot be used"):
            await asyncio.wait_for(task, MOST_S)
        await jobs.ask(["b"], urgency=Urgency.OTHERS)
        assert (await made(jobs, 1))[0] == ["b"]


async def cut_off(url):
    connection = await connect(url)
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    await connection.execute(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
    )
    await connection.close()

"""What every queue keeps."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from service.contracts import Urgency, Work
from service.domain import WORDS, JobKind, State
from service.errors import StoreError
from service.jobs import postgres as postgres_jobs
from service.jobs import queue as memory_jobs
from service.jobs.postgres import shared_jobs
from service.jobs.queue import MemoryJobs
from service.store.database import connect
from tests.contract.running import ignore, nothing, running
from tests.waiting import MOST_S


@pytest.fixture
def impatient(monkeypatch):
    for module in (memory_jobs, postgres_jobs):
        monkeypatch.setattr(module, "_AGAIN", timedelta(0))


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

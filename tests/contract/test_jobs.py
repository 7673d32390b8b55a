"""What every queue of clips keeps."""

import asyncio

import pytest

from service.contracts import Urgency
from service.jobs.queue import MemoryJobs
from tests.fakes import ListJobs


@pytest.fixture(params=[ListJobs, MemoryJobs])
def make_jobs(request):
    return request.param


async def made(jobs, expected, *, hold=0.0):
    """Runs the queue until `expected` clips are made; returns them in order."""
    order, running, most = [], 0, 0
    done = asyncio.Event()

    async def make(clip_id):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(hold)
        running -= 1
        order.append(clip_id)
        if len(order) == expected:
            done.set()

    task = asyncio.create_task(jobs.run(make))
    await asyncio.wait_for(done.wait(), 20)
    await asyncio.sleep(0.05)
    await jobs.close()
    await asyncio.wait_for(task, 10)
    return order, most


async def test_clips_are_made_in_the_order_of_asking(make_jobs):
    jobs = make_jobs(workers=1)
    await jobs.ask(["a", "b", "c"], urgency=Urgency.OTHERS)
    assert (await made(jobs, 3))[0] == ["a", "b", "c"]


async def test_what_a_listener_waits_for_goes_first(make_jobs):
    jobs = make_jobs(workers=1)
    await jobs.ask(["a", "b", "c", "d"], urgency=Urgency.OTHERS)
    await jobs.ask(["c"], urgency=Urgency.LISTENED)
    await jobs.ask(["d"], urgency=Urgency.AWAITED)
    assert (await made(jobs, 4))[0] == ["d", "c", "a", "b"]


async def test_asking_ten_times_makes_it_once(make_jobs):
    jobs = make_jobs(workers=1)
    await asyncio.gather(*(jobs.ask(["a", "a"], urgency=Urgency.OTHERS) for _ in range(10)))
    await jobs.ask(["a"], urgency=Urgency.AWAITED)
    await jobs.ask(["b"], urgency=Urgency.OTHERS)
    assert (await made(jobs, 2))[0] == ["a", "b"]


async def test_as_many_at_once_as_there_are_workers(make_jobs):
    jobs = make_jobs(workers=3)
    await jobs.ask([str(n) for n in range(12)], urgency=Urgency.OTHERS)
    order, most = await made(jobs, 12, hold=0.02)
    assert most == 3
    assert sorted(order, key=int) == [str(n) for n in range(12)]


async def test_a_clip_asked_for_again_after_it_was_made_is_made_again(make_jobs):
    jobs = make_jobs(workers=1)
    order = []
    once, again = asyncio.Event(), asyncio.Event()

    async def make(clip_id):
        order.append(clip_id)
        (again if once.is_set() else once).set()

    task = asyncio.create_task(jobs.run(make))
    await jobs.ask(["a"], urgency=Urgency.OTHERS)
    await asyncio.wait_for(once.wait(), 10)
    await jobs.ask(["a"], urgency=Urgency.OTHERS)
    await asyncio.wait_for(again.wait(), 10)
    await jobs.close()
    await asyncio.wait_for(task, 10)
    assert order == ["a", "a"]

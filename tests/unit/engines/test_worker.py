"""Workers crash, hang, starve or are killed, and only the text in work may feel it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from service.engines.worker import Pool, Refused, Task
from service.errors import EngineFailed, EngineUnavailable, SpeechIncomplete

HERE = "tests.unit.engines"
ROOT = Path(__file__).parents[3]
HALF_A_SECOND = 0.5


@pytest.fixture
def pool():
    with closing(Pool(f"{HERE}.raw_obedient")) as opened:
        yield opened


def say(pool, text, **task):
    return pool.speak(Task(text, **task))


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until_gone(pids, within_s: float) -> bool:
    end = time.monotonic() + within_s
    while any(map(is_alive, pids)) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(map(is_alive, pids))


def during(pool, text, do, **task):
    """What comes of `text` when `do` happens to the worker that speaks it."""
    say(pool, "wake up")
    with ThreadPoolExecutor(1) as thread:
        spoken = thread.submit(say, pool, text, **task)
        time.sleep(0.1)
        do(pool.pids[0])
        return spoken.result


def test_a_worker_is_kept_from_text_to_text(pool):
    assert say(pool, "eins zwei") == b"\0\0" * 4
    first = pool.pids
    say(pool, "drei vier")
    assert pool.pids == first


def test_a_crash_is_named_after_a_second_try_and_the_next_text_is_spoken(pool):
    with pytest.raises(EngineFailed, match="SIGSEGV"):
        say(pool, "crash")
    assert pool.pids == ()
    assert say(pool, "und weiter") == b"\0\0" * 6


def test_a_worker_killed_in_mid_sentence_is_replaced_and_the_sentence_spoken(pool):
    result = during(pool, "wait 0.5", lambda pid: os.kill(pid, signal.SIGKILL))
    assert result() == b"\0\0" * 4


def test_a_stopped_worker_is_given_up_at_the_deadline(pool):
    begin = time.monotonic()
    result = during(
        pool, "wait 0.3", lambda pid: os.kill(pid, signal.SIGSTOP), limit_s=HALF_A_SECOND
    )
    assert result() == b"\0\0" * 4
    assert time.monotonic() - begin < 4


def test_a_call_that_hangs_with_the_gil_held_is_ended_at_the_deadline(pool):
    with pytest.raises(EngineFailed, match="in time"):
        say(pool, "hang", limit_s=HALF_A_SECOND)
    assert pool.pids == ()


def test_too_little_sound_is_an_error_after_a_fresh_worker_gave_no_more(pool):
    with pytest.raises(SpeechIncomplete, match="0 bytes"):
        say(pool, "short")
    with pytest.raises(SpeechIncomplete, match="at least 100"):
        say(pool, "vier", least_bytes=100)


def test_an_error_of_the_engine_is_told_and_costs_no_worker(pool):
    say(pool, "wake up")
    before = pool.pids
    with pytest.raises(Refused, match="RuntimeError: zu laut"):
        say(pool, "fail zu laut")
    assert pool.pids == before


def test_an_engine_that_is_not_installed_is_unavailable():
    with closing(Pool(f"{HERE}.raw_absent")) as pool:
        with pytest.raises(EngineUnavailable, match="no_such_engine"):
            say(pool, "Hallo")
        assert pool.pids == ()


def test_a_process_that_ends_at_once_fails_with_its_status():
    with (
        closing(Pool(f"{HERE}.raw_stillborn")) as pool,
        pytest.raises(EngineFailed, match="status 3"),
    ):
        say(pool, "Hallo")


def test_a_machine_that_can_start_no_worker_makes_the_engine_unavailable(pool, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    with pytest.raises(EngineUnavailable, match="No engine worker"):
        say(pool, "Hallo")


def test_what_the_engine_prints_does_not_disturb_the_answer(pool):
    assert say(pool, "chatter") == b"\0\0" * 4


def test_memory_and_files_are_out_of_reach(pool, tmp_path):
    with pytest.raises(Refused, match="MemoryError"):
        say(pool, "grow")
    with pytest.raises(Refused, match=r"FileNotFoundError|File too large"):
        say(pool, "write here.txt")
    with pytest.raises(Refused, match="File too large"):
        say(pool, f"write {tmp_path}/there.txt")


def test_secrets_of_the_service_stay_out_of_the_worker(pool, monkeypatch):
    monkeypatch.setenv("VORLESER_API_KEYS", "geheim")
    assert b"VORLESER" not in say(pool, "environment")


def test_lone_surrogates_do_not_break_the_pipe(pool):
    assert say(pool, "ein \ud800") == b"\0\0"
    assert say(pool, "und weiter") == b"\0\0" * 6


def test_more_threads_than_workers_take_turns():
    with closing(Pool(f"{HERE}.raw_obedient", workers=2)) as pool, ThreadPoolExecutor(8) as threads:
        spoken = threads.map(lambda n: say(pool, "x " + "y" * n), range(1, 40))
        assert [len(pcm) for pcm in spoken] == [2 * n for n in range(1, 40)]
        assert len(pool.pids) == 2


def test_closing_ends_idle_and_busy_workers_and_wakes_who_waits():
    pool = Pool(f"{HERE}.raw_obedient")
    say(pool, "wake up")
    pids = pool.pids
    with ThreadPoolExecutor(3) as threads:
        waiting = [threads.submit(say, pool, "wait 30") for _ in range(3)]
        time.sleep(0.1)
        begin = time.monotonic()
        pool.close()
        assert time.monotonic() - begin < 1
        for call in waiting:
            with pytest.raises(EngineUnavailable, match="closed"):
                call.result(timeout=1)
    assert wait_until_gone(pids, within_s=1)


PARENT = f"""
import threading, time
from service.engines.worker import Pool, Task
pool = Pool("{HERE}.raw_obedient", workers=2)
for text in ("wait 0.2", "hang"):
    threading.Thread(target=pool.speak, args=(Task(text, limit_s=1.5),), daemon=True).start()
time.sleep(1)
print(*pool.pids, flush=True)
time.sleep(60)
"""


@pytest.fixture
def parent():
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with process:
        yield process
        process.kill()


def test_workers_of_a_killed_parent_end_even_when_they_hang(parent):
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 2
    parent.kill()
    assert wait_until_gone(pids, within_s=4)


def test_an_interrupt_from_the_terminal_does_not_reach_the_workers(pool):
    say(pool, "wake up")
    pid = pool.pids[0]
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGINT)
    say(pool, "und weiter")
    assert pool.pids == (pid,)


def test_pico_is_ready_within_a_blink():
    starts = []
    for _ in range(5):
        with closing(Pool("service.engines.raw_pico")) as pool:
            begin = time.monotonic()
            say(pool, "Ja.")
            starts.append(time.monotonic() - begin)
    assert min(starts) < 0.25

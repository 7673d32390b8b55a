"""Workers crash, hang, starve or are killed, and only the text in work may feel it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from service.engines.worker import Pool, Refused, Task
from service.errors import EngineFailed, EngineUnavailable, SpeechIncomplete
from tests.waiting import until

HERE = "tests.unit.engines"
ROOT = Path(__file__).parents[3]


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


def until_gone(pids):
    until(lambda: not any(map(is_alive, pids)))


def is_waiting(pid: int) -> bool:
    """Whether it is amidst the order `wait`."""
    return Path(f"/proc/{pid}/comm").read_text() == "waiting\n"


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
    say(pool, "wake up")
    [pid] = pool.pids
    with ThreadPoolExecutor(1) as thread:
        spoken = thread.submit(say, pool, "wait 0.5")
        until(lambda: is_waiting(pid))
        os.kill(pid, signal.SIGKILL)
        assert spoken.result() == b"\0\0" * 4


@pytest.mark.slow
def test_a_stopped_worker_is_given_up_at_the_deadline(pool):
    say(pool, "wake up")
    [pid] = pool.pids
    os.kill(pid, signal.SIGSTOP)
    assert say(pool, "noch vier", limit_s=2) == b"\0\0" * 4
    assert not is_alive(pid)


def test_a_call_that_hangs_with_the_gil_held_is_ended_at_the_deadline(pool):
    with pytest.raises(EngineFailed, match="in time"):
        say(pool, "hang", limit_s=0.5)
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
        waiting = [threads.submit(say, pool, "wait 600", limit_s=900) for _ in range(3)]
        until(lambda: is_waiting(pids[0]))
        pool.close()
        for call in waiting:
            with pytest.raises(EngineUnavailable, match="closed"):
                call.result(timeout=60)
    until_gone(pids)


PARENT = f"""
import threading, time
from service.engines.worker import Pool, Task
pool = Pool("{HERE}.raw_obedient", workers=2)
for text in ("wait 0.2", "hang"):
    threading.Thread(target=pool.speak, args=(Task(text, limit_s=1.5),), daemon=True).start()
while len(pool.pids) < 2:
    time.sleep(0.01)
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
    until_gone(pids)


def test_an_interrupt_from_the_terminal_does_not_reach_the_workers(pool):
    say(pool, "wake up")
    pid = pool.pids[0]
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGINT)
    say(pool, "und weiter")
    assert pool.pids == (pid,)


LOADED = """
import sys
import service.engines.worker_process, service.engines.raw_pico
service.engines.raw_pico.open_voice()
print(*{name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names)
"""


def test_pico_is_ready_within_a_blink_since_its_worker_loads_nothing_else():
    told = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    ours = {"__main__", "service", "py_nanotts"}
    assert {name for name in told.stdout.split() if not name.startswith("_")} <= ours

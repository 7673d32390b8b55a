"""One service and its workers, in processes of their own, on PostgreSQL and S3."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from math import inf
from urllib.parse import quote

import httpx
import pytest

from tests.browser.process import ServiceProcess, let_take
from tests.forking import forked
from tests.shared import PASSWORD, SECRET
from tests.waiting import MOST_S

FLEET = "tests.integration.slow_fleet"
PARAGRAPHS = 12
ARTICLE = "Der Titel\n\n" + "\n\n".join(
    f"Absatz {number}. Er hat drei Sätze. Das ist der letzte." for number in range(1, PARAGRAPHS)
)


class Worker:
    """`vorleser worker` with the slow voice."""

    def __init__(self, folder, environment):
        folder.mkdir()
        self._log = (folder / "log.txt").open("wb")
        self.folder = folder
        settings = os.environ | environment | {"VORLESER_DATA_DIR": str(folder)}
        self.process = forked(FLEET, "worker", env=settings, log=self._log)

    @property
    def log(self):
        return (self.folder / "log.txt").read_text()

    def until_ready(self):
        until(lambda: "worker is ready" in self.log, self)

    def kill(self):
        self.process.kill()
        self.process.wait(15)
        self._log.close()

    def stop(self):
        self.process.terminate()
        self._log.close()
        return self.process.wait(15)


def until(condition, what, seconds=MOST_S):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, getattr(what, "log", what)
        time.sleep(0.05)


@pytest.fixture(scope="module")
def environment(postgres, s3):
    return s3 | {
        "VORLESER_DATABASE_URL": postgres.database(),
        "VORLESER_AUDIO_STORE": "s3://vorleser/machines",
        "VORLESER_WORKERS": "1",
    }


@pytest.fixture(scope="module")
def service(environment, tmp_path_factory):
    folder = tmp_path_factory.mktemp("service")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        with ServiceProcess(FLEET, folder, workers="0") as service:
            yield service
    log = (folder / "log.txt").read_text()
    assert PASSWORD not in log
    assert quote(PASSWORD, safe="") not in log
    assert SECRET not in log


@pytest.fixture(scope="module")
def workers(environment, tmp_path_factory):
    folder = tmp_path_factory.mktemp("workers")
    started = [Worker(folder / str(number), environment) for number in (1, 2)]
    for worker in started:
        worker.until_ready()
    yield started
    for worker in started:
        assert worker.stop() in {0, -signal.SIGKILL}, worker.log


class Follower(threading.Thread):
    """Notes what the service tells of an article, as a page in a browser would."""

    def __init__(self, service, article_id):
        super().__init__(daemon=True)
        self.ready, self.states = set(), []
        self._base, self._path = service.base, f"/api/articles/{article_id}/events"
        self.start()

    def run(self):
        with httpx.stream("GET", self._base + self._path, timeout=60) as answer:
            for line in answer.iter_lines():
                told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if told.get("state") == "ready" and "number" in told:
                    self.ready.add(told["number"])
                if "id" in told:
                    self.states.append(told["state"])
                if self.states[-1:] == ["ready"] and len(self.ready) == PARAGRAPHS:
                    return


def test_a_worker_is_killed_as_it_speaks_and_the_article_is_complete(
    service, workers, environment, tmp_path
):
    posted = service.post(ARTICLE)
    following = Follower(service, posted["id"])
    last = service.client.get(f"/articles/{posted['id']}/paragraphs/{PARAGRAPHS}.mp3")
    assert last.status_code == 200
    states = states_of(service.manifest(posted["id"]))
    assert states[-1] == "ready"
    assert "queued" in states  # the last one was asked for by a listener, and came first
    for worker in workers:
        let_take(worker.folder, inf)
    until(lambda: states_of(service.manifest(posted["id"])).count("speaking") == 4, service)
    workers[0].kill()
    let_take(workers[1].folder, None)
    streamed = service.client.get(posted["audio"])
    manifest = service.manifest(posted["id"])
    assert states_of(manifest) == ["ready"] * PARAGRAPHS
    track = service.client.get(posted["audio"])
    assert int(track.headers["content-length"]) == len(track.content)
    assert track.content.endswith(streamed.content[-100_000:])
    assert last.content in track.content
    stranger = Worker(tmp_path / "stranger", environment | {"VORLESER_AUDIO_STORE": str(tmp_path)})
    assert stranger.process.wait(20) == 1
    assert "VORLESER_AUDIO_STORE" in stranger.log.splitlines()[-1]
    stranger.stop()
    following.join(20)
    assert following.ready == set(range(1, PARAGRAPHS + 1))
    assert following.states[-1] == "ready"


def states_of(manifest):
    return [paragraph["state"] for paragraph in manifest["paragraphs"]]


def test_a_service_says_that_its_database_is_gone_and_goes_on_when_it_is_back(
    service, environment, postgres, workers
):
    assert service.client.get("/readyz").status_code == 200
    name = environment["VORLESER_DATABASE_URL"].rpartition("/")[2]
    postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    gone = service.client.get("/readyz")
    assert gone.status_code == 503
    assert "The database cannot be reached" in gone.json()["detail"]
    assert service.client.post("/api/articles", json={"text": "Der Titel"}).status_code == 503
    postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert service.client.get("/readyz").status_code == 200
    made = service.ready("Der Titel")
    assert made["state"] == "ready"

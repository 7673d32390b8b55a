"""How it is going, as Prometheus is told."""

import re
from contextlib import nullcontext
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from service import figures
from service.app import build
from service.contracts import Urgency
from service.domain import Article, JobKind, Kind, Paragraph
from service.errors import EngineFailed, StoreError
from service.settings import Settings
from service.web.metrics import Metrics
from tests.fakes import ToneEngine, opened
from tests.unit.narration.house import working
from tests.waiting import eventually

README = (Path(__file__).parents[3] / "README.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def up_to_date(monkeypatch):
    monkeypatch.setattr("service.web.metrics._BELIEVED_S", 0)


async def told(house, metrics=None, *, followers=0):
    """Every figure by its name and labels."""
    text = await (metrics or Metrics()).text(house.parts, followers=followers)
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def article(*texts):
    kinds = [Kind.TITLE] + [Kind.TEXT] * (len(texts) - 1)
    return Article(tuple(Paragraph(*one) for one in zip(kinds, texts, strict=True)))


async def test_what_is_made_what_fails_and_what_was_there_is_counted():
    def refuse(text):
        if "kaputt" in text:
            raise EngineFailed("engine-refused", error="kaputt")

    house = opened(ToneEngine(before=refuse))
    before = await told(house)
    narration, _ = await house.articles.post(
        article("Der Titel", "Das ist kaputt.", "Und Schluss.")
    )

    async with working(house):
        await eventually(lambda: len(house.library.made) == 3)
        await house.articles.post(article("Der Titel", "Ganz anders."))
        await eventually(lambda: len(house.library.made) == 4)
    now = await told(house)

    def more(*name):
        return now[name] - before.get(name, 0)

    clips = [one.clip for one in (await house.articles.get(narration.id)).segments if one.clip]
    assert more("vorleser_clips_made_total", "silence") == 3
    assert (
        more("vorleser_sound_seconds_total", "silence") > sum(one.samples for one in clips) / 24e3
    )
    assert more("vorleser_clip_failures_total", "engine-refused", "silence") == 1
    assert more("vorleser_clips_wanted_total", "hit") == 1
    assert more("vorleser_clips_wanted_total", "miss") == 4
    assert more("vorleser_jobs_total", "clip", "done") == 4
    assert more("vorleser_first_sound_seconds_count") == 1


async def test_what_waits_is_told_by_kind_and_the_other_kinds_are_at_nought():
    house = opened()
    await house.jobs.ask(["a", "b"], urgency=Urgency.OTHERS)
    await house.library.outbox.announce("an article")
    now = await told(house, followers=3)
    assert now["vorleser_jobs_queued", "clip"] == 2
    assert {now["vorleser_jobs_running", kind] for kind in JobKind} == {0}
    assert now["vorleser_jobs_queued", "webhook"] == 0
    assert (now["vorleser_webhooks_pending",], now["vorleser_followers",]) == (1, 3)
    assert now["vorleser_queue_up",] == 1


async def test_figures_are_told_though_the_queue_is_lost(monkeypatch):
    async def lost():
        raise StoreError("queue-unusable", error="weg")

    house = opened()
    monkeypatch.setattr(house.jobs, "load", lost)
    now = await told(house)
    assert now["vorleser_queue_up",] == 0
    assert ("vorleser_clips_wanted_total", "hit") in now


async def test_many_who_ask_cost_one_look_at_the_queue(monkeypatch):
    monkeypatch.setattr("service.web.metrics._BELIEVED_S", 60)
    house, metrics, looks = opened(), Metrics(), []
    load = house.jobs.load

    async def looked():
        looks.append(1)
        return await load()

    monkeypatch.setattr(house.jobs, "load", looked)
    for _ in range(5):
        await told(house, metrics)
    assert len(looks) == 1


async def test_a_listener_who_waits_is_counted_and_one_who_need_not_is_not():
    house = opened()
    narration, _ = await house.articles.post(article("Der Titel"))
    before = await told(house)
    async with working(house):
        for _ in range(2):
            await house.listening.clip(narration.segments[0].clip_id)
    now = await told(house)
    count = ("vorleser_listener_wait_seconds_count",)
    assert now[count] - before[count] == 1


def test_every_figure_is_in_the_readme_and_every_one_there_exists():
    settings, parts = Settings(allowed_hosts="testserver"), opened()
    app = build(settings, open_parts=lambda _: nullcontext(parts))  # type: ignore[arg-type]
    with TestClient(app) as client:
        text = client.get("/metrics").text
    kinds = dict(re.findall(r"^# TYPE (vorleser_\w+) (\w+)$", text, re.MULTILINE))
    names = {name for name in kinds if not name.endswith("_created")}
    rows = re.findall(r"^\| `(vorleser_\w+)` \|", README, re.MULTILINE)
    assert sorted(rows) == sorted(names)


def test_who_is_watched_in_vain_is_forgotten(monkeypatch):
    monkeypatch.setattr(figures, "_MOST_WATCHED", 3)
    watch = figures.Watch(figures.WAIT)
    for number in range(10):
        watch.begin(str(number))
    assert list(watch._since) == ["7", "8", "9"]

"""Voices fetched while the service runs: with progress, gone on with, and told in clear words."""

from __future__ import annotations

import threading
from contextlib import closing
from functools import partial
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from service.engines import piper_voices, supertonic_files
from service.engines.catalogue import Catalogue
from service.engines.installing import Installer, Step
from service.engines.silence import SilenceEngine
from service.engines.supertonic import SupertonicEngine
from service.errors import EngineUnavailable, UnknownVoice
from tests.unit.engines.test_supertonic_files import (  # noqa: F401 (fixtures)
    Source,
    files,
    original,
    sources,
)
from tests.waiting import eventually


@pytest.fixture
def voices(tmp_path):
    with closing(
        Catalogue(
            {"supertonic": lambda: SupertonicEngine(folder=tmp_path), "silence": SilenceEngine}
        )
    ) as found:
        yield found


@pytest.fixture
def installer(tmp_path):
    with closing(Installer(tmp_path)) as found:
        yield found


def offer(installer, name="supertonic"):
    return next(one for one in installer.offers() if one.name == name)


async def settled(installer, name="supertonic"):
    await eventually(lambda: offer(installer, name).step in {Step.READY, Step.FAILED})
    return offer(installer, name)


@pytest.fixture
def world(original, files, sources, monkeypatch):  # noqa: F811
    """What the world offers: stand-ins, by what answers for them."""

    def offer_by(answer):
        monkeypatch.setattr(supertonic_files, "SOURCES", sources(answer))
        monkeypatch.setattr(supertonic_files, "release", lambda: files)

    return SimpleNamespace(offer_by=offer_by, source=partial(Source, original), files=files)


def test_what_is_not_here_is_offered_with_licence_and_size(installer):
    found = offer(installer)
    assert (found.step, found.licence, found.size) == (Step.ABSENT, "OpenRAIL-M", 401_291_751)
    assert found.size == sum(size for _, size, _ in supertonic_files.release())
    assert "attachment A" in str(found.terms)


def test_piper_is_offered_where_it_can_speak(installer, tmp_path, monkeypatch):
    monkeypatch.setattr("service.engines.installing.find_spec", lambda _: None)
    assert [one.name for one in installer.offers()] == ["supertonic"]
    monkeypatch.setattr("service.engines.installing.find_spec", lambda _: object())
    assert [one.name for one in installer.offers()][1:] == ["piper:de_DE-thorsten-medium"]
    (tmp_path / "de_DE-kerstin-low.onnx").touch()
    assert [one.name for one in installer.offers()] == ["supertonic"]


async def test_it_comes_in_the_background_and_speaks(installer, voices, world):
    world.offer_by(world.source())
    assert installer.start("supertonic", voices).step is Step.FETCHING
    found = await settled(installer)
    assert (found.step, found.error) == (Step.READY, None)
    assert voices.default.id == "supertonic:F1"


async def test_asked_for_twice_it_comes_once(installer, voices, world):
    may_go_on, source = threading.Event(), world.source()

    def wait(handler, body):
        may_go_on.wait(20)
        source(handler, body)

    world.offer_by(wait)
    installer.start("supertonic", voices)
    assert installer.start("supertonic", voices).step is Step.FETCHING
    may_go_on.set()
    assert (await settled(installer)).step is Step.READY
    assert [path for path, _ in source.asked] == [path for path, _, _ in world.files]


async def test_a_break_is_told_and_gone_on_with_when_asked_again(installer, voices, world):
    source = world.source(breaks=1)
    world.offer_by(source)
    installer.start("supertonic", voices)
    found = await settled(installer)
    assert (found.step, found.error.code) == (Step.FAILED, "download-by-hand")
    installer.start("supertonic", voices)
    assert (await settled(installer)).step is Step.READY
    assert source.asked[1] == (world.files[0][0], f"bytes={world.files[0][1] // 3}-")


async def test_what_cannot_be_written_is_told_with_the_folder(installer, voices, monkeypatch):
    def full(*_args, **_how):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(supertonic_files, "install", full)
    installer.start("supertonic", voices)
    found = await settled(installer)
    assert found.error.code == "download-unwritable"
    assert "No space left on device" in str(found.error)


async def test_a_voice_that_came_and_cannot_speak_is_told(installer, voices, monkeypatch):
    monkeypatch.setattr(supertonic_files, "install", lambda *_args, **_how: None)
    installer.start("supertonic", voices)
    assert (await settled(installer)).error.code == "voice-cannot-speak"


async def test_what_nobody_foresaw_leaves_no_one_waiting(installer, voices, monkeypatch):
    monkeypatch.setattr(supertonic_files, "install", lambda *_args, **_how: 1 / 0)
    with capture_logs() as logs:
        installer.start("supertonic", voices)
        assert (await settled(installer)).error.code == "unexpected"
    assert [entry["log_level"] for entry in logs] == ["error"]


async def test_a_piper_voice_goes_the_same_way(installer, voices, monkeypatch):
    asked = []

    def fetch(name, folder, *, progress):
        asked.append(name)
        progress(5, 10)
        raise EngineUnavailable("download-failed", host="a.example", reason="weg")

    monkeypatch.setattr(piper_voices, "install", fetch)
    installer.start("piper:de_DE-kerstin-low", voices)
    found = await settled(installer, "piper:de_DE-kerstin-low")
    assert (asked, found.error.code) == (["de_DE-kerstin-low"], "download-failed")


@pytest.mark.parametrize("name", ["", "pico", "piper", "piper:", "piper:../x", "gtts:de"])
def test_other_names_are_refused(installer, voices, name):
    with pytest.raises(UnknownVoice):
        installer.start(name, voices)
    assert [one.step for one in installer.offers()] == [Step.ABSENT] * len(installer.offers())


async def test_when_the_service_ends_the_part_stays(installer, voices, world, tmp_path):
    begun, may_go_on = threading.Event(), threading.Event()

    def wait(handler, body):
        begun.set()
        may_go_on.wait(20)
        world.source()(handler, body)

    world.offer_by(wait)
    installer.start("supertonic", voices)
    assert begun.wait(20)
    installer.close()
    may_go_on.set()
    await eventually(lambda: not any(one.name == "supertonic" for one in threading.enumerate()))
    assert offer(installer).step is Step.FETCHING
    assert supertonic_files.missing(tmp_path / supertonic_files.FOLDER, "F1")

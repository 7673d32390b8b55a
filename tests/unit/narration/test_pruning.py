"""Audio that no article uses is freed by itself, where times are given."""

from service.app import parts
from service.domain import JobKind
from service.engines.catalogue import Catalogue
from service.settings import Settings
from tests.fakes import ToneEngine

TIMES = "0 4 * * *"


def tones(_settings):
    return Catalogue({"silence": ToneEngine})


async def test_a_service_prunes_by_itself_when_it_is_told_to(tmp_path, monkeypatch):
    freed = []

    async def prune(_, limit_bytes):
        freed.append(limit_bytes)
        return 0

    monkeypatch.setattr("service.narration.pruning.Pruning.prune", prune)
    settings = Settings(data_dir=tmp_path, prune_schedule=TIMES, cache_max_bytes=7)
    async with parts(settings, open_voices=tones) as opened:
        assert opened.worker.schedules == {JobKind.PRUNE: TIMES}
        await opened.worker.works[JobKind.PRUNE].do("")
    assert freed == [7]


async def test_else_it_does_not(tmp_path):
    async with parts(Settings(data_dir=tmp_path), open_voices=tones) as opened:
        assert opened.worker.schedules == {}
        assert JobKind.PRUNE not in opened.worker.works

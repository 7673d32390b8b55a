"""A worker tells its figures, though it serves no pages."""

from urllib.request import urlopen

import pytest

from service.commands.worker import _telling_figures
from service.errors import SettingsInvalid
from service.settings import Settings
from tests.ports import free_port


def test_a_worker_tells_its_own_figures_where_it_is_told_to():
    settings = Settings(metrics_port=free_port())
    with _telling_figures(settings):
        with urlopen(f"http://127.0.0.1:{settings.metrics_port}/metrics") as answer:
            assert b"vorleser_clips_wanted_total" in answer.read()
        with pytest.raises(SettingsInvalid, match="VORLESER_METRICS_PORT"):
            _telling_figures(settings).__enter__()


def test_without_a_port_it_tells_none():
    with _telling_figures(Settings()):
        assert Settings().metrics_port == 0

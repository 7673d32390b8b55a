"""The README lists every command, route and setting, and no others."""

import re
from pathlib import Path

from fastapi.routing import APIRoute

from service.__main__ import _parser
from service.app import build
from service.engines.catalogue import SpeechServer, installed
from service.settings import Settings

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def routes():
    """Method and path of everything the app answers, HEAD and static files aside."""
    routers = [getattr(route, "original_router", None) for route in build(Settings()).routes]
    return {
        (method, route.path)
        for router in routers
        if router
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in (route.methods or set()) - {"HEAD"}
    }


def test_every_route_is_listed_and_every_listed_route_exists():
    listed = {
        (method, path.partition("?")[0])
        for method, path in re.findall(r"`(GET|POST|PATCH|DELETE) (/[^`]*)`", README)
    }
    assert listed - {("GET", "/openapi.json")} == routes()


def test_every_setting_is_listed_with_its_default():
    listed = dict(re.findall(r"^\| `VORLESER_(\w+)` \| ([^|]*)\|", README, re.MULTILINE))
    assert set(listed) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if field.default_factory is None:
            shown = listed[name.upper()].strip("` ").removeprefix("./")
            assert shown == str(field.default), name


def test_every_command_is_listed():
    commands = next(
        action.choices for action in _parser()._actions if isinstance(action.choices, dict)
    )
    for command in commands:
        assert f"`vorleser {command}" in README


def test_the_voices_of_every_engine_are_listed(tmp_path):
    server = SpeechServer("http://127.0.0.1:1/v1")
    for engine in installed(voices_folder=tmp_path, server=server):
        assert re.search(rf"^\| `{engine}:", README, re.MULTILINE), engine

"""The app is cheap to build: nearly every test of the web has one of its own."""

from service.app import build
from service.settings import Settings


def routes(**settings):
    return {id(route) for route in build(Settings(**settings)).routes}


def test_apps_of_equal_limits_share_their_routes():
    assert len(routes() & routes(api_keys="schreiben")) > 10


def test_another_limit_has_routes_of_its_own():
    assert not routes() & routes(max_article_chars=20_000_000)

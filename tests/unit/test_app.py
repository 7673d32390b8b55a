"""The app is cheap to build: nearly every test of the web has one of its own."""

from service.app import build
from service.settings import Settings


def shared(**settings):
    """How many routes an app has in common with one of the defaults."""
    usual = build(Settings()).routes
    return sum(any(route is one for one in usual) for route in build(Settings(**settings)).routes)


def test_apps_of_equal_limits_share_their_routes():
    assert shared(api_keys="schreiben") > 10


def test_another_limit_has_routes_of_its_own():
    assert shared(max_article_chars=20_000_000) == 0

"""A real browser before the real service: `vorleser serve` in its own process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import servers
from tests.browser.foreign import Foreign, serving
from tests.browser.process import ServiceProcess
from tests.waiting import MOST_S

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 850}


@pytest.fixture(scope="package")  # while Playwright runs, no other test could have its own loop
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # None: the browser that Playwright brings; no browser at all fails loudly right here.
        found = playwright.chromium.launch(executable_path=servers.browser(), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    folder = tmp_path_factory.mktemp("real")
    with ServiceProcess("service", folder, allow_private_fetch="1") as running:
        yield running


@pytest.fixture
def own(service: ServiceProcess) -> ServiceProcess:
    """The service with an empty library."""
    service.clear()
    return service


@pytest.fixture(scope="package")
def site() -> Iterator[Foreign]:
    with serving() as running:
        yield running


@pytest.fixture
def foreign(site: Foreign) -> Foreign:
    """A web site that is not ours, with an empty page."""
    site.html = site.policy = ""
    return site


@pytest.fixture(scope="package")
def guarded(site: Foreign, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    """The service that takes articles from those with a key, and from the foreign site.

    Its library begins as a new one does.
    """
    settings = {"api_keys": "geheim", "allowed_embed_origins": site.url.rstrip("/")}
    folder = tmp_path_factory.mktemp("guarded")
    with ServiceProcess("service", folder, allow_private_fetch="1", **settings) as running:
        yield running


@pytest.fixture(scope="package")
def slow_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    with ServiceProcess("tests.browser.slow_service", tmp_path_factory.mktemp("slow")) as running:
        yield running


@pytest.fixture
def slow(slow_service: ServiceProcess) -> ServiceProcess:
    """The service with a voice of test tones that takes its time, and with nothing to do."""
    slow_service.take(None)
    slow_service.clear()
    slow_service.mend(mended=False)
    return slow_service


@contextmanager
def opening(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages whose scripts must not fail; each in a profile of its own."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**({"locale": "de-DE", "viewport": DESK} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(MOST_S * 1000)
        expect.set_options(timeout=MOST_S * 1000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    with opening(browser) as open_page:
        yield open_page


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture(scope="module")
def shared_page(browser: Browser) -> Iterator[Page]:
    """One page for all tests of a module, which must put it right before each."""
    with opening(browser) as open_page:
        yield open_page()

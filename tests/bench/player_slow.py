"""The player on a slow line and a slow machine: Slow 4G, and a processor four times slower.

Figures of one round each, to compare with themselves on the same machine.
"""

from __future__ import annotations

import json
import re

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.articles import article
from tests.bench.listening import PLAYER, listening, measure, sounded_ms
from tests.browser.drive import press_play, unseen, until
from tests.browser.process import ServiceProcess

# As Chromium's tools have it: 562 ms of latency for a request, 1.6 Mbit/s less a tenth.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 180_000,
    "uploadThroughput": 84_375,
}
SLOWER = 4
ARTICLES = 1000
TYPED = """async (text) => {
  const search = document.querySelector('#search');
  const start = performance.now();
  search.value = text;
  search.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done));
  return performance.now() - start;
}"""


def main() -> None:
    """Prints the figures of a listener far from a good network."""
    with listening() as (browser, service):
        finished = service.ready(unseen())
        _finished(browser, service, finished["id"])
        _making(browser, service)
        _typing(browser, service)


def _context(browser: Browser) -> BrowserContext:
    return browser.new_context(locale="de-DE", viewport={"width": 390, "height": 780})


def _slowed(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return session


def _interactive(page: Page) -> float:
    page.wait_for_function(f"() => {PLAYER}?.store?.manifest")
    ms: float = page.evaluate("() => performance.now()")
    return ms


def _finished(browser: Browser, service: ServiceProcess, article_id: str) -> None:
    context = _context(browser)
    page = context.new_page()
    _slowed(page)
    page.goto(f"{service.base}/articles/{article_id}")
    first = _interactive(page)
    measure(page)
    press_play(page)
    sound = sounded_ms(page)
    page.reload()
    again = _interactive(page)
    context.close()
    print(f"  interactive {first:.0f} ms, reloaded {again:.0f} ms, click to sound {sound:.0f} ms")


def _making(browser: Browser, service: ServiceProcess) -> None:
    context = _context(browser)
    page = context.new_page()
    fetched: list[int] = []

    def note(request: object) -> None:
        if "/api/articles/" in request.url and not request.url.endswith("/events"):  # type: ignore[attr-defined]
            fetched.append(request.sizes()["responseBodySize"])  # type: ignore[attr-defined]

    page.on("requestfinished", note)
    text = unseen(article("bericht"))
    made = service.post(text)
    page.goto(f"{service.base}/articles/{made['id']}")
    until(page, "s.ready", seconds=300)
    context.close()
    print(f"  {len(text)} letters while they are made: {len(fetched)} manifests, {sum(fetched)} B")


def _typing(browser: Browser, service: ServiceProcess) -> None:
    [one] = service.client.get("/api/articles?limit=1").json()["articles"]
    many = [one | {"id": f"a{n}", "title": f"Titel {n}"} for n in range(ARTICLES)]
    context = browser.new_context(locale="de-DE", service_workers="block")
    page = context.new_page()

    def front(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        new = f'id="articles">{json.dumps(many[:50])}<'
        body = re.sub(r'id="articles">[^<]*<', new, answer.text())
        route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]

    page.route(f"{service.base}/", front)
    page.route(
        "**/api/articles?limit=100",
        lambda route: route.fulfill(json={"articles": many, "next": None}),
    )
    with page.expect_response("**/api/articles?limit=100"):
        page.goto(service.base)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    typed = [page.evaluate(TYPED, text) for text in ("t", "ti", "tit", "titel 7")]
    context.close()
    print(f"  a letter in the search of {ARTICLES} articles: {max(typed):.0f} ms at most")

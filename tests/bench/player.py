"""The player in a real browser: from the click to the sound, its work while it plays, its calm.

The sound is taken where it leaves the `<audio>`; a bare `<audio>` beside it, with the same
finished file, tells how much of the time is the browser's own.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, CDPSession, Page

from tests.articles import article
from tests.bench.listening import METER, listening, measure, sounded_ms
from tests.browser.drive import open_article, press_play, unseen, until
from tests.browser.process import ServiceProcess

ROUNDS = 7
WATCH_MS = 5000

SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift += one.value;
  }).observe({ type: 'layout-shift', buffered: true });
}"""


def main() -> None:
    """Prints the figures (a) to (d)."""
    with listening() as (browser, service):
        _first_sound(browser, service)
        _work(browser, service)
        _shifts(browser, service)


def _page(browser: Browser) -> Page:
    return browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 850}).new_page()


def _first_sound(browser: Browser, service: ServiceProcess) -> None:
    fresh, cached, bare = [], [], []
    finished = service.ready(unseen())
    for _ in range(ROUNDS):
        fresh.append(_fresh(_page(browser), service))
        cached.append(_cached(_page(browser), service, finished["id"]))
        bare.append(_bare(_page(browser), service, finished))
    print(f"  (a) click on a pasted text to its first sound: {_told(fresh)}")
    print(f"  (b) click on play to the first sound, finished article: {_told(cached)}")
    print(f"      the same file in a bare <audio>: {_told(bare)}")


def _told(ms: list[float]) -> str:
    return f"{statistics.median(ms):.0f} ms, {max(ms):.0f} at most ({len(ms)} rounds)"


def _sounded(page: Page) -> float:
    ms = sounded_ms(page)
    page.context.close()
    return ms


def _fresh(page: Page, service: ServiceProcess) -> float:
    page.goto(service.base)
    measure(page)
    page.fill("#source", unseen())
    page.click("#read")
    return _sounded(page)


def _cached(page: Page, service: ServiceProcess, article_id: str) -> float:
    open_article(page, service.base, article_id)
    measure(page)
    press_play(page)
    return _sounded(page)


def _bare(page: Page, service: ServiceProcess, manifest: dict[str, str]) -> float:
    page.goto(f"{service.base}/healthz")
    page.evaluate(
        f"""(url) => {{
          const audio = new Audio();
          ({METER})(audio);
          document.body.addEventListener('click', () => {{ audio.src = url; audio.play(); }});
        }}""",
        manifest["audio"],
    )
    page.mouse.click(5, 5)
    return _sounded(page)


def _busy_ms(browser: CDPSession, page: Page) -> float:
    """Milliseconds that the page's main thread works in a second."""
    before = _metrics(browser)
    page.wait_for_timeout(WATCH_MS)
    after = _metrics(browser)
    seconds = after["Timestamp"] - before["Timestamp"]
    return (after["TaskDuration"] - before["TaskDuration"]) / seconds * 1000


def _metrics(browser: CDPSession) -> dict[str, float]:
    found = browser.send("Performance.getMetrics")["metrics"]
    return {one["name"]: one["value"] for one in found}


def _work(browser: Browser, service: ServiceProcess) -> None:
    page = _page(browser)
    long = service.ready(article("bericht"))
    open_article(page, service.base, long["id"])
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    idle = _busy_ms(session, page)
    press_play(page)
    until(page, "s.clock > 1")
    playing = _busy_ms(session, page)
    page.context.close()
    sentences = sum(len(paragraph["sentences"]) for paragraph in long["paragraphs"])
    print(
        f"  (c) main thread while playing {sentences} sentences: {playing:.1f} ms a second "
        f"(standing still: {idle:.1f})"
    )


def _shifts(browser: Browser, service: ServiceProcess) -> None:
    known = service.ready(article("bericht"))["id"]
    found = []
    for address in (f"/articles/{known}", f"/embed/{known}", "/"):
        page = _page(browser)
        page.add_init_script(f"({SHIFTS})()")
        page.goto(service.base + address)
        if address == "/":
            page.press("#source", "Shift")  # the field may grow at what a person does
            page.fill("#source", unseen())
            page.click("#read")
        else:
            until(page, "s.duration > 0")
            press_play(page)
        until(page, "s.clock > 0.1")
        page.wait_for_timeout(WATCH_MS)
        found.append(page.evaluate("() => window.shift"))
        page.context.close()
    print(
        "  (d) layout shift of the article's page, the embed, the front page: "
        + ", ".join(f"{shift:.4f}" for shift in found)
    )

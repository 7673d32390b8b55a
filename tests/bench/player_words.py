"""Words that light up: the main thread's work while 10,000 words play, in Chromium."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.articles import article
from tests.browser.drive import open_article, player, press_play, tell, until
from tests.browser.lit import LIT, SAMPLES, heard_rightly, words_of
from tests.browser.process import ServiceProcess

WORDS = 10_000
WATCH_MS = 5000
ROUNDS = 3
KINDS = ("none", "sentence", "word")
RATES = (0.75, 1, 2)


def main() -> None:
    """Prints the milliseconds in a second, and how many words light up in time."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ServiceProcess("service", Path(folder)) as service,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
        )
        known = service.ready(_long())
        words = words_of(service, known)
        for kind in KINDS:
            busy = [_watched_ms(browser, service, known["id"], kind=kind) for _ in range(ROUNDS)]
            print(
                f"  {len(words)} words, marked by {kind}: {min(busy):.1f} ms a second at best, "
                f"{statistics.median(busy):.1f} the median of {ROUNDS}"
            )
        page = _playing(browser, service, known["id"], kind="word")
        for rate in RATES:
            print(f"  in time at {rate}×: {_in_time(page, words, rate):.1%}")
        browser.close()


def _long() -> str:
    text = article("bericht")
    title, body = text.split("\n\n", 1)
    return "\n\n".join([title, *[body] * (WORDS // len(body.split()) + 1)])


def _playing(browser: Browser, service: ServiceProcess, article_id: str, *, kind: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 850}).new_page()
    page.add_init_script(f"localStorage.setItem('vorleser:marks', '\"{kind}\"')")
    open_article(page, service.base, article_id)
    press_play(page)
    tell(page, "store.seek(store.duration / 2)")
    until(page, f"!s.waiting && s.clock > s.duration / 2 {'' if kind == 'none' else '&& s.now'}")
    if kind == "word":
        page.wait_for_function(f"() => ({LIT})('word')")
    return page


def _watched_ms(browser: Browser, service: ServiceProcess, article_id: str, *, kind: str) -> float:
    page = _playing(browser, service, article_id, kind=kind)
    busy = _busy_ms(page)
    page.context.close()
    return busy


def _busy_ms(page: Page) -> float:
    """What the main thread computes in a second; other programs' time does not count."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _computed_s(session)
    seconds = page.evaluate(
        """async (ms) => {
          const begin = performance.now();
          await new Promise((done) => setTimeout(done, ms));
          return (performance.now() - begin) / 1000;
        }""",
        WATCH_MS,
    )
    return (_computed_s(session) - before) / seconds * 1000


def _computed_s(session: CDPSession) -> float:
    found = session.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in found if one["name"] == "TaskDuration")


def _in_time(page: Page, words: list[tuple[float, int, int]], rate: float) -> float:
    tell(page, f"store.rate = {rate}")
    begin = player(page).evaluate("({ store }) => store.time")
    rows = player(page).evaluate(SAMPLES, begin + 5 * rate)
    return heard_rightly(rows, words, rate=rate)

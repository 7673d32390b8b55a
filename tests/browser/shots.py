"""Screenshots of every state at three widths, light and dark: `python -m tests.browser.shots`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.drive import (
    ARTICLE,
    choose,
    open_article,
    player,
    press_play,
    tell,
    unseen,
    until,
)
from tests.browser.process import ServiceProcess

FOLDER = Path(__file__).parent / "shots"
WIDTHS = {360: 740, 768: 1024, 1440: 900}
BODY = ARTICLE.split("\n\n", 1)[1].strip()
LONG = "\n\n".join([ARTICLE.strip(), BODY, BODY])
LINE = "Drücken Sie Play, um diesen Artikel anzuhören"


class Stage:
    """The services and articles that the states are shown with."""

    def __init__(self, real: ServiceProcess, slow: ServiceProcess) -> None:
        self.real, self.slow = real, slow
        self.article = real.ready(ARTICLE.replace("\n\n", f"\n\n{LINE}\n\n", 1))["id"]
        for title in ("Der Garten im Winter", "Warum Brücken singen", "Ein Brief aus Lübeck"):
            real.ready(f"{title}\n\n" + ARTICLE.split("\n\n", 1)[1])
        self.long = real.ready(LONG.replace("wieder", "immer wieder", 1))["id"]
        self.failed = slow.ready(ARTICLE.replace("Der Rest kam", "Ein Fehlschlag. Der Rest kam"))[
            "id"
        ]

    def playing(self, page: Page) -> None:
        open_article(page, self.real.base, self.article, fragment="#t=12")
        press_play(page)
        until(page, "s.clock > 12.2 && !s.waiting")

    def sheet(self, name: str) -> Callable[[Page], None]:
        def show(page: Page) -> None:
            self.playing(page)
            player(page).evaluate("(p, name) => p.panel.show(name)", name)

        return show

    def front(self, page: Page) -> None:
        page.goto(self.real.base)

    def queue(self, page: Page) -> None:
        page.goto(self.real.base)
        page.locator("#library li .tool").nth(0).click()
        page.locator("#library li .tool").nth(2).click()
        page.locator("#library .round").nth(3).click()
        until(page, "s.clock > 0.2")
        page.go_back()

    def complaint(self, page: Page) -> None:
        page.goto(self.real.base)
        page.click("#read")

    def making(self, page: Page) -> None:
        article = self.slow.post(unseen(LONG))
        open_article(page, self.slow.base, article["id"])
        press_play(page)
        until(page, "s.clock > 1.5", seconds=20)

    def waiting(self, page: Page) -> None:
        open_article(page, self.slow.base, self.slow.post(unseen(LONG))["id"])
        page.get_by_text("Wer mag, darf dabei sein").first.click()
        page.get_by_text("Wird gerade gesprochen").wait_for()
        page.wait_for_timeout(700)

    def offline(self, page: Page) -> None:
        open_article(page, self.real.base, self.article)
        page.context.set_offline(True)
        press_play(page)
        until(page, "s.trouble === 'offline'", seconds=20)

    def gone(self, page: Page) -> None:
        article = self.real.ready(unseen())
        open_article(page, self.real.base, article["id"])
        self.real.client.delete(f"/api/articles/{article['id']}")
        press_play(page)
        until(page, "s.trouble === 'gone'", seconds=20)

    def asleep(self, page: Page) -> None:
        self.playing(page)
        player(page).evaluate("(p) => p.sleep.set(30)")

    def nothing(self, page: Page) -> None:
        page.goto(self.real.base)
        page.get_by_role("searchbox").fill("Bergwerk")
        page.get_by_role("searchbox").scroll_into_view_if_needed()

    def remove(self, page: Page) -> None:
        article = self.real.ready(unseen())
        page.goto(self.real.base)
        choose(page, article["title"], "Löschen")
        page.get_by_text("gelöscht.").wait_for()
        page.get_by_text("gelöscht.").scroll_into_view_if_needed()

    def trouble(self, page: Page) -> None:
        open_article(page, self.slow.base, self.failed)
        tell(page, "store.playSentence(5, 0)")
        until(page, "s.trouble === 'failed'")

    def away(self, page: Page) -> None:
        open_article(page, self.real.base, self.long, fragment="#t=12")
        press_play(page)
        until(page, "s.clock > 12.2 && !s.waiting")
        page.mouse.wheel(0, 4000)
        page.get_by_role("button", name="Zur Lesestelle").wait_for()

    def embed(self, page: Page) -> None:
        page.goto(f"{self.real.base}/embed/{self.article}")
        until(page, "s.duration > 0")

    def embed_text(self, page: Page) -> None:
        self.embed(page)
        page.locator("button.read").click()
        press_play(page)
        until(page, "s.clock > 0.3")


def main(wanted: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as two,
        ServiceProcess("service", Path(one)) as real,
        ServiceProcess("tests.browser.slow_service", Path(two)) as slow,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, show in states(Stage(real, slow)).items():
            if not wanted or name in wanted:
                shoot(browser, name, show)
        browser.close()


def states(stage: Stage) -> dict[str, Callable[[Page], None]]:
    sheets = ("more", "speed", "sleep", "voice", "embed", "leftOut", "keys")
    return {
        "front": stage.front,
        "queue": stage.queue,
        "complaint": stage.complaint,
        "playing": stage.playing,
        "making": stage.making,
        "waiting": stage.waiting,
        "trouble": stage.trouble,
        "offline": stage.offline,
        "gone": stage.gone,
        "asleep": stage.asleep,
        "nothing": stage.nothing,
        "remove": stage.remove,
        "away": stage.away,
        "embed": stage.embed,
        "embed-text": stage.embed_text,
        **{f"sheet-{name}": stage.sheet(name) for name in sheets},
    }


def shoot(browser: Browser, name: str, show: Callable[[Page], None]) -> None:
    for width, height in WIDTHS.items():
        for theme in ("light", "dark"):
            context = browser.new_context(
                locale="de-DE", color_scheme=theme, viewport={"width": width, "height": height}
            )
            page = context.new_page()
            show(page)
            page.wait_for_timeout(250)
            page.screenshot(path=FOLDER / f"{name}-{width}-{theme}.png")
            context.close()


if __name__ == "__main__":
    main(sys.argv[1:])

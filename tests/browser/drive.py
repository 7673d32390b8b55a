"""What the tests do to the player and read from it, in one place."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.waiting import MOST_S

ARTICLE = (Path(__file__).parent / "muehle.txt").read_text("utf-8")

STATE = """(player) => {
  const { store } = player;
  return {
    time: store.time, duration: store.duration, wanted: store.wanted, waiting: store.isWaiting,
    trouble: store.trouble?.kind ?? null, rate: store.rate, ready: store.isReady,
    paused: store.audio.paused, clock: store.audio.currentTime, src: store.audio.currentSrc,
    volume: store.audio.volume, muted: store.audio.muted,
    now: (player.querySelector('.now') ?? player.shadowRoot.querySelector('.text .now'))
      ?.textContent ?? null,
  };
}"""


def tell(page: Page, statement: str) -> None:
    """Runs a JavaScript statement about the `store`."""
    page.evaluate(
        f"() => {{ const {{ store }} = document.querySelector('vorleser-player'); {statement} }}"
    )


def player(page: Page) -> Locator:
    return page.locator("vorleser-player").first


def state(page: Page) -> dict[str, Any]:
    return player(page).evaluate(STATE)


def until(page: Page, condition: str, *, seconds: float = MOST_S) -> dict[str, Any]:
    """The state once a JavaScript condition on `s` (the state) holds."""
    page.wait_for_function(
        f"""() => {{
          const player = document.querySelector('vorleser-player');
          const s = player?.store && ({STATE})(player);
          return s && ({condition});
        }}""",
        timeout=seconds * 1000,
    )
    return state(page)


def press_play(page: Page) -> None:
    player(page).locator("button.play").click()


def choose(page: Page, title: str, action: str) -> None:
    """One of the things that can be done with an article of the library."""
    page.get_by_role("button", name=f"Mehr zu „{title}“").click()
    page.get_by_role("dialog").get_by_role("button", name=action, exact=True).click()


def open_article(page: Page, base: str, article_id: str, *, fragment: str = "") -> None:
    page.goto(f"{base}/articles/{article_id}{fragment}")
    page.wait_for_function("() => document.querySelector('vorleser-player').store?.manifest")


def unseen(text: str = ARTICLE) -> str:
    """The same article, with words in every paragraph that no clip was made of."""
    name = "".join(random.choices(("ka", "lo", "mi", "ru", "te", "sol"), k=6)).capitalize()
    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(
        f"{one} So auch {name}." if one.endswith(".") else f"{one} in {name}" for one in paragraphs
    )

"""The sleep timer, on a clock that the tests turn."""

import pytest

from tests.browser.drive import ARTICLE, open_article, player, press_play, state, tell, until

pytestmark = pytest.mark.browser


@pytest.fixture
def timed(page, service):
    """A page with a clock of its own, which plays."""
    page.clock.install()
    article = service.ready(ARTICLE)
    open_article(page, service.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.1")
    return page


def sleep_timer(page, choice):
    page.get_by_role("button", name="Mehr").click()
    page.get_by_role("button", name="Einschlaftimer").click()
    page.get_by_role("button", name=choice, exact=True).click()


def test_the_sleep_timer_fades_and_stops(timed):
    tell(timed, "store.rate = 0.5")
    sleep_timer(timed, "5 Minuten")
    assert player(timed).locator("button.sleep").is_visible()
    timed.clock.run_for("04:56")
    assert state(timed)["volume"] < 0.8
    timed.clock.run_for("00:06")
    found = until(timed, "!s.wanted && s.paused")
    assert found["volume"] == 1
    assert timed.get_by_text("Gute Nacht").is_visible()


def test_the_sleep_timer_stops_at_the_end_of_the_chapter(page, service):
    article = service.ready(ARTICLE)
    chapter = article["paragraphs"][3]["start"]
    open_article(page, service.base, article["id"], fragment=f"#t={int(chapter) - 2}")
    press_play(page)
    until(page, "s.clock > 0.1")
    sleep_timer(page, "Bis zum Ende des Kapitels")
    found = until(page, "!s.wanted", seconds=8)
    assert abs(found["time"] - chapter) < 0.6

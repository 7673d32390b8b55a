"""The sleep timer, on a clock that the tests turn."""

import re

import pytest
from playwright.sync_api import expect

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
    page.get_by_role("button", name="Mehr", exact=True).click()
    page.get_by_role("button", name="Einschlaftimer").click()
    page.get_by_role("button", name=choice, exact=True).click()


def test_the_sleep_timer_fades_and_stops(timed):
    tell(timed, "store.rate = 0.5")
    sleep_timer(timed, "5 Minuten")
    expect(player(timed).locator("button.sleep")).to_be_visible()
    timed.clock.run_for("04:56")
    assert state(timed)["volume"] < 0.8
    timed.clock.run_for("00:06")
    found = until(timed, "!s.wanted && s.paused")
    assert found["volume"] == 1
    expect(timed.get_by_text("Gute Nacht")).to_be_visible()


def test_the_sleep_timer_stops_at_the_end_of_the_chapter(page, service):
    article = service.ready(ARTICLE)
    chapter = article["paragraphs"][3]["start"]
    open_article(page, service.base, article["id"], fragment=f"#t={int(chapter) - 2}")
    press_play(page)
    until(page, "s.clock > 0.1")
    sleep_timer(page, "Bis zum Ende des Kapitels")
    found = until(page, "!s.wanted")
    assert abs(found["time"] - chapter) < 0.6


def test_whoever_goes_into_another_chapter_hears_that_to_its_end(page, service):
    article = service.ready(ARTICLE)
    chapter = article["paragraphs"][3]["start"]
    open_article(page, service.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.1")
    sleep_timer(page, "Bis zum Ende des Kapitels")
    tell(page, f"store.seek({chapter + 3})")
    found = until(page, f"s.time > {chapter + 3.5}")
    assert found["wanted"]
    tell(page, "store.seek(store.duration - 1)")
    until(page, "!s.wanted && s.time > s.duration - 0.5")
    page.get_by_text("Gute Nacht").wait_for()


@pytest.fixture
def queued(page, own):
    """The front page plays a short article; a long one comes next."""
    own.ready(ARTICLE)
    own.ready("Kurze Meldung\n\nEin Satz.")
    page.goto(own.base)
    page.get_by_role("button", name=re.compile("Die alte Mühle.* merken")).click()
    page.get_by_role("button", name="„Kurze Meldung“ anhören").click()
    until(page, "s.clock > 0.1")
    return page


def test_the_end_of_the_article_is_the_end_even_of_a_queue(queued):
    sleep_timer(queued, "Bis zum Ende des Artikels")
    queued.get_by_text("Gute Nacht").wait_for()
    found = state(queued)
    assert not found["wanted"]
    assert found["now"] == "Ein Satz."
    assert queued.evaluate("() => JSON.parse(localStorage['vorleser:queue']).length") == 1


def test_a_timer_of_minutes_outlasts_the_article(queued):
    sleep_timer(queued, "10 Minuten")
    until(queued, "s.now?.startsWith('Die alte') && s.clock > 0.1")
    left = player(queued).evaluate("(p) => p.sleep.secondsLeft")
    assert 570 < left < 600
    assert player(queued).locator("button.sleep").inner_text().startswith("9:")


def test_the_timer_is_switched_off_where_it_is_shown(timed):
    sleep_timer(timed, "5 Minuten")
    player(timed).locator("button.sleep").click()
    timed.get_by_role("button", name="Aus", exact=True).click()
    expect(player(timed).locator("button.sleep")).to_be_hidden()
    timed.clock.run_for("06:00")
    expect(timed.get_by_text("Gute Nacht")).to_have_count(0)

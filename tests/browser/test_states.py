"""What goes wrong or takes its time is told plainly, and nothing turns for ever."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, open_article, player, press_play, state, unseen, until

pytestmark = pytest.mark.browser


def test_being_made_is_told_with_progress_and_remaining_time(page, slow):
    open_article(page, slow.base, slow.post(unseen())["id"])
    status = player(page).locator(".status")
    page.wait_for_function(
        """() => /^Wird gesprochen: [1-9]\\d? %, noch \\d+ Sek\\.$/.test(document
          .querySelector('vorleser-player').controls.status.textContent
          .replaceAll('\\u00a0', ' '))"""
    )
    slow.take(0)
    until(page, "s.ready")
    assert status.inner_text() == ""


def test_all_failed_paragraphs_are_named(page, slow):
    slow.take(0)
    text = "Titel\n\nEin Fehlschlag.\n\nDas ist gut.\n\nNoch ein Fehlschlag."
    open_article(page, slow.base, slow.post(text)["id"])
    page.get_by_text("Absätze 2 und 4 konnten nicht gesprochen werden.").wait_for()
    assert player(page).locator(".status").inner_text() == ""
    expect(page.get_by_text("Die Stimme ist an diesem Text gescheitert.")).to_be_visible()
    expect(page.get_by_role("button", name="Noch einmal versuchen")).to_be_visible()
    expect(page.get_by_role("button", name="Überspringen")).to_have_count(0)


def test_a_single_failed_paragraph_is_named(page, slow):
    slow.take(0)
    open_article(page, slow.base, slow.post("Titel\n\nDas ist gut.\n\nEin Fehlschlag.")["id"])
    page.get_by_text("Absatz 3 konnte nicht gesprochen werden.").wait_for()


@pytest.fixture
def broken(new_page):
    """A page that gets no MP3 in order."""
    page = new_page(service_workers="block")  # what a worker fetches could not be replaced
    page.route(
        re.compile(r"\.mp3"),
        lambda route: route.fulfill(body="kein Ton", content_type="audio/mpeg"),
    )
    return page


def test_a_browser_without_mp3_is_told_and_offered_the_file(broken, service):
    page = broken
    page.add_init_script("HTMLMediaElement.prototype.canPlayType = () => ''")
    open_article(page, service.base, service.ready(ARTICLE)["id"])
    press_play(page)
    until(page, "s.trouble === 'noMp3' && !s.wanted && !s.waiting")
    expect(page.get_by_text("Dieser Browser kann kein MP3 abspielen.")).to_be_visible()
    link = page.get_by_role("link", name="MP3 herunterladen")
    assert "/audio.mp3" in link.get_attribute("href")


def test_sound_that_cannot_be_loaded_is_given_up_and_tried_again(broken, service):
    page = broken
    open_article(page, service.base, service.ready(ARTICLE)["id"])
    press_play(page)
    until(page, "s.trouble === 'broken' && !s.wanted && !s.waiting")
    expect(page.get_by_text("Die Audiodatei lässt sich gerade nicht laden.")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Erneut versuchen").click()
    until(page, "s.clock > 0.2 && !s.trouble")


def test_a_browser_that_holds_playing_back_is_told_of(page, service):
    page.add_init_script(
        """HTMLMediaElement.prototype.play = () =>
          Promise.reject(new DOMException('', 'NotAllowedError'))"""
    )
    open_article(page, service.base, service.ready(ARTICLE)["id"])
    press_play(page)
    until(page, "s.trouble === 'blocked' && !s.wanted")
    expect(page.get_by_text("Bitte noch einmal auf Abspielen drücken.")).to_be_visible()


def test_a_player_of_an_article_that_is_gone_says_so(page, service):
    page.goto(f"{service.base}/embed/{service.ready(ARTICLE)['id']}")
    page.evaluate("() => document.querySelector('vorleser-player').setAttribute('article', 'x1')")
    page.get_by_text("Diesen Artikel gibt es nicht mehr.").wait_for()


def test_a_player_without_a_connection_loads_when_it_comes(page, service):
    article = service.ready("Kurze Meldung\n\nEin Satz.")
    page.goto(f"{service.base}/embed/{service.ready(ARTICLE)['id']}?layout=full")
    until(page, "s.duration > 0")
    page.context.set_offline(True)
    page.evaluate(
        "(id) => document.querySelector('vorleser-player').setAttribute('article', id)",
        article["id"],
    )
    page.get_by_text("Keine Verbindung").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Kurze Meldung").wait_for()
    expect(page.get_by_text("Keine Verbindung")).to_have_count(0)


def test_the_chosen_sentence_is_not_forgotten_when_making_it_takes_long(page, slow):
    page.clock.install()
    open_article(page, slow.base, slow.post(unseen())["id"])
    page.get_by_text("Wer mag, darf dabei sein").click()
    player(page).locator(".status", has_text="Wird gerade gesprochen").wait_for()
    page.clock.fast_forward(6000)  # beyond the player's retry: it asks what is up
    until(page, "s.clock > 0.1 && !s.waiting")
    assert "Wer mag, darf dabei sein" in state(page)["now"]


def test_waiting_is_shown_while_a_paragraph_is_being_spoken(page, slow):
    open_article(page, slow.base, slow.post(unseen())["id"])
    page.get_by_text("Wer mag, darf dabei sein").click()  # in the last paragraph
    player(page).locator(".status", has_text="Wird gerade gesprochen").wait_for()
    assert player(page).get_attribute("waiting") is not None
    assert "Wer mag, darf dabei sein" in page.locator(".text .now").inner_text()
    until(page, "s.clock > 0.1 && !s.waiting")
    assert player(page).get_attribute("waiting") is None
    assert state(page)["wanted"]

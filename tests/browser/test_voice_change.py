"""Another voice: it can be heard before it is chosen, and goes on with the same sentence."""

import pytest

from tests.browser.drive import open_article, player, press_play, state, tell, unseen, until

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(page, service):
    """A page with an article in the midst of a paragraph; it does not play."""
    made = service.ready(unseen())
    open_article(page, service.base, made["id"])
    said = next(one for one in made["paragraphs"][2:] if len(one["sentences"]) > 2)["sentences"][1]
    tell(page, f"store.seek({said['start']} + 0.2)")
    until(page, f"s.now === {said['text']!r}.trim()")
    return page, said["text"].strip()


def voices(page):
    player(page).locator("button.more").click()
    page.get_by_role("button", name="Stimme", exact=True).click()


def choose_espeak(page):
    voices(page)
    page.get_by_role("button", name="eSpeak").first.click()
    page.wait_for_function(
        "() => document.querySelector('vorleser-player').store.manifest.voice === 'espeak:de'"
    )


def test_the_voice_is_changed_while_it_plays_and_the_sentence_stays(opened):
    page, said = opened
    press_play(page)
    until(page, "s.clock > 0.1 && !s.paused")
    choose_espeak(page)
    assert until(page, "!s.waiting && !s.paused && s.clock > 0.1")["now"] == said


def test_the_voice_is_changed_in_a_pause_and_the_sentence_stays(opened):
    page, said = opened
    choose_espeak(page)
    assert not state(page)["wanted"]
    press_play(page)
    assert until(page, "!s.waiting && !s.paused && s.clock > 0.1")["now"] == said


def test_a_voice_is_heard_before_it_is_chosen(opened):
    page, _ = opened
    press_play(page)
    until(page, "s.clock > 0.1 && !s.paused")
    voices(page)
    sample = player(page).locator(".pair", has_text="eSpeak").locator("button.quiet")
    with page.expect_response("**/api/voices/espeak%3Ade/sample.mp3") as answer:
        sample.click()
    assert answer.value.headers["content-type"] == "audio/mpeg"
    page.get_by_role("button", name="Hörprobe anhalten").click()
    sample.and_(page.get_by_role("button", name="Hörprobe", exact=True)).wait_for()
    assert not state(page)["wanted"]

"""Moving about on the service's pages: the sound goes on, and address, title and content agree."""

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, open_article, player, press_play, state, until

pytestmark = pytest.mark.browser

GARDEN = {
    "html": "<html lang='de'><head><title>Der Garten im Winter</title>"
    "<meta name='author' content='Ida Beispiel'></head><body><article>"
    "<h1>Der Garten im Winter</h1><p>Es schneit seit drei Tagen ohne Pause.</p>"
    "<p>Unter dem Schnee schlafen die Zwiebeln und warten auf das Frühjahr.</p>"
    "</article></body></html>",
    "source_url": "https://www.example.org/garten",
}
MILL, WINTER = "Die alte Mühle dreht sich wieder", "Der Garten im Winter"
HOME = "Vorleser: Artikel hören statt lesen"


@pytest.fixture
def mill(own):
    return own.ready(ARTICLE)


@pytest.fixture
def garden(own):
    answer = own.client.post("/api/articles", json=GARDEN)
    return answer.raise_for_status().json()


@pytest.fixture
def playing(page, own, mill, garden):
    """The mill's own page, which plays."""
    open_article(page, own.base, mill["id"])
    press_play(page)
    until(page, "s.clock > 0.2")
    page.evaluate("window.isThis = true")  # gone with the page, and its sound
    return page


def plays_on(page):
    """The same page still plays the mill."""
    assert page.evaluate("window.isThis")
    now = state(page)
    assert now["wanted"]
    assert not now["paused"]
    assert player(page).evaluate("({ store }) => store.manifest.title") == MILL
    until(page, f"s.clock > {now['clock']}")


def is_at(page, base, article=None):
    title = article["title"] if article else None
    page.wait_for_url(f"{base}/articles/{article['id']}" if article else f"{base}/")
    page.wait_for_function(
        "(title) => document.title === title", arg=f"{title} · Vorleser" if title else HOME
    )
    if title:
        page.locator(".text h1").get_by_text(title).wait_for()
    assert page.locator("#home").is_visible() == (article is None)
    expect(player(page).locator(".bar")).to_be_visible()


def test_home_and_back_the_sound_goes_on(playing, own, mill):
    playing.get_by_role("link", name="Vorleser, Startseite").click()
    playing.locator("#library li").first.wait_for()
    is_at(playing, own.base)
    plays_on(playing)
    playing.go_back()
    is_at(playing, own.base, mill)
    plays_on(playing)
    playing.go_forward()
    is_at(playing, own.base)
    player(playing).locator(".bar").get_by_role("link", name=MILL).click()
    is_at(playing, own.base, mill)
    plays_on(playing)
    playing.wait_for_function("() => document.querySelector('.text .now')")


def test_another_title_is_opened_while_one_plays(playing, own, mill, garden):
    playing.get_by_role("link", name="Vorleser, Startseite").click()
    playing.get_by_role("link", name=WINTER).click()
    is_at(playing, own.base, garden)
    expect(player(playing).locator(".bar").get_by_text(MILL)).to_be_visible()
    plays_on(playing)
    playing.go_back()
    is_at(playing, own.base)
    playing.go_back()
    is_at(playing, own.base, mill)
    plays_on(playing)


def test_what_was_opened_plays_when_asked_for(playing, own, garden):
    playing.get_by_role("link", name="Vorleser, Startseite").click()
    playing.get_by_role("link", name=WINTER).click()
    playing.get_by_role("button", name="Artikel anhören").click()
    until(playing, f"s.now === '{WINTER}' && s.clock > 0.1")
    is_at(playing, own.base, garden)
    expect(playing.get_by_role("button", name="Artikel anhören")).to_have_count(0)
    assert playing.evaluate("() => document.activeElement.textContent") == WINTER


def test_a_click_on_a_sentence_plays_what_was_opened(playing):
    playing.get_by_role("link", name="Vorleser, Startseite").click()
    playing.get_by_role("link", name=WINTER).click()
    sentence = "Es schneit seit drei Tagen ohne Pause."
    playing.get_by_text(sentence).click()
    until(playing, f"s.now === '{sentence}' && s.wanted && !s.paused")


def look(page):
    page.locator(".text h1").get_by_text(WINTER).wait_for()
    return page.locator(".page").inner_text().splitlines()


def test_an_article_looks_the_same_however_it_was_opened(new_page, own, mill, garden):
    page = new_page()
    open_article(page, own.base, garden["id"])
    own_page = look(page)
    original = expect(page.get_by_role("link", name="Original"))
    assert own_page[0].startswith("Ida Beispiel · example.org")
    original.to_have_attribute("href", GARDEN["source_url"])
    page.get_by_role("link", name="Vorleser, Startseite").click()
    page.locator("#library").get_by_role("link", name=WINTER).click()
    assert look(page) == own_page
    original.to_have_attribute("href", GARDEN["source_url"])
    page.goto(own.base)
    page.get_by_role("button", name=f"„{WINTER}“ anhören").click()
    until(page, "s.clock > 0.1")
    assert look(page) == own_page


def test_home_is_where_it_was_left(page, own):
    for number in range(12):
        own.post(f"Meldung {number}\n\nEin Satz.")
    page.goto(own.base)
    link = page.get_by_role("link", name="Meldung 0")
    link.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 0
    link.click()
    page.locator(".text h1").wait_for()
    page.go_back()
    page.wait_for_function("(place) => Math.abs(scrollY - place) < 2", arg=place)


def test_what_another_app_hands_over_does_not_stop_the_sound(playing, own):
    playing.evaluate(
        """() => {
          const link = document.createElement('a');
          link.href = '/?title=Bericht&text=Ein Satz, der vorgelesen werden soll.';
          document.body.append(link);
          link.click();
        }"""
    )
    playing.wait_for_function(
        "() => document.querySelector('#source')?.value.includes('Ein Satz, der vorgelesen')"
    )
    is_at(playing, own.base)
    plays_on(playing)
    playing.wait_for_function("() => document.activeElement?.id === 'read'")


def test_an_article_that_is_gone_says_so_and_the_sound_goes_on(playing, own, garden):
    playing.get_by_role("link", name="Vorleser, Startseite").click()
    playing.get_by_role("link", name=WINTER).wait_for()
    own.client.delete(f"/api/articles/{garden['id']}")
    playing.get_by_role("link", name=WINTER).click()
    playing.get_by_role("heading", name="Diesen Artikel gibt es nicht mehr.").wait_for()
    assert playing.url == f"{own.base}/articles/{garden['id']}"
    plays_on(playing)
    playing.go_back()
    is_at(playing, own.base)

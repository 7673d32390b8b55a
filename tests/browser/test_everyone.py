"""For every reader: large letters, small screens, paper, ears, keyboards, and other languages."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, open_article, player, press_play, unseen, until

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("typed", "field", "sent"),
    [
        ("zeitung.example/artikel?id=1", "url", "https://zeitung.example/artikel?id=1"),
        ("www.zeitung.example", "url", "https://www.zeitung.example"),
        ("müller.example:8080", "url", "https://müller.example:8080"),
        ("Das ist z.B. ein Satz", "text", "Das ist z.B. ein Satz"),
        ("Preis: 3.50", "text", "Preis: 3.50"),
        ("3.50", "text", "3.50"),
    ],
)
def test_a_lone_domain_is_a_link(new_page, own, typed, field, sent):
    page = new_page(service_workers="block")
    page.route("**/api/articles", lambda route: route.abort())
    page.goto(own.base)
    page.fill("#source", typed)
    with page.expect_request("**/api/articles") as asked:
        page.click("#read")
    assert json.loads(asked.value.post_data)[field] == sent


def test_who_has_an_article_read_is_at_its_headline_and_hears_that_it_is_made(page, slow):
    page.goto(slow.base)
    page.fill("#source", unseen())
    page.click("#read")
    page.wait_for_function("() => document.activeElement.tagName === 'H1'")
    live = player(page).locator(".unseen[role=status]")
    live.get_by_text("Wird gerade gesprochen").wait_for(state="attached")
    until(page, "s.clock > 0.1", seconds=30)
    page.keyboard.press("Space")
    until(page, "!s.wanted")


def sideways(page):
    return page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize(("width", "letters"), [(320, "200%"), (280, "100%")])
def test_nothing_is_scrolled_sideways(new_page, own, width, letters):
    article = own.ready(ARTICLE)
    page = new_page(viewport={"width": width, "height": 640})
    for path in ("/", f"/articles/{article['id']}"):
        page.goto(own.base + path)
        page.wait_for_function("() => document.querySelector('vorleser-player:defined')")
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", letters)
        assert sideways(page) == 0
    outside = player(page).evaluate(
        """(one) => [...one.shadowRoot.querySelectorAll('.bar *')]
          .filter((part) => part.getBoundingClientRect().right > innerWidth + 1).length"""
    )
    assert outside == 0


def test_the_bar_leaves_room_to_read_on_a_phone_that_lies(new_page, service):
    page = new_page(viewport={"width": 740, "height": 360})
    open_article(page, service.base, service.ready(ARTICLE)["id"])
    bar = player(page).locator(".bar")
    assert bar.evaluate("(one) => one.offsetHeight") <= 80
    expect(player(page).get_by_text("Gesprochen von künstlicher Intelligenz")).to_be_visible()


def test_paper_gets_the_text_alone(page, service):
    open_article(page, service.base, service.ready(ARTICLE)["id"])
    press_play(page)
    until(page, "s.clock > 0.1")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("heading", name="Was die Arbeit gekostet hat")).to_be_visible()
    expect(player(page).locator(".bar")).to_be_hidden()
    expect(page.get_by_role("link", name="Vorleser, Startseite")).to_be_hidden()
    now = page.locator(".text .now").evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert now == "rgba(0, 0, 0, 0)"


LANGUAGES = "Object.defineProperty(navigator, 'languages', { get: () => %s })"


@pytest.mark.parametrize(
    ("languages", "lang", "day"),
    [
        (["en-GB", "de"], "en", r"\d+ \w+ 20\d\d"),
        (["fr", "en"], "en", r"\d+ \w+ 20\d\d"),
        (["fr", "de-AT", "en"], "de", r"\d+\. \w+ 20\d\d"),
    ],
)
def test_the_first_language_that_is_known_is_taken(page, service, languages, lang, day):
    page.add_init_script(LANGUAGES % json.dumps(languages))
    open_article(page, service.base, service.ready(ARTICLE)["id"])
    assert page.evaluate("() => document.documentElement.lang") == lang
    assert re.fullmatch(day, page.locator("time").inner_text())


def test_a_listener_is_shown_no_commands(page, service):
    open_article(page, service.base, service.ready(ARTICLE)["id"])
    player(page).evaluate("(one) => one.panel.show('voice')")
    page.get_by_text("Nicht verfügbar").first.wait_for()
    assert "vorleser " not in player(page).locator("dialog").inner_text()

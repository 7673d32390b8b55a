"""The library: what it shows is true, many articles, filters, and deleting that is taken back."""

import json
import re
from math import inf

import pytest
from playwright.sync_api import expect

from tests.books import epub
from tests.browser.drive import ARTICLE, choose, unseen, until

pytestmark = pytest.mark.browser

SHORT = "Kurze Meldung\n\nEin Satz."


def count(service):
    return len(service.client.get("/api/articles").json()["articles"])


def delete(page, title):
    choose(page, title, "Löschen")


def test_what_is_deleted_can_be_taken_back(page, own):
    for text in (ARTICLE, SHORT):
        own.ready(text)
    page.goto(own.base)
    delete(page, "Kurze Meldung")
    expect(page.locator("#library li")).to_have_count(1)
    expect(page.get_by_text("„Kurze Meldung“ gelöscht.")).to_be_visible()
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator("#library li")).to_have_count(2)
    assert page.evaluate("() => document.activeElement.textContent") == "Kurze Meldung"
    assert count(own) == 2


def test_it_is_deleted_after_ten_seconds(page, own):
    for text in (ARTICLE, SHORT):
        own.ready(text)
    page.clock.install()
    page.goto(own.base)
    delete(page, "Kurze Meldung")
    with page.expect_response(lambda one: one.request.method == "DELETE"):
        page.clock.run_for(10_000)
    assert count(own) == 1
    expect(page.get_by_role("button", name="Rückgängig")).to_be_hidden()


def test_who_leaves_the_page_deletes_at_once(page, own):
    for text in (ARTICLE, SHORT):
        own.ready(text)
    page.goto(own.base)
    delete(page, "Kurze Meldung")
    page.goto(f"{own.base}/robots.txt")
    page.wait_for_function(
        "async () => (await (await fetch('/api/articles')).json()).articles.length === 1"
    )


def test_what_was_deleted_is_gone_after_loading_anew_even_if_leaving_lost_it(page, own):
    for text in (ARTICLE, SHORT):
        own.ready(text)
    page.add_init_script(
        "const { fetch } = window; window.fetch = (address, asked) => "
        "asked?.keepalive ? new Promise(() => {}) : fetch(address, asked);"
    )
    page.goto(own.base)
    delete(page, "Kurze Meldung")
    with page.expect_response(lambda one: one.request.method == "DELETE"):
        page.reload()
    shows(page, ["Die alte Mühle dreht sich wieder"])
    assert count(own) == 1


def test_what_was_taken_back_is_there_after_loading_anew(page, own):
    for text in (ARTICLE, SHORT):
        own.ready(text)
    page.goto(own.base)
    delete(page, "Kurze Meldung")
    page.get_by_role("button", name="Rückgängig").click()
    page.reload()
    shows(page, ["Kurze Meldung", "Die alte Mühle dreht sich wieder"])
    assert count(own) == 2


def test_the_library_shows_what_plays_and_what_is_paused(page, own):
    own.ready(SHORT)
    own.ready(ARTICLE)
    page.goto(own.base)
    page.get_by_role("button", name="„Die alte Mühle dreht sich wieder“ anhören").click()
    until(page, "s.clock > 0.1")
    page.go_back()
    row = page.locator("#library li[aria-current]")
    row.get_by_text("läuft").wait_for()
    row.get_by_role("button", name="anhalten").click()
    row.get_by_text("angehalten").wait_for()
    expect(page.locator("#library li[aria-current]")).to_have_count(1)


def test_what_is_being_made_becomes_ready_without_loading_anew(page, slow):
    slow.take(inf)
    slow.post(unseen())
    page.goto(slow.base)
    speaking = page.locator("#library small").get_by_text("wird gesprochen")
    speaking.wait_for()
    slow.take(0)
    speaking.wait_for(state="detached")


def test_filters_show_what_is_unheard_and_what_is_begun(page, own):
    own.ready(SHORT)
    long = own.ready(ARTICLE)
    page.add_init_script(
        f"localStorage.setItem('vorleser:heard:{long['id']}', "
        f"""'{{"time": 12, "duration": {long["duration"]}, "at": 1}}')"""
    )
    page.goto(own.base)
    rows = page.locator("#library li a")
    for name, titles in {
        "Ungehört": ["Kurze Meldung"],
        "Angefangen": ["Die alte Mühle dreht sich wieder"],
        "Offline": [],
        "Alle": ["Die alte Mühle dreht sich wieder", "Kurze Meldung"],
    }.items():
        page.get_by_role("button", name=name, exact=True).click()
        expect(rows).to_have_text(titles)
        expect(page.get_by_role("button", name=name, exact=True, pressed=True)).to_be_visible()


@pytest.fixture
def many(new_page, own):
    """The front page of a library with a thousand articles."""
    own.ready(SHORT)
    [one] = own.client.get("/api/articles").json()["articles"]
    articles = [one | {"id": f"a{n}", "title": f"Titel {n}"} for n in range(1000)]
    page = new_page(service_workers="block")

    def front(route):
        answer = route.fetch()
        new = f'id="articles">{json.dumps(articles[:50])}<'
        route.fulfill(response=answer, body=re.sub(r'id="articles">[^<]*<', new, answer.text()))

    page.route(f"{own.base}/", front)
    page.route(
        "**/api/articles?limit=100",
        lambda route: route.fulfill(json={"articles": articles, "next": None}),
    )
    with page.expect_response("**/api/articles?limit=100"):
        page.goto(own.base)
    return page


def test_of_a_thousand_articles_fifty_are_shown_and_more_on_scroll(many):
    rows = many.locator("#library li")
    rows.nth(49).wait_for()
    assert rows.count() <= 100
    for _ in range(3):
        shown = rows.count()
        many.locator("#library li").last.scroll_into_view_if_needed()
        many.wait_for_function(f"() => document.querySelectorAll('#library li').length > {shown}")
    many.get_by_role("searchbox").fill("titel 777")
    expect(rows).to_have_count(1)
    many.get_by_role("searchbox").fill("")
    assert rows.count() <= 100


def shows(page, titles):
    """Waits until the library has these rows."""
    page.wait_for_function(
        """(titles) => {
          const rows = document.querySelectorAll('#library .list > li');
          const shown = [...rows].map((row) => row.querySelector('a, .fold').textContent);
          return JSON.stringify(shown) === JSON.stringify(titles);
        }""",
        arg=titles,
    )


@pytest.fixture
def three(page, own):
    """The front page with three articles, two of them in a collection."""
    own.client.post("/api/collections", json={"title": "Für die Fahrt"}).raise_for_status()
    own.ready("Zebras\n\nSie grasen am Kanal.", collections=["fur-die-fahrt"])
    own.ready("Äpfel\n\nSie reifen im Garten.")
    own.ready("Birnen\n\nSie fallen vom Baum.", collections=["fur-die-fahrt"])
    page.goto(own.base)
    shows(page, ["Birnen", "Äpfel", "Zebras"])
    return page


def test_a_book_is_one_row_also_when_the_service_cannot_be_asked(new_page, own):
    names = ("Ebbe", "Flut")
    files = {f"{name}.xhtml": f"<html><h1>{name}</h1><p>Ein Satz.</p></html>" for name in names}
    items = "".join(f'<li><a href="{name}.xhtml">{name}</a></li>' for name in names)
    contents = (
        '<html xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        f'<nav epub:type="toc"><ol>{items}</ol></nav></body></html>'
    )
    book = epub(files, contents=contents, title="Gezeiten")
    own.client.post("/api/articles", files={"file": ("b.epub", book)}).raise_for_status()
    page = new_page(service_workers="block")
    page.goto(own.base)
    shows(page, ["Gezeiten"])
    page.route("**/api/**", lambda route: route.abort())
    page.reload()
    shows(page, ["Gezeiten"])
    expect(page.locator("#library").get_by_text("2 Kapitel")).to_be_visible()


def test_the_library_is_sorted_and_stays_so(three):
    order = three.get_by_role("combobox", name="Reihenfolge")
    order.select_option("Titel")
    shows(three, ["Äpfel", "Birnen", "Zebras"])
    order.select_option("Älteste")
    shows(three, ["Zebras", "Äpfel", "Birnen"])
    three.reload()
    shows(three, ["Zebras", "Äpfel", "Birnen"])


def test_a_collection_is_shown_alone(three):
    collection = three.get_by_role("combobox", name="Sammlung")
    collection.select_option("Für die Fahrt")
    shows(three, ["Birnen", "Zebras"])
    three.get_by_role("button", name="Angefangen").click()
    three.get_by_text("Hier ist gerade nichts.").wait_for()
    collection.select_option("Alle Sammlungen")
    three.get_by_role("button", name="Alle", exact=True).click()
    shows(three, ["Birnen", "Äpfel", "Zebras"])


@pytest.mark.parametrize("text", ["apfel", "ÄPF", "aepfel", "reifen gart"])
def test_words_of_the_title_and_of_the_text_are_found_however_they_are_written(three, text):
    three.get_by_role("searchbox").fill(text)
    shows(three, ["Äpfel"])


def test_what_a_title_says_is_found_before_the_service_answers(three):
    three.route("**/api/articles?*q=*", lambda route: None)
    three.get_by_role("searchbox").fill("birn")
    shows(three, ["Birnen"])


def test_an_article_is_renamed_and_put_into_a_new_collection(three, own):
    choose(three, "Äpfel", "Umbenennen")
    three.get_by_role("textbox", name="Titel").fill("Pflaumen")
    three.keyboard.press("Enter")
    shows(three, ["Birnen", "Pflaumen", "Zebras"])
    choose(three, "Pflaumen", "Sammlungen")
    three.get_by_role("textbox", name="Neue Sammlung").fill("Obst")
    three.keyboard.press("Enter")
    three.get_by_role("checkbox", name="Obst", checked=True).wait_for()
    last = '{"collections":["fur-die-fahrt"]}'
    with three.expect_response(lambda answer: answer.request.post_data == last):
        three.get_by_role("checkbox", name="Für die Fahrt").check()
        three.get_by_role("checkbox", name="Obst").uncheck()
    [one] = [
        one
        for one in own.client.get("/api/articles").json()["articles"]
        if one["title"] == "Pflaumen"
    ]
    assert one["collections"] == ["fur-die-fahrt"]


def test_a_collection_is_renamed_subscribed_to_and_given_up(three, own):
    three.get_by_role("combobox", name="Sammlung").select_option("Für die Fahrt")
    three.get_by_role("button", name="Mehr zur Sammlung").click()
    three.get_by_role("textbox", name="Titel").fill("Unterwegs")
    three.keyboard.press("Enter")
    three.get_by_role("dialog").wait_for(state="detached")
    three.get_by_role("combobox", name="Sammlung").get_by_role("option", name="Unterwegs").wait_for(
        state="attached"
    )
    shows(three, ["Birnen", "Zebras"])
    three.get_by_role("button", name="Mehr zur Sammlung").click()
    three.get_by_role("dialog").get_by_role("button", name="Als Podcast abonnieren").click()
    address = three.get_by_role("textbox", name="Adresse des Podcasts")
    expect(address).to_have_value(f"{own.base}/feeds/fur-die-fahrt.xml")
    three.keyboard.press("Escape")
    three.locator(".shelf-head").get_by_role("button", name="Als Podcast abonnieren").click()
    expect(address).to_have_value(f"{own.base}/feeds/fur-die-fahrt.xml")
    three.wait_for_function(
        "() => [...document.querySelectorAll('div')].some((host) => "
        "host.shadowRoot?.querySelector('img.code')?.naturalWidth > 0)"
    )
    three.keyboard.press("Escape")
    three.get_by_role("button", name="Mehr zur Sammlung").click()
    three.get_by_role("button", name=re.compile("auflösen")).click()
    shows(three, ["Birnen", "Äpfel", "Zebras"])
    assert own.client.get("/api/collections").json() == {"collections": []}

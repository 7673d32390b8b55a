"""The front page, the library and the queue."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, choose, open_article, player, state, unseen, until

pytestmark = pytest.mark.browser

SHORT = "Kurze Meldung\n\nEin Satz."


def test_the_example_plays_on_a_new_install(page, guarded):
    page.goto(guarded.base)
    page.get_by_role("link", name="Beispiel anhören").click()
    until(page, "s.clock > 0.1")


def test_a_chosen_file_is_read(page, own):
    page.goto(own.base)
    page.set_input_files(
        "#file", {"name": "muehle.txt", "mimeType": "text/plain", "buffer": ARTICLE.encode()}
    )
    until(page, "s.clock > 0.1")
    expect(page.get_by_role("heading", name="Die alte Mühle dreht sich wieder")).to_be_visible()


@pytest.mark.parametrize("locale", ["de", "en"])
def test_reading_in_full_is_a_switch_that_the_browser_remembers(page, own, locale):
    if locale == "en":
        page.add_init_script("Object.defineProperty(navigator, 'languages', {value: ['en']})")
    page.goto(own.base)
    named = {"de": "Bildbeschreibungen", "en": "picture descriptions"}[locale]
    switch = page.get_by_role("switch", name=re.compile(named))
    expect(switch).not_to_be_checked()
    switch.focus()
    page.keyboard.press("Space")
    page.reload()
    expect(switch).to_be_checked()
    page.fill("#source", ARTICLE)
    page.click("#read")
    until(page, "s.clock > 0.1")
    [read] = own.client.get("/api/articles").json()["articles"]
    assert read["extras"] == ["alt", "asides", "captions", "footnotes", "tables"]


def test_a_dropped_file_is_read(page, own):
    page.goto(own.base)
    file = page.evaluate_handle(
        """(text) => {
          const dropped = new DataTransfer();
          dropped.items.add(new File([text], 'muehle.md', { type: 'text/markdown' }));
          return dropped;
        }""",
        "# Die **alte** Mühle\n\nSie dreht sich wieder.",
    )
    page.dispatch_event("#new", "dragenter", {"dataTransfer": file})
    expect(page.locator("#new.drop")).to_be_visible()
    page.dispatch_event("body", "drop", {"dataTransfer": file})
    until(page, "s.clock > 0.1")
    expect(page.get_by_role("heading", name="Die alte Mühle")).to_be_visible()
    expect(page.locator("#new.drop")).to_have_count(0)


def test_of_several_files_the_one_that_is_refused_is_told_where_the_listener_is(page, own):
    page.goto(own.base)
    plain = {"mimeType": "text/plain", "buffer": ARTICLE.encode()}
    page.set_input_files("#file", [{"name": name, **plain} for name in ("d4.txt", "leer.xyz")])
    until(page, "s.clock > 0.1")
    told = page.locator(".page .told").get_by_text("leer.xyz")
    told.wait_for()
    assert told.inner_text().count("leer.xyz") == 1


def test_what_can_be_done_with_a_text_stands_in_one_line_on_a_desk_also_while_something_plays(
    page, own
):
    own.ready(ARTICLE)
    page.goto(own.base)
    page.get_by_role("button", name="anhören").first.click()
    until(page, "s.clock > 0.1")
    page.go_back()
    page.get_by_role("button", name="Jetzt vorlesen").wait_for()
    tops = """() => [...document.querySelectorAll('.actions :is(.voice, .button)')]
      .map((one) => one.getBoundingClientRect().top)"""
    assert len(set(page.evaluate(tops))) == 1


def test_a_link_is_read_with_its_source(page, own, foreign):
    title, *lines = ARTICLE.split("\n\n")
    text = "".join(f"<p>{line}</p>" for line in lines)
    foreign.html = f"<html lang=de><body><article><h1>{title}</h1>{text}</article></body></html>"
    page.goto(own.base)
    page.fill("#source", f"  {foreign.url}artikel \n")
    page.click("#read")
    until(page, "s.clock > 0.1")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    [read] = own.client.get("/api/articles").json()["articles"]
    assert read["source_url"] == f"{foreign.url}artikel"


def test_what_is_wrong_is_said(page, own):
    page.goto(own.base)
    page.click("#read")
    assert "Text oder einen Link" in page.get_by_role("alert").inner_text()
    page.fill("#source", "x" * 200_001)
    page.click("#read")
    page.wait_for_function("() => /200.?000/.test(document.querySelector('#trouble').textContent)")


def test_going_back_shows_the_library_while_the_voice_goes_on(page, own):
    page.goto(own.base)
    page.fill("#source", ARTICLE)
    page.click("#read")
    until(page, "s.clock > 0.1")
    page.go_back()
    expect(page.get_by_role("heading", name="Bibliothek")).to_be_visible()
    expect(player(page).locator("button.play")).to_be_visible()
    expect(page.get_by_role("heading", name="Die alte Mühle")).to_be_hidden()
    assert state(page)["wanted"]
    page.go_forward()
    expect(page.get_by_role("heading", name="Die alte Mühle")).to_be_visible()


def test_no_way_through_the_page_stops_the_voice(page, own):
    page.goto(own.base)
    page.fill("#source", ARTICLE)
    page.click("#read")
    until(page, "s.clock > 0.1")
    page.get_by_role("link", name="Vorleser, Startseite").click()
    expect(page.get_by_role("heading", name="Bibliothek")).to_be_visible()
    expect(page).to_have_url(f"{own.base}/")
    player(page).get_by_role("link", name="Die alte Mühle dreht sich wieder").click()
    expect(page.get_by_role("heading", name="Die alte Mühle")).to_be_visible()
    assert "/articles/" in page.url
    found = state(page)
    assert found["wanted"]
    until(page, f"s.clock > {found['clock']}")


def test_keys_are_the_pages_own_while_nothing_is_there_to_play(new_page, own):
    page = new_page(viewport={"width": 360, "height": 300})
    page.goto(own.base)
    page.locator("h1").click()
    page.keyboard.press("Space")
    page.wait_for_function("() => scrollY > 0")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Vorlesen").click()  # nothing lies over the page


def test_enter_behind_a_link_reads_it(page, own, foreign):
    page.goto(own.base)
    page.fill("#source", f"{foreign.url}nichts")
    page.press("#source", "Enter")
    page.get_by_role("alert").get_by_text("Hier gibt es nichts zu lesen.").wait_for()
    expect(page.get_by_role("button", name="Vorlesen")).to_be_enabled()
    page.fill("#source", "Ein Satz")
    page.press("#source", "Enter")
    expect(page.locator("#source")).to_have_value("Ein Satz\n")


def test_the_library_is_searched_and_cleared(page, own):
    for text in (ARTICLE, SHORT):
        own.ready(text)
    page.goto(own.base)
    rows = page.locator("#library li")
    expect(rows).to_have_count(2)
    page.get_by_role("searchbox").fill("mühle")
    expect(rows).to_have_count(1)
    page.get_by_role("searchbox").fill("nirgends")
    page.get_by_text("Kein Artikel mit „nirgends“.").wait_for()
    page.get_by_role("searchbox").fill("")
    choose(page, "Kurze Meldung", "Löschen")
    expect(rows).to_have_count(1)


def test_the_library_is_used_by_keyboard_without_losing_the_place(page, own):
    for number in range(3):
        own.ready(f"Meldung {number}\n\nEin Satz.")
    page.goto(own.base)
    focused = "() => document.activeElement.getAttribute('aria-label')"
    page.get_by_role("button", name="„Meldung 1“ merken").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#queue li")).to_have_count(1)
    assert page.evaluate(focused) == "„Meldung 1“ merken"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Löschen", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("„Meldung 1“ gelöscht.").wait_for()
    assert page.evaluate(focused) == "Mehr zu „Meldung 0“"


def test_the_queue_plays_on(page, own):
    long, short = own.ready(ARTICLE), own.ready(SHORT)
    page.goto(own.base)
    page.get_by_role("button", name=re.compile("Die alte Mühle.* merken")).click()
    expect(page.locator("#queue li")).to_have_count(1)
    page.get_by_role("button", name="„Kurze Meldung“ anhören").click()
    until(page, "s.clock > 0.1")
    assert short["id"] in page.url
    until(page, "s.now?.startsWith('Die alte Mühle') && s.clock > 0.1")
    assert long["id"] in page.url
    assert page.evaluate("() => localStorage.getItem('vorleser:queue')") == "[]"


def test_the_library_tells_what_is_left(page, own):
    article = own.ready(ARTICLE)
    heard = {"time": article["duration"] - 10, "duration": article["duration"], "at": 1}
    page.add_init_script(
        f"localStorage.setItem('vorleser:heard:{article['id']}', '{json.dumps(heard)}')"
    )
    page.goto(own.base)
    facts = expect(page.locator("#library li small"))
    facts.to_have_text(re.compile(r"\d+\.\d+\.20\d\d · noch 10.Sek\."))
    page.evaluate("() => { localStorage.clear(); dispatchEvent(new Event('pageshow')); }")
    facts.to_have_text(re.compile(r" · 3\d.Sek\."))


def test_an_english_browser_gets_english(new_page, own):
    own.ready(SHORT)
    page = new_page(locale="en-GB")
    page.goto(own.base)
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
    assert page.evaluate("() => document.documentElement.lang") == "en"


def test_a_key_is_asked_for_and_remembered(page, guarded):
    page.goto(guarded.base)
    page.fill("#source", unseen())
    page.click("#read")
    page.get_by_label("API-Schlüssel").fill("geheim")
    page.get_by_role("button", name="Weiter").click()
    until(page, "s.clock > 0.1")
    page.goto(guarded.base)
    page.fill("#source", unseen())
    page.click("#read")
    until(page, "s.clock > 0.1")


def test_an_article_can_be_read_without_scripts(new_page, own):
    article = own.ready(ARTICLE)
    page = new_page(java_script_enabled=False)
    page.goto(f"{own.base}/articles/{article['id']}")
    expect(page.get_by_role("heading", name="Was die Arbeit gekostet hat")).to_be_visible()
    expect(page.locator("noscript")).to_have_count(1)


def test_text_is_never_markup(page, own):
    evil = "</script><script>document.title='!'</script>"
    text = f"<img src=x onerror=document.title='!'> Titel\n\n{evil} Satz."
    article = own.ready(text)
    page.goto(own.base)
    open_article(page, own.base, article["id"])
    page.wait_for_timeout(300)
    assert page.title() != "!"
    expect(page.locator(".text img, .text script")).to_have_count(0)


def test_a_link_from_another_page_is_filled_in_but_not_read(page, own):
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    page.goto(f"{own.base}/?url=https%3A%2F%2Fzeitung.example%2Fa%3Fb%3D1%26c%3D2")
    page.wait_for_function("() => document.activeElement.id === 'read'")
    expect(page.locator("#source")).to_have_value("https://zeitung.example/a?b=1&c=2")
    expect(page).to_have_url(f"{own.base}/")
    assert set(asked) == {"GET"}


def test_the_bookmarklet_brings_the_page_one_is_on(page, own):
    page.goto(own.base)
    address = page.get_by_role("link", name="Vorlesen", exact=True).get_attribute("href")
    page.goto(f"{own.base}/healthz?%26=ä")
    with page.expect_popup() as popup:
        page.evaluate("(address) => { location.href = address; }", address)
    popup.value.wait_for_function("() => document.activeElement.id === 'read'")
    assert popup.value.input_value("#source") == f"{own.base}/healthz?%26=%C3%A4"

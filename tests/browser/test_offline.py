"""Installing the page, and articles kept for the train."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS
from tests.browser.drive import ARTICLE, open_article, press_play, state, tell, until
from tests.servers import find

pytestmark = pytest.mark.browser


@pytest.fixture
def saved(page, own):
    """The page of an article that is saved; its service worker is in charge."""
    open_article(page, own.base, own.ready(ARTICLE)["id"])
    page.evaluate("() => navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.get_by_role("button", name="Mehr").click()
    page.get_by_role("button", name="Offline speichern").click()
    page.get_by_role("button", name="Offline verfügbar").wait_for()
    return page


def test_the_page_can_be_installed(browser, own):
    windowed = browser.browser_type.launch(executable_path=find("chromium"), args=ARGUMENTS)
    with windowed:  # without windows nothing is ever installed
        page = windowed.new_page()
        page.goto(own.base)
        page.evaluate("() => navigator.serviceWorker.ready")
        tools = page.context.new_cdp_session(page)
        assert tools.send("Page.getAppManifest")["errors"] == []
        assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == [
            {"errorId": "in-incognito", "errorArguments": []}  # every test has a private profile
        ]


def test_a_saved_article_plays_without_the_service(saved, own):
    address = saved.url
    own.stop()
    try:
        saved.goto("about:blank")
        saved.goto(f"{address}#t=14")
        press_play(saved)
        assert until(saved, "s.clock > 14.3")["trouble"] is None
    finally:
        own.start()


def test_the_library_opens_without_the_service_and_plays_what_is_saved(saved, own):
    saved.goto(own.base)
    own.stop()
    try:
        saved.goto("about:blank")
        saved.goto(own.base)
        saved.get_by_role("button", name="„Die alte Mühle dreht sich wieder“ anhören").click()
        assert until(saved, "s.clock > 0.3")["trouble"] is None
    finally:
        own.start()


def test_an_article_can_be_taken_off_the_shelf_again(saved):
    saved.get_by_role("button", name="Offline verfügbar").click()
    saved.get_by_role("button", name="Offline speichern").wait_for()
    kept = "() => caches.open('vorleser-articles').then((all) => all.keys())"
    assert saved.evaluate(kept) == []


def test_an_article_that_has_changed_since_is_heard_as_it_is_now(saved, own):
    [article] = own.client.get("/api/articles").json()["articles"]
    changed = own.client.patch(
        f"/api/articles/{article['id']}", json={"text": "Neuer Titel\n\nGanz kurz."}
    )
    assert changed.is_success
    own.settled(article["id"])
    saved.reload()
    press_play(saved)
    found = until(saved, "s.clock > 0.1")
    length = saved.evaluate("() => document.querySelector('vorleser-player').audio.duration")
    assert abs(length - found["duration"]) < 0.2
    saved.wait_for_function(
        """async (id) => {
          const kept = await caches.match(`/articles/${id}`, { cacheName: 'vorleser-articles' });
          return (await kept.text()).includes('Neuer Titel');
        }""",
        arg=article["id"],
    )


def test_a_page_that_is_not_kept_says_so_and_names_what_is(saved, own):
    other = own.ready(f"Etwas anderes\n\n{ARTICLE}")
    own.stop()
    try:
        saved.goto("about:blank")
        saved.goto(f"{own.base}/articles/{other['id']}")
        saved.get_by_role("heading", name="Keine Verbindung").wait_for()
        saved.get_by_role("link", name="Die alte Mühle dreht sich wieder").click()
        saved.get_by_role("heading", name="Die alte Mühle dreht sich wieder").wait_for()
        press_play(saved)
        until(saved, "s.clock > 0.2 && s.trouble === null")
        saved.wait_for_function("() => CSS.highlights.get('vorleser-word')?.size")
    finally:
        own.start()


def test_the_front_page_is_there_for_who_never_saw_it(saved, own):
    own.stop()
    try:
        saved.goto("about:blank")
        saved.goto(own.base)
        saved.get_by_role("link", name="Die alte Mühle dreht sich wieder").wait_for()
    finally:
        own.start()


def test_what_is_saved_is_found_and_heard_though_it_was_deleted_elsewhere(saved, own):
    address = saved.url
    own.clear()
    saved.clock.install()
    saved.goto(own.base)
    saved.locator("#library").get_by_role("link", name="Die alte Mühle").click()
    saved.wait_for_url(address)
    saved.clock.fast_forward(30_000)  # the page looks now and then
    saved.get_by_text("Er ist nur noch in diesem Browser gespeichert.").wait_for()
    press_play(saved)
    until(saved, "s.clock > 0.2 && s.trouble === null")


def come_back(page):
    """As a listener does from another tab."""
    page.evaluate("() => dispatchEvent(new Event('focus'))")


def test_an_article_that_is_changed_elsewhere_says_so(page, own):
    article = own.ready(ARTICLE)
    open_article(page, own.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.2")
    tell(page, "store.step(1); store.step(1); store.step(1)")  # the new text has no such paragraph
    own.client.patch(f"/api/articles/{article['id']}", json={"text": "Neuer Titel\n\nGanz kurz."})
    own.settled(article["id"])
    come_back(page)
    page.get_by_text("Dieser Artikel wurde inzwischen geändert.").wait_for()
    until(page, "s.wanted && !s.paused && s.duration > 20")  # what plays is left alone
    page.get_by_role("button", name="Neue Fassung zeigen").click()
    page.get_by_role("heading", name="Neuer Titel").wait_for()
    until(page, "s.duration < 10")
    assert page.title() == "Neuer Titel · Vorleser"
    expect(page.get_by_text("inzwischen geändert")).to_have_count(0)


def test_an_article_that_is_deleted_elsewhere_says_so(page, own):
    article = own.ready(ARTICLE)
    open_article(page, own.base, article["id"])
    own.clear()
    come_back(page)
    page.get_by_role("status").get_by_text("Diesen Artikel gibt es nicht mehr.").wait_for()


BLOCKED = """for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException('Access is denied for this document.', 'SecurityError'); },
  });
}
Object.defineProperty(Navigator.prototype, 'serviceWorker', {
  get() { throw new DOMException('Access is denied for this document.', 'SecurityError'); },
});"""


def test_blocked_storage_changes_nothing_but_memory(new_page, own):
    page = new_page()
    page.add_init_script(BLOCKED)
    own.ready("Kurze Meldung\n\nEin Satz.")
    page.goto(own.base)
    page.fill("#source", ARTICLE)
    page.click("#read")
    until(page, "s.clock > 0.3 && s.now")
    page.get_by_role("button", name="Mehr").click()
    page.get_by_role("button", name="Satz", exact=True).click()
    page.keyboard.press("Escape")
    page.wait_for_function("() => !CSS.highlights.get('vorleser-word')?.size")
    page.get_by_role("link", name="Vorleser, Startseite").click()
    page.get_by_role("link", name="Kurze Meldung").click()
    page.get_by_role("button", name="Artikel anhören").click()
    until(page, "s.clock > 0.1 && s.duration < 10")
    expect(page.locator("[data-lit]")).to_have_count(0)  # still sentences, until the page is left


@pytest.mark.parametrize("kind", ["text", "file"])
def test_what_is_added_without_a_connection_is_sent_later_also_after_a_reload(page, own, kind):
    page.goto(own.base)
    page.evaluate("() => navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller")
    own.stop()
    try:
        if kind == "text":
            page.fill("#source", "Aus dem Zug\n\nEin Satz ohne Netz.")
            page.click("#read")
        else:
            content = b"Aus dem Zug\n\nEin Satz ohne Netz."
            file = {"name": "Aus dem Zug.txt", "mimeType": "text/plain", "buffer": content}
            page.set_input_files("#file", file)
        waiting = page.locator("#pending li")
        waiting.get_by_text("Aus dem Zug").wait_for()
        page.reload()
        waiting.get_by_text("Aus dem Zug").wait_for()
    finally:
        own.start()
    page.evaluate("() => dispatchEvent(new Event('online'))")
    page.locator("#library").get_by_role("link", name="Aus dem Zug").wait_for()
    expect(waiting).to_have_count(0)
    articles = own.client.get("/api/articles").json()["articles"]
    assert [one["title"] for one in articles].count("Aus dem Zug") == 1


def test_what_the_service_refuses_later_stays_with_the_reason(page, own):
    page.goto(own.base)
    own.stop()
    try:
        page.fill("#source", "http://127.0.0.1:1/weg")
        page.click("#read")
        waiting = page.locator("#pending li")
        waiting.get_by_text("wird gesendet").wait_for()
    finally:
        own.start()
    page.evaluate("() => dispatchEvent(new Event('online'))")
    waiting.get_by_text("wird gesendet").wait_for(state="detached")
    expect(waiting.locator("small")).not_to_be_empty()
    waiting.get_by_role("button", name="nicht senden").click()
    waiting.wait_for(state="detached")


def test_the_logo_is_there_offline_though_an_article_was_the_first_page(page, own):
    open_article(page, own.base, own.ready(ARTICLE)["id"])
    page.evaluate("() => navigator.serviceWorker.ready")
    own.stop()
    try:
        page.goto("about:blank")
        page.goto(own.base)
        page.get_by_role("heading", name="Bibliothek").wait_for()
        logo = page.locator(".brand img")
        assert logo.evaluate("(image) => image.decode().then(() => true, () => false)")
    finally:
        own.start()


def test_what_cannot_be_had_without_a_connection_leaves_alone_what_plays(page, own):
    mill = own.ready(ARTICLE)
    own.ready("Kurze Meldung\n\nEin Satz.")
    open_article(page, own.base, mill["id"])
    page.get_by_text("Der Verein hat").click()
    until(page, "s.clock > 14 && !s.waiting")
    page.wait_for_function(
        """() => {
          const { buffered, duration } = document.querySelector('vorleser-player').audio;
          return buffered.length && buffered.end(buffered.length - 1) > duration - 0.2;
        }"""
    )
    page.get_by_role("link", name="Vorleser, Startseite").click()
    other = page.get_by_role("button", name="„Kurze Meldung“ anhören")
    other.wait_for()
    page.context.set_offline(True)
    other.click()
    page.get_by_text("Das lässt sich gerade nicht holen.").wait_for()
    place = state(page)["clock"]
    assert place > 14
    page.context.set_offline(False)
    found = until(page, f"s.clock > {place} && !s.waiting")
    assert found["trouble"] is None
    assert mill["id"] in found["src"]

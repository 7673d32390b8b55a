"""Installing the page, and articles kept for the train."""

import pytest

from tests.browser.drive import ARTICLE, open_article, press_play, until

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


def test_the_page_can_be_installed(page, own):
    page.goto(own.base)
    page.evaluate("() => navigator.serviceWorker.ready")
    browser = page.context.new_cdp_session(page)
    assert browser.send("Page.getAppManifest")["errors"] == []
    assert browser.send("Page.getInstallabilityErrors")["installabilityErrors"] == [
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
    while own.manifest(article["id"])["state"] != "ready":
        pass
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

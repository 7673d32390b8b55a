"""The lock screen, headphones and media keys."""

import pytest

from tests.browser.drive import ARTICLE, open_article, press_play, state, tell, until

pytestmark = pytest.mark.browser

RECORD = """() => {
  const session = navigator.mediaSession;
  window.told = { actions: {}, position: null };
  session.setActionHandler = (name, act) => { told.actions[name] = act; };
  session.setPositionState = (position) => { told.position = position; };
}"""


@pytest.fixture(scope="module")
def opened(shared_page, service):
    shared_page.add_init_script(f"({RECORD})()")
    open_article(shared_page, service.base, service.ready(ARTICLE)["id"])
    press_play(shared_page)
    until(shared_page, "s.clock > 0.1")
    return shared_page


@pytest.fixture
def locked(opened):
    """A page that plays from ten seconds; `press` is a key of the lock screen."""
    tell(opened, "store.rate = 1; store.seek(10); store.play()")
    until(opened, "s.time >= 10 && s.time < 11 && !s.waiting")
    return opened


def press(page, action, **details):
    page.evaluate("([name, details]) => told.actions[name](details)", [action, details])


def test_the_lock_screen_shows_title_site_and_cover(locked):
    shown = locked.evaluate(
        """() => {
          const { metadata, playbackState } = navigator.mediaSession;
          return { title: metadata.title, artist: metadata.artist, state: playbackState,
            art: metadata.artwork.map(({ src }) => new URL(src).pathname) };
        }"""
    )
    title = ARTICLE.splitlines()[0]
    art = ["/static/icon-512.png"]
    assert shown == {"title": title, "artist": "Vorleser", "art": art, "state": "playing"}


@pytest.mark.parametrize(
    ("action", "details", "place"),
    [
        ("seekto", {"seekTime": 20}, 20),
        ("seekbackward", {}, 0),
        ("seekforward", {}, 25),
        ("seekforward", {"seekOffset": 5}, 15),
    ],
)
def test_it_seeks(locked, action, details, place):
    press(locked, action, **details)
    until(locked, f"Math.abs(s.time - {place}) < 1.2 && s.wanted")
    position = locked.evaluate("() => told.position")
    assert abs(position["position"] - place) < 1.2
    assert position["duration"] == state(locked)["duration"]


def test_it_steps_through_paragraphs(locked):
    press(locked, "nexttrack")
    until(locked, "s.now?.startsWith('„Ich habe') && s.time < 14")
    press(locked, "previoustrack")
    until(locked, "s.now?.startsWith('Nach vierzig')")


def test_it_pauses_and_plays_and_says_so(locked):
    press(locked, "pause")
    until(locked, "!s.wanted && s.paused")
    assert locked.evaluate("() => navigator.mediaSession.playbackState") == "paused"
    press(locked, "play")
    until(locked, "s.wanted && !s.paused")
    assert locked.evaluate("() => navigator.mediaSession.playbackState") == "playing"


def test_it_knows_the_speed(locked):
    locked.keyboard.press(">")
    until(locked, "s.rate === 1.1")
    assert locked.evaluate("() => told.position.playbackRate") == 1.1


def test_the_lead_picture_is_shown_by_our_address(page, service):
    text = "Die Gräben führen wieder Wasser, und die Kinder sehen den Enten zu. " * 9
    html = (
        "<html lang='de'><head><meta property='og:image' content='https://bild.example/d.jpg'>"
        f"</head><body><article><h1>Am Deich</h1><p>{text}</p></article></body></html>"
    )
    source = {"html": html, "source_url": "https://nordpost.example/deich"}
    made = service.client.post("/api/articles", json=source).raise_for_status().json()
    open_article(page, service.base, made["id"])
    press_play(page)
    page.wait_for_function("() => navigator.mediaSession.metadata?.title === 'Am Deich'")
    assert page.evaluate("() => navigator.mediaSession.metadata.artwork[0].src") == (
        f"{service.base}/articles/{made['id']}/picture.jpg"
    )

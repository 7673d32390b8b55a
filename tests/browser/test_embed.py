"""The player on other people's pages: strict rules, rude styles, several at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, press_play, state, unseen, until

pytestmark = pytest.mark.browser


def write(foreign, service, *tags):
    """A page under strict rules, with rude styles."""
    foreign.policy = (
        f"default-src 'none'; style-src 'self'; script-src {service.base}; "
        f"connect-src {service.base}; media-src {service.base}; frame-src {service.base}; "
        "require-trusted-types-for 'script'"
    )
    foreign.html = (
        "<!doctype html><html lang=de><link rel=stylesheet href=/rude.css><title>Fremd</title>"
        f"<script async src='{service.base}/embed.js'></script><h1>Fremde Seite</h1>"
        + "".join(tags)
    )


def full(article):
    return f"<vorleser-player article='{article['id']}' layout=full></vorleser-player>"


def test_one_script_tag_and_one_element_play(page, service, foreign):
    article = service.ready(ARTICLE)
    write(foreign, service, f"<vorleser-player article='{article['id']}'></vorleser-player>")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(foreign.url)
    until(page, "s.duration > 0")
    apis = [url for url in asked if "/api/" in url or ".mp3" in url or ".png" in url]
    assert apis == [f"{service.base}/api/articles/{article['id']}?edition=finished"]
    page.get_by_role("button", name="Abspielen").click()
    until(page, "s.clock > 0.2 && !s.paused")
    assert page.context.cookies() == []


def test_rude_styles_stay_outside_and_wished_ones_come_in(page, service, foreign):
    article = service.ready(ARTICLE)
    write(foreign, service, f"<vorleser-player article='{article['id']}'></vorleser-player>")
    page.goto(foreign.url)
    until(page, "s.duration > 0")
    title = page.locator("vorleser-player .title")
    assert "fantasy" not in title.evaluate("(e) => getComputedStyle(e).fontFamily")
    assert title.evaluate("(e) => getComputedStyle(e).color") != "rgb(0, 255, 0)"
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`vorleser-player { --vorleser-accent: rgb(1, 2, 3) }
            vorleser-player::part(bar) { border-radius: 3px }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    play = page.locator("vorleser-player button.play")
    assert play.evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(1, 2, 3)"
    bar = page.locator("vorleser-player .bar")
    assert bar.evaluate("(e) => getComputedStyle(e).borderRadius") == "3px"


def test_of_several_players_one_plays(page, service, foreign):
    ids = [service.ready(text)["id"] for text in (ARTICLE, "Zweiter Artikel\n\nEin Satz.")]
    write(
        foreign, service, *(f"<vorleser-player article='{one}'></vorleser-player>" for one in ids)
    )
    page.goto(foreign.url)
    buttons = page.locator("vorleser-player button.play")
    page.wait_for_function(
        "() => document.querySelectorAll('vorleser-player:defined').length === 2"
    )
    buttons.nth(0).click()
    until(page, "s.clock > 0.1")
    buttons.nth(1).click()
    until(page, "!s.wanted && s.paused")


def test_keys_of_the_host_page_stay_its_own(page, service, foreign):
    article = service.ready(ARTICLE)
    write(foreign, service, f"<vorleser-player article='{article['id']}'></vorleser-player>")
    page.goto(foreign.url)
    until(page, "s.duration > 0")
    page.keyboard.press("k")
    assert not state(page)["wanted"]
    page.locator("vorleser-player button.play").focus()
    page.keyboard.press("k")
    until(page, "s.wanted")


def test_the_text_can_be_read_along(page, service, foreign):
    article = service.ready(ARTICLE)
    write(foreign, service, full(article))
    page.goto(foreign.url)
    page.get_by_role("button", name="Mitlesen").click()
    page.get_by_text("Ihr Vater hatte den Betrieb 1983 geschlossen.").click()
    until(page, "s.now?.startsWith('Ihr Vater') && !s.waiting && s.clock > 0")


@pytest.mark.parametrize(
    ("button", "happens"),
    [
        ("Abspielen", "s.clock > 0.2 && !s.paused"),
        ("Mitlesen", "player.shadowRoot.querySelector('.reader:not([hidden]) .text')"),
    ],
)
def test_what_is_pressed_before_the_manifest_is_there_is_done_then(
    page, service, foreign, button, happens
):
    write(foreign, service, full(service.ready(ARTICLE)))
    held = []
    page.route("**/api/articles/*", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(foreign.url)
    page.get_by_role("button", name=button).click()
    page.locator("vorleser-player[waiting]").wait_for()
    [manifest] = held
    manifest.continue_()
    until(page, happens)


def test_the_framed_player_plays(page, service, foreign):
    article = service.ready(ARTICLE)
    frame = f"<iframe src='{service.base}/embed/{article['id']}' allow=autoplay></iframe>"
    write(foreign, service, frame)
    page.goto(foreign.url)
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="Abspielen").click()
    inside.get_by_role("button", name="Pause").wait_for()
    expect(inside.get_by_text("Gesprochen von künstlicher Intelligenz")).to_be_visible()


def test_the_framed_player_is_kept_out_by_sites_that_are_not_named(page, foreign, guarded):
    [example] = guarded.client.get("/api/articles").json()["articles"][-1:]
    foreign.html = f"<iframe src='{guarded.base}/embed/{example['id']}' allow=autoplay></iframe>"
    page.goto(foreign.url)
    page.frame_locator("iframe").get_by_role("button", name="Abspielen").wait_for()
    with page.expect_console_message(lambda said: "frame-ancestors http://localhost" in said.text):
        page.goto(foreign.url.replace("localhost", "127.0.0.1"))


def own_words(guarded, title, text):
    return (
        f"<!doctype html><html lang=de><title>{title}</title>"
        f"<script async src='{guarded.base}/embed.js'></script>"
        f"<body><article><h1>{title}</h1><vorleser-player src-page></vorleser-player>{text}"
    )


def test_the_page_reads_itself(page, foreign, guarded):
    title, *lines = unseen().split("\n\n")
    foreign.html = own_words(guarded, title, "".join(f"<p>{line}</p>" for line in lines))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(foreign.url)
    page.wait_for_function("() => document.querySelector('vorleser-player:defined')")
    assert [url for url in asked if "/api/" in url] == []
    assert page.locator("vorleser-player .title").inner_text() == title
    press_play(page)
    until(page, "s.clock > 0.2 && !s.paused")
    [read] = guarded.client.get("/api/articles?limit=1").json()["articles"]
    assert (read["title"], read["source_url"]) == (title, foreign.url)


def test_a_page_that_cannot_be_read_says_so(page, foreign, guarded):
    foreign.html = own_words(guarded, "", "")
    page.goto(foreign.url)
    press_play(page)
    page.get_by_text("Diese Seite lässt sich nicht vorlesen.").wait_for()
    expect(page.locator("vorleser-player[waiting]")).to_have_count(0)

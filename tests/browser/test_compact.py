"""The small bar on other people's pages: one line that grows when it is used."""

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, until

pytestmark = pytest.mark.browser

BAR_PX = 64
SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift += one.value;
  }).observe({ type: 'layout-shift', buffered: true });
}"""


@pytest.fixture
def embed(foreign, service):
    """Writes a page around the player as the sheet "Einbetten" gives it."""
    article = service.ready(ARTICLE)

    def write(*, page="<html lang=de>", layout=""):
        foreign.html = (
            f"<!doctype html>{page}<meta name=viewport content='width=device-width'>"
            f"<body style='margin:0'><h1>Fremde Seite</h1>"
            f"<script async src='{service.base}/embed.js'></script>"
            f"<vorleser-player article='{article['id']}' {layout} "
            "style='display:block;min-height:64px'>"
            f"<a href='{service.base}/articles/{article['id']}'>Artikel anhören</a>"
            "</vorleser-player><p id=below>Darunter</p>"
        )
        return foreign.url

    return write


def height(page):
    return page.locator("vorleser-player").evaluate("(one) => one.offsetHeight")


@pytest.mark.parametrize("width", [280, 390, 768, 1440])
def test_it_is_one_bar_of_64_px_and_moves_nothing(new_page, embed, width):
    page = new_page(viewport={"width": width, "height": 600})
    page.add_init_script(f"({SHIFTS})()")
    page.goto(embed())
    until(page, "s.duration > 0")
    assert height(page) == BAR_PX
    expect(page.get_by_text("Artikel anhören · ")).to_be_visible()
    expect(page.get_by_text("Gesprochen von künstlicher Intelligenz")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.evaluate("() => window.shift") == 0
    inside = page.locator("vorleser-player .bar").evaluate(
        """(bar) => {
          const { top, bottom, right } = bar.getBoundingClientRect();
          return [...bar.querySelectorAll('.offer, .ai, .play, .grow')].every((one) => {
            const box = one.getBoundingClientRect();
            const isWhole = one.scrollWidth <= one.clientWidth;
            return box.top >= top && box.bottom <= bottom && box.right <= right && isWhole;
          });
        }"""
    )
    assert inside
    small = page.locator("vorleser-player button:visible").evaluate_all(
        "(all) => all.filter((one) => one.offsetWidth < 24 || one.offsetHeight < 24).length"
    )
    assert small == 0


def test_it_grows_when_it_plays_and_keeps_the_focus(page, embed):
    page.goto(embed())
    until(page, "s.duration > 0")
    button = page.get_by_role("button", name="Abspielen")
    button.focus()
    page.keyboard.press("Enter")
    until(page, "s.clock > 0.1")
    assert height(page) > BAR_PX
    expect(page.get_by_role("slider", name="Stelle im Artikel")).to_be_visible()
    assert (
        page.evaluate(
            "() => document.querySelector('vorleser-player').shadowRoot.activeElement.className"
        )
        == "play"
    )


def test_it_grows_when_it_is_asked_to(page, embed):
    page.goto(embed())
    until(page, "s.duration > 0")
    page.get_by_role("button", name="Player zeigen").click()
    expect(page.get_by_role("slider", name="Stelle im Artikel")).to_be_visible()
    expect(page.get_by_role("button", name="Player zeigen")).to_have_count(0)


def test_the_full_layout_has_all_controls_at_once(page, embed):
    page.goto(embed(layout="layout=full"))
    until(page, "s.duration > 0")
    expect(page.get_by_role("slider", name="Stelle im Artikel")).to_be_visible()


def test_who_has_no_scripts_gets_a_link(new_page, embed):
    page = new_page(java_script_enabled=False)
    page.goto(embed())
    expect(page.get_by_role("link", name="Artikel anhören")).to_be_visible()
    assert height(page) == BAR_PX


def ground(page):
    return page.locator("vorleser-player .bar").evaluate(
        "(one) => getComputedStyle(one).backgroundColor"
    )


def test_it_takes_the_colours_of_the_page_and_not_of_the_system(new_page, embed):
    page = new_page(color_scheme="dark")
    page.goto(embed())
    until(page, "s.duration > 0")
    light = ground(page)
    page.goto(embed(page="<html lang=de style='color-scheme: light dark'>"))
    until(page, "s.duration > 0")
    assert light == "rgb(255, 253, 249)" != ground(page)


def test_it_reads_from_left_to_right_in_pages_that_do_not(page, embed):
    page.goto(embed(page="<html lang=ar dir=rtl>"))
    until(page, "s.duration > 0")
    play = page.get_by_role("button", name="Abspielen").bounding_box()
    offer = page.get_by_text("Artikel anhören · ").bounding_box()
    assert play["x"] < offer["x"]
    expect(page.locator("vorleser-player .bar")).to_have_attribute("lang", "de")


def test_its_text_begins_below_the_pages_own_headline(page, embed):
    page.goto(embed(layout="layout=full"))
    until(page, "s.duration > 0")
    page.get_by_role("button", name="Mitlesen").click()
    expect(page.locator("vorleser-player h1")).to_have_count(0)
    expect(page.get_by_role("heading", level=2, name="Die alte Mühle")).to_be_visible()

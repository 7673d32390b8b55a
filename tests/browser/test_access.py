"""Everybody can use it: WCAG 2.2 AA by axe, zoom, narrow screens, keyboards, quiet motion."""

import pytest

from tests.browser.drive import ARTICLE, open_article, player, press_play, until
from tests.browser.node import package

pytestmark = pytest.mark.browser

THEMES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = "() => document.scrollingElement.scrollWidth > innerWidth"


def findings(page):
    page.evaluate((package("axe-core") / "axe.min.js").read_text())
    result = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", RULES)
    return [
        (
            finding["id"],
            [node["target"] for node in finding["nodes"]][:3],
            finding["nodes"][0]["failureSummary"],
        )
        for finding in result["violations"]
    ]


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_the_front_page(new_page, service, theme):
    service.ready(ARTICLE)
    page = new_page(**THEMES[theme])
    page.goto(service.base)
    assert findings(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_while_an_article_plays(new_page, service, theme):
    article = service.ready(ARTICLE)
    page = new_page(**THEMES[theme])
    open_article(page, service.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.1")
    assert findings(page) == []


@pytest.mark.parametrize("sheet", ["more", "speed", "sleep", "voice", "embed", "keys"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel(new_page, service, sheet, theme):
    article = service.ready(ARTICLE)
    page = new_page(**THEMES[theme])
    open_article(page, service.base, article["id"])
    player(page).evaluate("(p, name) => p.panel.show(name)", sheet)
    page.wait_for_timeout(200)
    assert findings(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_trouble(new_page, slow, theme):
    article = slow.ready("Titel\n\nHier ist ein Fehlschlag.")
    page = new_page(**THEMES[theme])
    open_article(page, slow.base, article["id"])
    assert page.get_by_role("status").first.is_visible()
    assert findings(page) == []


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_is_cut_off_on_narrow_screens(new_page, service, width):
    article = service.ready(ARTICLE)
    page = new_page(viewport={"width": width, "height": 640})
    for address in ("/", f"/articles/{article['id']}", f"/embed/{article['id']}"):
        page.goto(service.base + address)
        page.wait_for_function("() => customElements.get('vorleser-player')")
        assert not page.evaluate(WIDE), address


def test_text_can_be_twice_as_large(new_page, service):
    article = service.ready(ARTICLE)
    page = new_page(viewport={"width": 640, "height": 800})
    open_article(page, service.base, article["id"])
    before = player(page).locator(".ai").bounding_box()["height"]
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    assert player(page).locator(".ai").bounding_box()["height"] > 1.8 * before
    assert not page.evaluate(WIDE)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_target_is_at_least_24_pixels_and_on_the_screen(new_page, service, width):
    article = service.ready(ARTICLE)
    page = new_page(viewport={"width": width, "height": 640})
    open_article(page, service.base, article["id"])
    boxes = player(page).locator(".controls button:visible, .controls input").all()
    assert len(boxes) > 6
    for button in boxes:
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_the_whole_player_can_be_used_by_keyboard(page, service):
    article = service.ready(ARTICLE)
    open_article(page, service.base, article["id"])
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              let at = document.activeElement;
              while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
              const seen = getComputedStyle(at).outlineStyle !== 'none';
              const name = at.getAttribute('aria-label') ?? at.textContent.trim();
              return at === document.body ? ['', true] : [name, seen];
            }"""
        )
        reached.append(found)
    names = [name for name, _ in reached]
    assert {"Abspielen", "15 Sekunden vor", "Stelle im Artikel", "Mehr", "Zum Inhalt"} <= set(names)
    assert [name for name, seen in reached if not seen] == []


def test_the_player_does_not_chatter_over_the_voice(page, service):
    article = service.ready(ARTICLE)
    open_article(page, service.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.1")
    live = player(page).evaluate(
        """(p) => new Promise((done) => {
          const said = [];
          const watch = new MutationObserver((changes) => said.push(...changes));
          for (const place of p.shadowRoot.querySelectorAll('[role=status], [aria-live]')) {
            watch.observe(place, { subtree: true, childList: true, characterData: true });
          }
          setTimeout(() => done(said.length), 3000);
        })"""
    )
    assert live == 0


def test_motion_is_quiet_for_those_who_want_it(new_page, service):
    article = service.ready(ARTICLE)
    page = new_page(reduced_motion="reduce", viewport={"width": 360, "height": 420})
    open_article(page, service.base, article["id"], fragment="#t=30")
    press_play(page)
    until(page, "s.clock > 0.1")
    moved = page.evaluate("scrollY")
    assert moved > 100
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == moved

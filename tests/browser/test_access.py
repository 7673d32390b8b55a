"""Everybody can use it: WCAG 2.2 AA by axe, zoom, narrow screens, keyboards, quiet motion."""

import pytest
from playwright.sync_api import expect

from tests.browser.drive import (
    ARTICLE,
    choose,
    open_article,
    player,
    press_play,
    tell,
    unseen,
    until,
)
from tests.browser.node import package
from tests.integration.test_files import BOOK

pytestmark = pytest.mark.browser

THEMES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = "() => document.scrollingElement.scrollWidth > innerWidth"
SHEETS = ("more", "chapters", "speed", "sleep", "voice", "embed", "leftOut", "keys")
SHEET = "{ fromShadowDom: ['vorleser-player', '.panel'] }"
PAGE_SHEET = "{ fromShadowDom: ['.sheets', '.panel'] }"
PAGE_SHEETS = [
    ("Kurze Meldung", "Umbenennen"),
    ("Kurze Meldung", "Sammlungen"),
    ("Das Moorbuch", "Als Podcast abonnieren"),
]
SHORT = "Kurze Meldung\n\nEin Satz."
WITH_FURNITURE = unseen().replace(
    "\n\n", "\n\nDrücken Sie Play, um diesen Artikel anzuhören\n\n", 1
)
TARGETS = """() => {
  const named = 'button, input, select, textarea, a[href]:not(p a), label.row, [role=button]';
  const player = document.querySelector('vorleser-player');
  const all = [...document.querySelectorAll(named), ...player.shadowRoot.querySelectorAll(named)];
  const seen = all.filter((one) => one.checkVisibility() && !one.closest('.text')
    && !one.matches('.unseen, .skip'));
  return seen.map((one) => {
    const { x, right, width, height } = one.getBoundingClientRect();
    const isRight = width >= 24 && height >= 24 && x >= 0 && right <= innerWidth;
    return [one.getAttribute('aria-label') ?? one.textContent.trim(), width, height, isRight];
  });
}"""


def findings(page, within="document"):
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((package("axe-core") / "axe.min.js").read_text())
    result = page.evaluate(f"(tags) => axe.run({within}, {{ runOnly: tags }})", RULES)
    return [
        (
            finding["id"],
            [node["target"] for node in finding["nodes"]][:3],
            finding["nodes"][0]["failureSummary"],
        )
        for finding in result["violations"]
    ]


@pytest.fixture(params=THEMES)
def themed(request, new_page):
    return new_page(**THEMES[request.param])


def test_axe_finds_nothing_on_the_front_page(themed, own):
    own.ready(ARTICLE)
    own.ready(SHORT)
    themed.goto(own.base)
    themed.locator("#library li .tool").first.click()
    themed.click("#read")
    expect(themed.locator("#queue")).to_be_visible()
    expect(themed.get_by_role("alert")).to_be_visible()
    assert findings(themed) == []


def test_axe_finds_nothing_while_an_article_plays(themed, service):
    open_article(themed, service.base, service.ready(WITH_FURNITURE)["id"])
    press_play(themed)
    until(themed, "s.clock > 0.1")
    assert findings(themed) == []


def test_axe_finds_nothing_in_the_panel(themed, service):
    open_article(themed, service.base, service.ready(WITH_FURNITURE)["id"])
    for sheet in SHEETS:
        player(themed).evaluate("(p, name) => p.panel.show(name)", sheet)
        if sheet == "voice":
            themed.get_by_role("button", name="Pico").wait_for()
        assert (sheet, findings(themed, SHEET)) == (sheet, [])


def test_axe_finds_nothing_in_the_sheets_of_the_library(themed, own):
    own.client.post("/api/collections", json={"title": "Obst"}).raise_for_status()
    own.client.post("/api/articles", files={"file": ("moor.epub", BOOK)}).raise_for_status()
    own.ready(SHORT, collections=["obst"])
    themed.goto(own.base)
    themed.get_by_role("button", name="Das Moorbuch", exact=True).click()
    themed.get_by_role("combobox", name="Sammlung").wait_for()
    assert findings(themed) == []
    for title, action in PAGE_SHEETS:
        choose(themed, title, action)
        themed.get_by_role("dialog", name=action).wait_for()
        assert (action, findings(themed, PAGE_SHEET)) == (action, [])
        themed.get_by_role("button", name="Zurück").or_(
            themed.get_by_role("button", name="Schließen")
        ).first.click()
        if themed.get_by_role("dialog").is_visible():
            assert findings(themed, PAGE_SHEET) == []
            themed.keyboard.press("Escape")


def test_axe_finds_nothing_in_trouble(themed, slow):
    slow.take(0)
    article = slow.ready("Titel\n\nHier ist ein Fehlschlag.")
    open_article(themed, slow.base, article["id"])
    expect(themed.get_by_role("status").first).to_be_visible()
    assert findings(themed) == []


def test_axe_finds_nothing_in_the_embedded_player(themed, service):
    embed = f"{service.base}/embed/{service.ready(WITH_FURNITURE)['id']}"
    themed.goto(embed)
    themed.locator(".offer").wait_for()
    assert within_a_page(findings(themed)) == []
    themed.goto(f"{embed}?layout=full")
    themed.get_by_role("button", name="Mitlesen").click()
    themed.get_by_text("Ihr Vater hatte").click()
    until(themed, "s.clock > 0.1")
    assert within_a_page(findings(themed)) == []


def within_a_page(found):
    """Without what is for the page around it: the headline."""
    return [one for one in found if one[0] != "page-has-heading-one"]


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_is_cut_off_on_narrow_screens(new_page, service, width):
    article = service.ready(ARTICLE)
    page = new_page(viewport={"width": width, "height": 640})
    for address in ("/", f"/articles/{article['id']}", f"/embed/{article['id']}"):
        page.goto(service.base + address)
        page.wait_for_function("() => customElements.get('vorleser-player')")
        assert not page.evaluate(WIDE), address


@pytest.mark.parametrize("address", ["/", "/articles/{}", "/embed/{}"])
def test_text_can_be_twice_as_large(new_page, service, address):
    page = new_page(viewport={"width": 640, "height": 800})
    page.goto(service.base + address.format(service.ready(WITH_FURNITURE)["id"]))
    page.wait_for_function("() => customElements.get('vorleser-player')")
    told = page.get_by_text("Gesprochen von künstlicher Intelligenz").first
    before = told.bounding_box()["height"]
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    assert told.bounding_box()["height"] > 1.8 * before
    assert not page.evaluate(WIDE)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_target_is_at_least_24_pixels_and_on_the_screen(new_page, own, width):
    article = own.ready(WITH_FURNITURE)
    own.ready(SHORT)
    page = new_page(viewport={"width": width, "height": 640})
    page.goto(own.base)
    page.locator("#library li .tool").first.click()
    found = page.evaluate(TARGETS)
    open_article(page, own.base, article["id"])
    found += page.evaluate(TARGETS)
    for sheet in SHEETS:
        player(page).evaluate("(p, name) => p.panel.show(name)", sheet)
        found += page.evaluate(TARGETS)
        assert player(page).evaluate("(p) => p.panel.body.scrollWidth <= p.panel.body.clientWidth")
    assert len(found) > 60
    assert [target for target in found if not target[-1]] == []


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


SEEN = """async () => {
  const from = scrollY;
  await new Promise((done) => setTimeout(done, 50));
  if (scrollY !== from) return false; // still on its way
  let at = document.activeElement;
  if (at === document.body) return 'nothing';
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const bar = document.querySelector('vorleser-player').shadowRoot.querySelector('.bar');
  const { top, bottom } = at.getBoundingClientRect();
  const isSeen = top >= 0 && bottom <= (bar.contains(at) ? innerHeight : bar.offsetTop);
  return isSeen && (at.getAttribute('aria-label') || at.textContent.trim() || at.tagName);
}"""


def test_what_has_the_focus_is_never_hidden_behind_the_bar(new_page, own):
    for number in range(6):
        own.ready(f"Meldung {number}\n\nEin Satz.")
    page = new_page(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    page.goto(own.base)
    page.get_by_role("button", name="„Meldung 5“ anhören").click()
    until(page, "s.clock > 0")
    page.go_back()
    page.locator(".brand").focus()
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        tries = (page.evaluate(SEEN) for _ in range(20))
        seen.add(next(filter(None, tries), "something hidden"))
    assert "something hidden" not in seen
    assert {"Mehr zu „Meldung 5“", "Mehr zu „Meldung 0“", "Mehr"} <= seen


def test_tabbing_through_the_bar_does_not_move_the_text(new_page, service):
    page = new_page(viewport={"width": 360, "height": 500})
    open_article(page, service.base, service.ready(ARTICLE)["id"])
    player(page).locator("button.play").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("scrollY") == 0


def test_the_player_does_not_chatter_over_the_voice(page, service):
    article = service.ready(ARTICLE)
    open_article(page, service.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.1")
    tell(page, "store.rate = 3")
    live = player(page).evaluate(
        """(p) => new Promise((done) => {
          const said = [];
          const watch = new MutationObserver((changes) => said.push(...changes));
          for (const place of p.shadowRoot.querySelectorAll('[role=status], [aria-live]')) {
            watch.observe(place, { subtree: true, childList: true, characterData: true });
          }
          setTimeout(() => done(said.length), 1500);
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

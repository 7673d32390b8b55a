"""The word that is heard lights up, and the voice goes on from any word."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.drive import ARTICLE, open_article, player, press_play, tell, unseen, until
from tests.browser.lit import LIT, SAMPLES, heard_rightly, words_of

pytestmark = pytest.mark.browser

SENTENCE = (
    "Als die Leute der kleinen Stadt am Rande des Gebirges, das im Winter von Schnee bedeckt und "
    "im Sommer von Wanderern besucht wird, endlich erfuhren, dass der neue Bahnhof, über den seit "
    "mehr als 25 Jahren gestritten worden war, nun doch gebaut werden sollte, kamen sie zum Markt."
)
LONG = f"Der lange Satz\n\n{SENTENCE} Danach war es still.\n\n{SENTENCE}"


def lit(page, name="word"):
    return page.evaluate(LIT, name)


def until_lit(page, word):
    page.wait_for_function(f"(word) => ({LIT})('word') === word", arg=word)


@pytest.fixture
def article(service):
    return service.ready(ARTICLE)


@pytest.fixture
def playing(page, service, article):
    """An article whose words light up."""
    open_article(page, service.base, article["id"])
    press_play(page)
    page.wait_for_function(f"() => ({LIT})('word')")
    return page


@pytest.mark.parametrize("rate", [0.75, 1, 2])
def test_the_word_lights_up_within_100_ms_of_its_sound(playing, service, article, rate):
    tell(playing, f"store.rate = {rate}; store.seek(store.manifest.paragraphs[1].start)")
    until(playing, "!s.waiting && s.time > 1")
    begin = player(playing).evaluate("({ store }) => store.time")
    rows = player(playing).evaluate(SAMPLES, begin + 4 * rate)
    assert heard_rightly(rows, words_of(service, article), rate=rate) >= 0.9
    assert len({(number, at) for _, number, at in rows}) > 4


def lit_paragraph(number):
    """A word of that paragraph is lit."""
    return (
        "() => [...(CSS.highlights.get('vorleser-word') ?? [])].some((range) => "
        f"range.startContainer.parentElement.closest('[data-n=\"{number}\"]'))"
    )


def test_words_follow_from_paragraph_to_paragraph_without_being_told_the_time(playing, article):
    last_of_the_first = article["paragraphs"][1]["start"] - 1.5
    tell(playing, f"store.seek({last_of_the_first})")
    until(playing, f"!s.waiting && s.clock > {last_of_the_first}")
    playing.wait_for_function(lit_paragraph(1))
    tell(playing, "store.tell = () => {}")
    playing.wait_for_function(lit_paragraph(2))


def test_a_page_that_nobody_sees_lights_nothing(playing, article):
    hide = """(value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value });
    }"""
    start = article["paragraphs"][2]["start"] + 0.5
    tell(playing, "store.pause()")
    word = lit(playing)
    playing.evaluate(hide, True)
    tell(playing, f"store.seek({start})")
    until(playing, f"s.time >= {start}")
    assert lit(playing) == word
    playing.evaluate(hide, False)
    playing.wait_for_function(lit_paragraph(3))


def test_frames_are_left_to_what_changes(playing):
    playing.evaluate("() => { window.requestAnimationFrame = () => { window.isAsked = true; }; }")
    word = lit(playing)
    playing.wait_for_function(f"(word) => ({LIT})('word') !== word", arg=word, polling=20)
    assert not playing.evaluate("() => window.isAsked")


def test_nothing_of_it_is_fetched_before_play(page, service, article):
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    open_article(page, service.base, article["id"])
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "words" in url]
    press_play(page)
    page.wait_for_function(f"() => ({LIT})('word')")
    edition = article["edition"]
    assert [url for url in asked if url.endswith(f"/words?edition={edition}")]


def test_a_word_lights_most_its_clause_more_its_sentence_softly(page, service):
    article = service.ready(LONG)
    open_article(page, service.base, article["id"])
    press_play(page)
    tell(page, f"store.seek({onset(service, article, 'Winter')})")
    page.wait_for_function(f"() => ({LIT})('clause')?.startsWith('das im Winter')")
    assert (
        lit(page, "clause")
        == "das im Winter von Schnee bedeckt und im Sommer von Wanderern besucht wird,"
    )
    assert lit(page) in lit(page, "clause")
    assert page.locator(".text .now").text_content() == SENTENCE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mark_of_the_word_stands_out_from_the_ground(new_page, service, article, scheme):
    page = new_page(color_scheme=scheme)
    open_article(page, service.base, article["id"])
    press_play(page)
    page.wait_for_function(f"() => ({LIT})('word')")
    mark, ink, ground = page.evaluate(
        """() => {
          const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const luminance = (color) => {
            pen.fillStyle = color;
            pen.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((one) => one / 255)
              .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const now = document.querySelector('.now');
          const word = getComputedStyle(now, '::highlight(vorleser-word)');
          const page = getComputedStyle(document.documentElement);
          return [word.backgroundColor, word.color, page.backgroundColor].map(luminance);
        }"""
    )

    def contrast(one, other):
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)

    assert contrast(mark, ground) >= 3
    assert contrast(mark, ink) >= 4.5


def test_a_phone_scrolls_by_clause(new_page, service):
    page = new_page(viewport={"width": 300, "height": 420})
    article = service.ready(LONG)
    open_article(page, service.base, article["id"])
    press_play(page)
    tell(page, f"store.seek({onset(service, article, 'gestritten')})")
    page.wait_for_function(f"() => ({LIT})('clause')?.startsWith('nun doch')")
    page.wait_for_function(
        """() => {
          const [range] = CSS.highlights.get('vorleser-clause');
          const bar = document.querySelector('vorleser-player').shadowRoot.querySelector('.bar');
          const { top, bottom } = range.getBoundingClientRect();
          return top > 0 && bottom < bar.getBoundingClientRect().top;
        }"""
    )
    assert page.evaluate("scrollY") > 0


def test_far_away_the_page_is_at_once_without_a_flight_over_the_text(new_page, service):
    page = new_page(viewport={"width": 300, "height": 420})
    title, body = ARTICLE.strip().split("\n\n", 1)
    article = service.ready("\n\n".join([title, *[body] * 8]))
    open_article(page, service.base, article["id"])
    is_there = page.evaluate(
        """() => {
          const { store } = document.querySelector('vorleser-player');
          store.seek(store.manifest.paragraphs.at(-1).start);
          const { top, bottom } = document.querySelector('.text .now').getBoundingClientRect();
          return top > 0 && bottom < innerHeight;
        }"""
    )
    assert is_there


def test_words_light_up_in_an_embed(page, service, article):
    page.goto(f"{service.base}/embed/{article['id']}")
    press_play(page)
    player(page).locator("button.read").click()
    page.wait_for_function(f"() => ({LIT})('word')")
    expect(player(page).locator(".reader .now")).to_have_count(1)


def word_place(page, word):
    """Where a word stands on the screen."""
    return page.evaluate(
        """(word) => {
          const text = document.querySelector('.text');
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const start = walker.currentNode.data.indexOf(word);
            if (start < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, start);
            range.setEnd(walker.currentNode, start + word.length);
            const { x, y, width, height } = range.getBoundingClientRect();
            return [x + width / 2, y + height / 2];
          }
        }""",
        word,
    )


def onset(service, article, word):
    """Where a word is heard that stands in the article once."""
    for paragraph in article["paragraphs"]:
        if (start := paragraph["text"].find(word)) >= 0:
            return next(
                at
                for at, number, first in words_of(service, article)
                if (number, first) == (paragraph["number"], start)
            )
    raise AssertionError(word)


@pytest.mark.parametrize("is_playing", [True, False], ids=["playing", "still"])
def test_a_double_click_plays_from_that_word(page, service, is_playing):
    article = service.ready(LONG)
    open_article(page, service.base, article["id"])
    if is_playing:
        press_play(page)
        page.wait_for_function(f"() => ({LIT})('word')")
    at = onset(service, article, "Wanderern")
    page.mouse.dblclick(*word_place(page, "Wanderern"))
    until(page, f"!s.waiting && s.clock > {at} && s.clock < {at} + 2")
    assert page.evaluate("getSelection().isCollapsed")


def test_shift_enter_plays_from_the_word_that_is_chosen(page, service):
    article = service.ready(LONG)
    at = onset(service, article, "Winter")
    open_article(page, service.base, article["id"])
    press_play(page)
    page.wait_for_function(f"() => ({LIT})('word')")
    page.locator(".text [tabindex]").focus()
    page.keyboard.press("ArrowDown")
    chosen = ["die", "Leute", "der", "kleinen", "Stadt", "am", "Rande", "des", "Gebirges", "das"]
    for word in [*chosen, "im", "Winter"]:
        page.keyboard.press("Shift+ArrowRight")
        assert page.evaluate("getSelection().toString()") == word
    page.keyboard.press("Shift+Enter")
    until(page, f"!s.waiting && s.clock > {at} && s.clock < {at} + 2")


def test_a_long_press_plays_from_that_word(new_page, service):
    page = new_page(has_touch=True, viewport={"width": 360, "height": 780})
    article = service.ready(LONG)
    at = onset(service, article, "Wanderern")
    open_article(page, service.base, article["id"])
    press_play(page)
    page.wait_for_function(f"() => ({LIT})('word')")
    x, y = word_place(page, "Wanderern")
    touch = page.context.new_cdp_session(page)
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    until(page, f"!s.waiting && s.clock > {at} && s.clock < {at} + 2")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    until(page, f"!s.waiting && s.clock > {at}")


def choose(page, name):
    player(page).get_by_role("button", name="Mehr").click()
    player(page).get_by_role("button", name=name, exact=True).click()
    page.keyboard.press("Escape")


def test_sentence_or_nothing_can_be_marked_instead_and_that_is_remembered(playing, service):
    choose(playing, "Satz")
    playing.wait_for_function(f"() => !({LIT})('word') && document.querySelector('.now')")
    choose(playing, "Nichts")
    playing.wait_for_function("() => !document.querySelector('.now, .here, [data-lit]')")
    playing.reload()
    press_play(playing)
    until(playing, "s.clock > 1 && !s.waiting")
    playing.wait_for_function("() => document.querySelector('[aria-current]')")
    expect(playing.locator(".text .now, .here, [data-lit]")).to_have_count(0)
    choose(playing, "Wort")
    playing.wait_for_function(f"() => ({LIT})('word')")


def test_who_wants_less_motion_sees_sentences_unless_words_are_asked_for(
    new_page, service, article
):
    page = new_page(reduced_motion="reduce")
    open_article(page, service.base, article["id"])
    press_play(page)
    until(page, "s.clock > 0.5 && s.now")
    player(page).get_by_role("button", name="Mehr").click()
    assert (
        player(page).get_by_role("button", name="Satz", exact=True).get_attribute("aria-pressed")
        == "true"
    )
    assert lit(page) is None
    player(page).get_by_role("button", name="Wort", exact=True).click()
    page.wait_for_function(f"() => ({LIT})('word')")


def test_a_browser_without_highlights_marks_sentences(page, service, article):
    page.add_init_script("Object.defineProperty(CSS, 'highlights', { value: undefined })")
    open_article(page, service.base, article["id"])
    with page.expect_request("**/*views.*.js"):  # asked for behind the words
        press_play(page)
    until(page, "s.clock > 0.5 && s.now")
    expect(page.locator("[data-lit]")).to_have_count(0)


def test_words_that_come_later_are_told_by_events(new_page, service):
    page = new_page(service_workers="block")  # what it fetches could not be changed here
    article = service.ready(unseen())
    words_of(service, article)
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.continue_() if asked[1:] else route.fulfill(json={"paragraphs": {}})

    page.route(re.compile(r"/words\?"), answer)
    open_article(page, service.base, article["id"])
    press_play(page)
    page.wait_for_function(f"() => ({LIT})('word')")
    assert len(asked) == 2
    page.wait_for_function("() => !document.querySelector('vorleser-player').news.isFollowing")


def test_who_reads_the_screen_by_ear_notices_nothing(playing):
    tree = "() => document.querySelector('.text').innerHTML.replace(/ data-lit=\"\"/, '')"
    player(playing).evaluate("({ store }) => store.pause()")
    before = playing.evaluate(tree)
    word = lit(playing)
    tell(playing, "store.seek(store.time + 0.6)")
    playing.wait_for_function(f"(word) => ({LIT})('word') !== word", arg=word)
    assert "<mark" not in before
    assert playing.evaluate(tree).count("<span") == before.count("<span")


def test_the_clause_is_of_the_paragraph_whose_word_lights_up(new_page, service):
    page = new_page(service_workers="block")  # what it fetches could not be changed here
    article = service.ready("Ein Titel\n\nDer erste Satz ist kurz. Der zweite auch.")
    words_of(service, article)

    def begin_late(route):
        answer = route.fetch()
        told = answer.json()
        told["paragraphs"]["2"][2] = 20  # silence before the first word
        route.fulfill(response=answer, json=told)

    page.route(re.compile(r"/words\?"), begin_late)
    open_article(page, service.base, article["id"])
    press_play(page)
    page.wait_for_function(f"() => ({LIT})('clause') === 'Ein Titel'")
    tell(page, "store.pause()")
    start = article["paragraphs"][1]["start"]
    tell(page, "store.seek(0.1)")
    until_lit(page, "Ein")
    tell(page, f"store.seek({start} + 0.05)")
    until_lit(page, None)
    tell(page, f"store.seek({start} + 0.25)")
    until_lit(page, "Der")
    assert lit(page, "clause").startswith("Der erste")

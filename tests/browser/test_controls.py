"""Every control and every key."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.drive import ARTICLE, open_article, player, press_play, state, tell, until

pytestmark = pytest.mark.browser


STILL = """() => new Promise((done) => {
  const before = scrollY;
  setTimeout(() => done(scrollY === before), 150);
})"""


RESET = """
  document.querySelector('vorleser-player').panel.dialog.close();
  document.activeElement.blur();
  localStorage.clear();
  Object.assign(store.audio, { muted: false, volume: 1 });
  store.rate = 1;
  store.seek(10);
  store.play();
"""


@pytest.fixture(scope="module")
def opened(shared_page, service):
    open_article(shared_page, service.base, service.ready(ARTICLE)["id"])
    press_play(shared_page)
    until(shared_page, "s.clock > 0.1")
    return shared_page


@pytest.fixture
def playing(opened):
    """A page that plays, and stands at ten seconds."""
    opened.set_viewport_size(DESK)
    tell(opened, RESET)
    until(opened, "s.time >= 10 && s.time < 11 && !s.waiting")
    return opened


def near(page, seconds):
    return until(page, f"Math.abs(s.time - {seconds}) < 1.2")


@pytest.mark.parametrize(("name", "place"), [("15 Sekunden zurück", 0), ("15 Sekunden vor", 25)])
def test_buttons_skip(playing, name, place):
    playing.get_by_role("button", name=name).click()
    near(playing, place)


def test_buttons_step_through_paragraphs(playing, service):
    starts = playing.evaluate(
        """() => document.querySelector('vorleser-player').store.manifest.paragraphs
          .map(({ start }) => start)"""
    )
    here = max(index for index, start in enumerate(starts) if start <= 10)
    playing.get_by_role("button", name="Nächster Absatz").click()
    near(playing, starts[here + 1])
    playing.get_by_role("button", name="Voriger Absatz").click()
    near(playing, starts[here])


def test_play_and_pause(playing):
    playing.get_by_role("button", name="Pause").click()
    assert state(playing)["paused"]
    playing.get_by_role("button", name="Abspielen").click()
    until(playing, "!s.paused")


def test_what_the_eye_cannot_tell_from_what_is_shown_is_not_drawn_anew(playing):
    tell(playing, "store.pause()")
    until(playing, "s.paused")
    drawn = player(playing).evaluate(
        """async (player) => {
          const found = [];
          const note = (rows) => found.push(...rows.map(({ target }) => target.className));
          const observer = new MutationObserver(note);
          const all = { subtree: true, attributes: true, childList: true, characterData: true };
          observer.observe(player.shadowRoot, all);
          for (let times = 0; times < 4; times += 1) player.store.tell('time');
          note(observer.takeRecords());
          return found;
        }"""
    )
    assert drawn == []


def test_the_seek_bar_seeks_and_tells_the_time_under_the_pointer(playing):
    bar = player(playing).locator(".seek")
    box = bar.bounding_box()
    assert box
    playing.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    half = state(playing)["duration"] / 2
    assert f"0:{int(half):02}" in player(playing).locator(".tip").inner_text()
    playing.mouse.down()
    playing.mouse.up()
    near(playing, half)
    expect(player(playing).locator(".marks i")).to_have_count(1)


KEYS = [
    ("ArrowLeft", "Math.abs(s.time - 5) < 1.5"),
    ("ArrowRight", "Math.abs(s.time - 15) < 1.5"),
    ("j", "s.time < 1.5"),
    ("l", "Math.abs(s.time - 25) < 1.5"),
    ("k", "!s.wanted && s.paused"),
    (" ", "!s.wanted && s.paused"),
    (">", "s.rate === 1.1"),
    ("<", "s.rate === 0.9"),
    (".", "s.rate === 1.1"),
    (",", "s.rate === 0.9"),
    ("m", "s.muted"),
    ("n", "s.now?.startsWith('„Ich habe') && s.time < 14"),
    ("p", "s.now?.startsWith('Nach vierzig')"),
    ("0", "s.time < 1.5"),
    ("5", "Math.abs(s.time - s.duration / 2) < 1.5"),
    ("9", "Math.abs(s.time - s.duration * 0.9) < 1.5"),
]


@pytest.mark.parametrize(("key", "effect"), KEYS)
def test_keys(playing, key, effect):
    playing.keyboard.press(key)
    until(playing, effect)


def test_the_question_mark_opens_the_help(playing):
    playing.keyboard.press("?")
    sheet = playing.get_by_role("dialog", name="Tastenkürzel")
    sheet.get_by_text("Zu 0 % … 90 % des Artikels").wait_for()
    playing.keyboard.press("Escape")
    expect(playing.get_by_role("dialog")).to_have_count(0)


def test_volume_keys_work_in_the_controls_alone(playing):
    playing.locator("body").click(position={"x": 3, "y": 3})
    playing.keyboard.press("ArrowDown")
    assert state(playing)["volume"] == 1
    player(playing).locator("button.play").focus()
    playing.keyboard.press("ArrowDown")
    until(playing, "Math.abs(s.volume - 0.9) < 0.01")


def test_letters_can_be_switched_off(playing):
    playing.keyboard.press("?")
    playing.get_by_label("Buchstaben und Ziffern").uncheck()
    playing.keyboard.press("Escape")
    playing.locator("body").click(position={"x": 3, "y": 3})
    playing.keyboard.press("m")
    playing.keyboard.press("ArrowRight")
    near(playing, 15)
    assert not state(playing)["muted"]


def test_keys_of_the_browser_and_of_text_fields_stay_theirs(playing):
    playing.keyboard.press("Control+k")
    playing.keyboard.press("Alt+ArrowLeft")
    assert state(playing)["wanted"]


def test_speed_keeps_the_pitch(playing):
    player(playing).locator("button.speed").click()
    playing.get_by_role("button", name="1,5×").click()
    found = until(playing, "s.rate === 1.5")
    assert found["wanted"]
    audio = player(playing).evaluate("(p) => [p.audio.playbackRate, p.audio.preservesPitch]")
    assert audio == [1.5, True]
    playing.get_by_role("slider", name="Tempo").fill("3")
    until(playing, "s.rate === 3")


def test_sentences_are_reached_by_keyboard(playing):
    playing.locator("[data-n] span[tabindex]").focus()
    for _ in range(3):
        playing.keyboard.press("ArrowDown")
    chosen = playing.evaluate("() => document.activeElement.textContent")
    playing.keyboard.press("Enter")
    assert until(playing, "!s.waiting && s.clock > 0")["now"] == chosen


def test_who_scrolls_just_now_is_not_pulled_back(playing):
    playing.set_viewport_size({"width": 360, "height": 420})
    playing.emulate_media(reduced_motion="reduce")  # then it moves at once, or not at all
    tell(playing, "store.pause()")
    moved = playing.evaluate(
        """() => {
          const { store } = document.querySelector('vorleser-player');
          const before = scrollY;
          window.dispatchEvent(new WheelEvent('wheel'));
          store.seek(store.manifest.paragraphs.at(-1).start);
          return scrollY - before;
        }"""
    )
    assert moved == 0


def test_the_reader_who_scrolls_away_is_left_alone_until_called_back(playing):
    playing.set_viewport_size({"width": 360, "height": 420})
    tell(playing, "store.rate = 3")
    playing.mouse.wheel(0, 3000)
    back = playing.get_by_role("button", name="Zur Lesestelle")
    back.wait_for()
    playing.wait_for_function(STILL)
    where = playing.evaluate("scrollY")
    now = state(playing)["now"]
    until(playing, f"s.now !== {now!r}")
    playing.wait_for_function(STILL)
    assert playing.evaluate("scrollY") == where
    back.click()
    playing.wait_for_function("(where) => scrollY !== where", arg=where)
    back.wait_for(state="hidden")

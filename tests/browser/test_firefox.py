"""The player in Firefox as Debian ships it: sound, seeking, keyboard, following along."""

import os
import shutil
import subprocess
import time

import pytest

from tests.browser.drive import ARTICLE, STATE, unseen
from tests.browser.firefox import PROGRAM, started
from tests.browser.lit import LIT, SAMPLES, heard_rightly, words_of

pytestmark = pytest.mark.browser

QUICK = ARTICLE.replace(ARTICLE.splitlines()[0], "Neues")
PLAYER = "document.querySelector('vorleser-player')"


@pytest.fixture(scope="module")
def sound_card(tmp_path_factory):
    """A sound card that nobody hears; Firefox plays nothing without one."""
    if not shutil.which("pulseaudio"):
        yield {}
        return
    folder = tmp_path_factory.mktemp("pulse")
    socket = folder / "socket"
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    command += ["--disable-shm=yes", "--load=module-null-sink"]
    command += [f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1"]
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    with (folder / "log.txt").open("wb") as log:
        server = subprocess.Popen(command, env=os.environ | home, stdout=log, stderr=log)
    for _ in range(200):
        if socket.exists():
            break
        time.sleep(0.05)
    yield {"PULSE_SERVER": f"unix:{socket}"}
    server.terminate()
    server.wait(15)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory, sound_card):
    if not PROGRAM:
        pytest.skip("Firefox is not installed (Debian: apt install firefox-esr)")
    with started(tmp_path_factory.mktemp("firefox"), sound_card) as running:
        yield running


@pytest.fixture
def playing(firefox, service):
    """Firefox plays an article."""
    firefox.goto(f"{service.base}/articles/{service.ready(ARTICLE)['id']}")
    firefox.until(f"{PLAYER}.store?.manifest")
    firefox.click(f"{PLAYER}.controls.play")
    until(firefox, "s.clock > 0.2 && !s.waiting")
    yield firefox
    firefox.evaluate("localStorage.clear()")


def until(firefox, condition):
    firefox.until(f"((s) => {condition})(({STATE})({PLAYER}))")


def test_it_really_sounds(playing):
    peak = playing.evaluate(
        f"""(async () => {{
          const context = new AudioContext();
          const meter = context.createAnalyser();
          context.createMediaElementSource({PLAYER}.audio).connect(meter);
          await context.resume();
          const wave = new Float32Array(meter.fftSize);
          let peak = 0;
          for (let turn = 0; turn < 60 && peak < 0.02; turn += 1) {{
            await new Promise((done) => setTimeout(done, 50));
            meter.getFloatTimeDomainData(wave);
            peak = Math.max(peak, ...wave.map(Math.abs));
          }}
          return peak;
        }})()"""
    )
    assert peak >= 0.02


def test_the_seek_bar_and_the_keys_seek(playing):
    playing.click(f"{PLAYER}.controls.range")
    until(playing, "Math.abs(s.time - s.duration / 2) < 1.5")
    playing.press("l")
    until(playing, "Math.abs(s.time - s.duration / 2 - 15) < 2.5")
    playing.press("0")
    until(playing, "s.time < 1.5")
    playing.press("ArrowRight")
    until(playing, "Math.abs(s.time - 5) < 2.5 && s.wanted")


def test_keys_pause_play_and_change_the_pace(playing):
    playing.press("k")
    until(playing, "!s.wanted && s.paused")
    playing.press(" ")
    until(playing, "s.wanted && !s.paused")
    playing.press(">")
    until(playing, "s.rate === 1.1")


def test_the_keyboard_alone_reaches_and_presses_a_button(playing):
    playing.evaluate("document.querySelector('.brand').focus()")
    for _ in range(10):
        playing.press("Tab")
        if playing.evaluate(f"{PLAYER}.shadowRoot.activeElement?.classList.contains('play')"):
            break
    playing.press("Enter")
    until(playing, "!s.wanted && s.paused")


def test_a_click_on_a_sentence_reads_from_there_and_lights_it_up(playing):
    sentence = "document.querySelectorAll('[data-n=\"5\"] span')[1]"
    playing.click(sentence)
    until(playing, "s.now === 'Den größten Teil gaben Leute aus dem Dorf.' && !s.waiting")


def test_a_fresh_article_starts_and_becomes_the_finished_file(firefox, service):
    firefox.goto(service.base)
    firefox.evaluate(f"document.querySelector('#source').value = {unseen(QUICK)!r}")
    firefox.click("document.querySelector('#read')")
    until(firefox, "s.clock > 0.2 && !s.paused")
    until(firefox, "s.src.endsWith('tags=small') && s.clock > 0.2 && !s.waiting")
    place = firefox.evaluate(f"{PLAYER}.store.time")
    until(firefox, f"s.time > {place + 0.5}")


@pytest.mark.parametrize("rate", [0.75, 1, 2])
def test_the_word_lights_up_within_100_ms_of_its_sound(playing, service, rate):
    store = f"{PLAYER}.store"
    playing.until(f"({LIT})('word')")
    playing.evaluate(f"{store}.rate = {rate}")
    playing.evaluate(f"{store}.seek({store}.manifest.paragraphs[1].start)")
    until(playing, "!s.waiting && s.time > 1")
    end = playing.evaluate(f"{store}.time + {4 * rate}")
    rows = playing.evaluate(f"({SAMPLES})({PLAYER}, {end})")
    words = words_of(service, service.ready(ARTICLE))
    assert heard_rightly(rows, words, rate=rate) >= 0.9
    assert len({(number, at) for _, number, at in rows}) > 4


def test_a_double_click_plays_from_that_word(playing):
    sentence = "document.querySelectorAll('[data-n=\"5\"] span')[1]"
    playing.until(f"({LIT})('word')")
    audio = f"{PLAYER}.audio"
    playing.evaluate(
        f"void {audio}.addEventListener('seeked', () => (window.place = {audio}.currentTime))"
    )
    playing.click(sentence, times=2)  # in the middle of its first line
    start = f"{PLAYER}.store.manifest.paragraphs[4].sentences[1].start"
    playing.until(f"window.place > {start} + 0.2")
    playing.until(f"'Den größten Teil gaben Leute'.includes(({LIT})('word'))")

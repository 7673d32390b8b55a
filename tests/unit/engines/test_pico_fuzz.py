"""Whatever text comes, Pico neither hangs, crashes, writes a file, nor leaves words out."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from service.engines.pico import VOICE, PicoEngine
from service.engines.pico_text import clean, sounds
from service.errors import SpeechIncomplete

CASES = 500
WORDS = (Path(__file__).parent / "sentences.txt").read_text().split()
TAGS = (
    '<genfile file="{path}">', '<genfile file="x.wav">Hallo</genfile>', "<usesig>",
    '<play file="/etc/passwd"/>',
    '<volume level="0">', "</volume>", '<speed level="500">', '<pitch level="50">', "<s>", "<p>",
    '<mark name="a"/>', '<phoneme alphabet="xsampa" ph="tEst"/>', "<!--", "-->",
    '<voice name="en-GB">', "<ignore>", '<preproccontext name="x">', "</speak>", "[[test]]",
    "\\vct=50\\", "{break}", "&lt;s&gt;", "<" * 30, "<a" * 40 + ">" * 40,
)  # fmt: skip
SCRIPTS = (
    "Владимир Путин", "Ελληνική Δημοκρατία", "北京市", "東京タワー", "서울특별시", "القاهرة",
    "תל אביב", "नई दिल्ली", "กรุงเทพ", "ქართული", "Հայաստան", "Wałęsa", "Erdoğan", "Čapek", "Þór",
    "İstanbul", "Đà Nẵng", "ሰላም", "ᚠᚢᚦ", "𐍈𐌰", "𝔉𝔯𝔞𝔨𝔱𝔲𝔯", "ｆｕｌｌｗｉｄｔｈ",
)  # fmt: skip
SIGNS = (
    "<>{}[]|\\~^_`\"'„“»«–—…!?.,;:-+*/=%&#@§€$£°²½×·•†‡¶©®™←→∞≈≠√∑♥★☃😀👩🇩🇪"
    "\u200b\u200d\ufeff\u00ad\u202e\u2028"
)
CONTROLS = "".join(map(chr, range(32))) + "\x7f\x80\x9f\ufffe\uffff\ud800\udfff\ue000\U0010ffff"


def some_words(dice):
    return " ".join(dice.choices(WORDS, k=dice.randint(1, 6)))


def markup(dice, path):
    return some_words(dice) + dice.choice(TAGS).replace("{path}", path) + some_words(dice)


def whole_file_markup(dice, path):
    return f'<genfile file="{path}">{some_words(dice)}</genfile>'


def nested_tags(dice, path):
    depth = dice.randint(2, 15)
    return "<p><s>" * depth + some_words(dice) + "</s></p>" * depth


def controls(dice, path):
    return "".join(char + dice.choice(CONTROLS) for char in some_words(dice)[:60])


def digits(dice, path):
    run = "".join(
        dice.choices(
            "0123456789" if dice.random() < 0.7 else "0", k=dice.choice((3, 12, 13, 25, 40, 90))
        )
    )
    return dice.choice(
        (run, f"Code {run} Ende", run[:20] + "." + run, "-".join(run[:20]), run + "%")
    )


def long_word(dice, path):
    letters = dice.choice(("abcdefghijklmnopqrstuvwxyz", "äöüßéèñçøåæþ", "čćšžłńřęąı", "жщюя"))
    return "".join(dice.choices(letters, k=dice.choice((35, 40, 60, 90, 200))))


def repeated(dice, path):
    char = dice.choice("aehmnsxzäß.,;:!?-'0179()&%+=/@#$€§° ")
    return some_words(dice) + char * dice.randint(2, 200) + dice.choice(("", some_words(dice)))


def foreign(dice, path):
    return " ".join((some_words(dice), *dice.choices(SCRIPTS, k=dice.randint(1, 5))))


def signs(dice, path):
    return "".join(
        char + (dice.choice(SIGNS) if dice.random() < 0.4 else "") for char in some_words(dice)
    )


def marks(dice, path):
    return "".join(char + chr(dice.randint(0x300, 0x36F)) for char in some_words(dice)[:50])


def anything(dice, path):
    return "".join(chr(dice.randint(1, 0x2FFF)) for _ in range(dice.randint(1, 60)))


def latin_soup(dice, path):
    return "".join(chr(dice.randint(32, 255)) for _ in range(dice.randint(1, 120)))


def dense(dice, path):
    return dice.choice(".,-/'&@").join(some_words(dice).split() * dice.randint(1, 3))


KINDS = (
    markup, whole_file_markup, nested_tags, controls, digits, long_word, repeated, foreign, signs,
    marks, anything, latin_soup, dense,
)  # fmt: skip


@pytest.fixture(scope="module")
def engine():
    with closing(PicoEngine(workers=2)) as opened:
        yield opened


def speak_fully(engine, text):
    """What is wrong with the sound of `text`, None when nothing is."""
    try:
        sound = engine.speak(text, voice=VOICE.id)
    except SpeechIncomplete:
        return "refused" if clean(text) else None
    peak = np.abs(np.frombuffer(sound.pcm, "<i2").astype(int)).max()
    if not clean(text) or not 100 < peak < 32_000:
        return f"peak {peak}"
    pace = sounds(clean(text)) / sound.duration_s
    slowest = 0.2 if sounds(clean(text)) else 0.0  # a sign is a long word
    return None if slowest <= pace < 22 else f"{pace:.1f} sounds a second"


@pytest.mark.slow
def test_five_hundred_hostile_texts_are_spoken_whole_by_the_same_two_workers(engine, tmp_path):
    dice = random.Random(2026)
    path = str(tmp_path / "written.wav")
    texts = [KINDS[n % len(KINDS)](dice, path) for n in range(CASES)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda text: engine.speak(text, voice=VOICE.id), ["Ja."] * 4))
        before = engine.pids
        found = list(threads.map(lambda text: speak_fully(engine, text), texts))
    wrong = [(text, what) for text, what in zip(texts, found, strict=True) if what]
    assert not wrong
    assert len(before) == 2
    assert engine.pids == before
    assert not list(tmp_path.iterdir())


def test_workers_stand_in_a_folder_where_no_file_can_be_made(engine):
    engine.speak("Ja.", voice=VOICE.id)
    folders = [Path(f"/proc/{pid}/cwd").readlink().name for pid in engine.pids]
    assert folders
    assert all(name.endswith("(deleted)") for name in folders)

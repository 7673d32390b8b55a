"""Supertonic's own graphs cannot be had here: stand-ins with their names and shapes speak."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from supertonic.core import Style, Supertonic, UnicodeProcessor

from service.domain import Kind, Script, Sentence
from service.engines import supertonic_model
from service.engines.supertonic import LEVELS_LUFS, SupertonicEngine
from service.engines.supertonic_files import FOLDER, GRAPHS, NAMES
from service.engines.supertonic_model import load
from service.engines.supertonic_text import ids, known
from service.engines.text import shortest_s
from service.errors import EngineUnavailable, SpeechError, SpeechIncomplete, UnknownVoice
from service.sound.clips import clip_id
from tests import supertonic_graphs

SENTENCE = "Am frühen Morgen fuhr der erste Zug über die neue Brücke."


@pytest.fixture(scope="module")
def voices(tmp_path_factory):
    folder = tmp_path_factory.mktemp("voices")
    supertonic_graphs.make(folder)
    return folder


@pytest.fixture
def engine(voices):
    with closing(SupertonicEngine(folder=voices, workers=2)) as opened:
        yield opened


@pytest.fixture
def table(voices):
    return json.loads((voices / FOLDER / "onnx" / "unicode_indexer.json").read_text())


@pytest.fixture
def own(voices, tmp_path):
    """A copy of the files that a test may damage."""
    shutil.copytree(voices, tmp_path / "voices")
    return tmp_path / "voices"


def test_ten_voices_speak_german_on_this_machine(engine):
    found = engine.voices()
    assert [voice.id for voice in found] == [f"supertonic:{name}" for name in NAMES]
    assert all(voice.language == "de" and not voice.online for voice in found)
    assert not any(voice.unavailable for voice in found)


def test_before_they_are_installed_one_of_them_says_what_to_do(tmp_path):
    (voice,) = SupertonicEngine(folder=tmp_path).voices()
    assert "vorleser voices install supertonic" in str(voice.unavailable)


def test_levels_are_shipped_and_nothing_is_measured(engine, voices):
    assert engine.speak("Ja.", voice="supertonic:M2").gain_db == pytest.approx(0.1)
    assert engine.speak("Ja.", voice="supertonic:F5").gain_db == pytest.approx(-3.6)
    assert set(LEVELS_LUFS) == set(NAMES)
    assert not list(voices.rglob("*.gain_db"))


def test_a_sentence_always_sounds_the_same_and_as_no_other_voice(engine):
    first, again, other = (
        engine.speak(SENTENCE, voice=f"supertonic:{name}").pcm for name in ("F1", "F1", "M1")
    )
    assert first == again
    assert first != other
    assert engine.speak(SENTENCE + " Ja.", voice="supertonic:F1").pcm[:1000] != first[:1000]


def test_eight_threads_share_what_was_loaded_once(engine, monkeypatch):
    loaded = []
    monkeypatch.setattr(
        "service.engines.supertonic.load",
        lambda folder: loaded.append(folder) or supertonic_model.load(folder),
    )
    with ThreadPoolExecutor(8) as threads:
        sounds = list(
            threads.map(lambda _: engine.speak(SENTENCE, voice="supertonic:F2").pcm, range(24))
        )
    assert len(set(sounds)) == 1
    assert len(loaded) == 1


def test_the_noise_is_normally_distributed_and_never_changes():
    noise = supertonic_model._noise("F1\0Guten Tag.", 40)
    assert noise.shape == (1, 144, 40)
    assert noise.mean() == pytest.approx(0, abs=0.05)
    assert noise.std() == pytest.approx(1, abs=0.05)
    assert noise[0, 0, :3] == pytest.approx([0.541459, -1.31146, -0.384517], abs=1e-5)


def test_long_text_is_spoken_in_pieces_of_at_most_120_characters(engine, monkeypatch):
    said = spied(monkeypatch)
    text = " ".join([SENTENCE] * 9)
    sound = engine.speak(text, voice="supertonic:F1")
    assert max(map(len, said)) <= 120
    assert " ".join(said) == text
    assert sound.duration_s > 9 * 3


def test_a_piece_at_an_implausible_pace_is_halved_and_at_last_refused(tmp_path, monkeypatch):
    said = spied(monkeypatch)
    supertonic_graphs.make(tmp_path, pace=0.01)  # seconds for a letter
    with (
        closing(SupertonicEngine(folder=tmp_path)) as hasty,
        pytest.raises(SpeechIncomplete, match="no plausible pace for “"),
    ):
        hasty.speak(SENTENCE, voice="supertonic:F1")
    assert said[0] == SENTENCE
    assert all(piece in SENTENCE for piece in said)
    assert len(said[-1]) <= 24 < len(said[1]) < len(SENTENCE)


def spied(monkeypatch):
    said = []
    say = supertonic_model.Model.say

    def spy(model, piece, name, *, steps):
        said.append(piece)
        return say(model, piece, name, steps=steps)

    monkeypatch.setattr(supertonic_model.Model, "say", spy)
    return said


def test_what_the_graphs_get_is_what_the_makers_package_gives_them(voices, table):
    """For text without marks that the package handles otherwise, or not at all."""
    theirs = UnicodeProcessor(str(voices / FOLDER / "onnx" / "unicode_indexer.json"))
    for text in (SENTENCE, "Ja!", "Straße, Öl und Äpfel: süß?", "Ohne Punkt am Ende"):
        given, _ = theirs([text], "de")
        assert ids(text, table) == given[0].tolist()


def test_a_sound_is_as_long_as_the_makers_package_makes_it(voices, engine):
    folder = voices / FOLDER
    model = load(folder)
    package = Supertonic(
        json.loads((folder / "onnx" / "tts.json").read_text()),
        UnicodeProcessor(str(folder / "onnx" / "unicode_indexer.json")),
        *(model._graphs[name] for name in GRAPHS),
    )
    style = model._style("F1")
    wave, seconds = package([SENTENCE], Style(style.sound, style.pace), 6, 1.05, "de")
    ours = len(engine.speak(SENTENCE, voice="supertonic:F1").pcm) // 2
    assert ours == pytest.approx(int(seconds[0] * 44_100), abs=1)
    assert ours <= wave.shape[1] < ours + 3_072


def test_the_number_of_steps_is_part_of_what_a_clip_is():
    script = Script(Kind.TEXT, (Sentence("Ja.", "Ja."),))
    few, many = (
        SupertonicEngine(folder=Path("nowhere"), steps=steps).voices()[0] for steps in (5, 8)
    )
    assert clip_id(script, few) != clip_id(script, many)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Ja“, sagt sie – und ›geht‹.", "\"Ja\", sagt sie, und 'geht'."),
        ("Eins — zwei, – drei -  vier", "Eins, zwei, drei, vier."),
        ("<breath> und </de> [laut]", "breath und de laut."),
        ("Prost 🍺 auf ★ alle!", "Prost auf alle!"),
        ("Müller‑Lüdenscheidt", "Mu\u0308ller-Lu\u0308denscheidt."),
        ("Łukasz", "Łukasz."),
        ("Москва", "Moskva."),
        ("東京", "DongJing."),
        ("½ und x²", "1 2 und x2."),
        ("قال أحمد", "ql hmd."),
    ],
)
def test_text_is_mapped_to_what_the_table_knows(text, expected, table):
    assert known(text, table) == expected


def test_a_word_without_a_sound_is_an_error_and_never_dropped(engine):
    with pytest.raises(SpeechIncomplete, match="no sound for “\U0003133e"):
        engine.speak("Das Zeichen \U0003133e steht hier.", voice="supertonic:F1")


@pytest.mark.parametrize("text", ["", "  ", "…", "– –", "🍺"])
def test_text_without_a_word_is_refused(engine, text):
    with pytest.raises(SpeechIncomplete):
        engine.speak(text, voice="supertonic:F1")


@pytest.mark.parametrize("voice", ["supertonic:X9", "F1", "supertonic:", "piper:F1"])
def test_an_unknown_voice_is_named(engine, voice):
    with pytest.raises(UnknownVoice, match="choose one of supertonic:F1"):
        engine.speak("Ja.", voice=voice)


@pytest.mark.parametrize(
    "path", ["onnx/vocoder.onnx", "onnx/unicode_indexer.json", "voice_styles/F1.json"]
)
@pytest.mark.parametrize("damage", ["cut", "garbage", "empty"])
def test_a_damaged_file_is_named_with_what_to_do(own, path, damage):
    file = own / FOLDER / path
    content = file.read_bytes()
    file.write_bytes(
        {"cut": content[: len(content) // 2], "garbage": b"\0x" * 99, "empty": b""}[damage]
    )
    with (
        closing(SupertonicEngine(folder=own)) as engine,
        pytest.raises(EngineUnavailable, match=f"{path}.*vorleser voices install supertonic"),
    ):
        engine.speak("Ja.", voice="supertonic:F1")


def test_a_missing_style_takes_one_voice_away(own):
    (own / FOLDER / "voice_styles" / "M3.json").unlink()
    found = {voice.id: voice.unavailable for voice in SupertonicEngine(folder=own).voices()}
    assert "M3.json is missing" in str(found.pop("supertonic:M3"))
    assert not any(found.values())


def test_a_closed_engine_says_so(engine):
    engine.close()
    with pytest.raises(EngineUnavailable):
        engine.speak("Ja.", voice="supertonic:F1")


HOSTILE = [
    "Ja ", "<de>", "</de>", "<breath>", "\0", "„", "a" * 70, "9" * 50, "\u0301" * 9, "🍺", "ß",
    "\u202e", "…", "-" * 9, "[[ab]]", "{}|\\", "\ud83d", "ﬁ", "ĳ", "Ł", "漢字", "שלום", "ѫ", "１２",
    "½", "\u00ad", "\ufffe", "\U0010ffff", "\n\n", "\t", "Straße. " * 8,
    "Z̷̢a̴l̵g̶o̶", "👨‍👩‍👧", "€" * 40,
]  # fmt: skip


def hostile_texts(many):
    """Texts of one to six hostile parts, and of any code points there are."""
    draw = np.random.default_rng(7)
    for number in range(many):
        if number % 5:
            yield "".join(draw.choice(HOSTILE, draw.integers(1, 7)))
        else:
            yield "".join(map(chr, draw.integers(0, 0x110000, 20)))


def test_a_thousand_hostile_texts_give_sound_or_a_speech_error(voices, table):
    """With one step of refinement instead of six: how many there are, no text can change."""
    spoken = 0
    with closing(SupertonicEngine(folder=voices, steps=1)) as engine:
        for text in hostile_texts(1000):
            try:
                sound = engine.speak(text, voice="supertonic:F1")
            except SpeechError:
                continue
            spoken += 1
            assert sound.duration_s > shortest_s(text), text
            assert min(ids(text, table)) >= 0, text
    assert 500 < spoken < 1000

"""Speaking never fails, never loses a letter of the written text, and leaves nothing unsaid."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import Form, Kind, Paragraph
from service.errors import SettingsInvalid
from service.spoken import BUILT_IN, Lexicon, script, sentences, speakable

GERMAN = st.text(alphabet="abcdefgäöüß ABCDEZÄÖ 0123456789 .,;:!?-–—/%€§²³°()[]„“\"'&+*#@…\n")


@settings(max_examples=500)
@given(st.one_of(st.text(), GERMAN))
def test_any_text_is_spoken_without_digits_or_signs(text):
    said = speakable(text)
    assert not re.search(r"\d", said)
    assert not re.search(r"[^\w\s.,;:!?'’-]|_", said)
    assert said == said.strip()


@settings(max_examples=500)
@given(st.one_of(st.text(), GERMAN))
def test_sentences_join_back_to_the_text(text):
    found = sentences(text)
    assert "".join(found) == text
    assert all(0 < len(one) <= 1000 for one in found)


@settings(max_examples=200)
@given(GERMAN)
def test_a_script_covers_its_paragraph_letter_by_letter(text):
    made = script(Paragraph(Kind.TEXT, text))
    assert "".join(sentence.text for sentence in made.sentences) == text


@pytest.mark.parametrize(
    "unit",
    ["Am 17.9.2023 um 14:30 Uhr kamen 1.234 Menschen. ", "1", "a", ".", "( ", "1:1 ", "XIV ", "„"],
)
def test_the_time_grows_with_the_length_and_no_faster(unit):
    def seconds(count):
        text = (unit * count)[: count * 4]
        started = time.perf_counter()
        for sentence in sentences(text):
            speakable(sentence)
        return time.perf_counter() - started

    seconds(100)
    small, large = min(seconds(2_000) for _ in range(3)), seconds(20_000)
    assert large < 40 * small + 0.2


def test_prose_without_anything_special_is_spoken_as_it_stands():
    text = "Der Wind legte sich gegen Abend, und die Fischer fuhren wieder hinaus."
    assert speakable(text) == text


@pytest.mark.parametrize("nothing", ["", " ", "…", "***", "🙂", "– –", "[1]"])
def test_what_has_no_word_is_not_spoken(nothing):
    assert speakable(nothing) == ""


def test_an_engine_that_misreads_initialisms_gets_letters():
    form = Form(spell_letters=True)
    assert speakable("Die EU und die NATO tagen.", form=form) == "Die E U und die NATO tagen."
    assert speakable("Die EU und die NATO tagen.") == "Die EU und die NATO tagen."


def test_an_engine_that_garbles_long_numbers_gets_them_in_parts():
    said = speakable("Es waren 123.456 Menschen.", form=Form(split_numbers=True))
    assert max(map(len, said.split())) < 25
    assert (
        said.replace(" ", "").lower()
        == speakable("Es waren 123.456 Menschen.").replace(" ", "").lower()
    )


def test_a_lexicon_says_names_as_it_is_told_longest_first_and_inflected(tmp_path):
    file = tmp_path / "namen.tsv"
    file.write_text("# Namen\nSmith\tSmiss\nJane Smith\tDschejn Smiss\nblog\tBlogg\n", "utf-8")
    lexicon = Lexicon.read(file, under=BUILT_IN)
    assert speakable("Jane Smith las Smiths Blog.", lexicon=lexicon) == (
        "Dschejn Smiss las Smisss Blogg."
    )
    assert speakable("smith", lexicon=lexicon) == "smith"
    assert lexicon.digest != BUILT_IN.digest


@pytest.mark.parametrize("line", ["nur ein Feld", "leer\t", "\tleer"])
def test_a_broken_lexicon_is_refused_with_the_line(tmp_path, line):
    file = tmp_path / "namen.tsv"
    file.write_text(f"a\tb\n\n{line}\n", "utf-8")
    with pytest.raises(SettingsInvalid, match="line 3"):
        Lexicon.read(file)
    with pytest.raises(SettingsInvalid, match="cannot be read"):
        Lexicon.read(tmp_path / "fehlt.tsv")

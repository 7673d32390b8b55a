"""Whatever the text, it is spoken: no error, no digit or sign left, nothing lost, no long wait."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain import Form, Kind, Paragraph
from service.spoken import script, sentences, speakable
from service.spoken.sentences import LONGEST

SPOKEN = re.compile(r"(?:[^\W\d_]|[ .,;:?!'’-])*")
WORDS = """
    1 2 17 1998 2023 100.000 1.234,56 0,5 007 99999999999999999999 ½ ² ¹ € $ % ‰ § §§ km/h m² °C
    Mio. Mrd. Uhr h Std. Min. J. . , ; : ! ? - – — / ( ) [ ] „ “ » « ' ’ * + × x = < > ± √ # @ & _
    I II. XIV. V der die das dem den des am im in mit ein eine vom zum bis und oder Elisabeth
    Januar 3. 12. Jahrhundert Tel. z. B. d. h. u. a. Abs. Art. Nr. S. f. ff. str. v. Chr. sog. kath.
    Bürger *innen :in /-innen In er er- -jährige -Mal G7 A4 5G CO2 Covid-19 www.ein.de a@b.de
    Prozent Euro Meter Woche Jahr Liter Stunde Mehrheit Sterne 😀 ❤️ [1] ٣ ④ Ⅷ ﬁ İ ß
    Vors. d. Red. sog. „ “ » . Fr. CHF 35.– 1.5 v1.8 HDMI i7-13700K 8K x² ^2 10^-3 λ μ ★ 3*- §
    Rs. C-6/90 (Mit-) D[ie] 1.FC 12345 Az. 44/23.F DIE ÖPNV GmbHs EuGH RWTH 2023-03 T06:15 1/70
    -1/4 Folge ’89 B.1.1.7 CaCO3 SO₄²⁻ f(x) ~~ == $ ` # | ¬ <b> </b> &amp; [x](http://a.de)
"""
PIECES = st.sampled_from(
    [*WORDS.split(), " ", " ", " ", "\n", "\u00a0", "\u202f", "\u200b", "\u00ad"]
)
GERMAN_NOISE = st.lists(PIECES, max_size=25).map("".join)
LETTERS = st.text("abcdefgäöüß ABCDEZÄÖ 0123456789 .,;:!?-–—/%€§²³°()[]„“\"'&+*#@…\n", max_size=120)
ANY = st.text(max_size=120) | LETTERS | GERMAN_NOISE
UNHURRIED = settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@UNHURRIED
@given(ANY)
def test_spoken_text_has_only_letters_blanks_and_marks(text: str):
    assert SPOKEN.fullmatch(speakable(text))


@UNHURRIED
@given(ANY)
def test_sentences_join_back_to_the_paragraph(text: str):
    found = sentences(text)
    assert "".join(found) == text
    assert all(0 < len(one) <= LONGEST for one in found)


@UNHURRIED
@given(ANY)
def test_a_script_keeps_every_written_letter(text: str):
    said = script(Paragraph(Kind.TEXT, text))
    assert "".join(sentence.text for sentence in said.sentences) == text


@UNHURRIED
@given(GERMAN_NOISE)
def test_an_engines_form_changes_blanks_alone(text: str):
    shaped = speakable(text, form=Form(spell_letters=True, split_numbers=True))
    assert shaped.replace(" ", "") == speakable(text).replace(" ", "")


@UNHURRIED
@given(GERMAN_NOISE)
def test_what_is_speakable_stays_as_it_is(text: str):
    said = speakable(text)
    assert SPOKEN.fullmatch(speakable(said))


def test_thousands_of_odd_sentences_are_spoken():
    """What a person would hardly write, and a broken page does: no error, nothing glued."""
    pieces, chance = [*WORDS.split(), " ", ". . .", "[pause 1s]"], random.Random(20)
    for _ in range(1_500):
        chosen = chance.choices(pieces, k=chance.randint(1, 14))
        text = "".join(one + chance.choice(("", " ")) for one in chosen)
        said = speakable(text)
        assert SPOKEN.fullmatch(said)
        assert not re.search(r"[^\W\d_][.,;:!?][^\W\d_]", said)


HARD = {
    "one word": "a",
    "digits": "1",
    "dots": ".",
    "marks": "!?",
    "brackets": "(",
    "closing": ")",
    "quotes": "„",
    "numbers": "1 ",
    "ordinals": "3. ",
    "thousands": "1.000.",
    "ranges": "5–",
    "fractions": "1/",
    "dates": "1.1.",
    "times": "10:",
    "romans": "XIV ",
    "capitals": "A. ",
    "abbreviations": "z. B. ",
    "hyphens": "a-1-",
    "gender": "er*in",
    "stars": "e*",
    "addresses": "a.",
    "mail": "a@b.",
    "superscripts": "m²",
    "emoji": "❤️ ",
    "chemistry": "CaCO3",
    "tags": "<b ",
    "links": "[a](",
    "pauses": "[pause ",
    "carets": "x^",
    "versions": "v1.",
    "spaced dots": ". ",
    "emphasis": "**a",
    "owners": "d. Red. ",
    "capital words": "DIE ",
    "sentence": "Am 3. Mai 2023 kamen 1.500 Gäste (u. a. 12 % aus Köln) um 20.15 Uhr. ",
}


@pytest.mark.slow
@pytest.mark.parametrize("unit", HARD.values(), ids=HARD)
def test_a_hundred_thousand_characters_take_linear_time(unit: str):
    def seconds(letters: int) -> float:
        text = unit * (letters // len(unit))
        start = time.process_time()
        speakable(text)
        return time.process_time() - start

    short = max(seconds(10_000), 0.02)
    assert seconds(100_000) < 25 * short

"""Spoken words → written spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import Form, Kind, Mark, Script, Sentence
from service.spoken import speakable
from service.spoken.spans import marks, spans

SPELLED = Form(spell_letters=True, split_numbers=True)
PLAIN_WORDS = (
    "der Mann sagte gestern Abend dass alle Häuser und Straßen leer seien weil niemand kam"
)
TOKENS = [
    *PLAIN_WORDS.split(),
    *"12 3,5 17. 1998 20.15 Uhr 12,50 € § 5 z. B. EU RWTH CDU/CSU 3:1 % – „Ja“, & 40 km/h".split(),
]
sentences = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=25).map(" ".join)


def pairs(written: str, spoken: str) -> list[tuple[str, str]]:
    places = spans(written, spoken)
    return [(written[a:b], word) for (a, b), word in zip(places, spoken.split(), strict=True)]


def test_a_word_that_is_spoken_as_written_is_found_without_its_marks():
    assert pairs("„Ja“, sagte er.", "Ja, sagte er.") == [
        ("Ja", "Ja,"),
        ("sagte", "sagte"),
        ("er", "er."),
    ]


@pytest.mark.parametrize(
    ("written", "spoken", "place", "said"),
    [
        ("Es kostet 3,5 Mio. Euro.", "Es kostet drei Komma fünf Millionen Euro.", "3,5", 3),
        ("Es kostet 3,5 Mio. Euro.", "Es kostet drei Komma fünf Millionen Euro.", "Mio", 1),
        ("Die RWTH sucht.", "Die R W T H sucht.", "RWTH", 4),
        ("Ab 11.13 Uhr.", "Ab elf Uhr dreizehn.", "11.13 Uhr", 3),
        ("Für 12,50 € hier.", "Für zwölf Euro fünfzig hier.", "12,50 €", 3),
        ("Ludwig XIV. ging.", "Ludwig der Vierzehnte ging.", "XIV", 2),
        ("Es sind 12 000 Euro.", "Es sind zwölftausend Euro.", "12 000", 1),
        ("Die Schüler/-innen da.", "Die Schülerinnen und Schüler da.", "Schüler/-innen", 3),
        ("Die Schüler(innen) da.", "Die Schülerinnen und Schüler da.", "Schüler(innen)", 3),
        ("Es hat –5 Grad.", "Es hat minus fünf Grad.", "–5", 2),
        ("Flug LH 1234 hebt ab.", "Flug L H eins zwei drei vier hebt ab.", "LH", 2),
    ],
)
def test_what_is_spoken_otherwise_is_found_whole(written, spoken, place, said):
    assert [one for one, _ in pairs(written, spoken)].count(place) == said


def test_a_word_that_stands_nowhere_goes_with_its_neighbour():
    assert pairs("Brot kaufen", "Erstens: Brot kaufen") == [
        ("Brot", "Erstens:"),
        ("Brot", "Brot"),
        ("kaufen", "kaufen"),
    ]


def test_a_common_word_is_taken_for_the_one_that_it_is():
    written = "Bürgerinnen/Bürger und Ämter"
    found = pairs(written, "Bürgerinnen und Bürger und Ämter")
    assert [place for place, _ in found] == ["Bürgerinnen/Bürger"] * 3 + ["und", "Ämter"]


def test_what_is_not_spoken_is_left_out():
    assert pairs("Er kam 🔥 nicht", "Er kam nicht")[-1] == ("nicht", "nicht")


@pytest.mark.parametrize(("written", "spoken"), [("", ""), ("–", ""), ("", "ja"), ("ja", "")])
def test_nothing_is_found_where_nothing_is_written_or_spoken(written, spoken):
    assert spans(written, spoken) == ()


@settings(max_examples=40, deadline=None)
@given(sentences, st.sampled_from([Form(), SPELLED]))
def test_every_word_has_a_place_in_the_sentence_and_places_do_not_overlap_in_part(written, form):
    spoken = speakable(written, form=form)
    places = spans(written, spoken)
    assert len(places) == len([word for word in spoken.split() if any(map(str.isalnum, word))])
    assert all(0 <= start < end <= len(written) for start, end in places)
    for one, other in pairwise(places):
        assert one == other or one[1] <= other[0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PLAIN_WORDS.split()), min_size=1, max_size=30))
def test_every_written_word_that_is_spoken_is_covered_by_itself(words):
    written = " ".join(words)
    assert [place for place, _ in pairs(written, written)] == words


def test_a_paragraph_lights_up_group_by_group_and_never_goes_back():
    said = (Sentence("Um 9.10 Uhr. ", "Um neun Uhr zehn."), Sentence("Ja.", "Ja."))
    found = marks(Script(Kind.TEXT, said), [(100, 300, 200, 400), (290,)])
    assert found == (Mark(0, 2, 100), Mark(3, 11, 300), Mark(13, 15, 400))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_give_places_in_order(written, spoken):
    places = spans(written, spoken)
    assert all(0 <= start < end <= len(written) for start, end in places)
    assert all(one == other or one[1] <= other[0] for one, other in pairwise(places))

"""Spoken words are found in the written sentence: spans.tsv, whose rows were read by people.

`groups` has what is spoken otherwise than it is written; a person who disagrees corrects it.
"""

from pathlib import Path

from service.spoken.spans import spans

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("spans.tsv").read_text("utf-8").splitlines()[1:]
]
MARKS = ".,;:!?"


def test_the_place_of_995_of_1000_spoken_words_is_right():
    wrong, words = [], 0
    for written, spoken, groups in ROWS:
        expected = [tuple(one.split(" = ", 1)) for one in groups.split(" ¦ ") if one]
        found = _groups(written, spoken)
        words += len(spoken.split())
        wrong += [(written, one) for one in found if one not in expected]
        assert len(spans(written, spoken)) == len(spoken.split()), written
    missed = sum(len(said.split()) for _, (_, said) in wrong)
    assert missed <= 0.005 * words, wrong


def test_there_are_five_hundred_sentences_with_numbers_and_names():
    assert len(ROWS) >= 500


def _groups(written: str, spoken: str) -> list[tuple[str, str]]:
    """Written and spoken text of each place where they differ."""
    said: dict[tuple[int, int], list[str]] = {}
    for place, word in zip(spans(written, spoken), spoken.split(), strict=True):
        said.setdefault(place, []).append(word)
    pairs = [(written[start:end], " ".join(words)) for (start, end), words in said.items()]
    return [pair for pair in pairs if pair[0].casefold() != pair[1].strip(MARKS).casefold()]

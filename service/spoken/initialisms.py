"""Initialisms: what is read as a word, what is spelled, and words that only stand in capitals."""

from __future__ import annotations

import re
from functools import lru_cache

from service.spoken.full_stops import STARTERS
from service.spoken.nouns import all_nouns
from service.spoken.tables import rows

_TABLE = {written: (spoken, read) for written, spoken, read in rows("initialisms.tsv")}
_SPELLED = frozenset(written.upper() for written, (_, read) in _TABLE.items() if read == "letters")
_READ = frozenset(written for written, (_, read) in _TABLE.items() if read == "word")

_OF_IT = re.compile(r"\b(?:[dD]es|eines|dieses) $")
# “EuGH”, “TVöD”: single small letters between capitals; a longer run makes a name, “ProSieben”.
_MIXED = re.compile(
    r"(?<!\w)(?:(?P<known>"
    + "|".join(
        sorted((w for w in _TABLE if _TABLE[w][0] or not w.isupper()), key=len, reverse=True)
    )
    + r")|(?P<formed>(?=\w{3,6}(?!\w))(?:[A-ZÄÖÜ]+[a-zäöü]){1,2}[A-ZÄÖÜ]+))(?P<many>s?)(?!\w)"
)
_VOWELLESS = re.compile(r"(?<![\w’'])[bcdfghjklmnpqrstvwxz]{2,5}(?!\w)")
_SOUNDS = frozenset("brr grr hm hmm mhm mm mmh pff psst pst sch st tss zzz".split())
# Laws and their like: “PAuswG”, “GebOSt”
_LAW = re.compile(r"(?<!\w)[A-ZÄÖÜ]+[a-zäöü]+(?:[A-Z][a-zäöü]*)*[GVO]B?(?!\w)")
_JOINT = re.compile(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])")
_INITIALISM = re.compile(r"(?<!\w)(?P<word>[A-ZÄÖÜ]{2,})(?P<many>s?)(?!\w)")

_CAPITALS = re.compile(r"(?<!\w)[A-ZÄÖÜẞ]{2,}(?:-[A-ZÄÖÜẞ]{2,})*(?!\w|\.\w)")
_BETWEEN = re.compile(r"[\s,;:„“”\"»«›‹()!?’'–—-]{1,4}(?:[A-ZÄÖÜ\d][\d.,%€]*[\s,;:–-]{1,2})?")
_ROMAN = re.compile(r"[IVXLCDM]+")
# Words as short as initialisms that are none, even alone: “DIE ZEIT”, “das ist NUR …”
_SMALL_WORDS = frozenset(
    """
    als auf aus bei das dem den der des die ein für hat ihr nie nun nur ohne sie so und von vor wer
    wie wir zum zur
    """.split()
)
_VOWELS = re.compile(r"[aeiouyäöü]+")
_SHORT_NOUNS = frozenset(noun for noun in all_nouns() if len(noun) == 3 and _VOWELS.search(noun))
_DIPHTHONG = re.compile("a[uiy]|e[uiy]|äu|ie")
_LONGEST_SPELLED = 5  # letters: initialisms that can be pronounced are seldom longer


def say_capitals(text: str) -> str:
    """The text with words that stand in capitals as usual: “DIE STADT BAUT UM”; ÖPNV stays."""
    words = list(_CAPITALS.finditer(text))
    if not words:
        return text
    parts, end = [], 0
    for run in _runs(text, words):
        is_sure = _is_surely_a_word if len(run) > 1 else _is_a_long_word
        is_prose = any(is_sure(word[0]) for word in run)
        for word in run:
            parts += [text[end : word.start()], _lowered(word[0], is_prose=is_prose)]
            end = word.end()
    lowered = "".join([*parts, text[end:]])
    return lowered[:1].upper() + lowered[1:] if text[0].isupper() else lowered


def _runs(text: str, words: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Words in capitals that stand next to each other."""
    runs: list[list[re.Match[str]]] = []
    for word in words:
        if runs and _BETWEEN.fullmatch(text, runs[-1][-1].end(), word.start()):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _is_surely_a_word(word: str) -> bool:
    """A small word of the language, or one too long for an initialism."""
    low = word.lower()
    if word in _SPELLED:
        return False
    return low in STARTERS or (len(word) > _LONGEST_SPELLED and bool(_VOWELS.search(low)))


def _is_a_long_word(word: str) -> bool:
    """Whether a word alone is one: “ZUTATEN”."""
    return (
        len(word) > _LONGEST_SPELLED + 1 and word not in _TABLE and is_pronounceable(word.lower())
    )


def _lowered(word: str, *, is_prose: bool) -> str:
    return "-".join(_one_lowered(part, is_prose=is_prose) for part in word.split("-"))


def _one_lowered(word: str, *, is_prose: bool) -> str:
    low = word.lower()
    if low in _SHORT_NOUNS and word not in _SPELLED:
        return word.capitalize()
    if low in _SMALL_WORDS or (is_prose and low in STARTERS and word not in _SPELLED):
        return low
    is_name = word in _SPELLED or _ROMAN.fullmatch(word) or not _is_word_like(low)
    return word if is_name or not is_prose else word.capitalize()


def _is_word_like(low: str) -> bool:
    """Whether a word of a line in capitals is none that is spelled; verbs end in -t, too."""
    if len(low) > _LONGEST_SPELLED:
        return bool(_VOWELS.search(low))
    return is_pronounceable(low) or is_pronounceable(low.removesuffix("t"))


def say_mixed(text: str) -> str:
    """Initialisms in mixed case in capitals, or in full where nobody spells them."""
    text = _VOWELLESS.sub(_vowelless, _MIXED.sub(_mixed, text))
    return _LAW.sub(_parted, text)


def _vowelless(match: re.Match[str]) -> str:
    """“vhs” in small letters is spelled as well; “psst” is a sound."""
    return match[0] if match[0] in _SOUNDS else match[0].upper()


def _parted(match: re.Match[str]) -> str:
    """“PAusw G”: what nobody knows in full, part by part."""
    return _JOINT.sub(" ", match[0])


def _mixed(match: re.Match[str]) -> str:
    """“des BVerfG” is “des Bundesverfassungsgerichts”, “GmbHs” are “GMBHs”."""
    word = match["known"] or match["formed"]
    spoken, _ = _TABLE.get(word, ("", ""))
    is_of = spoken.endswith(("gericht", "gesetz", "hof", "stand")) and _OF_IT.search(
        match.string, max(0, match.start() - 8), match.start()
    )
    return (spoken or word.upper()) + ("s" if is_of else match["many"])


def spelled(text: str, *, shortest: int) -> str:
    """Initialisms of `shortest` letters and more as single letters, for voices that read words.

    Short ones that are words get small letters, for voices that spell three capitals.
    """

    def spell(match: re.Match[str]) -> str:
        word = match["word"]
        if is_read_as_word(word):
            return word.capitalize() + match["many"] if len(word) < 4 else match[0]
        if len(word) < shortest and not (match["many"] and len(word) + 1 >= shortest):
            return match[0]
        return " ".join([*word, *match["many"]])

    return _INITIALISM.sub(spell, text)


@lru_cache(maxsize=4096)
def is_read_as_word(word: str) -> bool:
    """Whether an initialism in capitals is read as a word: NATO is, OSZE and CDU are not."""
    if word in _READ or word in _SPELLED:
        return word in _READ
    return len(word) > 6 or (len(word) > 3 and is_pronounceable(word.lower()))


def _at_ends() -> tuple[frozenset[str], frozenset[str]]:
    """The consonants with which German nouns begin, and with which they end."""
    parts = [_VOWELS.split(noun) for noun in all_nouns() if len(noun) > 3]
    whole = [part for part in parts if len(part) > 1]
    return frozenset(part[0] for part in whole), frozenset(part[-1] for part in whole)


_FIRST, _LAST = _at_ends()


@lru_cache(maxsize=4096)
def is_pronounceable(low: str) -> bool:
    """Whether a word in small letters has the shape of a German one: “nato”, not “osze”."""
    first, *inner, last = _VOWELS.split(low) if _VOWELS.search(low) else (low, low)
    if not _VOWELS.search(low) or first not in _FIRST or last not in _LAST:
        return False
    if any(len(vowels) > 2 for vowels in _VOWELS.findall(_DIPHTHONG.sub("e", low))):
        return False
    return all(_can_stand_within(cluster) for cluster in inner)


def _can_stand_within(cluster: str) -> bool:
    """Whether one syllable may end, and the next begin, with what stands between two vowels."""
    return any(
        cluster[:cut] in _LAST and cluster[cut:] in _FIRST for cut in range(len(cluster) + 1)
    )

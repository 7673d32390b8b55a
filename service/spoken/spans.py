"""Spoken words → where they stand in the written sentence, to light up what is heard.

A written token is what stands between blanks. Tokens that are spoken as they are written hold
both texts together; what lies between is divided so that each part sounds like what its tokens
would be spoken as on their own. Tokens that share words (“11.13 Uhr”) stay together.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from service.domain import SPOKEN_WORD, Mark, Script
from service.spoken.say import speakable

_TOKEN = re.compile(r"\S+")
_AROUND = "\"'„“”»«›‹‚‘’`´()[]{}.,;:!?…–—-*_|•"
_MINUS = "-–−"
_BETWEEN_DIGITS = re.compile(r"(?<=\d)(?=\d)")
_MOST_TOGETHER = 4  # tokens: “i. d. R.”, “3 Mrd. US-Dollar”
_TOGETHER = 6  # letters and pairs that may be heard otherwise before tokens are taken as one
_CLAUSE, _CLAUSE_MARKS = 0.5, ",;:.!?"  # a part that ends where a clause does is likelier
_KINDS = 64  # to which letters and pairs of them are counted
_MOST_WORDS = 40  # that a part is spoken as: a telephone number digit by digit
_MOST_CELLS = 10_000  # tokens times words, beyond which a gap is one part

TextSpan = tuple[int, int]  # code points, end exclusive
Counts = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens from `first` to `last` (exclusive), spoken as the words from `start` to `end`."""

    first: int
    last: int
    start: int
    end: int
    is_same: bool = False  # one token, spoken as it is written

    def with_all_of(self, other: _Part) -> _Part:
        """This part and one that follows, with what lies between."""
        return _Part(self.first, other.last, self.start, other.end)


def spans(written: str, spoken: str) -> tuple[TextSpan, ...]:
    """For each word of `spoken` where it stands in `written`: code points, end exclusive.

    Words that are spoken for the same token, and those of tokens that are spoken as one, have
    the same span; other spans do not touch it. () when nothing is spoken or written.
    """
    words = [word[0] for word in SPOKEN_WORD.finditer(spoken)]
    tokens = list(_tokens(written))
    if not words or not tokens:
        return ()
    places: list[TextSpan] = []
    for part in _parts([written[start:end] for start, end in tokens], words):
        for piece in _pieces(part, written, tokens, words):
            place = tokens[piece.first][0], tokens[piece.last - 1][1]
            places += [place] * (piece.end - piece.start)
    return tuple(places)


def marks(script: Script, onsets: Sequence[Sequence[int]]) -> tuple[Mark, ...]:
    """What lights up in a paragraph, and when: written words in their order, times never fall.

    `onsets` has, for each sentence of the script, one for each word that is spoken.
    """
    shown: list[Mark] = []
    offset = at = 0
    for sentence, begins in zip(script.sentences, onsets, strict=True):
        for (start, end), begin in zip(spans(sentence.text, sentence.spoken), begins, strict=False):
            at = max(at, begin)
            if not shown or shown[-1].start != offset + start:
                shown.append(Mark(offset + start, offset + end, at))
        offset += len(sentence.text)
    return tuple(shown)


def _tokens(written: str) -> Iterator[TextSpan]:
    """What stands between blanks, without the marks around it, where something is left."""
    for token in _TOKEN.finditer(written):
        text = token[0]
        bare = text.strip(_AROUND)
        start = len(text) - len(text.lstrip(_AROUND))
        end = start + len(bare)
        if not bare:
            continue
        if bare[0].isdecimal() and text[max(0, start - 1)] in _MINUS:
            start -= 1
        if bare.count("(") > bare.count(")"):
            end = text.find(")", end) + 1 or end
        yield token.start() + start, token.start() + end


def _parts(written: Sequence[str], words: Sequence[str]) -> list[_Part]:
    """Tokens and words that are the same, and the gaps between, each with a token and a word."""
    parts: list[_Part] = []
    words_before = 0  # a first word that nothing is written for goes with the first token
    for part in _gaps_joined(list(_compared(written, words)), words):
        if part.start == part.end:
            continue
        if part.first < part.last:
            start = part.start if parts else words_before
            is_same = part.is_same and start == part.start
            parts.append(_Part(part.first, part.last, start, part.end, is_same))
        elif parts:  # “11.13 Uhr”: “dreizehn” stands before “Uhr”
            before = parts.pop()
            if parts and not parts[-1].is_same:
                before = parts.pop().with_all_of(before)
            parts.append(before.with_all_of(part))
    return parts


def _gaps_joined(parts: Sequence[_Part], words: Sequence[str]) -> list[_Part]:
    """Without those same words between two gaps that are also said elsewhere, as “und” is."""
    often = Counter(map(_bare, words))
    joined: list[_Part] = []
    for part in parts:
        if len(joined) > 1 and not part.is_same and not joined[-2].is_same:
            between = joined[-1]
            if between.is_same and often[_bare(words[between.start])] > 1:
                joined[-2:] = [joined[-2].with_all_of(part)]
                continue
        joined.append(part)
    return joined


def _bare(word: str) -> str:
    return word.strip(_AROUND).casefold()


def _compared(written: Sequence[str], words: Sequence[str]) -> Iterator[_Part]:
    matcher = SequenceMatcher(
        None, list(map(_bare, written)), list(map(_bare, words)), autojunk=False
    )
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            yield _Part(first, last, start, end)
            continue
        for step in range(last - first):
            yield _Part(
                first + step, first + step + 1, start + step, start + step + 1, is_same=True
            )


def _pieces(
    part: _Part, written: str, tokens: Sequence[TextSpan], words: Sequence[str]
) -> list[_Part]:
    """The part divided as finely as its sound allows; tokens that say nothing are left out."""
    if part.is_same or part.last - part.first == 1:
        return [part]
    heard = [n for n in range(part.first, part.last) if _says(written, *tokens[n])[0].any()]
    count, length = len(heard), part.end - part.start
    if count < 2 or length < 2 or count * length > _MOST_CELLS:
        first, last = (heard[0], heard[-1] + 1) if heard else (part.first, part.last)
        return [_Part(first, last, part.start, part.end)]
    together = [
        [
            _says(written, tokens[first][0], tokens[last][1])
            for last in heard[place : place + _MOST_TOGETHER]
        ]
        for place, first in enumerate(heard)
    ]
    spoken = words[part.start : part.end]
    cuts = _cheapest(
        together,
        np.cumsum([_letters(""), *map(_letters, spoken)], axis=0, dtype=np.int16),
        np.array([0, *(word[-1] in _CLAUSE_MARKS for word in spoken)]),
    )
    return [
        _Part(heard[a], heard[b - 1] + 1, part.start + c, part.start + d)
        for (a, c), (b, d) in pairwise(cuts)
    ]


def _cheapest(
    written: Sequence[Sequence[Counts]], spoken: Counts, clauses: Counts
) -> list[tuple[int, int]]:
    """Where to cut, as numbers of tokens and words, so that the parts sound most alike.

    `written[n][k]`: what tokens n to n + k would be spoken as; `spoken`: sums of the words;
    `clauses`: 1 for each word that ends a clause.
    """
    count, words = len(written), len(spoken) - 1
    cost = np.full((count + 1, words + 1), np.inf)
    came = np.zeros((count + 1, words + 1, 2), np.int64)
    cost[0, 0] = 0
    ahead = np.subtract.outer(np.arange(words + 1), np.arange(words + 1)).T
    starts, ends = np.nonzero((ahead > 0) & (ahead <= _MOST_WORDS))
    between = spoken[ends] - spoken[starts]
    total = np.full_like(ahead, np.inf, np.float64)
    for first, groups in enumerate(written):
        for size, counts in enumerate(groups, 1):
            unlike = np.min([np.abs(between - way).sum(axis=1) for way in counts], axis=0)
            unlike = unlike + _TOGETHER * (size - 1) - _CLAUSE * clauses[ends]
            total[starts, ends] = cost[first, starts] + unlike
            start = total.argmin(axis=0)
            reached = total[start, np.arange(words + 1)]
            better = reached < cost[first + size]
            cost[first + size][better] = reached[better]
            came[first + size][better] = np.stack([np.full_like(start, first), start], 1)[better]
    if np.isinf(cost[count, words]):
        return [(0, 0), (count, words)]
    cuts = [(count, words)]
    while cuts[-1] != (0, 0):
        token, word = came[cuts[-1]]
        cuts.append((int(token), int(word)))
    return cuts[::-1]


def _says(written: str, start: int, end: int) -> Counts:
    """`_counts` of that stretch, with the dot that makes it an abbreviation or an ordinal."""
    return _counts(written[start : end + written.startswith(".", end)])


@lru_cache(maxsize=2048)
def _counts(written: str) -> Counts:
    """What the text would be spoken as on its own, and digit by digit: two rows of `_letters`."""
    ways = [speakable(written), speakable(_BETWEEN_DIGITS.sub(" ", written))]
    return np.array([sum(map(_letters, way.split()), start=_letters("")) for way in ways])


@lru_cache(maxsize=2048)
def _letters(word: str) -> Counts:
    """How often each letter stands in the word, and each pair of letters."""
    plain = "".join(filter(str.isalnum, word.casefold()))
    parts = [*plain, *map("".join, pairwise(plain))]
    kinds = [zlib.crc32(part.encode()) % _KINDS for part in parts]
    return np.bincount(np.array(kinds, np.int64), minlength=_KINDS).astype(np.int16)

"""Text that was copied out of a PDF → the author's: no running heads, page numbers and notes.

Only where the text shows that it was set in lines: words are divided at their ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from service.codes import Reason
from service.domain import LeftOut
from service.reading.text import words

_DIVIDED = re.compile(r"[^\W\d_][-‐¬\xad\ufffe\x02][ \t]*\n[ \t]*[^\W\d_]")
_NUMBER = re.compile(
    r"[-–—|]?\s*(?:(?:Seite|S\.|Page)\s*)?\d{1,4}(?:\s*(?:von|of|/)\s*\d{1,4})?\s*[-–—|]?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:\d{1,4}\s{3,}\S.*|\S.*?\s{3,}\d{1,4}|.*\b(?:Seite|Page)\s+\d{1,4}(?:\s*(?:von|/)\s*\d+)?)"
)
_LONGEST_HEAD = 120  # characters
_RULE = re.compile(r"\s*(?:_{3,}|[-–—]{5,})\s*")
_NOTE = re.compile(r"(\d{1,3}|[*†‡]{1,3})[.)]?\s+\S")
_MARK = re.compile(
    r"(?<=[^\W\d_][.,;:!?“”\"»)])(\d{1,3})(?=\s|$)|(?<=[^\W\d_])([*†‡]{1,3})(?=\s|$)"
)
_CLOSED = re.compile(r"[.!?:…][\"“”«»‘’')\]]*\d{0,3}$")
_CHAPTER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?[ \t]+[A-ZÄÖÜ][^.!?]{1,70}")


def without_print(text: str) -> tuple[str, list[LeftOut]]:
    """The text as it was written, and what the pages had besides."""
    if not _DIVIDED.search(text):
        return text, []
    left_out: list[LeftOut] = []
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
    heads = _heads(blocks)
    kept: list[list[str]] = []
    notes: set[str] = set()
    is_cut = False
    for block in blocks:
        if why := _furniture(block, heads, has_begun=bool(kept)):
            left_out.append(LeftOut(words(block[0]), why))
            is_cut = True
            continue
        body = _without_notes(block, left_out, notes)
        if is_cut and kept and _runs_on(kept[-1], body):
            kept[-1] += body
        elif body:
            kept += _with_heading(body)
        is_cut = False
    whole = "\n\n".join("\n".join(block) for block in kept)
    return _MARK.sub(lambda mark: _marked(mark, notes, left_out), whole), left_out


def _heads(blocks: Sequence[Sequence[str]]) -> set[str]:
    """The keys of lines that repeat, and at least once stand in the middle of a sentence."""
    seen = Counter(_key(block[0]) for block in blocks if len(block) == 1)
    between = {
        _key(block[0])
        for before, block, following in zip(blocks, blocks[1:], blocks[2:], strict=False)
        if len(block) == 1 and _runs_on(before, following)
    }
    return {key for key in between if seen[key] > 1}


def _furniture(block: Sequence[str], heads: set[str], *, has_begun: bool) -> Reason | None:
    """Why a line that stands alone is none of the text's."""
    line = block[0].strip()
    if len(block) > 1 or not has_begun or len(line) > _LONGEST_HEAD:
        return None
    if _NUMBER.fullmatch(line):
        return Reason.PAGE_NUMBER
    is_repeated = _key(line) in heads and any(map(str.isdigit, line))
    return Reason.PAGE_HEADER if _HEAD.fullmatch(line) or is_repeated else None


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", words(line)).casefold()


def _without_notes(block: Sequence[str], left_out: list[LeftOut], notes: set[str]) -> list[str]:
    """The lines above a rule with notes below it; the notes are remembered by their marks."""
    rule = next((at for at, line in enumerate(block) if _RULE.fullmatch(line)), None)
    if rule is None or not (rule + 1 < len(block) and _NOTE.match(block[rule + 1])):
        return list(block)
    texts: list[str] = []
    for line in block[rule + 1 :]:
        if match := _NOTE.match(line):
            notes.add(match[1])
            texts.append(line)
        else:
            texts[-1] += f" {line}"
    left_out.append(LeftOut(words(block[rule]), Reason.SEPARATOR))
    left_out += [LeftOut(words(text), Reason.FOOTNOTE) for text in texts]
    return list(block[:rule])


def _runs_on(before: Sequence[str], following: Sequence[str]) -> bool:
    if not following:
        return False
    return not _CLOSED.search(before[-1].rstrip()) and following[0].lstrip()[:1].islower()


def _with_heading(block: list[str]) -> list[list[str]]:
    """The block, cut below a numbered heading that stands right above its text."""
    is_headed = len(block) > 1 and _CHAPTER.fullmatch(block[0].strip())
    if is_headed and not _CHAPTER.fullmatch(block[1].strip()):
        return [block[:1], block[1:]]
    return [block]


def _marked(mark: re.Match[str], notes: set[str], left_out: list[LeftOut]) -> str:
    if mark[0] not in notes:
        return mark[0]
    left_out.append(LeftOut(mark[0], Reason.FOOTNOTE_MARK))
    return ""

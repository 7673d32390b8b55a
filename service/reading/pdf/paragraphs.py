"""Lines in reading order → paragraphs: what belongs together, what is a heading or a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from service.characters import joined, mended
from service.domain import Kind
from service.reading.edges import ENDED, PRINTED_BULLET, PRINTED_MARKER, STOPPED
from service.reading.pdf.lines import Line

_LARGER = 1.12  # times the body's size: a heading
_LONGEST_HEADING = 200  # characters
_WIDE_LEAD = 1.3  # times the usual distance of lines: a paragraph begins
_INDENT = 0.7  # of the size
_SHORT = 0.35  # of the column's width: what a line lacks that the author ended
_FAR = 60.0  # points; lines so far apart tell nothing of the usual distance
_FEW = 6  # lines, by which alone no margin is known
_SAME_SIZE = 0.06  # of the size
_STANZA = 3  # lines
_LONGEST_VERSE = 60  # characters
_WRAPPED = 0.25  # of a stanza's lines: more of them end where the next word had no room
_MOSTLY = 0.75  # of the lines
_NARROW = 45  # characters
_CLAUSE = re.compile(r"[,;:.!?…–—][\"“”«»‘’')\]]*$")
_FIGURE = re.compile(r"[\d€%]\W*$")
_CERTAIN = re.compile(r"[•▪◦‣●○■\uf0b7\uf0a7]")  # bullets that are nothing else


@dataclass(slots=True)
class Block:
    """Lines that make one paragraph; the first says on which page and how high it begins.

    Of verses and addresses each line is one for itself.
    """

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    is_verse: bool = False

    @property
    def text(self) -> str:
        """Its words, with those that were divided whole again; verses and addresses in lines."""
        if self.is_verse:
            return "\n".join(mended(line.text) for line in self.lines)
        return mended(joined([line.text for line in self.lines]))

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size that most letters of the document have."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page:
            letters[round(2 * line.size) / 2] += line.letters if line.reason is None else 0
    return max(letters, key=lambda size: (letters[size], size), default=10.0)


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a column is set: distance of its lines, and where they begin and end."""

    lead: float
    left: float
    right: float
    size: float


def blocks(columns: Sequence[Sequence[Line]], size: float) -> list[Block]:
    """The paragraphs of columns that follow one another; they go on from one to the next."""
    joined: list[Block] = []
    for column, measure in zip(columns, _measures(columns, size), strict=True):
        for number, block in enumerate(_blocks(column, measure)):
            if not number and joined and _runs_on(joined[-1], block):
                joined[-1].lines += block.lines
            else:
                joined.append(block)
    return joined


def _measures(columns: Sequence[Sequence[Line]], size: float) -> Iterator[_Measure]:
    """How each column is set; a short one like the others that begin where it does."""
    usual = _lead([line for column in columns for line in column if abs(line.size - size) < 1])
    rights: dict[float, float] = {}
    for column in sorted(columns, key=len):
        left, right = _margins(column)
        rights[left] = right if len(column) > _FEW else max(right, rights.get(left, right))
    for column in columns:
        left, right = _margins(column)
        is_short = len(column) <= _FEW
        lead = usual if is_short or not (own := _lead(column)) else min(own, 1.5 * usual)
        yield _Measure(lead, left, rights[left] if is_short else right, size)


def _runs_on(before: Block, block: Block) -> bool:
    """Whether a paragraph at the top of a column is the rest of the last one's."""
    text, last, first = block.text, before.lines[-1], block.first
    if block.kind is not Kind.TEXT or before.kind is Kind.HEADING or before.is_verse:
        return False
    if abs(last.size - first.size) > _SAME_SIZE * last.size or last.is_bold != first.is_bold:
        return False
    return not STOPPED.search(last.text) and (
        text[0].islower() or not ENDED.search(last.text) or last.text.endswith("-")
    )


def _blocks(column: Sequence[Line], measure: _Measure) -> Iterator[Block]:
    for run in _runs(column, measure):
        if _is_verse(run, measure):
            yield Block(Kind.TEXT, run, is_verse=True)
        else:
            yield from _paragraphs(run, measure)


def _runs(column: Sequence[Line], measure: _Measure) -> Iterator[list[Line]]:
    """The lines that stand close together and look the same."""
    run: list[Line] = []
    for line in column:
        if run and _is_apart(line, run[-1], measure):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_verse(run: Sequence[Line], measure: _Measure) -> bool:
    """Whether each line is one for itself, as in a stanza or an address, and none is wrapped."""
    texts = [line.text for line in run]
    if len(run) < _STANZA or max(map(len, texts)) > _LONGEST_VERSE:
        return False
    if any(map(PRINTED_MARKER.match, texts)) or _kind(run[0], measure.size) is Kind.HEADING:
        return False
    if any(text.endswith("-") for text in texts):
        return False
    wrapped = sum(_is_full(*pair, measure.right) for pair in pairwise(run))
    ended = sum(bool(_CLAUSE.search(text)) for text in texts)  # where prose is wrapped, few are
    is_narrow = ended >= _MOSTLY * len(run) and max(map(len, texts)) <= _NARROW
    if wrapped > _WRAPPED * len(run) and not is_narrow:
        return False
    labels = sum(" " not in text for text in texts)
    figures = sum(bool(_FIGURE.search(text)) for text in texts)
    if 2 * max(labels, figures) > len(run):
        return False
    return not all(map(STOPPED.search, texts[:-1]))


def _paragraphs(run: Sequence[Line], measure: _Measure) -> Iterator[Block]:
    block: Block | None = None
    for line in run:
        if block and not _begins(line, block, measure):
            block.lines.append(line)
            continue
        if block:
            yield _listed(block)
        block = Block(_kind(line, measure.size), [line])
    if block:
        yield _listed(block)


def _lead(column: Sequence[Line]) -> float:
    """The usual distance between lines, 0 when nothing tells."""
    steps = [above.y - below.y for above, below in pairwise(column)]
    near = [step for step in steps if 0 < step < _FAR]
    return median(near) if near else 0.0


def _margins(column: Sequence[Line]) -> tuple[float, float]:
    """Where most of a column's lines begin, and where the longest end."""
    starts = Counter(round(line.left) for line in column)
    rights = sorted(line.right for line in column)
    usual = max(starts, key=lambda left: (starts[left], -left), default=0)
    return float(usual), rights[int(0.9 * (len(rights) - 1))] if rights else 0.0


def _begins(line: Line, block: Block, measure: _Measure) -> bool:
    """Whether a line begins a new paragraph."""
    before = block.lines[-1]
    if block.kind is Kind.HEADING or _kind(line, measure.size) is Kind.HEADING:
        return False  # a heading of several lines
    has_ended = bool(ENDED.search(before.text))
    if PRINTED_MARKER.match(line.text) and not before.text.endswith("-"):
        is_listed = block.kind is Kind.LIST_ITEM or bool(PRINTED_MARKER.match(block.first.text))
        is_free = not _is_full(before, line, measure.right)
        return has_ended or is_listed or is_free or bool(_CERTAIN.match(line.text))
    if _is_full(before, line, measure.right):
        is_indented = line.left - before.left > _INDENT * line.size
        return is_indented and has_ended and before.left - measure.left < 1.0
    is_short = measure.right - before.right > _SHORT * (measure.right - measure.left)
    return has_ended or is_short


def _is_apart(line: Line, before: Line, measure: _Measure) -> bool:
    """Whether a line stands away from the one before, or looks other."""
    step = before.y - line.y
    usual = max(measure.lead, 0.9 * line.size)
    return _looks_other(line, before) or step < 0 or step > _WIDE_LEAD * usual


def _looks_other(line: Line, before: Line) -> bool:
    is_other_size = abs(line.size - before.size) > _SAME_SIZE * before.size
    is_other_weight = line.is_bold != before.is_bold and not before.text.endswith("-")
    return is_other_size or is_other_weight


def _is_full(before: Line, line: Line, right: float) -> bool:
    """Whether the first word of a line had no room at the end of the one before."""
    first = line.text.split()[0]
    width = (line.right - line.left) * len(first) / max(1, len(line.text))
    return before.right + width + 0.25 * line.size > right


def _kind(line: Line, size: float) -> Kind:
    is_large = line.size >= _LARGER * size
    is_strong = line.is_bold and not STOPPED.search(line.text) and line.size >= 0.95 * size
    is_short = len(line.text) <= _LONGEST_HEADING and line.letters > 0
    return Kind.HEADING if is_short and (is_large or is_strong) else Kind.TEXT


def _listed(block: Block) -> Block:
    """The block, a list item where it begins like one; its bullet is no text."""
    first = block.first
    if block.kind is Kind.HEADING or not PRINTED_MARKER.match(first.text):
        return block
    text = PRINTED_BULLET.sub("", first.text, count=1)
    plain = Line(text, first.left, first.right, first.y, first.size, first.page, first.is_bold)
    return Block(Kind.LIST_ITEM, [plain, *block.lines[1:]])

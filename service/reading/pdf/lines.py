"""A line of a PDF's page: what all steps after PDFium work with. Lengths are points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from service.codes import Reason

_SAME_LINE = 0.45  # of the size: baselines so near are one, or letters are raised or lowered
_WORD_GAP = 0.15  # of the size: a blank that was not written
_INITIAL, _LARGEST = 1.8, 8.0  # times the size of the text that it begins
_COLUMN_GAP = 0.7  # of the size: perhaps the gutter between two columns


@dataclass(frozen=True, slots=True)
class Line:
    """Letters on one baseline, from `left` to `right`; y grows upwards, as in PDF.

    `why` says why it is not read, None when it is.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int = 0
    is_bold: bool = False
    reason: Reason | None = None

    @property
    def top(self) -> float:
        """Where its tall letters end."""
        return self.y + 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where its long letters end."""
        return self.y - 0.2 * self.size

    @property
    def letters(self) -> int:
        """How many letters and digits it has."""
        return sum(map(str.isalnum, self.text))


def rows(pieces: Iterable[Line]) -> list[list[Line]]:
    """The pieces that stand on one baseline, from the left; the highest rows first."""
    baselines: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        near = max(baselines[-1], key=lambda piece: piece.size) if baselines else None
        if near and abs(near.y - piece.y) <= _SAME_LINE * max(near.size, piece.size):
            baselines[-1].append(piece)
        else:
            baselines.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in baselines]


def merged(row: Sequence[Line], *, gap: float = _COLUMN_GAP) -> list[Line]:
    """The row's pieces as lines, cut where a gap is wider than `gap` sizes."""
    groups: list[list[Line]] = []
    for piece in row:
        before = groups[-1][-1] if groups else None
        if before and piece.left - before.right <= gap * min(before.size, piece.size):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [whole(pieces) for pieces in groups]


def whole(pieces: Sequence[Line]) -> Line:
    """Pieces side by side as one line, in the look that most of its letters have."""
    text, end = "", pieces[0].left
    for piece in pieces:
        is_apart = piece.left - end > _WORD_GAP * piece.size
        text += f" {piece.text}" if is_apart and text else piece.text
        end = piece.right
    likest = max(pieces, key=lambda piece: piece.letters)
    bold = sum(piece.letters for piece in pieces if piece.is_bold)
    return replace(
        likest,
        text=" ".join(text.split()),
        left=pieces[0].left,
        right=max(piece.right for piece in pieces),
        is_bold=2 * bold > sum(piece.letters for piece in pieces),
    )


def with_initials(pieces: Sequence[Line]) -> list[Line]:
    """The pieces; a large letter that several lines begin with stands before the first of them."""
    joined = list(pieces)
    for initial in pieces:
        if len(initial.text.strip()) > 2 or not initial.text.strip().isalpha() or initial.reason:
            continue
        near = [at for at, piece in enumerate(joined) if _is_begun(initial, piece)]
        if near and initial in joined:
            first = max(near, key=lambda at: joined[at].y)
            begun = joined[first]
            text = initial.text.strip() + begun.text.lstrip()
            joined[first] = replace(begun, text=text, left=initial.left)
            joined.remove(initial)
    return joined


def _is_begun(initial: Line, piece: Line) -> bool:
    """Whether a line begins beside a large letter."""
    is_large = _INITIAL * piece.size <= initial.size <= _LARGEST * piece.size
    is_right = 0 <= piece.left - initial.left <= 1.5 * initial.size
    is_beside = initial.bottom < piece.y and piece.top < initial.top + 0.5 * piece.size
    return piece.reason is None and is_large and is_right and is_beside

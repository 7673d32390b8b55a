"""The letters on a PDF's page → pieces of lines, through PDFium."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as c

from service.codes import Reason
from service.reading.pdf.lines import Line

_BOLD = re.compile(r"bold|black|heavy|demi|(?:CM|SF)BX|\bBd\b", re.IGNORECASE)
_FORCED_BOLD = 1 << 18  # PDF 1.7, table 123: a font's flags
_BOLD_WEIGHT = 600
_UNSEEN = {c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP}
_ASKEW = math.radians(10)
_PALE = 250  # of 255: as white as paper
_ENOUGH = 20  # letters; fewer that can be seen are a scan's page number or stamp
_SIGNS = {"\x02": "-", "\ufffe": "-", "\xad": "-", "\xa0": " "}
# The places of LaTeX's own encoding (T1), which its drawn fonts keep as if they were characters.
_T1 = {"\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl"}


@dataclass(frozen=True, slots=True)
class _Style:
    """How the letters of one text object look; `angle` in radians."""

    size: float
    angle: float
    is_bold: bool
    is_unseen: bool
    is_pale: bool
    is_nameless: bool


@dataclass(slots=True)
class _Run:
    """Letters one after the other in one look."""

    style: _Style
    text: str
    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page; `has_picture` tells whether there is more to be seen than text."""

    number: int
    pieces: tuple[Line, ...]
    has_picture: bool


def sheet(document: pdfium.PdfDocument, number: int) -> Sheet:
    """The pieces of lines on a page, upright; those that nobody sees have their reason."""
    page = document[number]
    try:
        letters = page.get_textpage()
        try:
            runs = list(_runs(letters.raw))
        finally:
            letters.close()
        angle = _main_angle(runs)
        backgrounds = _backgrounds(page) if any(run.style.is_pale for run in runs) else []
        has_picture = any(
            item.type != c.FPDF_PAGEOBJ_TEXT for item in page.get_objects(max_depth=1)
        )
        box = page.get_bbox()
    finally:
        page.close()
    pieces = [_piece(run, number, angle, backgrounds, box) for run in runs if run.text.strip()]
    return Sheet(number, tuple(_recognised(pieces)), has_picture)


def _recognised(pieces: list[Line]) -> list[Line]:
    """The pieces; on a scan, text that was recognised and lies there unseen is the text."""
    seen = sum(piece.letters for piece in pieces if piece.reason is None)
    if seen >= _ENOUGH:
        return pieces
    return [
        replace(piece, reason=None) if piece.reason is Reason.HIDDEN else piece for piece in pieces
    ]


def _runs(letters: c.FPDF_TEXTPAGE) -> Iterator[_Run]:
    """The runs of letters, as PDFium tells them."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), c.FS_RECTF()
    run: _Run | None = None
    style, previous = None, None
    for at in range(c.FPDFText_CountChars(letters)):
        thing = c.FPDFText_GetTextObject(letters, at)
        code = c.FPDFText_GetUnicode(letters, at)
        if not thing or not code:
            continue  # a blank or line break that PDFium has put there, or no letter at all
        c.FPDFText_GetCharOrigin(letters, at, x, y)
        c.FPDFText_GetLooseCharBox(letters, at, box)
        address = ctypes.addressof(thing.contents)
        if address != previous or style is None:
            previous, style = address, _style(letters, at, thing)
        left, right, height = _along(style.angle, x.value, y.value, box)
        letter = _letter(chr(code), style)
        if run is None or not _goes_on(run, style, left, height):
            if run:
                yield run
            run = _Run(style, letter, left, right, height)
        elif not (run.text.endswith(letter) and abs(right - run.right) < 0.1 * style.size):
            is_apart = left - run.right > 0.18 * style.size and not run.text.endswith(" ")
            run.text += f" {letter}" if is_apart else letter
            run.right = max(run.right, right)
    if run:
        yield run


def _letter(sign: str, style: _Style) -> str:
    if sign == "\xff" and style.is_nameless:
        return "ß"  # T1, too
    return _SIGNS.get(sign) or _T1.get(sign, sign)


def _goes_on(run: _Run, style: _Style, left: float, height: float) -> bool:
    gap = (left - run.right) / max(1.0, style.size)
    is_level = abs(height - run.y) < 0.05 * style.size
    is_same = style is run.style or style == run.style
    return is_same and is_level and -0.7 < gap < 0.8


def _along(angle: float, x: float, y: float, box: c.FS_RECTF) -> tuple[float, float, float]:
    """Where a letter begins and ends along its line, and how high the line is."""
    if not angle:
        return x, box.right, y  # nearly always
    cos, sin = math.cos(angle), math.sin(angle)
    corners = [(bx, by) for bx in (box.left, box.right) for by in (box.bottom, box.top)]
    right = max(bx * cos + by * sin for bx, by in corners)
    return x * cos + y * sin, right, y * cos - x * sin


def _style(letters: c.FPDF_TEXTPAGE, at: int, thing: c.FPDF_PAGEOBJECT) -> _Style:
    matrix = c.FS_MATRIX()
    c.FPDFText_GetMatrix(letters, at, matrix)
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(128)
    c.FPDFText_GetFontInfo(letters, at, name, 128, flags)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    c.FPDFText_GetFillColor(letters, at, red, green, blue, alpha)
    weight = c.FPDFText_GetFontWeight(letters, at)
    is_named = bool(_BOLD.search(name.value.decode("utf-8", "replace")))
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    return _Style(
        size=max(0.5, round(c.FPDFText_GetFontSize(letters, at) * scale, 1)),
        angle=round(math.atan2(matrix.b, matrix.a), 3),
        is_bold=is_named or weight >= _BOLD_WEIGHT or bool(flags.value & _FORCED_BOLD),
        is_unseen=c.FPDFTextObj_GetTextRenderMode(thing) in _UNSEEN or alpha.value == 0,
        is_pale=min(red.value, green.value, blue.value) >= _PALE,
        is_nameless=not name.value,
    )


def _main_angle(runs: list[_Run]) -> float:
    """In which most letters stand: a page may lie on its side."""
    counts: dict[float, int] = {}
    for run in runs:
        counts[run.style.angle] = counts.get(run.style.angle, 0) + len(run.text)
    return max(counts, key=lambda angle: counts[angle], default=0.0)


def _backgrounds(page: pdfium.PdfPage) -> list[tuple[float, float, float, float]]:
    """What pale letters can be seen on: pictures and coloured areas, as boxes."""
    boxes = []
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    for item in page.get_objects(max_depth=1):
        if item.type == c.FPDF_PAGEOBJ_PATH:
            c.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
            if min(red.value, green.value, blue.value) >= _PALE:
                continue
        elif item.type not in {c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_SHADING}:
            continue
        boxes.append(item.get_bounds())
    return boxes


def _piece(
    run: _Run,
    number: int,
    angle: float,
    backgrounds: list[tuple[float, float, float, float]],
    box: tuple[float, float, float, float],
) -> Line:
    piece = Line(
        text=run.text,
        left=run.left,
        right=max(run.left, run.right),
        y=run.y,
        size=run.style.size,
        page=number,
        is_bold=run.style.is_bold,
    )
    if abs(run.style.angle - angle) > _ASKEW:
        return replace(piece, reason=Reason.BESIDE)
    x, y = _upright(piece, run.style.angle)
    is_seen = _is_within(x, y, box) and not run.style.is_unseen
    is_lost = run.style.is_pale and not any(
        _is_within(x, y, background) for background in backgrounds
    )
    return replace(piece, reason=Reason.HIDDEN) if is_lost or not is_seen else piece


def _upright(piece: Line, angle: float) -> tuple[float, float]:
    """A place in the middle of the piece, on the page as it lies."""
    along, above = (piece.left + piece.right) / 2, piece.y + 0.25 * piece.size
    cos, sin = math.cos(angle), math.sin(angle)
    return along * cos - above * sin, along * sin + above * cos


def _is_within(x: float, y: float, box: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = box
    return left <= x <= right and bottom <= y <= top

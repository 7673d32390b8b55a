"""Formulas → words and signs that can be said: MathML 3, and the TeX that people write in pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from service.reading.tree import tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_Said = str | Callable[[re.Match[str]], str]
RAISED = str.maketrans("0123456789+-−ni()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿⁱ⁽⁾")
LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_RAISABLE = re.compile(r"[-−+]?\d{1,3}[-−+]?|n|i")
_LOWERABLE = re.compile(r"\d{1,3}")
_DISPLAYED = r"\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$"
_MARKED = re.compile(_DISPLAYED, re.DOTALL)
_DOLLARS = re.compile(
    _DISPLAYED + r"|(?<![\w$])\$(?!\s)([^$\n]{1,80}?)(?<!\s)\$(?![\w$])", re.DOTALL
)
_AMOUNT = re.compile(r"[\d.,]+ ")  # “$5 und 6$”
_GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon lambda mu rho sigma tau phi omega".split(),
        "αβγδελμρστφω",
        strict=True,
    )
)
_TEX: tuple[tuple[re.Pattern[str], _Said], ...] = (
    (re.compile(r"\\(?:left|right|quad|qquad|displaystyle|textstyle|limits)(?![a-zA-Z])"), " "),
    (re.compile(r"\\[,;!]"), " "),
    (re.compile(r"\\(?:text|mathrm|operatorname|mathbf|mathit)\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}"), r"\1 durch \2"),
    (re.compile(r"\\sqrt\{([^{}]*)\}"), r"Wurzel aus \1"),
    (re.compile(r"\\(?:cdot|times)(?![a-zA-Z])"), "·"),
    (re.compile(r"\\(?:leq?|leqslant)(?![a-zA-Z])"), "≤"),
    (re.compile(r"\\(?:geq?|geqslant)(?![a-zA-Z])"), "≥"),
    (re.compile(r"\\neq?(?![a-zA-Z])"), "≠"),
    (re.compile(r"\\approx(?![a-zA-Z])"), "≈"),
    (re.compile(r"\\pm(?![a-zA-Z])"), "±"),
    (re.compile(r"\\infty(?![a-zA-Z])"), "∞"),
    (re.compile(r"\\(?:to|rightarrow)(?![a-zA-Z])"), "→"),
    (re.compile(r"\\pi(?![a-zA-Z])"), "π"),
    (re.compile(r"\\(?:Delta)(?![a-zA-Z])"), "Δ"),
    (re.compile(r"\\(alpha|beta|gamma|delta|epsilon|lambda|mu|rho|sigma|tau|phi|omega)(?![a-zA-Z])"),
     lambda match: _GREEK[match[1]]),
    (re.compile(r"\^\{([^{}]*)\}|\^(\w)"), lambda match: raised(match[1] or match[2])),
    (re.compile(r"_\{([^{}]*)\}|_(\w)"), lambda match: lowered(match[1] or match[2])),
)  # fmt: skip


def raised(text: str) -> str:
    """The text as an exponent: in raised letters where there are such, else with “hoch”."""
    text = text.strip()
    return text.translate(RAISED) if _RAISABLE.fullmatch(text) else f" hoch {text}"


def lowered(text: str) -> str:
    """The text as an index, in lowered digits where it is a number."""
    return text.translate(LOWERED) if _LOWERABLE.fullmatch(text) else text


def of_tex(text: str) -> str | None:
    """A formula in TeX as it is said; None for one that is beyond this."""
    for _ in range(4):  # fractions in fractions
        for pattern, spoken in _TEX:
            text = pattern.sub(spoken, text)
    text = " ".join(text.replace("{", " ").replace("}", " ").split())
    return None if "\\" in text else text


def with_tex(text: str, *, in_dollars: bool = False) -> tuple[str, list[str]]:
    """The text with its TeX formulas as they are said, and the formulas that had to go.

    `in_dollars`: a single dollar sign opens and closes one too, unless an amount follows it.
    """
    gone: list[str] = []

    def say(match: re.Match[str]) -> str:
        formula = next(part for part in match.groups() if part is not None)
        if formula == match[0].strip("$") and _AMOUNT.match(formula) and "$$" not in match[0]:
            return match[0]
        spoken = of_tex(formula)
        if spoken is None:
            gone.append(match[0])
        return spoken or ""

    return (_DOLLARS if in_dollars else _MARKED).sub(say, text), gone


def of_mathml(element: Element) -> str:
    """A formula in MathML as it is said."""
    return " ".join(_spoken(element, depth=0).split())


def _spoken(element: Element, *, depth: int) -> str:
    tag = tag_of(element)
    if tag in {"annotation", "annotation-xml"} or depth > 40:
        return ""
    parts = [_spoken(child, depth=depth + 1) for child in element if isinstance(child.tag, str)]
    stray = [element.text, *(child.tail for child in element)]
    if not parts or any(text and text.strip() for text in stray):
        return text_of(element)
    count, join = _JOINED.get(tag, (0, None))
    if join and len(parts) == count:
        return join(parts)
    if tag == "msqrt":
        return f"Wurzel aus {' '.join(parts)}"
    return "".join(f" {part} " if part in _SIGNS else part for part in parts)


_SIGNS = frozenset("= + − - < > ≤ ≥ ≠ ≈ ± · × →".split())
_JOINED: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "mfrac": (2, lambda parts: f"{parts[0]} durch {parts[1]}"),
    "msup": (2, lambda parts: parts[0] + raised(parts[1])),
    "msub": (2, lambda parts: parts[0] + lowered(parts[1])),
    "msubsup": (3, lambda parts: parts[0] + lowered(parts[1]) + raised(parts[-1])),
    "mroot": (2, lambda parts: f"{parts[1]}. Wurzel aus {parts[0]}"),
}

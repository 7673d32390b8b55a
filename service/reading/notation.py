"""What people write in Markdown beyond CommonMark, turned into it, or left out by name.

Obsidian's links and callouts, Pandoc's and kramdown's attributes, Hugo's and Jekyll's shortcodes,
definition lists (PHP Markdown Extra), footnotes, formulas in TeX. Code is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from service.codes import Reason
from service.domain import LeftOut
from service.reading.maths import raised, with_tex

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_NOTE = re.compile(
    r"^ {0,3}\[\^(?P<name>[^\]\s]+)\]:[ \t]*(?P<text>.*(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE
)
_NOTE_MARK = re.compile(r"\[\^([^\]\s\"<>&]+)\]")
_NOTE_LINK = r'<a role="doc-noteref" href="#fn-\1">\[^\1]</a>'
_INLINE_MARK = '<a role="doc-noteref" href="#fn-{name}"></a>'
_NOTE_ASIDE = '<aside role="doc-footnote" id="fn-{name}">\n\n{text}\n\n</aside>'
_INLINE_NOTE = re.compile(r"\^\[([^\]\n]+)\]")
_CUT: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    (Reason.MARKUP, re.compile(r"<!--.*?-->|%%.*?%%", re.DOTALL)),
    (Reason.SHORTCODE, re.compile(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}", re.DOTALL)),
    (
        Reason.MARKUP,
        re.compile(r"(?<=\S)[ \t]*\{:?[ \t]*[#.][^}\n]*\}|^\{:.*\}[ \t]*$", re.MULTILINE),
    ),
    (Reason.MARKUP, re.compile(r"^ {0,3}:{3,}.*$|^\[TOC\][ \t]*$|^\\newpage[ \t]*$", re.MULTILINE)),
    (Reason.PICTURE, re.compile(r"!\[\[[^\]\n]+\]\]")),
)
_CALLOUT = re.compile(r"^((?:[ \t]*>)+[ \t]*)(\[![\w-]+\][+-]?)[ \t]*", re.MULTILINE)
_TASK = re.compile(r"^([ \t>]*(?:[-*+]|\d+[.)])[ \t]+)(\[[ xX-]\])[ \t]+", re.MULTILINE)
_WIKI = re.compile(r"\[\[(?P<target>[^\]|\n]+)(?:\|(?P<text>[^\]\n]*))?\]\]")
_DEFINED = re.compile(
    r"^(?P<term>(?![ \t]|[-*+>#|]|\d+[.)])\S.*)\n(?:[ \t]*\n)?: +(?P<text>\S.*)", re.MULTILINE
)
_MARKED = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
_RAISED = re.compile(r"\^(?=\S)([^\s^]{1,12})\^")
_LOWERED = re.compile(r"(?<![~\\])~(?=[^\s~])([^\s~]{1,12})~(?!~)")


def in_commonmark(text: str) -> tuple[str, list[LeftOut]]:
    """The text as CommonMark with tables and strike-through, and what was taken out of it."""
    left_out: list[LeftOut] = []
    text = _outside_code(text, lambda part: _cut(part, left_out))
    text = _with_notes(text)
    return _outside_code(text, lambda part: _written_out(part, left_out)), left_out


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text, changed where it is no code."""
    parts, last = [], 0
    for code in _CODE.finditer(text):
        parts += [change(text[last : code.start()]), code[0]]
        last = code.end()
    return "".join([*parts, change(text[last:])])


def _cut(text: str, left_out: list[LeftOut]) -> str:
    for why, pattern in _CUT:
        cut = [" ".join(match[0].split()) for match in pattern.finditer(text)]
        left_out += [LeftOut(line, why) for line in cut]
        text = pattern.sub("", text)
    return text


def _with_notes(text: str) -> str:
    """The text with its footnotes, and their marks where there are any, as HTML has them."""
    notes = {note["name"]: " ".join(note["text"].split()) for note in _NOTE.finditer(text)}
    text = _NOTE.sub("", text)

    def named(inline: re.Match[str]) -> str:
        name = f"inline-{len(notes)}"
        notes[name] = inline[1]
        return _INLINE_MARK.format(name=name)

    text = _outside_code(text, lambda part: _INLINE_NOTE.sub(named, part))
    if not notes:
        return text
    text = _outside_code(text, lambda part: _NOTE_MARK.sub(_NOTE_LINK, part))
    asides = (_NOTE_ASIDE.format(name=escape(name), text=note) for name, note in notes.items())
    return "\n\n".join([text, *asides, ""])


def _written_out(text: str, left_out: list[LeftOut]) -> str:
    for pattern in (_CALLOUT, _TASK):
        left_out += [LeftOut(match[2], Reason.MARKUP) for match in pattern.finditer(text)]
        text = pattern.sub(r"\1", text)
    text, gone = with_tex(text, in_dollars=True)
    left_out += [LeftOut(formula, Reason.FORMULA) for formula in gone]
    text = _WIKI.sub(lambda link: link["text"] or link["target"].partition("#")[0], text)
    text = _DEFINED.sub(r"\g<term>: \g<text>", text)
    text = _MARKED.sub(r"\1", text)
    text = _RAISED.sub(lambda match: raised(match[1]), text)
    return _LOWERED.sub(r"\1", text)

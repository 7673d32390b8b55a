"""What the source says: every message it makes, and the German that the pages have for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.codes import SENTENCES
from tests.source import ROOT, SERVICE, nodes

STATIC = ROOT / "static"

_MODULES = {"service.errors", "service.messages", "service.web.problems"}
_OWN = {"again_in_s", "headers"}  # keywords of an error that are no values of its sentence
_WITHOUT = {"TrackIncomplete", "TrackUnfinished"}  # these know their code
_ROW = re.compile(r"^  '?([\w-]+)'?: '(.*)',$", re.MULTILINE)


@dataclass(frozen=True)
class Said:
    """A place in the source where a message is made."""

    where: str
    code: str | None  # None: not written there
    values: frozenset[str]


def said() -> Iterator[Said]:
    """Every message that the source makes."""
    for file in SERVICE:
        makers = _makers(nodes(file)) - _WITHOUT
        for node in nodes(file):
            if isinstance(node, ast.Call) and _name(node.func) in makers:
                yield _said(node, f"{file.relative_to(ROOT)}:{node.lineno}")


def texts(name: str) -> dict[str, str]:
    """The German in a module of the pages, by code."""
    return dict(_ROW.findall((STATIC / name).read_text("utf-8")))


def codes_in(nodes: Iterable[ast.AST]) -> set[str]:
    """Strings among them that are codes."""
    found = (one.value for one in nodes if isinstance(one, ast.Constant))
    return {one for one in found if isinstance(one, str) and one in SENTENCES}


def _makers(nodes: Iterable[ast.AST]) -> set[str]:
    """What makes messages in a module: what it imports for that, and errors of its own."""
    imports = [one for one in nodes if isinstance(one, ast.ImportFrom) and one.module in _MODULES]
    names = {name.name for one in imports for name in one.names}
    makers = {name for name in names if name[0].isupper()} | (names & {"message", "fault"})
    own = [one for one in nodes if isinstance(one, ast.ClassDef)]
    return makers | {one.name for one in own if makers & set(map(_name, one.bases))}


def _said(node: ast.Call, where: str) -> Said:
    first = node.args[1 if _name(node.func) == "Refusal" else 0] if node.args else None
    value = first.value if isinstance(first, ast.Constant) else None
    code = value if isinstance(value, str) else None
    values = frozenset(one.arg for one in node.keywords if one.arg and one.arg not in _OWN)
    return Said(where, code, values)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""

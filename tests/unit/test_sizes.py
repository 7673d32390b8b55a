"""The walls of CONTRIBUTING.md: how large a function, a file, a class and a Protocol may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.source import ROOT, SERVICE, TESTS, nodes

PYTHON = [*SERVICE, *TESTS]
SCRIPTS = sorted((ROOT / "static").glob("*.js"))
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
METHODS_OF_A_CLASS = 15
METHODS_OF_A_PROTOCOL = 10


# What is larger, and why it may be. Who makes it smaller takes its line away.
EXEMPT = {
    "tests/unit/net/test_fetch.py:Hostile": "a method for each answer of a hostile server",
    "tests/browser/shots.py:Stage": "a method for each picture",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def public_methods(node: ast.ClassDef) -> int:
    """How many names can be called or read; tests are none of them."""
    own = (part for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef))
    return len({part.name for part in own if not part.name.startswith(("_", "test_"))})


def is_protocol(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)


def measured(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> tuple[int, int]:
    """How large it is, and how large it may be."""
    if not isinstance(node, ast.ClassDef):
        return (node.end_lineno or 0) - node.lineno + 1, LINES_OF_A_FUNCTION
    return public_methods(node), METHODS_OF_A_PROTOCOL if is_protocol(node) else METHODS_OF_A_CLASS


def too_large() -> Iterator[tuple[str, int]]:
    """What is above its wall, with its size."""
    for path in [*PYTHON, *SCRIPTS]:
        if (lines := len(path.read_text("utf-8").splitlines())) > LINES_OF_A_FILE:
            yield name_of(path), lines
    for path in PYTHON:
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                size, most = measured(node)
                if size > most:
                    yield f"{name_of(path)}:{node.name}", size


@cache
def sizes() -> dict[str, int]:
    return dict(too_large())


def test_nothing_is_too_large():
    assert {name: size for name, size in sizes().items() if name not in EXEMPT} == {}


def test_what_may_be_too_large_is():
    assert EXEMPT.keys() - sizes().keys() == set()

"""What is imported is named, what is named has one exact version, and every build installs it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.source import ROOT, SERVICE, nodes

LOCK = "constraints.txt"
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CORE = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"].values()
GROUPS = PROJECT["dependency-groups"].values()
SHIPPED = [*CORE, *(line for extra in EXTRAS for line in extra)]
BUILD = PROJECT["build-system"]["requires"]
ASKED = [*SHIPPED, *BUILD, *(line for group in GROUPS for line in group)]


def locked() -> list[str]:
    lines = (ROOT / LOCK).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def on(requirement: Requirement, python: str) -> bool:
    """Whether Linux on this Python wants it."""
    machine = {"python_version": python, "python_full_version": f"{python}.0"}
    machine |= {"sys_platform": "linux", "platform_python_implementation": "CPython"}
    return requirement.marker is None or requirement.marker.evaluate(machine)


def imported() -> set[str]:
    """The top-level names of other people's modules that the service imports."""
    found = [node for file in SERVICE for node in nodes(file)]
    names = [name.name for node in found if isinstance(node, ast.Import) for name in node.names]
    names += [n.module or "" for n in found if isinstance(n, ast.ImportFrom) and not n.level]
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"service"}


def test_what_is_imported_is_named():
    distributions = packages_distributions()
    named = {canonicalize_name(Requirement(line).name) for line in SHIPPED}
    unnamed = {
        module
        for module in imported()
        if named.isdisjoint(map(canonicalize_name, distributions.get(module, [])))
    }
    assert unnamed == set()


@pytest.mark.parametrize("python", PYTHONS)
def test_everything_that_is_asked_for_has_one_version_that_fits(python):
    versions: dict[str, str] = {}
    for pin in map(Requirement, locked()):
        if on(pin, python):
            assert pin.name not in versions, f"two versions of {pin.name}"
            versions[canonicalize_name(pin.name)] = str(pin.specifier).removeprefix("==")
    for asked in map(Requirement, ASKED):
        if on(asked, python):
            version = versions.get(canonicalize_name(asked.name))
            assert version, f"{asked.name} has no version: make lock"
            assert asked.specifier.contains(version, prereleases=True), f"{asked}: make lock"


def test_the_lock_names_versions_and_nothing_else():
    line = re.compile(r"[a-z0-9][a-z0-9.-]*==[0-9][\w.]*( ; [^;/@]+)?")
    assert [found for found in locked() if not line.fullmatch(found)] == []


def test_every_build_installs_what_is_locked():
    makefile, dockerfile, ignored = (
        (ROOT / name).read_text("utf-8") for name in ("Makefile", "Dockerfile", ".dockerignore")
    )
    assert f"LOCK := {LOCK}\nexport PIP_CONSTRAINT := $(LOCK)" in makefile
    assert re.search(rf"^COPY .*\b{LOCK}\b", dockerfile, re.MULTILINE)
    assert f"ENV PIP_CONSTRAINT={LOCK} " in dockerfile
    assert f"\n!{LOCK}\n" in ignored

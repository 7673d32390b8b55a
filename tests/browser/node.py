"""Tools from npm that the tests need: installed once, beside the Python ones."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = {"typescript": "7.0.2", "axe-core": "4.14.1"}
FOLDER = Path(sys.prefix) / "node"


def package(name: str) -> Path:
    """The folder of an npm package in the pinned version; installs it if need be."""
    found = FOLDER / f"{name}-{VERSIONS[name]}"
    if not found.is_dir():
        npm = shutil.which("npm")
        assert npm, "The browser tests need Node with npm (Debian: apt install nodejs npm)."
        command = [npm, "install", "--silent", "--prefix", found, f"{name}@{VERSIONS[name]}"]
        subprocess.run(command, check=True, timeout=300)
    return found / "node_modules" / name

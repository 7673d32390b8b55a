"""Tools from npm that the tests need: installed once, beside the Python ones."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

VERSIONS = {"typescript": "7.0.2", "axe-core": "4.14.1"}
FOLDER = Path(sys.prefix) / "node"


def package(name: str) -> Path:
    """The folder of an npm package in the pinned version; installs it if need be."""
    found = FOLDER / f"{name}-{VERSIONS[name]}"
    if not found.is_dir():
        npm = shutil.which("npm")
        assert npm, "The browser tests need Node with npm (Debian: apt install nodejs npm)."
        FOLDER.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=FOLDER) as new:
            command = [npm, "install", "--silent", "--prefix", new, f"{name}@{VERSIONS[name]}"]
            subprocess.run(command, check=True, timeout=600)
            with suppress(OSError):  # another worker of the tests was faster
                Path(new).rename(found)
    return found / "node_modules" / name

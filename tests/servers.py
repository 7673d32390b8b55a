"""What the tests need besides Python: fetched through apt where we may, else said what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = {  # program: Debian package
    "chromium": "chromium",
    "chromium-headless-shell": "chromium-headless-shell",
    "firefox-esr": "firefox-esr",
    "pulseaudio": "pulseaudio",  # Firefox plays nothing without a sound card
    "npm": "npm",
    "ffprobe": "ffmpeg",
    "postgres": "postgresql",
    "nginx": "nginx-light",
    "caddy": "caddy",
}


def find(program: str) -> str | None:
    """Its path, also where Debian puts servers; None when it is not installed."""
    beside = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    places = [os.environ.get("PATH", ""), "/usr/sbin", *beside]
    return shutil.which(program, path=os.pathsep.join(places))


def browser() -> str | None:
    """The path of Chromium: without windows if possible, since a page then costs a fifth."""
    return find("chromium-headless-shell") or find("chromium")


def main() -> int:
    """Installs the missing programs and says which are still missing."""
    missing = _missing()
    if missing and shutil.which("apt-get"):
        _apt("update", "-q")
        for program in missing:  # one by one: not every Debian has them all
            _apt("install", "-y", "-q", NEEDED[program])
    if not browser():  # no Debian, or not allowed: Playwright's own
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if lacking := _missing():
        packages = " ".join(NEEDED[program] for program in lacking)
        print(f"The tests need {', '.join(lacking)}; on Debian: apt install {packages}.")
    return 0  # the tests that need them fail and say so


def _missing() -> list[str]:
    return [program for program in NEEDED if not find(program)]


def _apt(*arguments: str) -> None:
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [*root, "apt-get", *arguments]
    subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())

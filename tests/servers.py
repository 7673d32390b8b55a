"""What the tests need besides Python: fetched through apt where we may, else said what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = {  # program: Debian package
    "chromium": "chromium",
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


def main() -> int:
    """Installs the missing programs and says which are still missing."""
    missing = [package for program, package in NEEDED.items() if not find(program)]
    if missing and shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", *missing]):
            subprocess.run([*root, *command], check=False, env=quiet, stdout=subprocess.DEVNULL)
    if not shutil.which("chromium"):  # no Debian, or not allowed: Playwright's own
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    lacking = [program for program in NEEDED if not find(program)]
    if lacking:
        print(f"The tests need {', '.join(lacking)}; on Debian: apt install {' '.join(missing)}.")
    return 0  # the tests that need them fail and say so


if __name__ == "__main__":
    sys.exit(main())

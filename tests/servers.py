"""What the tests need besides Python: fetched through apt where we may, else said what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NEEDED = {"chromium": "chromium", "npm": "npm", "ffprobe": "ffmpeg"}  # program: Debian package


def main() -> int:
    """Installs the missing programs and says which are still missing."""
    missing = [package for program, package in NEEDED.items() if not shutil.which(program)]
    if missing and shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", *missing]):
            subprocess.run([*root, *command], check=False, env=quiet, stdout=subprocess.DEVNULL)
    if not shutil.which("chromium"):  # no Debian, or not allowed: Playwright's own
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    lacking = [program for program in NEEDED if not shutil.which(program)]
    if lacking:
        print(f"The tests need {', '.join(lacking)}; on Debian: apt install {' '.join(missing)}.")
    return 0  # the tests that need them fail and say so


if __name__ == "__main__":
    sys.exit(main())

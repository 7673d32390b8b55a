"""A fresh machine: the pip that Python is born with, and nothing but what `make run` installs."""

from __future__ import annotations

import ensurepip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import mutagen.mp3
import pytest

from tests.books import docx, epub, nav, page, para
from tests.browser.foreign import Foreign, serving
from tests.forking import ROOT
from tests.ports import free_port

pytestmark = pytest.mark.slow

INSTALL_S = 600  # the slowest network; usually a minute
PROSE = "Das Moor liegt still, und der Wind geht über das Gras und die Gräben."
HTML = f"<article><h1>Das Moor</h1>{f'<p>{PROSE}</p>' * 3}</article>"
BOOK = epub(
    {"moor.xhtml": page(f"<h1>Das Moor</h1><p>{PROSE}</p>")},
    contents=nav('<a href="moor.xhtml">Das Moor</a>'),
)
POSTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "text": lambda _link: {"json": {"text": f"Das Moor\n\n{PROSE}"}},
    "html": lambda _link: {"json": {"html": HTML}},
    "link": lambda link: {"json": {"url": link}},
    "markdown": lambda _link: {"json": {"markdown": f"# Das Moor\n\n{PROSE}"}},
    "docx": lambda _link: {
        "files": {"file": ("moor.docx", docx(para("Das Moor", "Titel") + para(PROSE)))}
    },
    "epub": lambda _link: {"files": {"file": ("moor.epub", BOOK)}},
}
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "service").rglob("*.py")
} - {"service.store.migrations.env"}  # alembic runs that one, at every start
IMPORT = """
import importlib, sys
for name in sys.argv[1:]:
    print(importlib.import_module(name).__file__)
"""


class Newcomer:
    """`make run` in an environment of its own, until the service answers."""

    def __init__(self, folder: Path) -> None:
        self.python = folder / "venv" / "bin" / "python"
        port = free_port()
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        self._log = folder / "log.txt"
        # Not this environment's own interpreter: that of the machine, which is born with pip.
        python = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
        settings = {"PORT": str(port), "DATA_DIR": str(folder), "ALLOW_PRIVATE_FETCH": "1"}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                ["make", "run", f"VENV={folder / 'venv'}", f"PYTHON={python}"],
                cwd=ROOT,
                env=os.environ | {f"VORLESER_{name}": value for name, value in settings.items()},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def until_it_answers(self) -> None:
        deadline = time.monotonic() + INSTALL_S
        while not self._answers():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            return self.client.get("/readyz").is_success
        except httpx.TransportError:
            return False

    def run(self, *arguments: str | Path, cwd: Path = ROOT) -> str:
        """What its Python prints."""
        ran = subprocess.run(
            [self.python, *arguments], cwd=cwd, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def stop(self) -> None:
        self.client.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(60)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    found = Newcomer(tmp_path_factory.mktemp("newcomer"))
    try:
        found.until_it_answers()
        yield found
    finally:
        found.stop()


@pytest.fixture(scope="module")
def site() -> Iterator[Foreign]:
    with serving() as running:
        running.html = f"<html lang='de'><body>{HTML}</body></html>"
        yield running


def test_the_pip_is_the_one_that_python_is_born_with(newcomer):
    assert newcomer.run("-m", "pip", "--version").split()[1] == ensurepip.version()
    newcomer.run("-m", "pip", "check")


@pytest.mark.parametrize("source", POSTS)
def test_every_kind_of_source_becomes_an_mp3(newcomer, site, source):
    posted = newcomer.client.post("/api/articles", **POSTS[source](site.url))
    assert posted.status_code in {200, 201}, posted.text
    sound = newcomer.client.get(f"/articles/{posted.json()['id']}/audio.mp3")
    assert sound.status_code == 200
    assert mutagen.mp3.MP3(BytesIO(sound.content)).info.length > 3


def test_every_module_of_the_wheel_can_be_imported(newcomer, tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    newcomer.run("-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", wheel)
    files = newcomer.run("-I", "-c", IMPORT, *MODULES, cwd=tmp_path).split()
    assert len(files) == len(MODULES)
    assert {str(newcomer.python.parents[1])} == {file.partition("/lib/")[0] for file in files}
    newcomer.run("-m", "pip", "check")

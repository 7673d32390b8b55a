"""The player's code: typed, small, and of one language at a time."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from service.web.static import shrunk
from tests.browser.drive import unseen
from tests.browser.node import package

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
PAGES = ROOT / "service/web/pages"
LIMIT_BYTES = 25_000


def modules(start: Path) -> set[Path]:
    """A module and all that it imports."""
    found, waiting = set(), [start]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            named = re.findall(r"(?:from |import\()'\./([\w-]+\.js)'", module.read_text())
            waiting += [module.parent / name for name in named]
    return found


def pairs(file: Path) -> dict[str, tuple[str, str]]:
    text = file.read_text().replace("\n", " ")
    return {
        key: (german, english)
        for key, german, english in re.findall(r"(\w+): \[\s*'(.*?)',\s*'(.*?)',?\s*\]", text)
    }


def test_the_types_hold():
    node = shutil.which("node") or "node"
    compiler = package("typescript") / "bin/tsc"
    project = Path(__file__).parent / "tsconfig.json"
    done = subprocess.run(
        [node, compiler, "-p", project], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_player_is_under_25_kb():
    files = sorted({*modules(STATIC / "vorleser-player.js"), STATIC / "embed.js"})
    assert len(files) > 10
    packed = gzip.compress(b"".join(map(shrunk, files)), 9)  # all in one piece
    assert len(packed) < LIMIT_BYTES


def test_what_is_fetched_for_the_player_is_under_25_kb_as_it_is_sent(page, service):
    sent = []

    def note(request):
        sent.append(request)

    page.on("requestfinished", note)
    page.goto(f"{service.base}/embed/{service.ready(unseen())['id']}")
    page.wait_for_function("document.querySelector('vorleser-player')?.store?.manifest")
    page.wait_for_load_state("networkidle")
    sizes = [one.sizes()["responseBodySize"] for one in sent if one.url.endswith(".js")]
    assert len(sizes) > 10
    assert sum(sizes) < LIMIT_BYTES


def test_every_word_on_the_screen_has_both_languages():
    words = pairs(STATIC / "strings.js") | pairs(STATIC / "page-strings.js")
    assert len(words) > 80
    for key, (german, english) in words.items():
        assert set(re.findall(r"\{\w+\}", german)) == set(re.findall(r"\{\w+\}", english)), key


def test_the_pages_say_in_german_what_the_strings_say():
    words = pairs(STATIC / "strings.js") | pairs(STATIC / "page-strings.js")
    text = "".join(page.read_text() for page in PAGES.glob("*.html"))
    shown = re.findall(r'data-t="(\w+)"[^>]*>([^<{]+)<', text)
    assert len(shown) > 5
    for key, german in shown:
        assert words[key][0] == german


def test_every_word_is_used():
    words = pairs(STATIC / "strings.js") | pairs(STATIC / "page-strings.js")
    sources = [*STATIC.glob("*.js"), *PAGES.glob("*.html"), STATIC / "types.d.ts"]
    text = "".join(file.read_text() for file in sources)
    for key in words:
        assert re.search(rf"['\"]{key}['\"]", text), key


def test_nothing_comes_from_elsewhere():
    for file in [*STATIC.glob("*.js"), *STATIC.glob("*.css"), *PAGES.glob("*.html")]:
        outside = set(re.findall(r"https?://[^\s'\"`)]+", file.read_text()))
        assert outside <= {"http://www.w3.org/2000/svg"}, file

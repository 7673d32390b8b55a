"""The player's code: typed, small, and of one language at a time."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.drive import unseen
from tests.browser.node import package

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
PAGES = ROOT / "service/web/pages"
SCRIPT_BYTES = 25_000
PAGE_BYTES = 30_000  # with the article


def pairs(file: Path) -> dict[str, tuple[str, str]]:
    text = file.read_text().replace("\n", " ")
    return {
        key: (german, english)
        for key, german, english in re.findall(r"(\w+): \[\s*'(.*?)',\s*'(.*?)',?\s*\]", text)
    }


def all_words() -> dict[str, tuple[str, str]]:
    files = ("strings.js", "page-strings.js", "view-strings.js")
    return {key: word for file in files for key, word in pairs(STATIC / file).items()}


def test_the_types_hold():
    node = shutil.which("node") or "node"
    compiler = package("typescript") / "bin/tsc"
    project = Path(__file__).parent / "tsconfig.json"
    done = subprocess.run(
        [node, compiler, "-p", project], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_an_embedded_player_costs_four_requests_and_30_kb_before_play(page, service, foreign):
    article = service.ready(unseen())
    foreign.html = (
        f"<!doctype html><script async src='{service.base}/embed.js'></script>"
        f"<vorleser-player article='{article['id']}'></vorleser-player>"
    )
    sent = []

    def note(request):
        if request.url.startswith(service.base):
            sent.append(request)

    page.on("requestfinished", note)
    page.goto(foreign.url)
    page.wait_for_function("document.querySelector('vorleser-player')?.store?.manifest")
    page.wait_for_load_state("networkidle")
    sizes = {one.url: one.sizes()["responseBodySize"] for one in sent}
    assert len(sizes) <= 4
    assert sum(sizes.values()) < PAGE_BYTES
    assert sum(size for url, size in sizes.items() if ".js" in url) < SCRIPT_BYTES


def test_a_page_has_one_script_that_never_changes(page, service):
    scripts = []
    page.on("response", lambda one: scripts.append(one) if "/static/" in one.url else None)
    page.goto(service.base)
    page.wait_for_function("document.querySelector('vorleser-player')?.store")
    page.wait_for_load_state("networkidle")
    names = [one for one in scripts if one.url.endswith((".js", ".css"))]
    assert len(names) == 2
    assert all("immutable" in one.header_value("cache-control") for one in names)


def test_every_word_on_the_screen_has_both_languages():
    words = all_words()
    assert len(words) > 80
    for key, (german, english) in words.items():
        assert set(re.findall(r"\{\w+\}", german)) == set(re.findall(r"\{\w+\}", english)), key


def test_the_pages_say_in_german_what_the_strings_say():
    words = all_words()
    text = "".join(page.read_text() for page in PAGES.glob("*.html"))
    shown = re.findall(r'data-t="(\w+)"[^>]*>([^<{]+)<', text)
    assert len(shown) > 5
    for key, german in shown:
        assert words[key][0] == german


def test_every_word_is_used():
    words = all_words()
    sources = [*STATIC.glob("*.js"), *PAGES.glob("*.html"), STATIC / "types.d.ts"]
    text = "".join(file.read_text() for file in sources)
    for key in words:
        assert re.search(rf"['\"]{key}['\"]", text), key


def test_nothing_comes_from_elsewhere():
    for file in [*STATIC.glob("*.js"), *STATIC.glob("*.css"), *PAGES.glob("*.html")]:
        outside = set(re.findall(r"https?://[^\s'\"`)]+", file.read_text()))
        assert outside <= {"http://www.w3.org/2000/svg"}, file

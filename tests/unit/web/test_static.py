"""The scripts as browsers get them."""

import re
from pathlib import Path

import pytest

from service.web.static import needed, shrunk

STATIC = Path(__file__).parents[3] / "static"


@pytest.mark.parametrize("entry", ["front.js", "article.js", "vorleser-player.js"])
def test_a_page_names_every_module_that_its_script_needs_once(entry):
    names = needed(STATIC / entry)
    assert len(names) == len(set(names)) > 10
    imported = set()
    for name in (entry, *names):
        text = (STATIC / name).read_text("utf-8")
        imported |= set(re.findall(r"""['"]\./([\w-]+\.js)['"];""", text))
    assert imported == set(names)


def test_scripts_are_sent_without_comments():
    text = shrunk(STATIC / "store.js").decode()
    assert "export class Store" in text
    assert "/**" not in text

"""The scripts as browsers get them."""

import re
from pathlib import Path

import pytest

from service.web.scripts import Scripts
from service.web.static import shrunk

STATIC = Path(__file__).parents[3] / "static"
PLAYER = ["vorleser-player.js"]


def test_scripts_are_sent_without_comments():
    text = shrunk(STATIC / "store.js").decode()
    assert "export class Store" in text
    assert "/**" not in text


@pytest.fixture
def folder(tmp_path):
    def write(**modules):
        for name, text in modules.items():
            (tmp_path / f"{name}.js").write_text(text, "utf-8")
        return tmp_path

    return write


def test_a_page_has_one_script_and_what_comes_later_another():
    made = Scripts(STATIC, PLAYER)
    later = {name for name in made.files if name.startswith("vorleser-player-")}
    assert {made.name(PLAYER[0])} | later == set(made.files)
    text = made.files[made.name(PLAYER[0])].decode()
    assert later == set(re.findall(r"import\('\./([^']+)'\)", text))
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    for name in later:
        assert "customElements.define" not in made.files[name].decode()


def test_a_script_has_the_name_of_its_content(folder):
    place = folder(a="import { b } from './b.js';\nb();\n", b="export const b = () => 1;\n")
    first = Scripts(place, ["a.js"]).name("a.js")
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.js", first)
    assert Scripts(place, ["a.js"]).name("a.js") == first
    folder(b="export const b = () => 2;\n")
    assert Scripts(place, ["a.js"]).name("a.js") != first


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("export default 1;\n", "export default 1;"),
        ("import all from './b.js';\n", "import all"),
        ("import { b } from './b.js';\n", "a.js → b.js → a.js"),
    ],
)
def test_what_cannot_be_joined_is_refused(folder, text, why):
    place = folder(a=text, b="import { a } from './a.js';\nexport const b = 1;\n")
    with pytest.raises(ValueError, match=re.escape(why)):
        Scripts(place, ["a.js"])

"""What the service says in English stands in German on a German screen."""

import ast
import re
from pathlib import Path

import pytest

from service.reading import furniture, marks, matter, places
from tests.browser.drive import ARTICLE, open_article, player, unseen

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
READING = sorted((ROOT / "service/reading").glob("*.py"))
FORM_ERRORS = [
    "The article has 200001 characters; this service reads up to 200000. Split it, or …",
    "The request is longer than the 5 MB that are read here: send the text alone, or in parts.",
    "Without API keys only this machine may write, from the service's own pages. Set …",
    "Writing needs a key: send “Authorization: Bearer KEY” with one of VORLESER_API_KEYS.",
    "The voice espeak:de cannot speak: Install vorleser[espeak].",
    "There is no voice pico:fr; choose one of pico:de-DE.",
    "VORLESER_VOICE cannot be used. There is no voice pico:fr; choose one of pico:de-DE.",
    "There is no article “17”.",
    "More than 30 requests in a minute: wait 12 s, or ask the operator to raise …",
]
SPEECH_ERRORS = [
    "Pico cannot say anything of “—”.",
    "The voice made 0.12 s of sound for 80 letters, which cannot be right: “Ein …”. Try again.",
    "The engine gave 12 bytes of sound for 80 characters, at least 9000 were due.",
    "Piper made 0.1 s of “Ein langer Satz”.",
    "Google Translate is too slow. After 8 failures in a row it is left alone for 30 s.",
    "Google Translate cannot be reached: there is no connection. Try again later, or choose …",
    "Google Translate gave no answer in 15 s. Try again later, or choose another voice.",
    "Google Translate broke off its answer. Try again later, or choose another voice.",
    "Google Translate answered 403 Forbidden, so it does not serve us: choose another voice.",
    "The speech server nova.example sent a web page instead of audio. Try again later, or check …",
    "The engine gave no answer in time.",
    "The engine crashed (SIGSEGV).",
    "No engine worker can be started: out of memory",
    "Run: vorleser voices install de_DE-thorsten-medium",
    "Install vorleser[espeak].",
    "Install vorleser[piper]. Run: vorleser voices install de_DE-thorsten-medium",
    "Spoken by pico:de-DE, since gtts:de is not available: it cannot be reached.",
    "There is no voice piper:de_DE-eva-low; choose one of pico:de-DE.",
    "It cannot be reached: no. VORLESER_FALLBACK_VOICE is no help: There is no voice x:y; take z.",
    "An unexpected error; the service's log tells more.",
]


def calls(*names):
    """Every call of one of these names in the reading."""
    nodes = [node for file in READING for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    return [
        node
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def sample(node):
    """A string as it may come out of an f-string: numbers for what is filled in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(part.value if isinstance(part, ast.Constant) else "7" for part in parts)


def translated(page, module, name, sentences):
    return page.evaluate(
        f"""async (sentences) => {{
          const {{ {name}: say }} = await import('/static/{module}.js');
          return sentences.map((one) => say(one));
        }}""",
        sentences,
    )


def english(sentences, answers):
    return [one for one, said in zip(sentences, answers, strict=True) if one == said]


def test_every_reason_why_a_line_is_left_out(page, service):
    given = [node.args[-1] for node in calls("LeftOut")] + [n.args[0] for n in calls("Place")]
    literal = [node for node in given if isinstance(node, (ast.Constant, ast.JoinedStr))]
    whys = {sample(node) for node in literal} - {"page 7"} | {"page header", "page footer"}
    whys |= {why for why, _ in furniture._RULES} | {place.why for place, _ in places._CLASSES}
    whys |= {*matter._SEMANTICS.values(), *matter._TITLES, *marks._CONTROLS}
    whys |= {"footnote mark", "front matter", "picture", "code", "markup"}
    page.goto(service.base)
    found = sorted(whys - {"player"})  # the same word in both
    assert len(found) > 40
    assert english(found, translated(page, "reasons", "reason", found)) == []


def test_every_reason_why_nothing_can_be_read(page, service):
    errors = [sample(node.args[0]) for node in calls("UnreadableSource", "EmptyArticle")]
    assert len(errors) > 15
    page.goto(service.base)
    answers = page.evaluate(
        """async (all) => {
          const { problem } = await import('/static/page-strings.js');
          return all.map((message) => problem({ message }));
        }""",
        errors + FORM_ERRORS,
    )
    assert english(errors + FORM_ERRORS, answers) == []
    assert not [said for said in answers if re.search(r"\$\d|undefined", said)]


def test_every_reason_why_a_voice_fails(page, service):
    page.goto(service.base)
    answers = translated(page, "strings", "told", SPEECH_ERRORS)
    assert english(SPEECH_ERRORS, answers) == []
    german = dict(zip(SPEECH_ERRORS, answers, strict=True))
    for begin, said in {
        "Pico cannot": "Für „—“ hat die Stimme keine Laute.",
        "Google Translate is too slow": "Google Translate antwortet gerade nicht. "
        "In 30 s noch einmal versuchen.",
        "Google Translate answered": "Google Translate ist gerade nicht zu erreichen.",
        "The speech server": "nova.example ist gerade nicht zu erreichen.",
        "Spoken by": "Es spricht pico:de-DE, weil gtts:de nicht verfügbar war.",
    }.items():
        assert next(german[one] for one in SPEECH_ERRORS if one.startswith(begin)) == said


def test_an_english_screen_gets_them_as_they_are(new_page, service):
    page = new_page(locale="en-GB")
    page.goto(service.base)
    assert translated(page, "strings", "told", SPEECH_ERRORS) == SPEECH_ERRORS
    assert translated(page, "reasons", "reason", ["play prompt"]) == ["play prompt"]


def test_the_quiet_line_opens_what_is_left_out(page, own):
    line = "Drücken Sie Play, um diesen Artikel anzuhören"
    article = own.ready(ARTICLE.replace("\n\n", f"\n\n{line}\n\n", 1))
    open_article(page, own.base, article["id"])
    page.get_by_role("button", name="1 Zeile nicht vorgelesen").click()
    sheet = page.get_by_role("dialog", name="1 Zeile nicht vorgelesen")
    sheet.get_by_text(line).wait_for()
    assert sheet.get_by_text("Aufforderung zum Anhören").is_visible()
    open_article(page, own.base, own.ready(unseen())["id"])
    assert player(page).locator(".left-out").is_hidden()

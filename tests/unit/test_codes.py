"""Errors and reasons are codes with values, and each has its sentences."""

import ast
import json
import re

import pytest

from service import codes
from service.codes import SENTENCES, Reason
from service.errors import ArticleTooLong, EngineUnavailable, TrackIncomplete, VorleserError
from service.messages import fields, message, placeholders, recorded
from tests.codes import codes_in, said, texts
from tests.source import SERVICE, nodes

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
GROUPS = (
    codes.READING,
    codes.SPEECH,
    codes.REQUESTS,
    codes.STORES,
    codes.PARTS,
    codes.INSTALLING,
    codes.OPERATOR,
)
# where a code is chosen before it is said
CHOSEN = {
    "service/errors.py",
    "service/engines/catalogue.py",
    "service/engines/remote.py",
    "service/reading/formats.py",
    "service/store/database.py",
    "service/web/bodies.py",
    "service/web/problems.py",
}


def test_every_message_of_the_source_has_a_code_and_the_values_of_its_sentence():
    found = list(said())
    assert len(found) > 120
    for one in found:
        if one.code is None:
            assert one.where.partition(":")[0] in CHOSEN, one
        else:
            assert one.values == placeholders(SENTENCES[one.code]), one


def test_every_code_is_said_somewhere():
    known = {code for file in SERVICE if file.name != "codes.py" for code in codes_in(nodes(file))}
    assert set(SENTENCES) - known == set()


def test_every_reason_is_given_somewhere():
    text = "".join(file.read_text("utf-8") for file in SERVICE if file.name != "codes.py")
    assert [one for one in Reason if f"Reason.{one.name}" not in text] == []


def test_codes_are_kebab_case_and_in_one_group():
    assert all(KEBAB.fullmatch(code) for code in [*SENTENCES, *Reason])
    assert len(SENTENCES) == sum(map(len, GROUPS))


def test_no_line_of_the_source_compares_a_sentence():
    """Control flow asks for types and codes."""
    prose = {reason.phrase for reason in Reason if " " in reason.phrase} | set(SENTENCES.values())
    for file in SERVICE:
        for node in nodes(file):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                words = {one.value for one in sides if isinstance(one, ast.Constant)}
                assert not words & prose, f"{file}:{node.lineno}"
                assert "str(error)" not in map(ast.unparse, sides), f"{file}:{node.lineno}"


def test_an_error_reads_as_the_english_of_its_code_and_values():
    error = ArticleTooLong("article-too-long", chars=12, limit=10)
    assert str(error).startswith("The article has 12 characters; this service reads up to 10.")
    assert error.code == "article-too-long"
    assert str(TrackIncomplete((3, 5))).startswith("Some paragraphs could not be spoken (3, 5)")


@pytest.mark.parametrize(
    ("code", "values"),
    [("no-such-code", {}), ("article-too-long", {"chars": 1}), ("page-empty", {"page": 1})],
)
def test_an_unknown_code_and_wrong_values_fail_loudly(code, values):
    with pytest.raises(ValueError, match=code):
        VorleserError(code, **values)


def test_a_value_can_be_a_message():
    reason = message("voice-not-installed", voice="eva")
    outer = message("voice-cannot-speak", voice="piper:eva", reason=reason)
    assert str(outer) == "The voice piper:eva cannot speak: Run: vorleser voices install eva"
    assert outer.json["params"] == {"voice": "piper:eva", "reason": reason.json}


def test_braces_in_a_value_are_not_places():
    assert str(message("nothing-to-say", text="{voice}")).endswith("anything of “{voice}”.")


def test_an_error_is_made_of_a_message():
    error = EngineUnavailable("engine-closed", again_in_s=3)
    assert EngineUnavailable.of(error.message).message == error.message


def test_a_record_is_read_again():
    reason = message("server-busy", name="Google", answer="503 ä")
    for kept in (
        message("fallback-speaks", voice="pico", asked="gtts", reason=reason),
        message("track-incomplete", failed=[3, 5]),
    ):
        assert recorded(kept.record) == kept


@pytest.mark.parametrize(
    "text",
    ["The engine crashed.", "", "17", "null", '"kaputt"', "[1]", "{}", '{"code": "unexpected"}'],
)
def test_what_was_recorded_before_there_were_codes_is_told_as_it_is(text):
    assert recorded(text) == message("recorded", sentence=text)


@pytest.mark.parametrize("params", [{}, {"other": 1}, None, [1]])
@pytest.mark.parametrize("code", ["of-another-version", "article-too-long", None])
def test_a_record_of_another_version_is_told_by_its_sentence(code, params):
    text = json.dumps({"code": code, "params": params, "detail": "Zu lang."})
    assert str(recorded(text)) == "Zu lang."


def test_a_message_stands_beside_its_field():
    assert fields("error", None) == {"error": None, "error_code": None, "error_params": {}}
    assert fields("error", message("engine-unopened", error="weg")) == {
        "error": "The engine cannot be opened: weg",
        "error_code": "engine-unopened",
        "error_params": {"error": "weg"},
    }


def test_the_pages_have_german_for_every_code_that_can_reach_them():
    player, pages = texts("codes.js"), texts("page-codes.js")
    assert not player.keys() & pages.keys()
    assert not codes.SPEECH.keys() - player.keys(), "the player"
    german = player | pages
    wanted = set(SENTENCES) - set(codes.OPERATOR) - set(codes.PARTS)
    assert wanted - german.keys() == set()
    assert german.keys() - set(SENTENCES) == set()
    for code, text in german.items():
        assert placeholders(text) <= placeholders(SENTENCES[code]), code
        assert text != SENTENCES[code] or code == "recorded"


def test_german_sentences_do_without_the_parts_that_have_no_german():
    for code, text in (texts("codes.js") | texts("page-codes.js")).items():
        parts = {"advice", "what"} | ({"reason"} if code == "server-unreachable" else set())
        assert not placeholders(text) & parts, code


def test_the_pages_have_german_for_every_reason():
    german = texts("reasons.js")
    assert german.keys() == {reason.value for reason in Reason}
    for reason in Reason:
        assert placeholders(german[reason]) == placeholders(reason.phrase)


def test_english_stands_in_no_catalogue_of_the_pages():
    for name in ("codes.js", "page-codes.js", "reasons.js"):
        found = texts(name).values()
        assert not [text for text in found if re.search(r"\b(the|not|cannot|is|of)\b", text)]

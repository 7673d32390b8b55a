"""The manifest tells failures, notes and reasons as codes with values, beside their English."""

from dataclasses import replace

from service import spoken
from service.codes import Reason
from service.domain import Article, Kind, LeftOut, Paragraph
from service.messages import message
from service.narration.writing import write
from service.web.manifest import manifest
from tests.fakes import VOICE

LEFT_OUT = (
    LeftOut("Teilen", Reason.SHARE_PROMPT),
    LeftOut("A | B", Reason.LARGE_TABLE, (("rows", 30), ("columns", 3))),
)


def told(*, error=None, note=None):
    article = Article((Paragraph(Kind.TITLE, "Der Titel"),), LEFT_OUT)
    new = write(article, VOICE, lexicon=spoken.BUILT_IN)
    segment = replace(new.segments[0], error=error)
    return manifest(replace(new, outcome=replace(new.outcome, segments=(segment,), note=note)))


def test_what_is_left_out_has_a_code_and_values_beside_why():
    assert told()["left_out"] == [
        {"text": "Teilen", "why": "share prompt", "code": "share-prompt", "params": {}},
        {
            "text": "A | B",
            "why": "table of 30 rows and 3 columns",
            "code": "large-table",
            "params": {"rows": 30, "columns": 3},
        },
    ]


def test_a_failed_paragraph_and_a_note_have_a_code_and_values():
    reason = message("engine-died", how="SIGSEGV")
    note = message("fallback-speaks", voice="pico:de-DE", asked="gtts:de", reason=reason)
    found = told(error=reason, note=note)
    [paragraph] = found["paragraphs"]
    assert paragraph["error"] == "The engine died (SIGSEGV)."
    assert paragraph["error_code"] == "engine-died"
    assert paragraph["error_params"] == {"how": "SIGSEGV"}
    assert found["note"].startswith("Spoken by pico:de-DE, since gtts:de is not available: The")
    assert found["note_code"] == "fallback-speaks"
    assert found["note_params"]["reason"]["code"] == "engine-died"


def test_where_all_is_well_nothing_is_said():
    found = told()
    assert (found["note"], found["note_code"]) == (None, None)
    assert found["paragraphs"][0]["error"] is None

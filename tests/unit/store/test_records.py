"""What an older or a newer version of the service left in the library."""

import json

import pytest
from sqlalchemy import text

from service import spoken
from service.codes import Reason
from service.domain import Article, Kind, LeftOut, Paragraph
from service.messages import message
from service.narration.writing import write
from service.store.database import open_database
from service.store.library import SqlLibrary
from tests.fakes import VOICE

LEFT_OUT = (
    LeftOut("Anzeige", Reason.ADVERTISING),
    LeftOut("A | B", Reason.LARGE_TABLE, (("rows", 30), ("columns", 3))),
)


@pytest.fixture
async def kept(tmp_path):
    """A library with one article, and what changes its rows behind its back."""
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'library.db'}")
    library = SqlLibrary(database)
    article = Article((Paragraph(Kind.TITLE, "Der Titel"),), LEFT_OUT)
    new = write(article, VOICE, lexicon=spoken.BUILT_IN)
    await library.articles.save([new])

    async def change(statement, value):
        async with database.writing() as connection:
            await connection.execute(text(statement), {"value": value})
        return await library.articles.get(new.id)

    await library.clips.fail(new.segments[0].clip_id, message("unexpected"))
    yield library, new, change
    await library.close()


async def test_reasons_come_back_with_their_values(kept):
    library, new, _ = kept
    found = (await library.articles.get(new.id)).article.left_out
    assert found == LEFT_OUT
    assert found[1].why == "table of 30 rows and 3 columns"


async def test_phrases_of_before_the_codes_are_known_by_their_code(kept):
    old = [["Anzeige", "advertising"], ["A | B", "table of 30 rows and 3 columns"]]
    found = (await kept[2]("UPDATE editions SET left_out = :value", json.dumps(old))).article
    assert found.left_out[0] == LEFT_OUT[0]
    assert found.left_out[1].reason is Reason.RECORDED
    assert [segment.why for segment in found.left_out] == [phrase for _, phrase in old]


async def test_a_reason_of_another_version_is_told_by_its_code(kept):
    new = [["Anzeige", "hologram", []]]
    found = (await kept[2]("UPDATE editions SET left_out = :value", json.dumps(new))).article
    assert [segment.why for segment in found.left_out] == ["hologram"]


@pytest.mark.parametrize("sentence", ["The engine crashed (SIGSEGV).", "{“Hallo”}", "7"])
async def test_sentences_of_before_the_codes_are_told_as_they_are(kept, sentence):
    found = await kept[2]("UPDATE clips SET error = :value", sentence)
    assert found.segments[0].error == message("recorded", sentence=sentence)
    found = await kept[2]("UPDATE editions SET note = :value", sentence)
    assert str(found.note) == sentence

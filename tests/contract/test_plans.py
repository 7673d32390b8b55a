"""How databases look for what lists show: never through all paragraphs, nor through all clips."""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, text

from service.domain import Choice, Sort, State
from service.store.database import open_database
from service.store.library import SqlLibrary
from tests.contract.libraries import TOO_SHORT, added, clip_of, finish, narration, reworded


@pytest.fixture
async def database(database_url):
    opened = await open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def house(database):
    """A library with articles that are finished, failed, and finished before."""
    library = SqlLibrary(database)
    made = [
        await added(library, narration(minutes=minutes, rate=1 + minutes)) for minutes in (0, 1)
    ]
    for one in made:
        await finish(library, one)
    await library.articles.save([reworded(await library.articles.get(made[0].id), "Neu.")])
    await library.clips.fail(made[1].segments[1].clip_id, TOO_SHORT)
    return library, made[1]


@contextmanager
def asked():
    """What is asked of databases meanwhile."""
    statements = []

    def note(_connection, _cursor, statement, parameters, *_):
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def plans(database, statements):
    """How the database would look for each of these, however few rows there are now."""
    found = []
    async with database.reading() as db:
        if database.is_shared:
            for costs in ("seqscan", "sort"):  # too much, unless there is no other way
                await db.execute(text(f"SET LOCAL enable_{costs} = off"))
        for statement, parameters in statements:
            verb = "EXPLAIN " if database.is_shared else "EXPLAIN QUERY PLAN "
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                rows = await db.exec_driver_sql(verb + statement, parameters)
                found.append("\n".join(row[-1] for row in rows))
    return found


def lists(library, cursor):
    """Every list, by what is asked for."""
    speaking = {"0" * 32}
    for sort in Sort:
        for state in (None, *State):
            for collection in (None, "a"):
                choice = Choice(state=state, sort=sort, collection=collection)
                yield library.listings.listed(choice, limit=9, cursor=cursor, speaking=speaking)
    yield library.listings.listed(Choice("ein wort"), limit=9)
    yield library.listings.episodes(limit=9, offset=9)
    yield library.listings.episodes(limit=9, collection="a")
    yield library.clips.unfinished()
    yield library.outbox.due()
    yield library.collections.collections()


async def test_no_list_looks_through_all_paragraphs_or_clips(house, database):
    library, one = house
    with asked() as statements:
        for cursor in (None, one.id):
            for work in lists(library, cursor):
                await work
        await library.clips.uses(one.segments[0].clip_id)
        await library.clips.save(clip_of(one.segments[0]))
        await library.clips.forget([one.segments[0].clip_id])
    found = await plans(database, statements)
    assert len(found) > 100
    for plan in found:
        for name in ("paragraphs", "clips"):
            assert f"SCAN {name}" not in plan
            assert f"Seq Scan on {name}" not in plan


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(sort=Sort.OLDEST),
        Choice(state=State.READY),
        Choice(sort=Sort.TITLE),
        Choice(state=State.READY, sort=Sort.TITLE),
        Choice(state=State.FAILED),
        Choice(collection="a"),
    ],
)
async def test_a_page_begins_where_the_last_one_ended_and_nothing_is_sorted(
    house, database, choice
):
    library, one = house
    speaking = {one.segments[0].clip_id}
    with asked() as statements:
        await library.listings.listed(choice, limit=9, cursor=one.id, speaking=speaking)
    page = (await plans(database, statements))[0]
    assert re.search(r"\((ROW\()?(created_at|sort_title),", page)
    assert not re.search(r"TEMP B-TREE|\bSort  \(", page)

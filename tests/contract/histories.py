"""What happens to a library by chance, and whether its lists tell the truth afterwards.

    python -m tests.contract.histories ADDRESS

does it with processes that are killed at any of their statements, and looks after each of them.
"""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from random import Random

from sqlalchemy import Engine, event

from service.domain import Choice, Kind, Paragraph, State
from service.errors import AlreadyThere, NotFound, VersionConflict
from service.sound.track import listed
from service.store.library import open_library
from tests.contract.libraries import (
    TOO_SHORT,
    bare,
    clip_of,
    finish,
    narration,
    reworded,
    with_key,
)

_TEXTS = [f"Satz {n}." for n in range(6)]  # few: articles have clips in common
_KILLS, _LATEST = 6, 60  # processes, and statements that one makes at most
_STEPS = 8


async def tells_the_truth(library):
    """Asserts that what is kept of articles is what their paragraphs and clips tell."""
    kept = await library.articles.newest(limit=999)
    assert await library.listings.listed(Choice(), limit=999) == [bare(one) for one in kept]
    for state in State:
        chosen = await library.listings.listed(Choice(state=state), limit=999)
        assert [one.id for one in chosen] == [one.id for one in kept if one.state is state]
    heard = [await library.articles.edition(one.id) for one in kept]
    for newest, edition in zip(kept, heard, strict=True):
        is_finished = newest.finished_edition == newest.edition
        assert is_finished is (newest.state is State.READY)
        assert edition.edition == (newest.finished_edition or newest.edition)
    episodes = await library.listings.episodes(limit=999)
    expected = [one for one in heard if one.finished_edition]
    assert [(one.id, one.edition, one.tally, one.samples) for one in episodes] == [
        (one.id, one.edition, one.tally, listed(one).samples) for one in expected
    ]
    segments = [segment for one in [*kept, *heard] for segment in one.segments]
    missing = {one.clip_id for one in segments if not (one.clip or one.error)}
    assert set(await library.clips.unfinished()) == missing
    for clip_id in {segment.clip_id for segment in segments}:
        assert sorted(await library.clips.uses(clip_id), key=lambda use: use[:2]) == sorted(
            (one.id, number, one.tally)
            for one in kept
            for number, segment in enumerate(one.segments, 1)
            if segment.clip_id == clip_id
        )


async def happens(library, chance, steps=_STEPS):
    """Changes the library as services do, while others may do so, too."""
    for _ in range(steps):
        kept = await library.articles.newest(limit=999)
        with suppress(AlreadyThere, NotFound, VersionConflict):
            if kept and chance.random() < 0.85:
                await _changed(library, chance, chance.choice(kept))
            else:
                lines = [Paragraph(Kind.TITLE, text) for text in _some(chance)]
                new = narration(*lines, minutes=chance.randrange(10**6))
                await library.articles.save([with_key(new, chance.randbytes(8).hex())])


async def _changed(library, chance, article):
    segment = chance.choice(article.segments)
    match chance.randrange(9):
        case 0 | 1:
            await library.clips.save(clip_of(segment))
        case 2:
            await library.clips.fail(segment.clip_id, TOO_SHORT)
        case 3:
            await library.clips.forget([one.clip_id for one in article.segments if one.error])
        case 4:
            await library.clips.forget([segment.clip_id])
        case 5:
            await finish(library, article)
        case 6:
            await library.articles.save([reworded(article, *_some(chance))])
        case 7:
            await library.articles.save([article.revised(collections=(chance.choice("abc"),))])
        case _:
            await library.articles.delete(article.id)
            await library.audio_use.forget(clip_of(segment).sha256)


def _some(chance):
    return chance.sample(_TEXTS, chance.randrange(1, 5))


def main(url):
    """Has processes killed in the middle of what they change; each looks what the last one left."""
    for seed in range(_KILLS):
        if _in_a_process(_killed(url, Random(seed))) != -signal.SIGKILL:
            sys.exit(f"after kill {seed} lists do not tell the truth")
    sys.exit(_in_a_process(_checked(url)))


def _in_a_process(work):
    process = os.fork()
    if process:
        work.close()
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    asyncio.run(work)
    os._exit(0)


async def _killed(url, chance):
    library, left = await open_library(url), chance.randrange(1, _LATEST)
    await tells_the_truth(library)

    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    await happens(library, chance, steps=99)


async def _checked(url):
    library = await open_library(url)
    await tells_the_truth(library)
    await library.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

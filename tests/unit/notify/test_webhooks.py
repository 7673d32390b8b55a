"""News of articles reach the other side, signed, once if it can be and again if it must."""

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from standardwebhooks import Webhook

from service.domain import Article, JobKind, Kind, Paragraph
from service.errors import EngineFailed, StoreError
from service.narration.articles import Change
from service.notify.webhooks import Hook, Webhooks
from service.web.manifest import summary
from tests.fakes import MemoryLibrary, MemoryOutbox, ToneEngine, opened
from tests.stand_ins import hang, serving, status
from tests.waiting import MOST_S, eventually

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
KEY = Webhook(SECRET)._whsecret
PAUSES_S = (0, 0.01, 0.02, 0.03)


def hang_up(handler, _body):
    handler.close_connection = True


def article(*texts):
    kinds = [Kind.TITLE] + [Kind.TEXT] * (len(texts) - 1)
    return Article(tuple(Paragraph(kind, text) for kind, text in zip(kinds, texts, strict=True)))


@pytest.fixture
def other():
    """The other side; it takes everything that it has no fault for."""
    with serving(lambda handler, _: handler.reply(b"", status=204)) as server:
        yield server


@asynccontextmanager
async def telling(other, *, library=None, engine=None, url="/", pauses_s=PAUSES_S, **hook):
    """A service whose news go to the other side."""
    library = library or MemoryLibrary()
    how: dict[str, Any] = {"allow_private": True, "most_seconds": 5, "base": "https://a.example"}
    target = Hook(f"http://127.0.0.1:{other.port}{url}", KEY, **how | hook)
    made = opened(engine, library=library, announces=True)
    webhooks = Webhooks(library, target, made.jobs, summary=summary, pauses_s=pauses_s)
    made.worker.works[JobKind.WEBHOOK] = webhooks.work
    made.broadcast.when_settled(webhooks.notify)
    tasks = [asyncio.create_task(made.worker.run()), asyncio.create_task(webhooks.run())]
    try:
        yield made
    finally:
        tasks[1].cancel()
        with suppress(asyncio.CancelledError):
            await tasks[1]
        await made.worker.stop()
        await asyncio.wait_for(tasks[0], MOST_S)


async def told(library):
    """Waits until nothing is owed any more."""
    await eventually(lambda: not library.news)


def news(other):
    """What came, each checked against its signature."""
    found = []
    for _, headers, body in other.requests:
        [message_id] = [value for name, value in headers.items() if name.lower() == "webhook-id"]
        found.append(Webhook(SECRET).verify(body, headers) | {"id": message_id})
    return found


async def test_an_article_that_is_ready_is_told_once_and_signed(other):
    async with telling(other) as made:
        narration, _ = await made.articles.post(article("Titel", "Ein Satz."))
        await told(made.library)
        _, is_new = await made.articles.post(article("Titel", "Ein Satz."))
        assert not is_new
        await asyncio.sleep(0.05)
    [one] = news(other)
    assert one["type"] == "article.ready"
    assert one["id"].startswith("msg_")
    assert one["data"]["id"] == narration.id
    assert one["data"]["state"] == "ready"
    assert one["data"]["duration_is_estimate"] is False
    assert one["data"]["audio"] == f"https://a.example/articles/{narration.id}/audio.mp3"
    assert one["data"]["failed"] == []


async def test_an_article_whose_audio_is_there_already_is_told_as_well(other):
    async with telling(other) as made:
        first, _ = await made.articles.post(article("Titel", "Ein Satz."))
        await told(made.library)
        await made.articles.delete(first.id)
        second, _ = await made.articles.post(article("Titel", "Ein Satz."))
        await told(made.library)
    assert [one["data"]["id"] for one in news(other)] == [first.id, second.id]


async def test_a_failed_article_is_told_with_its_reasons_and_so_is_every_new_try(other):
    is_broken = True

    def fail(text):
        if is_broken and text == "Zwei.":
            raise EngineFailed("engine-refused", error="kaputt")

    async with telling(other, engine=ToneEngine(before=fail)) as made:
        narration, _ = await made.articles.post(article("Titel", "Eins.", "Zwei.", "Drei."))
        await told(made.library)
        await made.articles.retry(narration.id)
        await told(made.library)
        is_broken = False
        await made.articles.retry(narration.id)
        await told(made.library)
    found = news(other)
    assert [one["type"] for one in found] == ["article.failed"] * 2 + ["article.ready"]
    assert found[0]["data"]["failed"] == [
        {
            "number": 3,
            "error": "The engine refused: kaputt",
            "error_code": "engine-refused",
            "error_params": {"error": "kaputt"},
        }
    ]
    assert len({one["id"] for one in found}) == 3


async def test_an_edited_article_is_told_anew(other):
    async with telling(other) as made:
        narration, _ = await made.articles.post(article("Titel", "Ein Satz."))
        await told(made.library)
        await made.articles.edit(narration.id, Change(article=article("Neuer Titel", "Ein Satz.")))
        await told(made.library)
    assert [one["data"]["title"] for one in news(other)] == ["Titel", "Neuer Titel"]


@pytest.mark.slow
async def test_what_is_not_taken_is_sent_again_as_the_same_message(other):
    other.faults += [status(500), hang_up, hang]
    async with telling(other, most_seconds=3) as made:
        await made.articles.post(article("Titel", "Ein Satz."))
        await told(made.library)
    assert len(other.requests) == 4
    assert len({one["id"] for one in news(other)}) == 1
    assert len({body for _, _, body in other.requests}) == 1


async def test_what_is_never_taken_is_given_up(other):
    other.faults += [status(503)] * 9
    async with telling(other) as made:
        await made.articles.post(article("Titel", "Ein Satz."))
        await told(made.library)
    assert len(other.requests) == len(PAUSES_S)


@pytest.mark.parametrize(("code", "attempts"), [(410, 1), (302, len(PAUSES_S))])
async def test_what_is_gone_is_not_asked_again_and_no_redirect_is_followed(other, code, attempts):
    other.faults += [status(code, Location="/elsewhere")] * 9
    async with telling(other, url="/here") as made:
        await made.articles.post(article("Titel", "Ein Satz."))
        await told(made.library)
    assert [path for path, _, _ in other.requests] == ["/here"] * attempts


async def test_nothing_goes_to_a_private_address_unless_that_is_allowed(other):
    async with telling(other, allow_private=False) as made:
        await made.articles.post(article("Titel", "Ein Satz."))
        await told(made.library)
    assert other.requests == []


async def test_a_restart_loses_nothing_and_tells_nothing_twice(other):
    library = MemoryLibrary()
    other.faults += [status(500)]
    async with telling(other, library=library, pauses_s=(0, 60)) as made:
        await made.articles.post(article("Titel", "Ein Satz."))
        await eventually(lambda: other.requests)
    assert len(await library.outbox.due()) == 1
    for _ in range(2):
        async with telling(other, library=library):
            await told(library)
    assert len(other.requests) == 2
    assert len({one["id"] for one in news(other)}) == 1


@pytest.mark.parametrize(
    "error", [StoreError("library-unusable", error="weg"), RuntimeError("Fehler")]
)
async def test_what_goes_wrong_with_one_article_does_not_end_the_news_of_others(other, error):
    class Broken(MemoryOutbox):
        async def sent(self, news_id):
            if len(library.narrations) == 1:
                raise error
            await super().sent(news_id)

    library = MemoryLibrary()
    library.outbox = Broken(library)
    async with telling(other, library=library) as made:
        first, _ = await made.articles.post(article("Titel", "Ein Satz."))
        await eventually(lambda: other.requests)
        await asyncio.sleep(0.05)
        second, _ = await made.articles.post(article("Noch ein Titel", "Ein Satz."))
        await eventually(lambda: second.id not in library.news)
    assert [one["data"]["id"] for one in news(other)] == [first.id, second.id]


async def test_speech_does_not_wait_for_the_other_side(other):
    other.faults += [hang] * 20
    async with telling(other, most_seconds=60) as made, asyncio.timeout(30):
        texts = [article(f"Titel {number}", "Ein Satz.") for number in range(10)]
        new = [(await made.articles.post(text))[0] for text in texts]
        await asyncio.gather(
            *(made.listening.clip(segment.clip_id) for one in new for segment in one.segments)
        )


async def test_news_of_a_text_that_has_changed_by_then_are_not_told(other):
    other.faults += [status(500)]
    async with telling(other, pauses_s=(0, 60)) as made:
        narration, _ = await made.articles.post(article("Titel", "Ein Satz."))
        await eventually(lambda: other.requests)
        await made.articles.edit(narration.id, Change(article=article("Neuer Titel", "Ein Satz.")))
        await told(made.library)
    titles = [json.loads(body)["data"]["title"] for _, _, body in other.requests]
    assert titles == ["Titel", "Neuer Titel"]


async def test_of_two_services_with_one_library_one_tells(other):
    """What is queued once is sent once, whoever takes it."""
    async with telling(other) as made:
        twin = Webhooks(
            made.library,
            Hook(f"http://127.0.0.1:{other.port}/", KEY, allow_private=True),
            made.jobs,
            summary=summary,
        )
        made.broadcast.when_settled(twin.notify)
        beside = asyncio.create_task(twin.run())
        await made.articles.post(article("Titel", "Ein Satz."))
        await told(made.library)
        await asyncio.sleep(0.05)
        beside.cancel()
        await asyncio.gather(beside, return_exceptions=True)
    assert len(other.requests) == 1


async def test_what_is_being_sent_as_the_service_ends_is_left_to_the_next(other):
    library = MemoryLibrary()
    other.faults += [hang]
    async with telling(other, library=library, most_seconds=60) as made:
        await made.articles.post(article("Titel", "Ein Satz."))
        await eventually(lambda: other.requests)
    assert len(await library.outbox.due()) == 1
    async with telling(other, library=library):
        await told(library)
    assert len({one["id"] for one in news(other)}) == 1

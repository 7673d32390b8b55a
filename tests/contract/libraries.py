"""What the tests put into libraries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from service import spoken
from service.codes import Reason
from service.domain import (
    Article,
    Clip,
    Kind,
    LeftOut,
    Paragraph,
    Span,
)
from service.messages import message
from service.narration.writing import Manner, write
from service.sound.track import listed
from tests.fakes import VOICE

OTHER_VOICE = replace(VOICE, id="other:de")


TOO_SHORT = message("engine-refused", error="zu kurz")


PARAGRAPHS = (
    Paragraph(Kind.TITLE, "Der Titel"),
    Paragraph(Kind.TEXT, "Ein Satz. Noch einer."),
    Paragraph(Kind.LIST_ITEM, "“A quotation”", language="en", number=7),
)


def narration(*paragraphs, minutes=0, rate=1.0):
    article = Article(
        paragraphs or PARAGRAPHS,
        (LeftOut("Anzeige", Reason.ADVERTISING),),
        byline="Anna Meier",
        published_at="2026-03-12T08:30:00+01:00",
        picture="https://nordpost.example/deich.jpg",
    )
    written = write(article, VOICE, lexicon=spoken.BUILT_IN, manner=Manner(rate=rate))
    return replace(
        written, created_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    )


async def added(library, new):
    await library.articles.save([new])
    return await library.articles.get(new.id)


def with_key(narration, key, page_key=None):
    return replace(narration, spec=replace(narration.spec, key=key, page_key=page_key))


def bare(narration):
    """What a list shows of it."""
    shown = listed(narration)
    return replace(shown, article=replace(shown.article, paragraphs=shown.article.paragraphs[:1]))


def clip_of(segment):
    spans = tuple(Span(n * 1000, n * 1000 + 900) for n in range(len(segment.script.sentences)))
    return Clip(segment.clip_id, 1920, "ab" * 32, spans)


async def finish(library, narration):
    for segment in narration.segments:
        await library.clips.save(clip_of(segment))


def reworded(narration, *texts):
    paragraphs = (PARAGRAPHS[0], *(Paragraph(Kind.TEXT, text) for text in texts))
    article = replace(narration.article, paragraphs=paragraphs)
    new = write(article, OTHER_VOICE, lexicon=spoken.BUILT_IN, manner=Manner(rate=1.5))
    return narration.revised(spec=new.spec, outcome=new.outcome)

"""Between the domain's values and the rows of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from service.codes import Reason
from service.domain import (
    Article,
    Cast,
    Clip,
    Extra,
    Kind,
    LeftOut,
    Narration,
    Order,
    Ordered,
    Outcome,
    Paragraph,
    Role,
    Script,
    Segment,
    Sentence,
    Span,
    Spec,
    Tally,
)
from service.messages import Message, recorded
from service.store import search

_REASONS = {reason.value: reason for reason in Reason}
_PHRASES = {reason.phrase: reason for reason in Reason}
OF_CLIP = ("size", "sha256", "spans", "words", "error")  # what a segment is joined with
OF_PARAGRAPH = ("kind", "text", "language", "list_number", "role", "speaker")
_FIELDS = ("language", "byline", "site", "source_url", "published_at", "picture", "page")


def article_row(narration: Narration) -> dict[str, object]:
    """The row of `articles`."""
    return {
        "id": narration.id,
        "created_at": narration.created_at,
        "version": narration.version,
        "edition": narration.edition,
        "key": narration.spec.key,
        "page_key": narration.spec.page_key,
        "sort_title": search.sorted_by(narration.segments[0].paragraph.text),
    }


def edition_row(narration: Narration) -> dict[str, object]:
    """The row of `editions`."""
    spec, outcome = narration.spec, narration.outcome
    return {
        "article_id": narration.id,
        "number": narration.edition,
        "rate": spec.rate,
        "extras": " ".join(spec.extras),
        "asked_voice": narration.asked_voice,
        "casting": dict(spec.cast.parts) or None,
        "voice": outcome.voice,
        "note": outcome.note.record if outcome.note else None,
        "lexicon": outcome.lexicon,
        "left_out": [
            [line.text, line.reason, line.values, line.behind] for line in spec.article.left_out
        ],
        **search.outline(
            [(part.paragraph.kind.value, part.paragraph.text) for part in outcome.segments]
        ),
    } | {name: getattr(spec.article, name) for name in _FIELDS}


def paragraph_rows(narration: Narration) -> list[dict[str, object]]:
    """The rows of `paragraphs`, in reading order."""
    return [
        {
            "article_id": narration.id,
            "edition": narration.edition,
            "number": number,
            "kind": segment.paragraph.kind.value,
            "text": segment.paragraph.text,
            "language": segment.paragraph.language,
            "list_number": segment.paragraph.number,
            "extra": segment.paragraph.extra,
            "role": segment.paragraph.role,
            "speaker": segment.paragraph.speaker,
            "voice": segment.voice,
            "letters": segment.script.letters,
            "sentences": [_sentence(sentence) for sentence in segment.script.sentences],
            "clip_id": segment.clip_id,
        }
        for number, segment in enumerate(narration.segments, 1)
    ]


def heard_rows(
    narration: Narration,
) -> tuple[dict[str, object], list[dict[str, object]], dict[str, object]]:
    """The rows of an edition: of `editions`, `paragraphs` and `texts`. A book's take a while."""
    return edition_row(narration), paragraph_rows(narration), text_row(narration)


def text_row(narration: Narration) -> dict[str, object]:
    """The row of `texts`."""
    written = [segment.paragraph.text for segment in narration.segments]
    return {"article_id": narration.id, "words": search.found_by(written, narration.article.site)}


def clip_row(clip: Clip) -> dict[str, object]:
    """The row of `clips` for a clip that was made."""
    return {
        "id": clip.id,
        "size": clip.size,
        "sha256": clip.sha256,
        "spans": [[span.start, span.end] for span in clip.spans],
        "words": clip.words,
        "error": None,
    }


def failure_row(clip_id: str, error: Message) -> dict[str, object]:
    """The row of `clips` for a clip that could not be made."""
    nothing: dict[str, object] = {"size": 0, "sha256": "", "spans": [], "words": None}
    return {"id": clip_id, "error": error.record} | nothing


def collection_rows(narration: Narration) -> list[dict[str, object]]:
    """The rows of `collections`, each name once."""
    article = {"article_id": narration.id, "created_at": narration.created_at}
    return [article | {"name": name} for name in sorted(set(narration.collections))]


def narration(
    head: Row[Any], segments: Sequence[Row[Any]], collections: Sequence[str] = ()
) -> Narration:
    """A row of `articles` joined with `editions`, and the rows of `paragraphs` with `clips`."""
    spoken = tuple(_segment(row) for row in segments)
    article = Article(
        paragraphs=tuple(
            segment.paragraph for segment in spoken if segment.paragraph.extra is None
        ),
        left_out=tuple(_left_out(*kept) for kept in head.left_out),
        **{name: getattr(head, name) for name in _FIELDS},
    )
    return Narration(
        id=head.id,
        created_at=instant(head.created_at),
        spec=Spec(
            article=article,
            voice=head.asked_voice or head.voice,
            rate=head.rate,
            key=head.key,
            page_key=head.page_key,
            extras=extras(head.extras),
            cast=cast(head.casting),
        ),
        outcome=Outcome(
            voice=head.voice, segments=spoken, lexicon=head.lexicon, note=note(head.note)
        ),
        collections=tuple(collections),
        version=head.version,
        edition=head.number,
        finished_edition=head.finished_edition,
    )


def titled(head: Row[Any], opening: Sequence[Paragraph]) -> Article:
    """What a row of `editions` tells of the article: its title, and the given paragraphs."""
    paragraphs = (Paragraph(Kind.TITLE, head.title), *opening)
    return Article(paragraphs, **{name: getattr(head, name) for name in _FIELDS})


def paragraph(row: Row[Any]) -> Paragraph:
    """What is written in a row of `paragraphs`."""
    extra = Extra(row.extra) if row.extra else None
    role = Role(row.role) if row.role else None
    return Paragraph(
        Kind(row.kind), row.text, row.language, row.list_number, role, row.speaker, extra
    )


def cast(kept: dict[str, str] | None) -> Cast:
    """What a row of `editions` tells of voices beside the article's."""
    return Cast(tuple(sorted((kept or {}).items())))


def extras(kept: str) -> tuple[Extra, ...]:
    """What is read besides the text, as it is stored."""
    return tuple(map(Extra, kept.split()))


def tally(row: Row[*tuple[Any, ...]], *, speaking: int = 0) -> Tally:
    """What a row of `editions` tells of how far it is."""
    total = row.ready + row.failed + row.missing
    return Tally(total, row.ready, row.failed, speaking)


def instant(kept: datetime) -> datetime:
    """A stored time; SQLite forgets the zone."""
    return kept.replace(tzinfo=UTC)


def ordered(row: Row[Any]) -> Ordered:
    """What a row of `paragraphs`, `editions` and `clips` has a clip say, and what became of it."""
    order = Order(_script(row), row.voice or row.article_voice, row.rate)
    return Ordered(order, *_became(row))


def _sentence(sentence: Sentence) -> list[str | int]:
    """Written and spoken form, with the pause behind it where it asks for one."""
    pause = [] if sentence.pause_ms is None else [sentence.pause_ms]
    return [sentence.text, sentence.spoken, *pause]


def clip(row: Row[Any]) -> Clip:
    """The clip in a row of `clips`."""
    return _clip(row.id, row)


def _script(row: Row[Any]) -> Script:
    return Script(Kind(row.kind), tuple(Sentence(*pair) for pair in row.sentences))


def _segment(row: Row[Any]) -> Segment:
    clip, error = _became(row)
    return Segment(
        paragraph=paragraph(row),
        script=_script(row),
        clip_id=row.clip_id,
        clip=clip,
        error=error,
        voice=row.voice,
    )


def _became(row: Row[Any]) -> tuple[Clip | None, Message | None]:
    """The clip of a row that is joined with `clips`, or why there is none; neither so far."""
    return _clip(row.clip_id, row) if row.size else None, note(row.error)


def note(text: str | None) -> Message | None:
    """What was said, as it is stored."""
    return None if text is None else recorded(text)


def _left_out(
    text: str,
    code: str,
    values: Sequence[Sequence[Any]] | None = None,
    behind: int | None = None,
) -> LeftOut:
    """One without values is from before there were codes: its reason is a phrase."""
    reasons = _PHRASES if values is None else _REASONS
    if code not in reasons:
        return LeftOut(text, Reason.RECORDED, (("phrase", code),))
    params = tuple((name, value) for name, value in values or ())
    return LeftOut(text, reasons[code], params, behind)


def _clip(clip_id: str, row: Row[Any]) -> Clip:
    spans = tuple(Span(*pair) for pair in row.spans)
    words = None if row.words is None else tuple(map(tuple, row.words))
    return Clip(clip_id, row.size, row.sha256, spans, words)

"""The manifest: a narration as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from service.domain import SAMPLE_RATE_HZ, Kind, LeftOut, Listed, Narration, Segment, Sentence, Span
from service.messages import fields
from service.sound.track import Timing, listed, timings

At = Callable[[str], str]
"""Makes the address of a path of the service."""


def summary(narration: Narration, at: At = str) -> dict[str, object]:
    """The article without its paragraphs, as lists show it."""
    return entry(listed(narration), at)


def entry(listed: Listed, at: At = str, *, its: str = "") -> dict[str, object]:
    """The same of what was read without them; `its` query names an edition in addresses."""
    article, tally, base = listed.article, listed.tally, f"/articles/{listed.id}"
    return {
        "id": listed.id,
        "title": article.title,
        "byline": article.byline,
        "site": article.site,
        "source_url": article.source_url,
        "picture": article.picture,
        "published_at": article.published_at,
        "language": article.language,
        "created_at": listed.created_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "version": listed.version,
        "edition": listed.edition,
        "finished_edition": listed.finished_edition,
        "voice": listed.voice,
        "rate": listed.rate,
        "cast": dict(listed.cast.parts),
        "extras": list(listed.extras),
        **fields("note", listed.note),
        "asked_voice": listed.asked_voice,
        "collections": list(listed.collections),
        "state": tally.state,
        "duration": _seconds(listed.samples),
        "duration_is_estimate": tally.ready < tally.total,
        "audio": at(f"{base}/audio.mp3{its}"),
        "captions": at(f"{base}/captions.vtt{its}"),
        "chapters": at(f"{base}/chapters.json{its}"),
        "page": at(base),
    }


def manifest(narration: Narration, at: At = str) -> dict[str, object]:
    """Everything a player needs; times are seconds in the track, addresses are its edition's."""
    where = timings(narration)
    return entry(listed(narration), at, its=f"?edition={narration.edition}") | {
        "paragraphs": [
            _paragraph(number, segment, timing, voice=narration.outcome.voice_of(segment), at=at)
            for number, (segment, timing) in enumerate(
                zip(narration.segments, where, strict=True), 1
            )
        ],
        "left_out": [_left_out(segment) for segment in narration.spec.left_out],
    }


def lean(whole: dict[str, Any]) -> dict[str, object]:
    """A manifest without what players never read: spoken forms, and text that sentences repeat."""
    paragraphs = [
        _without(paragraph, _unread(paragraph))
        | {"sentences": [_without(sentence, {"spoken"}) for sentence in paragraph["sentences"]]}
        for paragraph in whole["paragraphs"]
    ]
    return whole | {"paragraphs": paragraphs}


def _unread(paragraph: dict[str, Any]) -> set[str]:
    unread = {"letters_per_second", "voice"}
    unread |= {name for name in ("role", "speaker") if paragraph[name] is None}
    return unread if paragraph["kind"] in {Kind.TITLE, Kind.HEADING} else unread | {"text"}


def _without(whole: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in whole.items() if name not in names}


def clip_fields(segment: Segment, timing: Timing, at: At = str) -> dict[str, object]:
    """What became of a paragraph, as its manifest says it, but for the words."""
    times = [{"start": _seconds(span.start), "end": _seconds(span.end)} for span in timing.spans]
    return fields("error", segment.error) | {
        "clip": at(f"/clips/{segment.clip_id}.mp3"),
        "start": _seconds(timing.start),
        "duration": _seconds(timing.samples),
        "letters_per_second": None if timing.is_estimate else _letters_per_s(segment),
        "sentences": times,
    }


def _left_out(line: LeftOut) -> dict[str, object]:
    return {
        "text": line.text,
        "why": line.why,
        "code": line.reason,
        "params": dict(line.values),
        **({"extra": line.extra} if line.extra else {}),
    }


def _paragraph(
    number: int, segment: Segment, timing: Timing, *, voice: str, at: At
) -> dict[str, object]:
    language, listed = segment.paragraph.language, segment.paragraph.number
    return {
        "number": number,
        "kind": segment.paragraph.kind,
        "role": segment.paragraph.role,
        "speaker": segment.paragraph.speaker,
        "voice": voice,
        "text": segment.text,
        **({"list_number": listed} if listed is not None else {}),
        **({"language": language} if language else {}),
        **({"extra": segment.paragraph.extra} if segment.paragraph.extra else {}),
        "state": segment.state,
        **fields("error", segment.error),
        "clip": at(f"/clips/{segment.clip_id}.mp3"),
        "start": _seconds(timing.start),
        "duration": _seconds(timing.samples),
        "letters_per_second": None if timing.is_estimate else _letters_per_s(segment),
        "sentences": [
            _sentence(sentence, span)
            for sentence, span in zip(segment.script.sentences, timing.spans, strict=True)
        ],
    }


def _letters_per_s(segment: Segment) -> float | None:
    """The pace of the speech itself, pauses not counted: proof that nothing is missing."""
    letters = sum(
        letter.isalnum() for sentence in segment.script.sentences for letter in sentence.spoken
    )
    spans = segment.clip.spans if segment.clip else ()
    samples = sum(span.end - span.start for span in spans)
    return round(letters * SAMPLE_RATE_HZ / samples, 2) if samples else None


def _sentence(sentence: Sentence, span: Span) -> dict[str, object]:
    return {
        "text": sentence.text,
        "spoken": sentence.spoken,
        "start": _seconds(span.start),
        "end": _seconds(span.end),
    }


def _seconds(samples: int) -> float:
    return round(samples / SAMPLE_RATE_HZ, 3)

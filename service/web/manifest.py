"""The manifest: a narration as JSON."""

from __future__ import annotations

from service.domain import SAMPLE_RATE_HZ, LeftOut, Line, Narration, Sentence, Span
from service.messages import fields
from service.sound.track import Place, places

_OF_AN_EDITION = ("audio", "captions", "chapters")


def summary(narration: Narration) -> dict[str, object]:
    """The article without its paragraphs, as lists show it."""
    where = places(narration)
    article, base = narration.article, f"/articles/{narration.id}"
    return {
        "id": narration.id,
        "title": article.title,
        "byline": article.byline,
        "site": article.site,
        "source_url": article.source_url,
        "picture": article.picture,
        "published_at": article.published_at,
        "language": article.language,
        "created_at": narration.created_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "version": narration.version,
        "edition": narration.edition,
        "finished_edition": narration.finished_edition,
        "voice": narration.voice,
        "rate": narration.rate,
        **fields("note", narration.note),
        "asked_voice": narration.asked_voice,
        "collections": list(narration.collections),
        "state": narration.state,
        "duration": _seconds(where[-1].start + where[-1].samples),
        "duration_is_estimate": any(place.is_estimate for place in where),
        "audio": f"{base}/audio.mp3",
        "captions": f"{base}/captions.vtt",
        "chapters": f"{base}/chapters.json",
        "page": base,
    }


def manifest(narration: Narration) -> dict[str, object]:
    """Everything a player needs; times are seconds in the track, addresses are its edition's."""
    where, listed = places(narration), summary(narration)
    return listed | {
        **{name: f"{listed[name]}?edition={narration.edition}" for name in _OF_AN_EDITION},
        "paragraphs": [
            _paragraph(number, line, place)
            for number, (line, place) in enumerate(zip(narration.lines, where, strict=True), 1)
        ],
        "left_out": [_left_out(line) for line in narration.article.left_out],
    }


def _left_out(line: LeftOut) -> dict[str, object]:
    params = dict(line.values)
    return {"text": line.text, "why": line.why, "code": line.reason, "params": params}


def _paragraph(number: int, line: Line, place: Place) -> dict[str, object]:
    language, listed = line.paragraph.language, line.paragraph.number
    return {
        "number": number,
        "kind": line.paragraph.kind,
        "text": line.paragraph.text,
        **({"list_number": listed} if listed is not None else {}),
        **({"language": language} if language else {}),
        "state": line.state,
        **fields("error", line.error),
        "clip": f"/clips/{line.clip_id}.mp3",
        "start": _seconds(place.start),
        "duration": _seconds(place.samples),
        "letters_per_second": None if place.is_estimate else _letters_per_s(line),
        "sentences": [
            _sentence(sentence, span)
            for sentence, span in zip(line.script.sentences, place.spans, strict=True)
        ],
    }


def _letters_per_s(line: Line) -> float | None:
    """The pace of the speech itself, pauses not counted: proof that nothing is missing."""
    letters = sum(letter.isalnum() for said in line.script.sentences for letter in said.spoken)
    spans = line.clip.spans if line.clip else ()
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

"""Timings → WebVTT captions (w3.org/TR/webvtt1) and Podcasting 2.0 chapters."""

from __future__ import annotations

from service.domain import SAMPLE_RATE_HZ, Narration
from service.track import chapters, places


def webvtt(narration: Narration) -> str:
    """One cue per sentence, as written, with its times in the track."""
    cues = ["WEBVTT\n"]
    for line, place in zip(narration.lines, places(narration), strict=True):
        for sentence, span in zip(line.script.sentences, place.spans, strict=True):
            if sentence.spoken:
                times = f"{_timestamp(span.start)} --> {_timestamp(span.end)}"
                cues.append(f"{times}\n{_escaped(sentence.text.strip())}\n")
    return "\n".join(cues)


def json_chapters(narration: Narration) -> dict[str, object]:
    """Chapters from the title and the headings, in seconds."""
    return {
        "version": "1.2.0",
        "title": narration.article.title,
        "chapters": [
            {"startTime": chapter.start_ms / 1000, "title": chapter.title}
            for chapter in chapters(narration)
        ],
    }


def _timestamp(samples: int) -> str:
    milliseconds = round(samples * 1000 / SAMPLE_RATE_HZ)
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

"""Timings → captions (WebVTT, w3.org/TR/webvtt1; SubRip) and Podcasting 2.0 chapters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from textwrap import TextWrapper

from service.domain import SAMPLE_RATE_HZ, Mark, Narration, Span
from service.sound.track import chapters, timings

# Two lines of 42 characters are what subtitles for television hold (EBU-TT, Netflix, BBC).
_LINES = 2
_WRAP = TextWrapper(width=42, break_on_hyphens=False)
_CLAUSE = re.compile(r"(?<=[,;:–—])\s+")
_DIGIT_WEIGHT = 5  # a digit is spoken as about that many letters


def webvtt(narration: Narration, marks: Sequence[Sequence[Mark]] = ()) -> str:
    """One cue per sentence, as written, with its times in the track.

    With `marks`, those of each paragraph, a time stands before every word that begins later than
    its cue; they rise within it, as the format demands.
    """
    cues = ["WEBVTT\n"]
    for text, span in _timed(narration, marks) if marks else _escaped_sentences(narration):
        cues.append(f"{_timestamp(span.start)} --> {_timestamp(span.end)}\n{text}\n")
    return "\n".join(cues)


def _escaped_sentences(narration: Narration) -> Iterator[tuple[str, Span]]:
    return ((_escaped(text), span) for text, span in _sentences(narration))


def _timed(narration: Narration, marks: Sequence[Sequence[Mark]]) -> Iterator[tuple[str, Span]]:
    """Every sentence that is spoken, escaped, with its words' times."""
    for segment, timing, of_it in zip(narration.segments, timings(narration), marks, strict=True):
        offset = 0
        for sentence, span in zip(segment.script.sentences, timing.spans, strict=True):
            end = offset + len(sentence.text)
            if sentence.spoken:
                within = [mark for mark in of_it if offset <= mark.start < end]
                times = [(mark.start - offset, timing.start + mark.at) for mark in within]
                yield _with_times(sentence.text, times, span), span
            offset = end


def _with_times(text: str, times: Iterable[tuple[int, int]], span: Span) -> str:
    """The text with `<00:00:01.500>` at those places, as far as they rise within the span."""
    parts, done, last, end = [], 0, _timestamp(span.start), _timestamp(span.end)
    for place, sample in times:
        time = _timestamp(sample)
        if last < time < end:
            parts += [_escaped(text[done:place]), f"<{time}>"]
            done, last = place, time
    return " ".join("".join([*parts, _escaped(text[done:])]).split())


def subrip(narration: Narration) -> str:
    """Cues of at most two lines of 42 characters, numbered from 1, cut where clauses end.

    A sentence's first cue starts and its last cue ends with its sound, measured; the times
    between are interpolated by the length of what is spoken.
    """
    cues = (cue for text, span in _sentences(narration) for cue in _readable(text, span))
    return "\n".join(
        f"{number}\n{_timestamp(span.start, ',')} --> {_timestamp(span.end, ',')}\n{text}\n"
        for number, (text, span) in enumerate(cues, 1)
    )


def _sentences(narration: Narration) -> Iterator[tuple[str, Span]]:
    """Every sentence that is spoken, as written, and where it sounds in the track."""
    for segment, timing in zip(narration.segments, timings(narration), strict=True):
        for sentence, span in zip(segment.script.sentences, timing.spans, strict=True):
            if sentence.spoken:
                yield " ".join(sentence.text.split()), span


def _readable(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """A sentence as cues, each with its part of the sentence's time."""
    parts = _parts(text)
    weights = [len(part) + _DIGIT_WEIGHT * sum(map(str.isdecimal, part)) for part in parts]
    length, total = span.end - span.start, sum(weights)
    cuts = [span.start + length * sofar // total for sofar in accumulate(weights, initial=0)]
    for part, (start, end) in zip(parts, pairwise(cuts), strict=True):
        yield part.replace("-->", "→"), Span(start, end)


def _parts(text: str) -> list[str]:
    """The text in parts of two lines, cut behind clauses where that is possible."""
    parts: list[str] = []
    for clause in _CLAUSE.split(text):
        joined = _WRAP.wrap(f"{parts[-1]} {clause}" if parts else clause)
        if parts and len(joined) <= _LINES:
            parts[-1] = "\n".join(joined)
        else:
            lines = _WRAP.wrap(clause)
            parts += ["\n".join(lines[at : at + _LINES]) for at in range(0, len(lines), _LINES)]
    return parts


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


def _timestamp(samples: int, point: str = ".") -> str:
    milliseconds = round(samples * 1000 / SAMPLE_RATE_HZ)
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{milliseconds:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

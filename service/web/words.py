"""Which words are heard when, for players that light them up."""

from __future__ import annotations

from bisect import bisect_left

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from service.domain import SAMPLE_RATE_HZ
from service.narration.words import Marks
from service.web import models
from service.web.described import UNCHANGED
from service.web.parts import WhichDep, WordsDep, readable
from service.web.unchanged import if_changed

router = APIRouter(prefix="/api/articles", tags=["articles"])


@readable(router, "/{article_id}/words", response_model=models.Words, responses=UNCHANGED)
async def get_words(which: WhichDep, request: Request, words: WordsDep) -> Response:
    """When which words are heard: for each paragraph `[from, to, at, from, to, at, …]`.

    `from` and `to` (exclusive) count UTF-16 units of the paragraph's text, `at` hundredths of a
    second from the paragraph's start, never falling. Words that are spoken as one share an entry.
    A paragraph whose words are not known yet is missing; an event `words` tells of it.
    """
    narration, known = await words.known(*which)
    paragraphs = {
        str(number): flat(segment.text, marks)
        for number, (segment, marks) in enumerate(zip(narration.segments, known, strict=True), 1)
        if marks is not None
    }
    return if_changed(request, JSONResponse({"paragraphs": paragraphs}))


def flat(text: str, marks: Marks) -> list[int]:
    """From, to and at of each mark; browsers count a letter beyond U+FFFF as two."""
    beyond = [place for place, letter in enumerate(text) if letter > "\uffff"]
    return [
        number
        for mark in marks
        for number in (
            mark.start + bisect_left(beyond, mark.start),
            mark.end + bisect_left(beyond, mark.end),
            round(mark.at * 100 / SAMPLE_RATE_HZ),
        )
    ]

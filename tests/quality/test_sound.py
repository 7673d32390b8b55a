"""Heard by a machine: clipping, onsets and completeness of whole articles by Pico."""

from __future__ import annotations

import numpy as np
import pytest

from service.domain import SAMPLE_RATE_HZ
from service.engines.catalogue import Catalogue
from service.engines.pico import PicoEngine
from service.track import places
from tests.articles import article, seed
from tests.quality.heard import heard

ARTICLES = {
    "seed": seed,
    "nachricht": lambda: article("nachricht"),
    "interview": lambda: article("interview"),
    "bericht": lambda: "\n\n".join(article("bericht").split("\n\n")[:14]),
}


@pytest.fixture(scope="module")
def voices():
    opened = Catalogue({"pico": lambda: PicoEngine(workers=2)})
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=ARTICLES)
def spoken_article(request, voices):
    """A narration whose clips are made, and the samples of its track."""
    return heard(ARTICLES[request.param](), "pico:de-DE", voices)


def test_nothing_is_clipped(spoken_article):
    _, samples = spoken_article
    assert not np.count_nonzero(np.abs(samples) >= 0.9999)


def test_every_sentence_begins_to_sound_where_the_manifest_says(spoken_article):
    narration, samples = spoken_article
    late = []
    for place in places(narration):
        for span in place.spans:
            begin = max(0, span.start - 2400)
            loud = np.flatnonzero(np.abs(samples[begin : span.start + 4800]) > 0.01)
            late.append((begin + loud[0] - span.start) / SAMPLE_RATE_HZ)
    assert len(late) > 15
    assert np.abs(late).max() < 0.030


def test_pauses_are_silent_and_sentences_are_not(spoken_article):
    narration, samples = spoken_article
    end = 0
    for place in places(narration):
        for span in place.spans:
            assert np.sqrt(np.mean(samples[span.start : span.end] ** 2)) > 0.02
            if end:
                assert np.abs(samples[end + 1200 : span.start - 600]).max(initial=0) < 0.02
            end = span.end


def test_letters_a_second_are_plausible_in_every_sentence(spoken_article):
    narration, _ = spoken_article
    for line, place in zip(narration.lines, places(narration), strict=True):
        for sentence, span in zip(line.script.sentences, place.spans, strict=True):
            letters = sum(map(str.isalpha, sentence.spoken))
            if letters > 10:
                assert 8 < letters / ((span.end - span.start) / SAMPLE_RATE_HZ) < 20

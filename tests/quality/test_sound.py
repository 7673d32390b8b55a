"""Heard by a machine: clipping, onsets and completeness of whole articles by Pico."""

from __future__ import annotations

import numpy as np
import pytest

from service.domain import SAMPLE_RATE_HZ
from service.engines.catalogue import Catalogue
from service.engines.pico import PicoEngine
from service.sound.track import duration_s, timings
from tests.articles import article, seed
from tests.loudness import loudness_lufs
from tests.quality.heard import heard

pytestmark = pytest.mark.slow

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
    late = late_s(*spoken_article)
    assert len(late) > 15
    assert np.abs(late).max() < 0.030


def late_s(narration, samples):
    """How much later each sentence is heard than the manifest says."""
    late = []
    for span in spans(narration):
        begin = max(0, span.start - 2400)
        loud = np.flatnonzero(np.abs(samples[begin : span.start + 4800]) > 0.01)
        late.append((begin + loud[0] - span.start) / SAMPLE_RATE_HZ)
    return late


def spans(narration):
    return [span for timing in timings(narration) for span in timing.spans]


def test_pauses_are_silent_and_sentences_are_not(spoken_article):
    narration, samples = spoken_article
    end = 0
    for timing in timings(narration):
        for span in timing.spans:
            assert np.sqrt(np.mean(samples[span.start : span.end] ** 2)) > 0.02
            if end:
                assert np.abs(samples[end + 1200 : span.start - 600]).max(initial=0) < 0.02
            end = span.end


def test_letters_a_second_are_plausible_in_every_sentence(spoken_article):
    narration, _ = spoken_article
    for segment, timing in zip(narration.segments, timings(narration), strict=True):
        for sentence, span in zip(segment.script.sentences, timing.spans, strict=True):
            letters = sum(map(str.isalpha, sentence.spoken))
            if letters > 10:
                assert 8 < letters / ((span.end - span.start) / SAMPLE_RATE_HZ) < 20


@pytest.mark.parametrize("rate", [0.5, 1.25, 2.0])
def test_another_pace_changes_all_times_alike_and_not_the_loudness(voices, rate):
    text = article("nachricht")
    plain, before = heard(text, "pico:de-DE", voices)
    other, samples = heard(text, "pico:de-DE", voices, rate=rate)
    assert duration_s(other) * rate == pytest.approx(duration_s(plain), rel=0.03)
    lengths = np.array([[span.end - span.start for span in spans(one)] for one in (plain, other)])
    assert np.allclose(lengths[1] * rate, lengths[0], rtol=0.05, atol=2400)
    assert np.abs(late_s(other, samples)).max() < 0.030
    assert loudness_lufs(samples) == pytest.approx(loudness_lufs(before), abs=0.5)

"""Heard by a machine: loudness, peaks, onsets and completeness of whole articles by Pico."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pyloudnorm
import pytest
import soundfile

from service import clips, spoken
from service.domain import SAMPLE_RATE_HZ
from service.engines.catalogue import Catalogue
from service.engines.pico import PicoEngine
from service.reading import read_text
from service.track import assemble, places
from service.writing import write
from tests.articles import article, seed

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
    voice, engine = voices.voice("pico:de-DE"), voices.engine("pico:de-DE")
    narration = write(read_text(ARTICLES[request.param]()), voice, lexicon=spoken.BUILT_IN)
    files, lines = {}, []
    for line in narration.lines:
        made = clips.render(
            line.script, voice, speak=lambda text: engine.speak(text, voice=voice.id)
        )
        files[made.clip.id] = made.content
        lines.append(replace(line, clip=made.clip))
    narration = replace(narration, lines=tuple(lines))
    pieces = assemble(narration).pieces
    content = b"".join(files[piece.clip.id] if piece.clip else piece.content for piece in pieces)
    samples, rate = soundfile.read(io.BytesIO(content))
    assert rate == SAMPLE_RATE_HZ
    return narration, samples


def test_an_article_is_as_loud_as_the_house_wants_it(spoken_article):
    _, samples = spoken_article
    loudness = pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(samples)
    assert -20 <= loudness <= -18


def test_nothing_is_clipped_and_the_peak_leaves_a_decibel(spoken_article):
    _, samples = spoken_article
    assert not np.count_nonzero(np.abs(samples) >= 0.9999)
    assert 20 * np.log10(np.abs(samples).max()) <= -1.0


def test_every_sentence_begins_to_sound_where_the_manifest_says(spoken_article):
    narration, samples = spoken_article
    late = []
    for place in places(narration):
        for span in place.spans:
            begin = max(0, span.start - 2400)
            loud = np.flatnonzero(np.abs(samples[begin : span.start + 4800]) > 0.01)
            late.append((begin + loud[0] - span.start) / SAMPLE_RATE_HZ)
    assert len(late) > 15
    assert np.abs(np.array(late)).max() < 0.045
    assert np.quantile(np.abs(late), 0.95) < 0.030


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

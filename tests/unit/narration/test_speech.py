"""Text to sound at once: what is sent when."""

import io

import av
import numpy as np
import pytest
import soundfile
from pydub import AudioSegment

from service.domain import SAMPLE_RATE_HZ
from service.narration.speech import FORMATS, sentences
from service.spoken import BUILT_IN
from tests.fakes import VOICE, ToneEngine

RATE_HZ, SENTENCES, LENGTH_MS = 16_000, 5, 3_000


def said(log):
    """Five sentences of noise, each written down in `log` when it is asked for."""
    noise = np.random.default_rng(1)
    for number in range(SENTENCES):
        log.append(number)
        samples = noise.normal(0, 3000, RATE_HZ * LENGTH_MS // 1000).astype("<i2")
        yield AudioSegment(samples.tobytes(), sample_width=2, frame_rate=RATE_HZ, channels=1)


@pytest.mark.parametrize("kind", ["mp3", "opus", "aac", "pcm"])
def test_the_first_sentence_leaves_before_the_second_is_made(kind):
    log: list[int] = []
    parts = FORMATS[kind].encode(said(log))
    assert len(next(parts)) > 1000
    assert log == [0]


@pytest.mark.parametrize("kind", ["mp3", "opus", "flac", "wav"])
def test_the_parts_together_are_all_sentences(kind):
    content = b"".join(FORMATS[kind].encode(said([])))
    samples, rate = soundfile.read(io.BytesIO(content))
    pcm = b"".join(FORMATS["pcm"].encode(said([])))
    assert len(samples) / rate == pytest.approx(len(pcm) / 2 / SAMPLE_RATE_HZ, abs=0.12)
    last = samples[-rate:]
    assert np.sqrt(np.mean(last**2)) > 0.02


def test_aac_holds_all_sentences_too():
    content = b"".join(FORMATS["aac"].encode(said([])))
    with av.open(io.BytesIO(content), "r") as file:
        frames = [frame.to_ndarray() for frame in file.decode(audio=0)]
        assert file.streams.audio[0].sample_rate == SAMPLE_RATE_HZ
    samples = np.concatenate(frames, axis=1)[0]
    pcm = b"".join(FORMATS["pcm"].encode(said([])))
    assert len(samples) == pytest.approx(len(pcm) / 2, abs=0.12 * SAMPLE_RATE_HZ)
    assert np.sqrt(np.mean(samples[-SAMPLE_RATE_HZ:] ** 2)) > 0.02


def test_a_pause_in_a_request_is_silence_and_its_tag_is_not_read():
    engine, heard = ToneEngine(), []

    def speak(text):
        heard.append(text)
        return engine.speak(text, voice=VOICE.id)

    text = 'Hallo [Welt](https://beispiel.de/pfad) &amp; <break time="2s"/> Ende'
    first, second = sentences(text, VOICE, speak=speak, lexicon=BUILT_IN)
    assert heard == ["Hallo Welt und", "Ende"]
    assert second.duration_seconds > 2 > first.duration_seconds

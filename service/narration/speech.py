"""Text → sound at once, sentence by sentence, in the format that is asked for; nothing is kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import soundfile
from numpy.typing import NDArray
from pydub import AudioSegment

from service import spoken
from service.domain import SAMPLE_RATE_HZ, Form, Sentence, Voice
from service.errors import EmptyArticle
from service.sound.clips import Encoder, Speak, utterances

Samples = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Format:
    """How sound leaves: its media type, and what makes bytes of sentences."""

    media_type: str
    encode: Callable[[Iterator[AudioSegment]], Iterator[bytes]]


def sentences(
    text: str, voice: Voice, *, speak: Speak, lexicon: spoken.Lexicon, rate: float = 1.0
) -> Iterator[AudioSegment]:
    """The sound of each sentence in turn. Raises SpeechError, EmptyArticle."""
    speech = None
    parts = _spoken(text, lexicon, voice.form)
    for speech in utterances(parts, speak=speak, rate=rate):
        yield speech
    if speech is None:
        raise EmptyArticle("nothing-to-speak")


def _spoken(text: str, lexicon: spoken.Lexicon, form: Form) -> Iterator[Sentence]:
    for line in text.splitlines():
        yield from spoken.spoken_sentences(" ".join(line.split()), lexicon=lexicon, form=form)


def _mp3(speeches: Iterator[AudioSegment]) -> Iterator[bytes]:
    encoder = Encoder()
    for speech in speeches:
        encoder.add(speech)
        yield encoder.drain()
    yield encoder.finish()


def _pcm(speeches: Iterator[AudioSegment]) -> Iterator[bytes]:
    """Signed 16-bit little-endian mono at 24 kHz."""
    for speech in speeches:
        yield resampled(speech).tobytes()


class _Growing(io.BytesIO):
    """A file that is handed on while it is being written."""

    _taken = 0

    def new(self) -> bytes:
        """What was written since the last call."""
        content = self.getvalue()[self._taken :]
        self._taken += len(content)
        return content


def _opus(speeches: Iterator[AudioSegment]) -> Iterator[bytes]:
    """Pages of Ogg as they are done; nothing in them tells the length."""
    content = _Growing()
    with soundfile.SoundFile(content, "w", SAMPLE_RATE_HZ, 1, format="OGG", subtype="OPUS") as file:
        for pcm in _pcm(speeches):
            file.write(np.frombuffer(pcm, "<i2"))
            yield content.new()
    yield content.new()


def _aac(speeches: Iterator[AudioSegment]) -> Iterator[bytes]:
    """Frames of AAC-LC with ADTS headers as they are done."""
    import av  # noqa: PLC0415 (an optional extra, and slow to load)

    content = _Growing()
    with av.open(content, "w", format="adts") as file:
        stream = file.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="mono", bit_rate=64_000)
        frames = av.AudioResampler("fltp", "mono", SAMPLE_RATE_HZ, frame_size=1024)
        for pcm in filter(None, _pcm(speeches)):
            samples = np.frombuffer(pcm, "<i2")[np.newaxis]
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate = SAMPLE_RATE_HZ
            for part in frames.resample(frame):
                file.mux(stream.encode(part))
            yield content.new()
        for part in frames.resample(None):
            file.mux(stream.encode(part))
        file.mux(stream.encode(None))
    yield content.new()


def _file(kind: str) -> Callable[[Iterator[AudioSegment]], Iterator[bytes]]:
    """A format whose header tells the length, so that it comes as a whole."""

    def encode(speeches: Iterator[AudioSegment]) -> Iterator[bytes]:
        samples = np.frombuffer(b"".join(_pcm(speeches)), "<i2")
        content = io.BytesIO()
        soundfile.write(content, samples, SAMPLE_RATE_HZ, format=kind, subtype="PCM_16")
        yield content.getvalue()

    return encode


FORMATS = {
    "mp3": Format("audio/mpeg", _mp3),
    "pcm": Format("audio/pcm", _pcm),
    "wav": Format("audio/wav", _file("WAV")),
    "flac": Format("audio/flac", _file("FLAC")),
    "opus": Format("audio/ogg", _opus),
    **({"aac": Format("audio/aac", _aac)} if find_spec("av") else {}),
}


def resampled(speech: AudioSegment) -> Samples:
    """The samples at 24 kHz, by the spectrum: nothing below the old limit is changed."""
    samples = np.frombuffer(speech.raw_data, "<i2")
    count = round(len(samples) * SAMPLE_RATE_HZ / speech.frame_rate)
    if count == len(samples):
        return samples.astype("<i2")
    spectrum = np.fft.rfft(samples.astype(np.float64))
    padded = np.zeros(count // 2 + 1, complex)
    padded[: len(spectrum)] = spectrum[: len(padded)]
    wave = np.fft.irfft(padded, count) * (count / len(samples))
    whole: Samples = np.clip(np.round(wave), -32_768, 32_767).astype("<i2")
    return whole

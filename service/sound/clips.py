"""Script + voice → clip: one paragraph's MP3, with the place of every sentence in it.

MP3 is MPEG-2 Layer III, mono, 24 kHz, 64 kbit/s CBR without a Xing frame: 192-byte frames of
24 ms each, so that clips encoded apart join by laying them end to end.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import lameenc
import numpy as np
from pydub import AudioSegment
from pydub.silence import detect_leading_silence

from service.domain import (
    ENCODER_DELAY_SAMPLES,
    SAMPLE_RATE_HZ,
    Clip,
    Script,
    Sentence,
    Sound,
    Span,
    Voice,
)
from service.errors import SpeechIncomplete
from service.sound.tempo import at_rate

SOUND_VERSION = 8  # raise it when the same script would sound different, as by another gain
SENTENCE_GAP_MS = 380  # 430 with what trimming leaves: a newsreader's breath. Below 250 ms
# sentences run into each other; clauses, at commas and dashes, get 250 to 350 from the voice
SILENCE_DBFS = -43.0  # below lie the engines' own lead and tail, and the breath before a word
LEAD_MS, TAIL_MS, FADE_MS = 10, 40, 4  # what trimming leaves around speech, and its ramps
HEARD = 0.01  # of full scale, 21 dB below speech: where a listener says that it begins, and ends
FASTEST_LETTERS_PER_S = 24.0  # newsreaders speak 12 to 16, no voice here above 19: words miss
SLOWEST_LETTERS_PER_S = 3.0  # below this it is noise, or the engine hung on a sound
SHORT_TEXT_LETTERS = 4  # that many letters may take no measurable time
FASTER_DB = 0.3  # for twice the rate: loudness is measured in blocks, and more pauses fall in one
KNEE, CEILING = 0.60, 0.72  # of full scale: peaks are bent to stay below −1 dBTP behind the encoder

Speak = Callable[[str], Sound]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A clip just made: its record and its MP3."""

    clip: Clip
    content: bytes


def clip_id(script: Script, voice: Voice, *, rate: float = 1.0) -> str:
    """The name of what will be heard: 32 hex digits from spoken text, voice and settings."""
    spoken = [
        sentence.spoken if sentence.pause_ms is None else [sentence.spoken, sentence.pause_ms]
        for sentence in script.sentences
    ]
    heard = [SOUND_VERSION, voice.id, rate, spoken, *filter(None, [voice.settings])]
    return hashlib.sha256(json.dumps(heard).encode()).hexdigest()[:32]


def render(script: Script, clip_id: str, *, speak: Speak, rate: float = 1.0) -> Rendered:
    """Speaks every sentence and encodes the paragraph as the clip that was asked for.

    `rate` as for `utterances`. Raises SpeechError: complete or failed, never short.
    """
    encoder = Encoder()
    speeches = utterances(script.sentences, speak=speak, rate=rate)
    spans = []
    for sentence in script.sentences:
        if sentence.spoken:
            spans.append(encoder.add(next(speeches)))
        else:
            spans.append(Span(encoder.position, encoder.position))
    for pause in speeches:
        encoder.add(pause)
    content = encoder.finish()
    clip = Clip(
        id=clip_id,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        spans=tuple(spans),
    )
    return Rendered(clip, content)


def utterances(
    sentences: Iterable[Sentence], *, speak: Speak, rate: float = 1.0
) -> Iterator[AudioSegment]:
    """Sentences one after the other as `utterance` makes them, each with what is silent before it.

    That is a breath from the second on, or the pause that was asked for; one behind the last
    sentence comes by itself. `rate` is the pace, pauses included: 2 is twice as fast as the
    voice speaks by itself.
    """
    silent_ms, asked_ms, rate_hz = 0, 0, SAMPLE_RATE_HZ
    for sentence in sentences:
        if sentence.spoken:
            speech = utterance(sentence.spoken, speak=speak, rate=rate)
            rate_hz = speech.frame_rate
            yield AudioSegment.silent(round((silent_ms or asked_ms) / rate), rate_hz) + speech
            silent_ms, asked_ms = SENTENCE_GAP_MS, 0
        if sentence.pause_ms is not None:
            silent_ms, asked_ms = 0, asked_ms + sentence.pause_ms
    if asked_ms:
        yield AudioSegment.silent(round(asked_ms / rate), rate_hz)


def utterance(spoken: str, *, speak: Speak, rate: float = 1.0) -> AudioSegment:
    """A sentence as it is heard: the speech alone, whole, at the house loudness.

    Raises SpeechError from the engine, and SpeechIncomplete when its sound is too short for
    its letters.
    """
    sound = speak(spoken)
    speech = trimmed(sound)
    check_complete(spoken, speech.duration_seconds)
    return leveled(at_rate(speech, rate), sound.gain_db + FASTER_DB * math.log2(rate))


def trimmed(sound: Sound) -> AudioSegment:
    """The speech alone: engines' own silence cut off, with short ramps against clicks.

    What counts as silence is judged as it will be heard, with the voice's gain.
    """
    silence = SILENCE_DBFS - sound.gain_db
    segment = AudioSegment(
        data=sound.pcm, sample_width=2, frame_rate=sound.sample_rate_hz, channels=1
    )
    lead = detect_leading_silence(segment, silence, chunk_size=5)
    tail = detect_leading_silence(segment.reverse(), silence, chunk_size=5)
    start, end = max(0, lead - LEAD_MS), len(segment) - max(0, tail - TAIL_MS)
    return segment[start : max(start, end)].fade_in(FADE_MS).fade_out(FADE_MS)


def leveled(speech: AudioSegment, gain_db: float) -> AudioSegment:
    """The speech with the voice's gain; the few peaks that are too high are bent, not cut."""
    loudest = speech.max * 10 ** (gain_db / 20) / speech.max_possible_amplitude
    if loudest <= KNEE:
        return speech.apply_gain(gain_db)
    samples = np.frombuffer(speech.raw_data, "<i2") * (10 ** (gain_db / 20) / 32_768)
    over = np.maximum(np.abs(samples) - KNEE, 0.0)
    room = CEILING - KNEE
    bent = np.sign(samples) * (np.minimum(np.abs(samples), KNEE) + room * np.tanh(over / room))
    return AudioSegment(
        data=np.round(bent * 32_767).astype("<i2").tobytes(),
        sample_width=2,
        frame_rate=speech.frame_rate,
        channels=1,
    )


def check_complete(spoken: str, duration_s: float) -> None:
    """Raises SpeechIncomplete when nobody could have said just these letters in that time."""
    letters = sum(map(str.isalnum, spoken))
    missing = letters - SHORT_TEXT_LETTERS > duration_s * FASTEST_LETTERS_PER_S
    stretched = duration_s > 2 + letters / SLOWEST_LETTERS_PER_S
    if missing or stretched:
        raise SpeechIncomplete(
            "sound-too-short", duration_s=round(duration_s, 2), letters=letters, text=spoken[:60]
        )


class Encoder:
    """One MP3 being made from pieces of speech; counts samples as it goes."""

    def __init__(self) -> None:
        self._rate_hz = SAMPLE_RATE_HZ
        self._lame = _lame(self._rate_hz)
        self._content = bytearray()
        self._samples = 0

    @property
    def position(self) -> int:
        """Where the next sample will sound, in samples of the decoded clip."""
        return self._place(self._samples)

    def add(self, speech: AudioSegment) -> Span:
        """Appends a sentence; returns where it is heard."""
        if not self._samples:
            self._rate_hz = speech.frame_rate
            self._lame = _lame(self._rate_hz)
        before = self._samples
        pcm = speech.raw_data
        self._samples += len(pcm) // 2
        self._content += self._lame.encode(pcm)
        first, last = _heard(speech)
        return Span(self._place(before + first), self._place(before + last))

    def drain(self) -> bytes:
        """The frames that are done and were not taken yet."""
        done = bytes(self._content)
        self._content.clear()
        return done

    def finish(self) -> bytes:
        """The rest of the MP3; a paragraph without a spoken word is one silent moment."""
        if not self._samples:
            self.add(AudioSegment.silent(FADE_MS, self._rate_hz))
        return bytes(self._content + self._lame.flush())

    def _place(self, sample: int) -> int:
        return ENCODER_DELAY_SAMPLES + round(sample * SAMPLE_RATE_HZ / self._rate_hz)


def _heard(speech: AudioSegment) -> tuple[int, int]:
    """The first sample of the speech that is heard, and the one after the last."""
    samples = np.frombuffer(speech.raw_data, "<i2").astype(np.int32)
    loud = np.flatnonzero(np.abs(samples) > HEARD * 32_768)
    return (int(loud[0]), int(loud[-1]) + 1) if len(loud) else (0, len(samples))


def _lame(sample_rate_hz: int) -> lameenc.Encoder:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(sample_rate_hz)
    encoder.set_out_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_bit_rate(64)
    encoder.set_quality(5)
    return encoder

"""Scripts become clips: complete, timed to the sample, without clicks."""

import io
from dataclasses import replace

import numpy as np
import pytest
import soundfile

from service.domain import FRAME_BYTES, SAMPLE_RATE_HZ, Kind, Script, Sentence, Sound
from service.errors import SpeechIncomplete
from service.sound import clips
from tests.fakes import VOICE, ToneEngine

SCRIPT = Script(
    Kind.TEXT,
    (
        Sentence("Der erste Satz ist hier. ", "Der erste Satz ist hier."),
        Sentence("😀 ", ""),
        Sentence("Der zweite ist etwas länger als er.", "Der zweite ist etwas länger als er."),
    ),
)


def render(script=SCRIPT, engine=None):
    engine = engine or ToneEngine()
    return clips.render(script, "a clip", speak=lambda text: engine.speak(text, voice=VOICE.id))


def decoded(content):
    samples, rate = soundfile.read(io.BytesIO(content), dtype="float32")
    assert rate == SAMPLE_RATE_HZ
    return samples


def loud_stretches(samples):
    """Starts and ends of stretches above the noise, in samples."""
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    breaks = np.flatnonzero(np.diff(loud) > 2400)
    return list(zip(loud[np.r_[0, breaks + 1]], loud[np.r_[breaks, len(loud) - 1]], strict=True))


def test_a_clip_is_recorded_under_the_id_that_was_asked_for():
    assert render().clip.id == "a clip"


def test_a_clip_is_whole_frames_and_decodes_to_the_samples_it_claims():
    made = render()
    assert len(made.content) == made.clip.size
    assert made.clip.size % FRAME_BYTES == 0
    assert all(
        made.content[at : at + 2] == b"\xff\xf3" for at in range(0, made.clip.size, FRAME_BYTES)
    )
    assert len(decoded(made.content)) == made.clip.samples


def test_every_sentence_sounds_where_its_span_says_within_30_ms():
    made = render()
    spoken = [
        span
        for span, sentence in zip(made.clip.spans, SCRIPT.sentences, strict=True)
        if sentence.spoken
    ]
    heard = loud_stretches(decoded(made.content))
    assert len(heard) == len(spoken) == 2
    for span, (start, end) in zip(spoken, heard, strict=True):
        assert abs(span.start - start) < 0.030 * SAMPLE_RATE_HZ
        assert abs(span.end - end) < 0.030 * SAMPLE_RATE_HZ


class Breathy(ToneEngine):
    """A murmur that is not cut off, but too soft to be heard as the beginning."""

    def speak(self, text, *, voice):
        murmur = 290 * np.sign(np.sin(np.arange(2400) * 0.2))
        tone = super().speak(text, voice=voice).pcm[1600:]
        return Sound(murmur.astype("<i2").tobytes() + tone, 16_000)


def test_a_sentence_begins_where_it_is_heard_and_not_where_its_breath_does():
    made = render(engine=Breathy())
    samples = decoded(made.content)
    for span in (made.clip.spans[0], made.clip.spans[-1]):
        murmur = samples[span.start - 2900 : span.start - 240]
        assert 0.005 < np.abs(murmur).max() < 0.015
        assert np.abs(samples[span.start : span.start + 480]).max() > 0.05


def test_a_sentence_that_is_not_spoken_has_no_length():
    span = render().clip.spans[1]
    assert span.start == span.end


def test_the_last_sound_is_not_cut_off_by_the_encoder():
    for letters in range(30, 42):
        script = Script(Kind.TEXT, (Sentence("x" * letters, "x" * letters),))
        made = render(script)
        start, end = loud_stretches(decoded(made.content))[0]
        assert end - start == pytest.approx(letters / 15 * SAMPLE_RATE_HZ, abs=400)


def test_the_same_words_in_the_same_voice_are_the_same_clip():
    other = Script(Kind.QUOTE, tuple(Sentence(s.text + "!", s.spoken) for s in SCRIPT.sentences))
    assert clips.clip_id(SCRIPT, VOICE) == clips.clip_id(other, VOICE)
    assert clips.clip_id(SCRIPT, VOICE) != clips.clip_id(SCRIPT, VOICE, rate=1.5)


class Mute(ToneEngine):
    def speak(self, text, *, voice):
        return Sound(bytes(32_000), 16_000)


@pytest.mark.parametrize("engine", [Mute()])
def test_silence_where_words_should_be_is_an_error(engine):
    with pytest.raises(SpeechIncomplete, match="cannot be right"):
        render(engine=engine)


def test_sound_that_is_too_short_for_its_letters_is_an_error():
    text = "Ein langer Satz mit vielen Buchstaben, von dem die Hälfte fehlt."
    clips.check_complete(text, 3.5)
    for short, duration_s in ((text, 1.75), ("Er kam.", 0.03)):
        with pytest.raises(SpeechIncomplete):
            clips.check_complete(short, duration_s)


def test_a_pause_that_was_asked_for_is_as_long_as_asked_and_has_its_own_clip():
    def with_pause(pause_ms):
        first, _, second = SCRIPT.sentences
        return Script(Kind.TEXT, (replace(first, pause_ms=pause_ms), second))

    def silence_s(script):
        first, second = render(script).clip.spans
        return (second.start - first.end) / SAMPLE_RATE_HZ

    breath_s = silence_s(with_pause(None))
    added = clips.SENTENCE_GAP_MS / 1000
    assert silence_s(with_pause(2_000)) == pytest.approx(breath_s - added + 2, abs=0.03)
    assert silence_s(with_pause(0)) == pytest.approx(breath_s - added, abs=0.03)
    ids = {clips.clip_id(with_pause(pause), VOICE) for pause in (None, 0, 1_000, 2_000)}
    assert len(ids) == 4


def test_pauses_before_and_behind_all_words_are_heard_too():
    words = Sentence("Ja, gut.", "Ja, gut.")
    plain = len(decoded(render(Script(Kind.TEXT, (words,))).content))
    paused = Script(Kind.TEXT, (Sentence("[pause 1s]", "", 1_000), replace(words, pause_ms=1_000)))
    samples = decoded(render(paused).content)
    assert len(samples) - plain == pytest.approx(2 * SAMPLE_RATE_HZ, abs=1_200)
    assert np.abs(samples[: SAMPLE_RATE_HZ - 1_200]).max() < 0.01


def test_joins_have_no_clicks():
    samples = decoded(render().content)
    steepest = np.abs(samples).max() * 2 * np.pi * 400 / SAMPLE_RATE_HZ  # of the tone itself
    assert np.abs(np.diff(samples)).max() < 1.3 * steepest


def test_a_sound_far_too_long_for_its_letters_is_an_error():
    clips.check_complete("Ja.", 1.5)
    with pytest.raises(SpeechIncomplete):
        clips.check_complete("Ein kurzer Satz.", 30.0)


def test_peaks_are_bent_below_the_ceiling_and_quiet_sound_is_only_louder():
    engine = ToneEngine()
    speech = clips.trimmed(engine.speak("Ein Ton von einer Sekunde.", voice=VOICE.id))
    for gain_db in (0, 6, 18, 24, 40):
        loud = clips.leveled(speech, gain_db)
        assert loud.max <= clips.CEILING * 32_768 + 1
        assert len(loud.raw_data) == len(speech.raw_data)
    assert clips.leveled(speech, 6).max == pytest.approx(speech.max * 1.995, rel=0.01)

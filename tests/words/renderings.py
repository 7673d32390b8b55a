"""The corpus as several voices say it: for training, and other voices for measuring."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from tests.words import corpus, espeak, pico, piper
from tests.words.truth import Said

# Other larynxes, formants and synthesis methods: the more they differ, the more voices fit. Those
# with breath in them (f2, f5, Reed) say nothing twice alike.
_ESPEAK_VOICES = """
    de de+m3 de+m4 de+klatt2 de+f4 de+m7 de+Annie de+Andy de+klatt4 de+m6 de+edward de+linda
    de+m2 de+f1 de+Alex de+Gene de+anika de+max de+steph de+Diogo
""".split()
_UNSEEN_ESPEAK_VOICES = ("de+m1", "de+f3", "de+klatt3", "de+belinda", "de+Michael")
_RATES, _PITCHES, _RANGES = (165, 140, 190, 150, 175, 200), (50, 35, 65, 45), (30, 40, 50, 60, 70)
_PACES = (1.0, 0.9, 1.15)
_OF_EACH_ESPEAK, _OF_PICO, _OF_PIPER = 24, 240, 150  # sentences


def espeak_lessons() -> Iterator[Said]:
    """Twenty voices of eSpeak NG, each at several rates and pitches."""
    sentences = _shuffled()
    for number in range(len(_ESPEAK_VOICES) * _OF_EACH_ESPEAK):
        said = espeak.say(
            sentences[number % len(sentences)],
            voice=_ESPEAK_VOICES[number // _OF_EACH_ESPEAK],
            rate=_RATES[number % len(_RATES)],
            pitch=_PITCHES[number // 6 % len(_PITCHES)],
            pitch_range=_RANGES[number % len(_RANGES)],
        )
        if said:
            yield said


def pico_lessons() -> Iterator[Said]:
    """Pico, without times."""
    yield from map(pico.say, _shuffled()[:_OF_PICO])


def piper_lessons() -> Iterator[Said]:
    """An English Piper voice that is given German."""
    for number, sentence in enumerate(_shuffled()[:_OF_PIPER]):
        if said := piper.say(sentence, pace=_PACES[number % len(_PACES)]):
            yield said


def unseen_espeak(count: int) -> list[Said]:
    """Voices of eSpeak and sentences that no table was trained on."""
    said = (
        espeak.say(
            sentence,
            voice=_UNSEEN_ESPEAK_VOICES[number % len(_UNSEEN_ESPEAK_VOICES)],
            rate=_RATES[number % len(_RATES)],
        )
        for number, sentence in enumerate(corpus.unseen())
    )
    return list(islice(filter(None, said), count))


def unseen_piper(count: int) -> list[Said]:
    """Piper with sentences that no table was trained on, taken from all of them."""
    sentences = corpus.unseen()
    return list(filter(None, map(piper.say, sentences[:: len(sentences) // count])))[:count]


def _shuffled() -> list[str]:
    sentences = corpus.training()
    Random(1).shuffle(sentences)
    return sentences

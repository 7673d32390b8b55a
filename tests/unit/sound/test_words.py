"""Spoken text and its sound → when each word begins, where no voice tells it."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import SAMPLE_RATE_HZ
from service.sound.words import align, words
from service.sound.words.phones import inventory, phones
from service.sound.words.table import SHIPPED, load, pack
from tests.words import espeak, pico

SENTENCE = "Am Abend kam der Bürgermeister, und alle schwiegen."


@pytest.fixture(scope="module")
def said():
    return espeak.say(SENTENCE, voice="de+f3")


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("Schule,", "S u: l @"),
        ("Straße", "S t r a: s @"),
        ("König", "k 2: n I C"),
        ("Häuser", "h OY z 6"),
        ("Buch", "b U x"),
        ("ich", "I C"),
        ("verkauft", "f E 6 k aU f t"),
        ("E", "e:"),
        ("ZDF", "ts E t d e: E f"),
        ("NATO", "n a: t o:"),
        ("Ost-West", "O s t v E s t"),
        ("Café", "k a: f @"),
        ("東京", "@"),
    ],
)
def test_a_word_has_the_phones_of_its_letters(word, sound):
    assert " ".join(phones(word)) == sound


@given(st.text(max_size=30))
def test_any_text_has_phones_of_the_table(text):
    known = set(inventory())
    assert all(word.phones and known.issuperset(word.phones) for word in words(text))


def test_each_word_begins_where_it_is_heard(said):
    found = align(said.text, said.samples, said.rate_hz)
    told = np.array(said.onsets) * SAMPLE_RATE_HZ / said.rate_hz
    assert len(found.onsets) == len(words(SENTENCE)) == 8
    assert np.abs(np.array(found.onsets) - told).max() < 0.1 * SAMPLE_RATE_HZ


def test_level_rate_and_silence_around_change_nothing(said):
    plain = np.array(align(said.text, said.samples, said.rate_hz).onsets)
    quiet = np.array(align(said.text, said.samples // 8, said.rate_hz).onsets)
    half_second = np.zeros(said.rate_hz // 2, np.int16)
    later = np.concatenate([half_second, said.samples, half_second])
    moved = np.array(align(said.text, later, said.rate_hz).onsets) - SAMPLE_RATE_HZ // 2
    assert np.abs(quiet - plain).max() <= 0.03 * SAMPLE_RATE_HZ
    assert np.abs(moved - plain).max() <= 0.03 * SAMPLE_RATE_HZ


def test_the_same_sound_gives_the_same_in_many_threads_at_once(said):
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: align(said.text, said.samples, said.rate_hz), range(16)))
    assert len(found) == 1


def test_doubt_is_higher_where_other_words_are_said(said):
    right = align(said.text, said.samples, said.rate_hz).doubt
    wrong = align("Zehn Fische tauchten tief hinab.", said.samples, said.rate_hz).doubt
    assert right < 3 < wrong


@pytest.mark.parametrize("samples", [np.zeros(0, np.int16), np.zeros(48_000, np.int16)])
def test_nothing_is_sure_where_nothing_is_heard(samples):
    found = align(SENTENCE, samples, 24_000)
    assert found.doubt == math.inf
    assert len(found.onsets) == 8


def test_words_that_the_sound_is_too_short_for_share_it_by_their_length(said):
    sound = said.samples[: said.rate_hz // 4]
    found = align(said.text, sound, said.rate_hz)
    assert found.doubt == math.inf
    assert all(one <= other for one, other in pairwise(found.onsets))
    assert found.onsets[-1] <= len(sound) * SAMPLE_RATE_HZ / said.rate_hz


def test_where_words_do_not_fit_they_still_begin_behind_their_pauses():
    said = pico.say("Ja, nein.")
    silence = np.zeros(16_000, np.int16)
    noise = np.random.default_rng(1).normal(0, 3000, 16_000).astype(np.int16)
    sound = np.concatenate([noise, silence, noise])
    found = align("Grün, blau.", sound, said.rate_hz)
    assert found.doubt > 6
    assert found.onsets[0] < 0.1 * SAMPLE_RATE_HZ
    assert abs(found.onsets[1] - 2 * SAMPLE_RATE_HZ) < 0.2 * SAMPLE_RATE_HZ


def test_no_words_take_no_time():
    assert align("… !", np.ones(2_400, np.int16), 24_000).onsets == ()


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab ,.", max_size=60), st.integers(0, 30_000), st.integers(8_000, 48_000))
def test_onsets_never_fall_and_lie_in_the_sound(text, length, rate_hz):
    samples = np.random.default_rng(length).normal(0, 2000, length).astype(np.int16)
    onsets = align(text, samples, rate_hz).onsets
    assert len(onsets) == len(words(text))
    assert all(one <= other for one, other in pairwise(onsets))
    assert all(0 <= onset <= length * SAMPLE_RATE_HZ / rate_hz for onset in onsets)


def test_the_table_is_small_and_its_bytes_follow_from_its_numbers():
    assert SHIPPED.stat().st_size < 20_000
    assert pack(load()) == SHIPPED.read_bytes()


def test_a_table_of_other_phones_is_refused(tmp_path: Path):
    other = tmp_path / "other.npz"
    np.savez(
        other,
        mean=np.zeros((3, 26), np.int16),
        log_var=np.zeros((3, 26), np.int16),
        frames=np.ones(3, np.int16),
        phones=np.frombuffer(b"_ a", np.uint8),
    )
    with pytest.raises(ValueError, match="make train-words"):
        load(other)

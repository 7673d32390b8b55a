"""The track in Chromium: as long as the manifest says, and sought to the sample."""

from __future__ import annotations

import io

import mutagen.mp3
import numpy as np
import pytest
import soundfile

from service.domain import FRAME_SAMPLES, SAMPLE_RATE_HZ
from tests.articles import article

FRAME_S = FRAME_SAMPLES / SAMPLE_RATE_HZ
LISTENED_S = 0.4

# Seeks, plays, and gives the samples from the first one that is not silent.
HEAR = """async ([url, place, seconds]) => {
  const context = new AudioContext({sampleRate: 24000})
  const audio = new Audio(url)
  const taken = context.createScriptProcessor(1024, 1, 1)
  context.createMediaElementSource(audio).connect(taken).connect(context.destination)
  const samples = []
  const enough = new Promise(done => {
    taken.onaudioprocess = ({inputBuffer}) => {
      const block = inputBuffer.getChannelData(0)
      const from = samples.length ? 0 : block.findIndex(one => one !== 0)
      if (from >= 0) samples.push(...block.subarray(from))
      if (samples.length >= seconds * 24000) done()
    }
  })
  audio.currentTime = place
  await new Promise(done => audio.addEventListener('seeked', done, {once: true}))
  await audio.play()
  await enough
  audio.pause()
  await context.close()
  return [audio.duration, samples]
}"""


@pytest.fixture(scope="module")
def spoken(service):
    """The manifest of an article, and its MP3."""
    found = service.ready(article("interview"))
    return found, service.client.get(found["audio"]).content


def test_chromium_mutagen_and_libsndfile_tell_the_manifests_duration_to_a_frame(
    page, service, spoken
):
    manifest, content = spoken
    page.goto(service.base)
    told = page.evaluate(
        """url => new Promise((done, failed) => {
          const audio = new Audio(url)
          audio.onloadedmetadata = () => done(audio.duration)
          audio.onerror = failed
        })""",
        manifest["audio"],
    )
    samples, _ = soundfile.read(io.BytesIO(content))
    assert told == pytest.approx(manifest["duration"], abs=FRAME_S)
    assert mutagen.mp3.MP3(io.BytesIO(content)).info.length == pytest.approx(told, abs=FRAME_S)
    assert len(samples) / SAMPLE_RATE_HZ == pytest.approx(told, abs=FRAME_S)


def test_seeking_to_a_sentence_in_chromium_lands_within_60_ms(page, service, spoken):
    manifest, content = spoken
    samples, _ = soundfile.read(io.BytesIO(content))
    page.goto(service.base)
    page.mouse.click(5, 5)  # sound needs a gesture
    sentences = [one for p in manifest["paragraphs"] for one in p["sentences"]]
    for at in (0.1, 0.5, 0.8):
        sentence = sentences[int(at * len(sentences))]
        place = sentence["start"] + 0.1  # in the speech, so that it can be recognised
        _, heard = page.evaluate(HEAR, [manifest["audio"], place, LISTENED_S])
        assert abs(_found_at(np.array(heard), samples, place) - place) < 0.060


def _found_at(heard: np.ndarray, samples: np.ndarray, near: float) -> float:
    """Where in the track, in seconds, the samples are from: within a second, by correlation."""
    wanted = heard[: int(LISTENED_S * SAMPLE_RATE_HZ)]
    first = int((near - 1) * SAMPLE_RATE_HZ)
    around = samples[first : first + 2 * SAMPLE_RATE_HZ + len(wanted)]
    energy = np.concatenate([[0.0], np.cumsum(around**2)])
    norms = np.sqrt(np.maximum(energy[len(wanted) :] - energy[: -len(wanted)], 0))
    level = norms * np.linalg.norm(wanted) + 0.01
    alike = np.correlate(around, wanted, "valid") / level
    assert alike.max() > 0.7  # a click in the machine's sound may spoil a little of it
    return (first + int(np.argmax(alike))) / SAMPLE_RATE_HZ

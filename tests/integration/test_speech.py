"""The speech request, made by the real OpenAI client."""

from __future__ import annotations

import base64
import io
import json
import time
from typing import Any

import av
import numpy as np
import openai
import pytest
import soundfile

from tests.integration import Service

TEXT = "Am 3. Mai kamen 21 Kinder. Sie blieben bis zum Abend und sangen Lieder."


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("speech")) as running:
        yield running


@pytest.fixture(scope="module")
def client(service):
    with openai.OpenAI(base_url=f"{service.base}/v1", api_key="egal", max_retries=0) as opened:
        yield opened


def body_of(caught) -> dict[str, Any]:
    """The error in the shape that the client has read."""
    assert isinstance(caught.value.body, dict)
    return caught.value.body


def decoded(content, kind):
    if kind == "pcm":
        return np.frombuffer(content, "<i2") / 32768, 24_000
    if kind == "aac":
        with av.open(io.BytesIO(content), "r") as file:
            frames = [frame.to_ndarray() for frame in file.decode(audio=0)]
        return np.concatenate(frames, axis=1)[0], 24_000
    return soundfile.read(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["mp3", "opus", "aac", "flac", "wav", "pcm"])
def test_every_format_is_the_same_speech(client, kind):
    answer = client.audio.speech.create(
        model="tts-1", voice="alloy", input=TEXT, response_format=kind
    )
    samples, rate = decoded(answer.content, kind)
    assert 4 < len(samples) / rate < 8
    assert np.sqrt(np.mean(samples**2)) > 0.02


@pytest.mark.parametrize("kind", ["mp3", "aac", "opus"])
def test_it_streams_the_first_sentence_before_the_last_is_made(client, kind):
    text = "Ein Satz, der etwas länger ist als andere. " * 30
    start = time.monotonic()
    with client.audio.speech.with_streaming_response.create(
        model="tts-1", voice="pico:de-DE", input=text, response_format=kind
    ) as answer:
        parts = answer.iter_bytes(1024)
        content = next(parts)
        first_s = time.monotonic() - start
        content += b"".join(parts)
    assert first_s < (time.monotonic() - start) / 2
    samples, rate = decoded(content, kind)
    assert len(samples) / rate > 60


def test_speed_changes_the_pace(client):
    lengths = []
    for speed in (0.5, 1.0, 2.0, 4.0):
        answer = client.audio.speech.create(
            model="tts-1", voice="nova", input=TEXT, speed=speed, response_format="wav"
        )
        lengths.append(len(decoded(answer.content, "wav")[0]))
    assert lengths[0] > 1.5 * lengths[1]
    assert lengths[1] > 1.5 * lengths[2]
    assert lengths[3] == pytest.approx(lengths[2], rel=0.1)


def test_events_carry_the_same_audio(service):
    body = {"input": TEXT, "model": "tts-1", "voice": "alloy", "stream_format": "sse"}
    with service.client.stream("POST", "/v1/audio/speech", json=body) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        events = [json.loads(line[6:]) for line in answer.iter_lines() if line.startswith("data:")]
    assert events[-1]["type"] == "speech.audio.done"
    content = b"".join(base64.b64decode(one["audio"]) for one in events[:-1])
    assert len(decoded(content, "mp3")[0]) > 4 * 24_000


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"voice": "niemand"}, "pico:de-DE"),
        ({"input": ""}, "input"),
        ({"input": "x" * 4097}, "4096"),
        ({"input": "***"}, "nothing to speak"),
        ({"response_format": "ogg"}, "response_format"),
        ({"speed": 9}, "speed"),
        ({"voice": {"name": "alloy"}}, "voice"),
    ],
)
def test_errors_have_the_shape_that_the_client_reads(client, wrong, said):
    asked: dict[str, Any] = {"model": "tts-1", "voice": "alloy", "input": "Hallo."} | wrong
    with pytest.raises(openai.APIStatusError) as caught:
        client.audio.speech.create(**asked)
    assert caught.value.status_code == 400
    assert said in body_of(caught)["message"]
    assert body_of(caught)["type"] == "invalid_request_error"


def test_a_voice_may_be_named_by_an_object(client):
    answer = client.audio.speech.create(
        model="tts-1", voice={"id": "pico:de-DE"}, input="Hallo.", response_format="pcm"
    )
    assert len(answer.content) > 10_000


def test_a_body_over_the_limit_is_an_error_that_the_client_reads(client):
    with pytest.raises(openai.APIStatusError) as caught:
        client.audio.speech.create(model="tts-1", voice="alloy", input="x" * (6 << 20))
    assert caught.value.status_code == 413
    assert body_of(caught)["type"] == "invalid_request_error"


async def test_the_asynchronous_client_streams_as_well(service):
    async with openai.AsyncOpenAI(base_url=f"{service.base}/v1", api_key="egal") as client:
        asked = client.audio.speech.with_streaming_response.create(
            model="gpt-4o-mini-tts", voice="marin", input=TEXT, response_format="opus"
        )
        async with asked as answer:
            content = b"".join([part async for part in answer.iter_bytes()])
    assert len(decoded(content, "opus")[0]) > 4 * 24_000


def test_models_and_voices_are_listed(client, service):
    assert "tts-1" in [model.id for model in client.models.list()]
    assert client.models.retrieve("tts-1-hd").id == "tts-1-hd"
    with pytest.raises(openai.NotFoundError, match="gpt-4o-mini-tts"):
        client.models.retrieve("unbekannt")
    voices = service.client.get("/v1/audio/voices").json()["voices"]
    assert {"id": "pico:de-DE", "name": "Pico"} in voices


def test_a_wrong_key_is_the_error_that_the_client_knows(tmp_path):
    with Service(tmp_path, api_keys="richtig") as guarded:
        asked: dict[str, Any] = {"model": "tts-1", "voice": "alloy", "input": "Hallo."}
        where: dict[str, Any] = {"base_url": f"{guarded.base}/v1", "max_retries": 0}
        with openai.OpenAI(api_key="richtig", **where) as client:
            assert client.audio.speech.create(**asked).content
        with (
            openai.OpenAI(api_key="falsch", **where) as client,
            pytest.raises(openai.AuthenticationError) as caught,
        ):
            client.audio.speech.create(**asked)
        assert body_of(caught)["type"] == "invalid_request_error"

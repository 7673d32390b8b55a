"""Any OpenAI-shaped server can speak, over real HTTP."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from service.engines.catalogue import SpeechServer
from service.engines.openai import OpenaiEngine
from service.engines.remote import RetryPolicy
from service.errors import EngineFailed, EngineUnavailable, SpeechIncomplete
from tests import stand_ins as stand_in

QUICK = RetryPolicy(read_s=2.0, total_s=4.0, first_pause_s=0.02, longest_pause_s=1)
SENTENCE = "Am frühen Morgen fuhr der erste Zug über die neue Brücke."


@pytest.fixture(scope="module")
def serving():
    with stand_in.serving(stand_in.openai_answer) as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Keeps the gain of that server's voice, once it is measured."""
    return tmp_path_factory.mktemp("voices")


@pytest.fixture
def server(serving):
    serving.answer = stand_in.openai_answer
    serving.faults.clear()
    serving.requests.clear()
    return serving


@pytest.fixture
def retry():
    return QUICK


@pytest.fixture
def engine(server, folder, retry):
    known = SpeechServer(f"http://127.0.0.1:{server.port}/v1/", key="geheim", voices=("nova",))
    with closing(OpenaiEngine(server=known, folder=folder, retry=retry)) as opened:
        say(opened)  # its gain is measured by that
        server.requests.clear()
        yield opened


def say(engine, text=SENTENCE):
    return engine.speak(text, voice="openai:nova")


def test_the_request_is_openais(engine, server):
    say(engine)
    path, headers, body = server.requests[0]
    assert path == "/v1/audio/speech"
    assert headers["Authorization"] == "Bearer geheim"
    assert json.loads(body) == {
        "model": "tts-1",
        "input": SENTENCE,
        "voice": "nova",
        "response_format": "wav",
    }


def answer_as(kind):
    def answer(handler, body):
        samples = stand_in.tone(json.loads(body)["input"])
        handler.reply(stand_in.mp3(samples) if kind == "MP3" else stand_in.wav(samples, kind))

    return answer


@pytest.mark.parametrize("kind", ["WAV", "MP3", "FLAC"])
def test_audio_is_taken_in_whatever_format_it_comes(engine, server, kind):
    server.answer = answer_as(kind)
    assert say(engine).duration_s == pytest.approx(0.7 + 46 / 15, abs=0.15)


def streamed(handler, body):
    """WAV in chunks with a header that does not know its length, as OpenAI streams it."""
    content = bytearray(stand_in.wav(stand_in.tone(json.loads(body)["input"])))
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for start in range(0, len(content), 5_000):
        part = bytes(content[start : start + 5_000])
        handler.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
    handler.wfile.write(b"0\r\n\r\n")


def test_a_streamed_wav_is_whole(engine, server):
    server.answer = streamed
    assert say(engine).duration_s == pytest.approx(0.7 + 46 / 15, abs=0.01)


@pytest.mark.parametrize("retry", [RetryPolicy()])
def test_long_text_goes_in_pieces_that_the_server_takes(engine, server):
    text = SENTENCE * 150
    assert say(engine, text).duration_s > 400
    sent = [json.loads(body)["input"] for _, _, body in server.requests]
    assert all(len(piece) <= 4_096 for piece in sent)
    assert "".join(sent).replace(" ", "") == text.replace(" ", "")


def test_the_servers_own_reason_is_told(engine, server):
    reason = json.dumps({"error": {"message": "voice nova is not installed", "code": 404}})
    server.faults.append(stand_in.status(404, content=reason.encode(), kind="application/json"))
    with pytest.raises(EngineFailed, match=r"404 .*voice nova is not installed"):
        say(engine)
    for detail in (b'"no such model"', b'[{"loc": ["model"], "msg": "no such model"}]'):
        server.faults.append(stand_in.status(400, content=b'{"detail": %s}' % detail))
        with pytest.raises(EngineFailed, match=r"400 .*\(no such model\)"):
            say(engine)
    server.faults.append(stand_in.status(401, content=b'{"error": "bad key"}'))
    with pytest.raises(EngineUnavailable, match=r"\(bad key\).*: check VORLESER_OPENAI_URL, _KEY"):
        say(engine)
    assert len(server.requests) == 4


@pytest.mark.slow
def test_a_busy_server_is_asked_again(engine, server):
    server.faults.extend([stand_in.status(503), stand_in.hang, stand_in.cut_off])
    assert say(engine).duration_s > 3


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", EngineFailed, r"^The speech server 127.0.0.1 sent nothing\. .*VORLESER_OPENAI_URL"),
        (b'{"error": "none"}', EngineFailed, r"sent JSON instead of audio \(none\)\. "),
        (b" <html>", EngineFailed, r"sent a web page instead of audio\. .*VORLESER_OPENAI_URL"),
        (stand_in.wav(stand_in.tone("kurz")), SpeechIncomplete, "s of sound for “"),
        (stand_in.wav(stand_in.tone("")[:0]), SpeechIncomplete, "0.0 s of sound"),
    ],
)
def test_an_answer_without_the_whole_audio_is_an_error(engine, server, content, error, said):
    server.faults.extend([stand_in.status(200, content=content)] * 4)
    with pytest.raises(error, match=said):
        say(engine)
    assert len(server.requests) == 4


def test_what_one_article_says_is_told_to_no_other(server, tmp_path):
    known = SpeechServer(f"http://127.0.0.1:{server.port}/v1", voices=("nova",))
    with closing(OpenaiEngine(server=known, folder=tmp_path, retry=QUICK)) as engine:
        say(engine)
        server.answer = stand_in.status(200, content=stand_in.wav(stand_in.tone("kurz")))
        for _ in range(2):
            with pytest.raises(SpeechIncomplete, match="for “Vertraulich"):
                say(engine, "Vertraulich ist, was in diesem langen Satz steht.")
        with pytest.raises(EngineUnavailable) as left_alone:
            say(engine, "Ein anderer Satz.")
    assert "Vertraulich" not in str(left_alone.value)
    assert "127.0.0.1 sent too little sound. Try again later" in str(left_alone.value)


@pytest.mark.parametrize(
    ("host", "is_online"),
    [("localhost", False), ("127.0.0.1", False), ("kokoro.example.org", True)],
)
def test_a_server_on_this_machine_is_not_called_online(tmp_path, host, is_online):
    server = SpeechServer(f"http://{host}:8880/v1", voices=("nova", "alloy"))
    voices = OpenaiEngine(server=server, folder=tmp_path).voices()
    assert [voice.id for voice in voices] == ["openai:nova", "openai:alloy"]
    assert all(voice.online == is_online for voice in voices)


def test_voices_of_the_same_name_on_other_servers_or_models_have_gains_of_their_own(
    server, tmp_path
):
    url = f"http://127.0.0.1:{server.port}"
    for known in (
        SpeechServer(f"{url}/v1", voices=("a/b", "a")),
        SpeechServer(f"{url}/other/v1", voices=("a",)),
        SpeechServer(f"{url}/v1", voices=("a",), model="other"),
        SpeechServer(f"{url}/v1", voices=("a",), key="geheim"),  # nothing new
    ):
        with closing(OpenaiEngine(server=known, folder=tmp_path, retry=QUICK)) as engine:
            for voice in engine.voices():
                engine.speak(SENTENCE, voice=voice.id)
    assert len(list(tmp_path.glob("*.gain_db"))) == 4

"""Google's voice says everything or fails with the reason, over real HTTP and TLS."""

from __future__ import annotations

import base64
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from email.utils import formatdate

import numpy as np
import pytest

from service.engines import remote
from service.engines.cuts import pieces
from service.engines.gtts import VOICE, GttsEngine
from service.engines.remote import RetryPolicy
from service.engines.text import one_line
from service.errors import EngineFailed, EngineUnavailable, SpeechError, SpeechIncomplete
from tests import stand_ins as stand_in
from tests.waiting import Clock, until

QUICK = RetryPolicy(read_s=2.0, total_s=2.0, first_pause_s=0.02, longest_pause_s=3)
SENTENCE = (
    "Die Sitzung, die für den frühen Nachmittag angesetzt war, begann erst um halb sechs, "
    "weil mehrere Mitglieder des Ausschusses im Stau standen, und endete ohne Beschluss."
)


@pytest.fixture
def google():
    with stand_in.serving(stand_in.google_answer) as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A voice whose gain is known: it is not measured before the first word."""
    known = tmp_path_factory.mktemp("voices")
    (known / "gtts-de.gain_db").write_text("1.5\n")
    return known


@pytest.fixture
def engine(google, folder):
    url = f"http://127.0.0.1:{google.port}/batchexecute"
    with closing(GttsEngine(folder=folder, url=url, retry=QUICK)) as opened:
        yield opened


def say(engine, text="Guten Morgen."):
    return engine.speak(text, voice=VOICE.id)


def texts(google):
    return [stand_in.google_text(body) for _, _, body in google.requests]


def test_a_sentence_within_the_limit_is_sent_as_it_is(engine, google):
    say(engine, "Das gilt z. B. für den 17. September, so Dr. Kern.")
    assert texts(google) == ["Das gilt z. B. für den 17. September, so Dr. Kern."]


def test_long_text_is_sent_in_clauses_and_comes_back_without_gaps(engine, google):
    sound = say(engine, SENTENCE)
    assert " ".join(texts(google)) == SENTENCE
    assert all(len(text) <= 100 for text in texts(google))
    assert all(text.endswith((",", ".")) for text in texts(google))
    heard = np.abs(np.frombuffer(sound.pcm, "<i2").astype(int))
    gaps = np.diff(np.flatnonzero(heard > 200)) / sound.sample_rate_hz
    assert 0.1 < gaps.max() < 0.25


def test_nothing_of_a_text_is_lost_between_the_chunks():
    text = "Wort \ud800 mit\0Loch. " + SENTENCE * 3
    assert "".join(pieces(one_line(text), 100)).replace(" ", "") == (
        "WortmitLoch." + SENTENCE.replace(" ", "") * 3
    )


@pytest.mark.parametrize("code", [429, 500, 502, 503])
def test_a_passing_failure_is_tried_again(engine, google, code):
    google.faults.extend([stand_in.status(code)] * 3)
    assert say(engine).duration_s > 1
    assert len(google.requests) == 4


def test_pauses_between_tries_grow(engine, google):
    google.faults.extend([stand_in.status(503)] * 3)
    say(engine)
    assert (np.diff(google.times) > (0.01, 0.02, 0.04)).all()


@pytest.mark.slow
def test_retry_after_is_obeyed_in_seconds_and_as_a_date(engine, google):
    def in_two_seconds(handler, _body):
        date = formatdate(time.time() + 2, usegmt=True)  # without the fraction
        handler.reply(b"", status=429, Retry_After=date)

    google.faults.append(in_two_seconds)
    google.faults.append(stand_in.status(429, Retry_After="1"))
    say(engine)
    assert (np.diff(google.times) > (0.8, 1)).all()


def test_a_retry_after_beyond_our_patience_is_not_waited_for(engine, google):
    for number, (told, known) in enumerate({"3600": 3600, "9" * 400: 999_999_999}.items(), 1):
        google.faults.append(stand_in.status(429, Retry_After=told))
        with pytest.raises(EngineUnavailable, match="429") as busy:
            say(engine)
        assert busy.value.again_in_s == known
        assert len(google.requests) == number


def test_a_refusal_is_not_argued_with(engine, google):
    google.faults.append(stand_in.status(403))
    with pytest.raises(EngineUnavailable, match="403"):
        say(engine)
    google.faults.append(stand_in.status(400))
    with pytest.raises(EngineFailed, match="400"):
        say(engine)
    assert len(google.requests) == 2


def test_a_redirect_is_not_followed(engine, google):
    google.faults.append(stand_in.status(302, Location="http://127.0.0.1:1/consent"))
    with pytest.raises(EngineUnavailable, match="302"):
        say(engine)


BROKEN = {
    "null": (stand_in.google_frame(None), SpeechIncomplete, "0.0 s of sound"),
    "empty": (stand_in.google_frame(""), SpeechIncomplete, "0.0 s of sound"),
    "page": (b"<!doctype html><title>Sorry</title>", EngineFailed, "sent a web page"),
    "nothing": (b"", EngineFailed, r"sent nothing\."),
    "not base64": (stand_in.google_frame("?"), EngineFailed, "bytes that are no audio"),
    "not audio": (
        stand_in.google_frame(base64.b64encode(b"no mp3" * 90).decode()),
        EngineFailed,
        "bytes that are no audio",
    ),
    "another form": (b'[["jQ1olc"]]', EngineFailed, "bytes that are no audio"),
    "cut": (stand_in.google_frame("//NExAA")[:60], EngineFailed, "60 bytes that are no audio"),
    "too short": (
        stand_in.google_frame(base64.b64encode(stand_in.mp3(stand_in.tone("x"))).decode()),
        SpeechIncomplete,
        r"0\.\d s of sound",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_without_the_whole_audio_is_an_error_after_all_tries(engine, google, name):
    content, error, said = BROKEN[name]
    google.faults.extend([stand_in.status(200, content=content)] * 4)
    with pytest.raises(error, match=f"^Google Translate .*{said}.*choose another voice"):
        say(engine, SENTENCE)
    assert len(google.requests) == 4


def test_an_answer_without_audio_may_come_right_the_second_time(engine, google):
    google.faults.append(stand_in.status(200, content=stand_in.google_frame(None)))
    assert say(engine).duration_s > 1


@pytest.mark.slow
@pytest.mark.parametrize("fault", [stand_in.drip, stand_in.hang, stand_in.cut_off])
def test_slow_silent_and_truncated_answers_are_given_up_and_tried_again(engine, google, fault):
    google.faults.append(fault)
    assert say(engine).duration_s > 1
    assert len(google.requests) > 1


def test_a_server_that_is_not_there_is_unavailable(folder):
    with (
        closing(GttsEngine(folder=folder, url="http://127.0.0.1:1/", retry=QUICK)) as engine,
        pytest.raises(EngineUnavailable, match="cannot be reached"),
    ):
        say(engine)


def test_after_many_failures_google_is_left_alone_for_a_while(google, folder, monkeypatch):
    monkeypatch.setattr(remote, "time", clock := Clock())
    retry = RetryPolicy(first_pause_s=0.01, tries=2, failures=4, open_s=30)
    url = f"http://127.0.0.1:{google.port}/"
    with closing(GttsEngine(folder=folder, url=url, retry=retry)) as engine:
        google.faults.extend([stand_in.status(503)] * 4)
        for _ in range(2):
            with pytest.raises(EngineUnavailable, match="503"):
                say(engine)
        said = r"answered 503 .*\. After 4 failures in a row it is left alone for 30 s\.$"
        with pytest.raises(EngineUnavailable, match=said) as left_alone:
            say(engine)
        assert left_alone.value.again_in_s == 30
        assert len(google.requests) == 4
        clock.now_s += 30
        assert say(engine).duration_s > 1


def test_no_more_requests_are_under_way_than_allowed(google, folder):
    google.pause_s = 0.05
    url = f"http://127.0.0.1:{google.port}/"
    with (
        closing(GttsEngine(folder=folder, url=url, at_once=2, retry=QUICK)) as engine,
        ThreadPoolExecutor(8) as threads,
    ):
        list(threads.map(lambda _: say(engine, "Ja doch."), range(12)))
    assert google.most_under_way == 2


def test_closing_leaves_no_connection_open(google, folder):
    url = f"http://127.0.0.1:{google.port}/"
    with closing(GttsEngine(folder=folder, url=url, at_once=3)) as engine:
        google.pause_s = 0.05
        with ThreadPoolExecutor(3) as threads:
            list(threads.map(lambda _: say(engine, "Ja doch."), range(6)))
    assert google.most_under_way == 3
    until(lambda: not google.connections)


def test_closing_ends_a_pause_between_tries(google, folder):
    retry = RetryPolicy(first_pause_s=600, longest_pause_s=1000)
    engine = GttsEngine(folder=folder, url=f"http://127.0.0.1:{google.port}/", retry=retry)
    google.faults.append(stand_in.status(503))
    with ThreadPoolExecutor(1) as thread:
        call = thread.submit(say, engine)
        until(lambda: google.requests and not google.under_way)
        engine.close()
        with pytest.raises(SpeechError):
            call.result(timeout=60)


def test_text_with_nothing_to_say_is_refused(engine, google):
    for text in ("", "…", "?!", "\0"):
        with pytest.raises(SpeechIncomplete):
            say(engine, text)
    assert not google.requests


@pytest.fixture(scope="module")
def authority():
    trustme = pytest.importorskip("trustme")
    return trustme.CA()


def tls_server(authority, *names):
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return stand_in.serving(stand_in.google_answer, tls=context)


@pytest.fixture
def trusted(authority, tmp_path, monkeypatch):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))


def speak_over_tls(server, folder):
    url = f"https://localhost:{server.port}/"
    with closing(GttsEngine(folder=folder, url=url, retry=QUICK)) as engine:
        return say(engine)


def test_a_server_that_proves_its_name_is_spoken_to(authority, trusted, folder):
    with tls_server(authority, "localhost") as server:
        assert speak_over_tls(server, folder).duration_s > 1


def test_a_wrong_name_or_an_unknown_authority_gets_no_text(authority, trusted, folder, monkeypatch):
    with (
        tls_server(authority, "example.org") as server,
        pytest.raises(EngineUnavailable, match="does not prove who it is"),
    ):
        speak_over_tls(server, folder)
    assert not server.requests
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with (
        tls_server(authority, "localhost") as server,
        pytest.raises(EngineUnavailable, match="does not prove who it is"),
    ):
        speak_over_tls(server, folder)
    assert not server.requests

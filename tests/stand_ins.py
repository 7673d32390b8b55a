"""Servers on loopback that speak like the online voices, and fail like them when told to."""

from __future__ import annotations

import base64
import json
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import parse_qs

import lameenc
import numpy as np
import soundfile

RATE_HZ = 24_000
LETTERS_PER_S = 15


def tone(text: str) -> np.ndarray:
    """300 ms of silence, a tone of 1/15 s a letter, 400 ms of silence."""
    letters = sum(map(str.isalnum, text))
    times = np.arange(round(letters * RATE_HZ / LETTERS_PER_S)) / RATE_HZ
    sound = np.rint(6_000 * np.sin(2 * np.pi * 300 * times))
    quiet = np.zeros(RATE_HZ // 10)
    return np.concatenate([*[quiet] * 3, sound, *[quiet] * 4]).astype(np.int16)


def mp3(samples: np.ndarray) -> bytes:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_bit_rate(64)
    return bytes(encoder.encode(samples.tobytes()) + encoder.flush())


def wav(samples: np.ndarray, kind: str = "WAV") -> bytes:
    file = BytesIO()
    soundfile.write(file, samples, RATE_HZ, format=kind)
    return file.getvalue()


class StandIn(ThreadingHTTPServer):
    """Notes every request; before it answers well it works off the faults it was given."""

    daemon_threads = True

    def __init__(self, answer):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.faults: deque[Callable[[_Handler, bytes], object]] = deque()
        self.requests = []
        self.times = []
        self.under_way = self.most_under_way = 0
        self.connections = 0
        self.pause_s = 0.0
        self.lock = threading.Lock()
        self.ended = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """Clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the client's "received"
    server: StandIn

    def handle(self):
        with self.server.lock:
            self.server.connections += 1
        try:
            super().handle()
        finally:
            with self.server.lock:
                self.server.connections -= 1

    def do_POST(self):
        server = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with server.lock:
            server.requests.append((self.path, dict(self.headers), body))
            server.times.append(time.monotonic())
            fault = server.faults.popleft() if server.faults else None
            server.under_way += 1
            server.most_under_way = max(server.most_under_way, server.under_way)
        time.sleep(server.pause_s)
        try:
            (fault or server.answer)(self, body)
        finally:
            with server.lock:
                server.under_way -= 1

    def do_GET(self):
        self.server.answer(self, b"")

    def reply(self, content, *, status=200, kind="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        """Tests are quiet."""


def status(code, *, content=b"", kind="text/html", **headers):
    """A fault: an answer with this status."""
    return lambda handler, body: handler.reply(content, status=code, kind=kind, **headers)


def drip(handler, body):
    """A fault: bytes that never end, one at a time."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def cut_off(handler, body):
    """A fault: less than was promised."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"half")
    handler.close_connection = True


def hang(handler, body):
    """A fault: no answer at all."""
    handler.server.ended.wait(60)
    handler.close_connection = True


def google_text(body: bytes) -> str:
    """The text that a batchexecute request asks for."""
    (call,) = parse_qs(body.decode())["f.req"]
    return json.loads(json.loads(call)[0][0][1])[0]


def google_frame(audio: str | None) -> bytes:
    """A batchexecute answer around base64 audio."""
    inner = None if audio is None else json.dumps([audio]).replace("=", "\\u003d")
    parcel = [["wrb.fr", "jQ1olc", inner, None, None, None, "generic"], ["di", 20], ["e", 4]]
    line = json.dumps(parcel)
    return f')]}}\'\n\n{len(line)}\n{line}\n25\n[["e",4,null,null,131]]\n'.encode()


def google_answer(handler, body):
    audio = base64.b64encode(mp3(tone(google_text(body)))).decode()
    handler.reply(google_frame(audio))


def openai_answer(handler, body):
    request = json.loads(body)
    samples = tone(request["input"])
    if request["response_format"] == "mp3":
        handler.reply(mp3(samples), kind="audio/mpeg")
    else:
        handler.reply(wav(samples), kind="audio/wav")


@contextmanager
def serving(answer, *, tls: ssl.SSLContext | None = None):
    """A stand-in that answers on loopback until the end of the block."""
    server = StandIn(answer)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()

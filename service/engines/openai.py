"""Any server with OpenAI's speech request: POST /v1/audio/speech."""

from __future__ import annotations

import hashlib
import ipaddress
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from service.domain import Sound, Voice
from service.engines.catalogue import SpeechServer
from service.engines.decode import decoded
from service.engines.gains import Gains
from service.engines.remote import Remote, RetryPolicy
from service.engines.speaking import demand_voice, demand_whole, in_pieces
from service.messages import Message, message

_LONGEST_INPUT = 4_000  # OpenAI takes 4,096 characters
_RETRY = RetryPolicy(read_s=30.0)  # the first request may have to load the model


class OpenaiEngine:
    """The voices of a server; their gains are kept in `folder`."""

    name = "openai"
    longest_text = 20_000

    def __init__(
        self, *, server: SpeechServer, folder: Path, retry: RetryPolicy | None = None
    ) -> None:
        self._url = f"{server.url.rstrip('/')}/audio/speech"
        self._headers = {"Content-Type": "application/json"}
        if server.key:
            self._headers["Authorization"] = f"Bearer {server.key}"
        self._model = server.model
        self._extra = dict(server.extra)
        self._gains = Gains(folder)
        host = urlsplit(server.url).hostname or server.url
        self._settings = json.dumps(self._extra, sort_keys=True) if self._extra else ""
        self._voices = tuple(_voice(name, host, self._settings) for name in server.voices)
        self._name = message("speech-server", host=host)
        self._remote = Remote(self._name, advice="check-speech-server", retry=retry or _RETRY)

    def voices(self) -> Sequence[Voice]:
        """The voices that the operator named."""
        return self._voices

    def speak(self, text: str, *, voice: str) -> Sound:
        """All of `text`, asked for as WAV; any other audio that comes is taken as well."""
        demand_voice(voice, (known.id for known in self._voices))
        name = voice.removeprefix("openai:")
        say = partial(self._say, name=name)
        sound = in_pieces(text, longest=_LONGEST_INPUT, say=say)
        return replace(sound, gain_db=self._gains.of(self._gain_name(name), say))

    def close(self) -> None:
        """Nothing is sent any more."""
        self._remote.close()

    def _gain_name(self, name: str) -> str:
        """Voices of other servers or models may have the same name, and any letters in it."""
        whose = f"{self._url} {self._model} {name}{self._settings}"
        return f"openai-{hashlib.sha256(whose.encode()).hexdigest()[:16]}"

    def _say(self, piece: str, *, name: str) -> Sound:
        request = {
            "model": self._model,
            "input": piece,
            "voice": name,
            "response_format": "wav",
            **self._extra,
        }
        read = partial(_read, piece=piece, name=self._name)
        return self._remote.post(self._url, json.dumps(request), headers=self._headers, read=read)


def _voice(name: str, host: str, settings: str) -> Voice:
    return Voice(
        id=f"openai:{name}",
        name=f"{name} ({host})",
        engine="openai",
        language="de",
        licence="as the server says",
        online=not _is_this_machine(host),
        settings=settings,
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(content: bytes, *, piece: str, name: Message) -> Sound:
    """The answer's samples. Raises ValueError when it has none, SpeechIncomplete for too few."""
    sound = decoded(content)
    demand_whole(sound, piece, server=name)
    return sound

"""Any server with OpenAI's speech request: POST /v1/audio/speech."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlsplit

from service.domain import Sound, Voice
from service.engines.cuts import pieces
from service.engines.decode import decoded
from service.engines.plain import is_speakable, plain, shortest_s
from service.engines.remote import BadAnswer, Patience, Remote
from service.engines.seams import joined
from service.errors import EngineFailed, SpeechIncomplete, UnknownVoice

OPENAI_URL = "https://api.openai.com/v1"
OPENAI_VOICES = ("alloy", "ash", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer")

_LONGEST_INPUT = 4_000  # OpenAI takes 4,096 characters


class OpenaiEngine:
    """The voices of the server at `url` (with its /v1), asked for with `key` if it wants one."""

    name = "openai"
    longest_text = 20_000

    def __init__(
        self,
        *,
        url: str = OPENAI_URL,
        key: str | None = None,
        voices: Sequence[str] = OPENAI_VOICES,
        model: str = "tts-1",
        patience: Patience | None = None,
    ) -> None:
        self._url = f"{url.rstrip('/')}/audio/speech"
        self._headers = {"Content-Type": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._model = model
        host = urlsplit(url).hostname or url
        self._voices = tuple(_voice(name, host) for name in voices)
        self._remote = Remote(f"The speech server {host}", patience=patience)

    def voices(self) -> Sequence[Voice]:
        """The voices that the operator named."""
        return self._voices

    def speak(self, text: str, *, voice: str, rate: float = 1.0) -> Sound:
        """All of `text`, asked for as WAV; any other audio that comes is taken as well."""
        if voice not in (known.id for known in self._voices):
            raise UnknownVoice(f"There is no voice {voice}.")
        cut = pieces(plain(text), _LONGEST_INPUT)
        if not is_speakable(text):
            raise SpeechIncomplete(f"The voice cannot say anything of “{text[:80]}”.")
        name = voice.removeprefix("openai:")
        return joined(cut, [self._say(piece, name, rate) for piece in cut])

    def close(self) -> None:
        """Nothing is sent any more."""
        self._remote.close()

    def _say(self, piece: str, name: str, rate: float) -> Sound:
        request = {
            "model": self._model,
            "input": piece,
            "voice": name,
            "response_format": "wav",
            "speed": rate,
        }
        read = partial(_read, piece=piece, rate=rate)
        return self._remote.post(self._url, json.dumps(request), headers=self._headers, read=read)


def _voice(name: str, host: str) -> Voice:
    return Voice(
        id=f"openai:{name}",
        name=f"{name} ({host})",
        engine="openai",
        language="de",
        licence="as the server says",
        online=not _is_this_machine(host),
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(content: bytes, *, piece: str, rate: float) -> Sound:
    """The answer's samples. Raises BadAnswer when they are none or too few."""
    try:
        sound = decoded(content)
    except ValueError as error:
        raise BadAnswer(EngineFailed(f"The speech server sent no audio: {error}.")) from error
    if sound.duration_s <= shortest_s(piece, rate=rate):
        raise BadAnswer(
            SpeechIncomplete(f"The speech server sent {sound.duration_s:.1f} s for “{piece[:80]}”.")
        )
    return sound

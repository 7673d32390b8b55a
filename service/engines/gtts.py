"""Google Translate's voice through the gTTS package, made trustworthy.

gTTS packs the requests. Cutting, sending and reading are ours, since it cuts at English
abbreviations, does not verify TLS, never gives up and never tries again.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from gtts import gTTS

from service.domain import Sound, Voice
from service.engines.decode import decoded
from service.engines.gains import Gains
from service.engines.remote import Remote, RetryPolicy
from service.engines.speaking import demand_voice, demand_whole, in_pieces

NAME = "Google Translate"
GOOGLE_URL = "https://translate.google.com/_/TranslateWebserverUi/data/batchexecute"
VOICE = Voice("gtts:de", "Google Übersetzer", "gtts", "de", "Google Terms of Service", online=True)


class GttsEngine:
    """Google's voice, with at most `at_once` requests under way; `folder` keeps its gain."""

    name = "gtts"
    longest_text = 20_000

    def __init__(
        self,
        *,
        folder: Path,
        url: str = GOOGLE_URL,
        at_once: int = 4,
        retry: RetryPolicy | None = None,
    ) -> None:
        self._gains = Gains(folder)
        self._url = url
        self._remote = Remote(NAME, advice="choose-another-voice", at_once=at_once, retry=retry)

    def voices(self) -> Sequence[Voice]:
        """The German voice."""
        return (VOICE,)

    def speak(self, text: str, *, voice: str) -> Sound:
        """All of `text`, piece by piece of at most 100 characters.

        Raises SpeechIncomplete when a piece has nothing to say or came without sound.
        """
        demand_voice(voice, [VOICE.id])
        sound = self._whole(text)
        return replace(sound, gain_db=self._gains.of("gtts-de", self._whole))

    def close(self) -> None:
        """Nothing is sent any more."""
        self._remote.close()

    def _whole(self, text: str) -> Sound:
        return in_pieces(text, longest=gTTS.GOOGLE_TTS_MAX_CHARS, say=self._say)

    def _say(self, chunk: str) -> Sound:
        request = gTTS(
            chunk, lang="de", lang_check=False, pre_processor_funcs=[], tokenizer_func=_uncut
        )
        (body,) = request.get_bodies()
        read = partial(_read, chunk=chunk)
        return self._remote.post(self._url, body, headers=gTTS.GOOGLE_TTS_HEADERS, read=read)


def _uncut(text: str) -> list[str]:
    """What gTTS takes for a tokenizer: our pieces are short enough."""
    return [text]


def _read(content: bytes, *, chunk: str) -> Sound:
    """The MP3 in a batchexecute answer, decoded. Raises ValueError, SpeechIncomplete."""
    audio = _audio(content)
    sound = decoded(audio) if audio else Sound(b"", 1)
    demand_whole(sound, chunk, server=NAME)
    return sound


def _audio(content: bytes) -> bytes | None:
    """The MP3: base64 in JSON in JSON in one of the answer's lines; None when it says null.

    Raises ValueError when there is no such thing.
    """
    lines = [line for line in content.splitlines() if gTTS.GOOGLE_TTS_RPC.encode() in line]
    try:
        parcel = next(part for part in json.loads(lines[0]) if gTTS.GOOGLE_TTS_RPC in part)
        return base64.b64decode(json.loads(parcel[2])[0], validate=True) if parcel[2] else None
    except (LookupError, StopIteration, TypeError) as error:
        raise ValueError("an answer to another question") from error

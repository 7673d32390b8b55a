"""eSpeak NG's shared library (speak_lib.h), as it runs inside a worker.

Two threads crash it, so it lives alone; its SSML flag is never set, so markup is only text.
"""

from __future__ import annotations

import ctypes
import importlib
import os

TYPE_CHECKING = False  # the module typing takes 5 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable

RATE_HZ = 22_050
SYSTEM_LIBRARY = "libespeak-ng.so.1"

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples come through the callback, in this thread
_NO_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
_UTF8 = 1
_RATE, _VOLUME = 1, 2  # espeak_PARAMETER
_PERCENT = 60  # of full volume, where it clips
_WORDS_PER_MINUTE = 165  # about 14 letters a second, as newsreaders speak
_BUFFER_MS = 500

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def open_voice() -> Callable[[str], bytes]:
    """A function text → 22.05 kHz PCM. Raises OSError when there is no espeak."""
    library, data = _library()
    espeak = ctypes.CDLL(library)
    if espeak.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data, _NO_EXIT) != RATE_HZ:
        raise OSError("espeak-ng does not start: its data are missing or damaged")
    if espeak.espeak_SetVoiceByName(b"de") != 0:
        raise OSError("this espeak-ng has no German voice")
    espeak.espeak_SetParameter(_VOLUME, _PERCENT, 0)
    espeak.espeak_SetParameter(_RATE, _WORDS_PER_MINUTE, 0)
    pcm = bytearray()

    def keep(samples: ctypes._Pointer[ctypes.c_short], count: int, _events: object) -> int:
        if samples and count > 0:
            pcm.extend(ctypes.string_at(samples, 2 * count))
        return 0

    callback = _Callback(keep)
    espeak.espeak_SetSynthCallback(callback)

    def speak(text: str, _callback: object = callback) -> bytes:
        pcm.clear()
        content = text.encode()
        status = espeak.espeak_Synth(content, len(content) + 1, 0, 0, 0, _UTF8, None, None)
        if status != 0:
            raise OSError(f"espeak-ng gave up with status {status}")
        return bytes(pcm)

    return speak


def _library() -> tuple[str, bytes | None]:
    """Path of the library and of its data: a wheel's, else the system's."""
    try:
        loader = importlib.import_module("espeakng_loader")
    except ImportError:
        return SYSTEM_LIBRARY, None
    return loader.get_library_path(), os.fsencode(loader.get_data_path())

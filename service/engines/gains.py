"""How much each voice is amplified, so that all are equally loud: measured once, and kept.

A voice has one gain for all it ever says: with one for each paragraph its soft sentences would
be as loud as its loud ones. Nobody but the voice itself can tell it, and an article must not
begin before it is known. So a voice that speaks here for the first time says three sentences
of ours (36 s of speech; one alone may be off by 1 dB), and what was measured stands in a file.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from service.domain import Sound
from service.engines.cuts import pieces
from service.engines.loudness import gain_to_house_db
from service.engines.seams import joined
from service.engines.text import one_line
from service.errors import SpeechIncomplete

# Sentences as long as a newspaper's: models speak these softer than short ones.
_PROBE = Path(__file__).with_name("probe.txt")
_LONGEST_SENTENCE = 190  # of it, in characters
_SOFTER_DB = 0.5  # are whole articles than the probe: pauses, softer sentences, bent peaks (mean)


class Gains:
    """Gains in dB, each in a file of `folder` if that may be written; safe between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, float] = {}
        self._lock = Lock()

    def of(self, name: str, say: Callable[[str], Sound]) -> float:
        """The gain that goes by this file name; measured now if it is not known.

        `say` speaks a sentence with the voice, at its own pace. Raises SpeechError.
        """
        if name not in self._known:
            with self._lock:  # who comes while it is measured waits for the outcome
                if name not in self._known:
                    kept = self._kept(name)
                    self._known[name] = self._measured(name, say) if kept is None else kept
        return self._known[name]

    def _kept(self, name: str) -> float | None:
        with suppress(OSError, ValueError):
            kept = float(self._file(name).read_text())
            return kept if math.isfinite(kept) else None
        return None

    def _measured(self, name: str, say: Callable[[str], Sound]) -> float:
        cut = pieces(one_line(_PROBE.read_text("utf-8")), _LONGEST_SENTENCE)
        try:
            measured_db = gain_to_house_db(joined(cut, [say(piece) for piece in cut]))
        except ValueError as error:
            raise SpeechIncomplete("voice-silent", voice=name) from error
        gain_db = round(measured_db + _SOFTER_DB, 1)
        with suppress(OSError):  # then the next process measures again
            self._keep(name, gain_db)
        return gain_db

    def _keep(self, name: str, gain_db: float) -> None:
        self._folder.mkdir(exist_ok=True)  # never its parents: only a service makes those
        with NamedTemporaryFile("w", dir=self._folder, delete=False) as file:
            file.write(f"{gain_db}\n")
        unfinished = Path(file.name)
        unfinished.chmod(0o644)
        unfinished.replace(self._file(name))

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.gain_db"

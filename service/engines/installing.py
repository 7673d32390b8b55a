"""Voices that are fetched while the service runs: which there are, and how far each is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import structlog

from service.contracts import Voices
from service.engines import piper_voices, supertonic_files
from service.engines.downloads import Progress
from service.errors import UnknownVoice, VorleserError, cause_of
from service.messages import Message, message

log = structlog.get_logger()

_Fetch = Callable[[Path, Progress], object]


class Step(StrEnum):
    """How far the fetching of a voice has come."""

    ABSENT = "absent"
    FETCHING = "fetching"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be fetched by that name: its licence, bytes in all, and what else is to be known.

    `voice` is the id of a voice that then speaks; `error` says why it did not come.
    """

    name: str
    title: str
    voice: str
    licence: str
    size: int
    terms: Message | None = None
    step: Step = Step.ABSENT
    there: int = 0
    error: Message | None = None


class _Ended(Exception):
    """The service ends: what is there is gone on with another time."""


class Installer:
    """Fetches voices into `folder`, each in a thread of its own; safe between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begun: dict[str, Offer] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def offers(self) -> list[Offer]:
        """Those that are recommended and not here, and those that were asked for."""
        with self._lock:
            begun = dict(self._begun)
        known = [begun.pop(offer.name, offer) for offer in self._recommended()]
        return [*known, *begun.values()]

    def start(self, name: str, voices: Voices) -> Offer:
        """Has it fetched, from where it broke off; one that is under way stays so.

        It is ready once it has spoken by `voices`. Raises UnknownVoice.
        """
        offer, fetch = _known(name)
        with self._lock:
            there = self._begun.get(offer.name)
            if there and there.step is Step.FETCHING:
                return there
            begun = replace(offer, step=Step.FETCHING)
            self._begun[offer.name] = begun
        work = partial(self._fetch, begun, fetch, voices)
        threading.Thread(target=work, name=name, daemon=True).start()
        return begun

    def close(self) -> None:
        """Lets go of what is under way; its part stays."""
        self._ended.set()

    def _recommended(self) -> list[Offer]:
        is_here = {
            _SUPERTONIC.name: not supertonic_files.missing(
                self._folder / supertonic_files.FOLDER, supertonic_files.NAMES[0]
            ),
            _PIPER.name: not find_spec("piper") or _has_german_piper(self._folder),
        }
        return [offer for offer in (_SUPERTONIC, _PIPER) if not is_here[offer.name]]

    def _fetch(self, offer: Offer, fetch: _Fetch, voices: Voices) -> None:
        def note(there: int, whole: int) -> None:
            if self._ended.is_set():
                raise _Ended
            self._tell(replace(offer, there=there, size=whole))

        try:
            fetch(self._folder, note)
            voices.engine(offer.voice).speak("Ja.", voice=offer.voice)  # a broken one shows now
        except _Ended:
            return
        except VorleserError as error:
            self._fail(offer, error.message)
        except OSError as error:
            folder = str(self._folder.absolute())
            self._fail(offer, message("download-unwritable", folder=folder, error=cause_of(error)))
        except Exception:
            log.exception("a voice was not fetched", voice=offer.voice)
            self._tell(replace(offer, step=Step.FAILED, error=message("unexpected")))
        else:
            log.info("a voice was fetched", voice=offer.voice)
            self._tell(replace(offer, step=Step.READY, there=offer.size))

    def _fail(self, offer: Offer, error: Message) -> None:
        log.warning("a voice was not fetched", voice=offer.voice, reason=str(error))
        self._tell(replace(offer, step=Step.FAILED, error=error))

    def _tell(self, offer: Offer) -> None:
        with self._lock:
            self._begun[offer.name] = offer


_SUPERTONIC = Offer(
    name="supertonic",
    title="Supertonic 3",
    voice=f"supertonic:{supertonic_files.NAMES[0]}",
    licence=supertonic_files.LICENCE,
    size=supertonic_files.BYTES,
    terms=message("supertonic-terms"),
)
_PIPER = Offer(
    name=f"piper:{piper_voices.RECOMMENDED}",
    title="Thorsten (Piper)",
    voice=f"piper:{piper_voices.RECOMMENDED}",
    licence=piper_voices.RECOMMENDED_OWN_LICENCE,
    size=piper_voices.RECOMMENDED_BYTES,
    terms=message("voice-tuned", base=piper_voices.RECOMMENDED_BASE),
)


def _known(name: str) -> tuple[Offer, _Fetch]:
    """What is meant by a name, and how it is fetched. Raises UnknownVoice."""
    if name == _SUPERTONIC.name:
        return _SUPERTONIC, _fetch_supertonic
    engine, _, voice = name.partition(":")
    if engine != "piper":
        raise UnknownVoice(
            "download-unknown", name=name[:100], names=[_SUPERTONIC.name, _PIPER.name]
        )
    piper_voices.demand_name(voice)
    offer = _PIPER if name == _PIPER.name else Offer(name, voice, name, "", 0)

    def fetch(folder: Path, progress: Progress) -> None:
        piper_voices.install(voice, folder, progress=progress)

    return offer, fetch


def _fetch_supertonic(folder: Path, progress: Progress) -> None:
    supertonic_files.install(folder / supertonic_files.FOLDER, progress=progress)


def _has_german_piper(folder: Path) -> bool:
    return any(files.language == "de" for files in piper_voices.voices_in(folder))

"""How it is going, in figures (Prometheus): what each is, the README says.

Counters and times are of this process since it was started. What stands in the queue is known by
the queue itself, for all processes together, and looked up when it is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client import generate_latest as _text

_SOON_S = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300)
_MOST_WATCHED = 1000

CLIPS = Counter("vorleser_clips_made", "Clips made", ["engine"])
SOUND = Counter("vorleser_sound_seconds", "Seconds of sound in the clips made", ["engine"])
FAILURES = Counter(
    "vorleser_clip_failures",
    "Clips that could not be made, by the reason's code",
    ["engine", "code"],
)
WANTED = Counter(
    "vorleser_clips_wanted",
    "Paragraphs asked to be spoken, by whether their clip was there (hit) or not (miss)",
    ["cache"],
)
JOBS = Counter(
    "vorleser_jobs", "Jobs that ended: done, or broken off to be tried again", ["kind", "outcome"]
)
FIRST_SOUND = Histogram(
    "vorleser_first_sound_seconds",
    "From asking for an article to be spoken until its first paragraph can be heard",
    buckets=_SOON_S,
)
WAIT = Histogram(
    "vorleser_listener_wait_seconds",
    "How long a listener waited for a clip that was not there yet",
    buckets=_SOON_S,
)

_NOW = CollectorRegistry()
_QUEUED = Gauge("vorleser_jobs_queued", "Jobs that wait", ["kind"], registry=_NOW)
_RUNNING = Gauge("vorleser_jobs_running", "Jobs in work", ["kind"], registry=_NOW)
_OLDEST = Gauge(
    "vorleser_jobs_oldest_seconds", "How long the oldest has waited", ["kind"], registry=_NOW
)
_STORES = Gauge("vorleser_queue_up", "Whether queue and library answer: 1, else 0", registry=_NOW)
_PENDING = Gauge(
    "vorleser_webhooks_pending", "Articles whose news are still to be delivered", registry=_NOW
)
_FOLLOWERS = Gauge("vorleser_followers", "Connections that follow an article here", registry=_NOW)

for _found in ("hit", "miss"):
    WANTED.labels(_found)


def engine_of(voice: str) -> str:
    """The engine's name in a voice's id."""
    return voice.partition(":")[0]


def made(voice: str, seconds: float) -> None:
    """A clip was made."""
    CLIPS.labels(engine_of(voice)).inc()
    SOUND.labels(engine_of(voice)).inc(seconds)


def failed(voice: str, code: str) -> None:
    """A clip could not be made, and that was recorded."""
    FAILURES.labels(engine_of(voice), code).inc()


def wanted(*, hits: int, misses: int) -> None:
    """An article is to be spoken, of which some clips are there."""
    WANTED.labels("hit").inc(hits)
    WANTED.labels("miss").inc(misses)


@contextmanager
def job(kind: str) -> Iterator[None]:
    """A job is done meanwhile."""
    try:
        yield
    except BaseException:
        JOBS.labels(kind, "again").inc()
        raise
    JOBS.labels(kind, "done").inc()


class Watch:
    """Since when what somebody waits for is waited for; what never comes is forgotten in time."""

    def __init__(self, histogram: Histogram) -> None:
        self._histogram = histogram
        self._since: dict[str, float] = {}

    def begin(self, key: str) -> None:
        """It is waited for from now on, or still."""
        self._since.setdefault(key, time.monotonic())
        if len(self._since) > _MOST_WATCHED:
            del self._since[next(iter(self._since))]

    def end(self, key: str) -> None:
        """It is there."""
        if (since := self._since.pop(key, None)) is not None:
            self._histogram.observe(time.monotonic() - since)


def text(
    load: Mapping[str, tuple[int, int, float]] | None, *, pending: int, followers: int
) -> bytes:
    """All figures in Prometheus' format; `load` has what is queued and running, and the age of
    the oldest by kind, None where it cannot be told.
    """
    _STORES.set(load is not None)
    for kind, (queued, running, oldest_s) in (load or {}).items():
        _QUEUED.labels(kind).set(queued)
        _RUNNING.labels(kind).set(running)
        _OLDEST.labels(kind).set(oldest_s)
    _PENDING.set(pending)
    _FOLLOWERS.set(followers)
    return _text(REGISTRY) + _text(_NOW)

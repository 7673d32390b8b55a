"""What is queued: kinds of jobs, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class JobKind(StrEnum):
    """What is to be done; a job's name says with what."""

    CLIP = "clip"
    RENDITION = "rendition"
    WEBHOOK = "webhook"
    PRUNE = "prune"


@dataclass(frozen=True, slots=True)
class Load:
    """Jobs of a kind: how many wait, how many are in work, and how long the oldest has waited."""

    queued: int = 0
    running: int = 0
    oldest_s: float = 0.0

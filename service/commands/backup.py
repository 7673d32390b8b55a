"""vorleser backup and restore: the whole library in one file, and back."""

from __future__ import annotations

from pathlib import Path

import service
from service.errors import SettingsInvalid
from service.settings import Settings
from service.store import backups
from service.store.backups import Kept
from service.store.folder import held


def backup(file: Path, *, with_audio: bool) -> Kept:
    """Writes the library, the voices' gains and maybe the audio; the service may run meanwhile.

    Raises SettingsInvalid where they are not in this machine's folders, StoreError.
    """
    settings = _local()
    audio = _audio(settings) if with_audio else None
    if with_audio and audio is None:
        raise SettingsInvalid("backup-of-s3")
    return backups.back_up(settings.data_dir, file, audio=audio, version=service.__version__)


def restore(file: Path) -> Kept:
    """Puts it into an empty data folder, where no service runs. Raises as `backup` does."""
    settings = _local()
    with held(settings.data_dir):
        return backups.restore(file, settings.data_dir, audio=_audio(settings))


def _local() -> Settings:
    settings = Settings.read()
    if settings.is_shared:
        raise SettingsInvalid("backup-of-postgresql")
    return settings


def _audio(settings: Settings) -> Path | None:
    return None if settings.audio.startswith("s3://") else Path(settings.audio)

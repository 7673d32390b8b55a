"""The voices and spellings that the settings ask for; apart from the app, as commands need them."""

from __future__ import annotations

from pathlib import Path

from service import spoken
from service.engines.catalogue import Catalogue, SpeechServer, installed
from service.settings import Settings


def catalogue(settings: Settings) -> Catalogue:
    """The voices of this machine and of the servers that it may ask."""
    names = dict.fromkeys(map(str.strip, settings.openai_voices.split(",")))
    server = SpeechServer(
        url=settings.openai_url,
        key=settings.openai_key or None,
        voices=tuple(filter(None, names)),
        model=settings.openai_model,
        extra=settings.openai_extra,
    )
    engines = installed(
        voices_folder=settings.data_dir / "voices",
        workers=max(1, settings.workers),  # without a job they still answer speech requests
        steps=settings.supertonic_steps,
        server=server if settings.openai_url else None,
    )
    return Catalogue(engines, default=settings.voice or None)


def lexicon(settings: Settings) -> spoken.Lexicon:
    """The built-in spellings with the operator's own on top. Raises SettingsInvalid."""
    if not settings.lexicon:
        return spoken.BUILT_IN
    return spoken.Lexicon.read(Path(settings.lexicon), under=spoken.BUILT_IN)

"""Every environment variable, typed, frozen and documented (all begin with VORLESER_)."""

from __future__ import annotations

import base64
import difflib
import hashlib
import ipaddress
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from service.errors import SettingsInvalid

_ON = {"1", "on", "t", "true", "y", "yes"}
_OFF = {"", "0", "off", "f", "false", "n", "no"}


def _cpu_count() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


class Settings(BaseSettings):
    """What the operator can set; the README's table is checked against this class."""

    model_config = SettingsConfigDict(env_prefix="VORLESER_", frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="address to listen on; :: is IPv4 as well")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on")
    data_dir: Path = Field(Path("data"), description="folder for the library, audio and voices")
    database_url: SecretStr = Field(
        SecretStr(""), description="postgresql://…; empty: SQLite in the data folder"
    )
    audio_store: str = Field("", description="s3://bucket/prefix, or a folder of its own")
    voice: str = Field(
        "", description="default voice; empty: Supertonic if installed, else Piper, else pico:de-DE"
    )
    fallback_voice: str = Field("", description="speaks the whole article when its voice cannot")
    lexicon: str = Field("", description="TSV file of own spellings: written, tab, spoken")
    openai_url: str = Field("", description="base URL (with /v1) of an OpenAI-shaped speech server")
    openai_key: str = Field("", description="key for that server")
    openai_voices: str = Field("alloy", description="comma-separated names of that server's voices")
    openai_model: str = Field("tts-1", description="model to ask that server for")
    spoken_notice: bool = Field(
        default=False, description="says at the end that a machine has spoken"
    )
    allowed_embed_origins: str = Field("*", description="sites that may embed the player")
    allow_private_fetch: bool = Field(default=False, description="links into the intranet too")
    allow_indexing: bool = Field(default=False, description="search engines may list the pages")
    webhook_url: str = Field("", description="address that is told when an article is ready")
    webhook_secret: SecretStr = Field(
        SecretStr(""), validate_default=True, description="whsec_ and base64: signs what is told"
    )
    openai_extra: dict[str, Any] = Field(
        {}, description="JSON object that is merged into each request to that server"
    )
    supertonic_steps: int = Field(6, ge=1, le=50, description="how often Supertonic refines sound")
    workers: int = Field(default_factory=_cpu_count, ge=0, le=256, description="synthesis workers")
    metrics_port: int = Field(
        0, ge=0, le=65535, description="port where a worker tells its own figures; 0: none"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="what is logged at least: debug, info, warning or error"
    )
    max_article_chars: int = Field(200_000, ge=1, description="longest article, in characters")
    max_speech_chars: int = Field(4096, ge=1, description="longest input of a speech request")
    cache_max_bytes: int = Field(0, ge=0, description="size that vorleser prune brings audio to")
    prune_schedule: str = Field(
        "", description="when that is done by itself, as cron writes it (UTC); empty: never"
    )
    public_url: str = Field("", description="address of the service as the outside sees it")
    max_connections: int = Field(1000, ge=1, description="connections at once")
    max_followers: int = Field(
        800, ge=1, description="connections that follow what becomes of articles, of these"
    )
    allowed_hosts: str = Field("", description="names that the service may be called by, besides")
    trusted_proxies: str = Field("", description="addresses or networks of proxies to be believed")
    writes_per_minute: int = Field(
        300, ge=1, description="writing requests without a right key from one address"
    )
    api_keys: str = Field("", description="comma-separated keys for writing; empty: loopback only")
    read_keys: str = Field("", description="comma-separated keys for reading; empty: all may read")
    cors_origins: str = Field("", description="origins of pages that may use the whole API")

    @field_validator("spoken_notice", "allow_private_fetch", "allow_indexing", mode="before")
    @classmethod
    def _switch(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        if given.lower() not in _ON | _OFF:
            raise ValueError("write 1, or leave it empty")
        return given.lower() in _ON

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, given: SecretStr) -> SecretStr:
        address = re.sub(
            r"^postgres(ql)?(\+asyncpg)?://", "postgresql://", given.get_secret_value()
        )
        if address and not address.startswith("postgresql://"):
            raise ValueError("write postgresql://user:password@host/name, or leave it empty")
        return SecretStr(address)

    @field_validator("audio_store")
    @classmethod
    def _bucket_or_folder(cls, given: str) -> str:
        if given and not re.match(r"s3://[^/@:]+(/|$)|/", given):
            raise ValueError("write s3://bucket/prefix, or the folder's absolute path")
        return given

    @field_validator("prune_schedule")
    @classmethod
    def _times(cls, given: str) -> str:
        from croniter import croniter  # noqa: PLC0415 (few need it)

        advice = "write minute, hour, day, month and weekday as cron does, say 0 4 * * *"
        if given and len(given.split()) != 5:
            raise ValueError(advice)
        try:
            _ = given and croniter(given).get_next()
        except ValueError as error:
            raise ValueError(advice) from error
        return given

    @field_validator("webhook_url", "openai_url", "public_url")
    @classmethod
    def _web_address(cls, given: str) -> str:
        if given and not (re.fullmatch(r"https?://[!-~]+", given) and _has_host(given)):
            raise ValueError("write an address that begins with https:// or http://")
        return given

    @field_validator("host")
    @classmethod
    def _address(cls, given: str) -> str:
        return given.strip("[]") if re.fullmatch(r"\[[\da-fA-F:.]+\]", given) else given

    @field_validator("api_keys", "read_keys")
    @classmethod
    def _whole_hashes(cls, given: str) -> str:
        for key in keys_in(given):
            if isinstance(key, str) and not re.fullmatch(r"[\da-f]{64}", key):
                raise ValueError("write a hash as sha256: and the 64 hex digits of sha256sum")
        return given

    @field_validator("read_keys")
    @classmethod
    def _some_key(cls, given: str) -> str:
        if given and not keys_in(given):
            raise ValueError("there is no key in it: write one or several, or leave it out")
        return given

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, given: str) -> str:
        for origin in listed(given):
            if not re.fullmatch(r"\*|https?://[^/?#@\s]+", origin) or not (
                origin == "*" or _has_host(origin)
            ):
                raise ValueError(
                    f"“{origin}” is no origin: write such as https://app.example, or *"
                )
        return given

    @field_validator("public_url")
    @classmethod
    def _without_query(cls, given: str) -> str:
        if re.search(r"[?#]|//.*//", given):
            raise ValueError("write scheme, host and path alone, such as https://host/vorleser")
        return given

    @field_validator("allowed_hosts")
    @classmethod
    def _host_names(cls, given: str) -> str:
        for name in listed(given):
            if not re.fullmatch(r"[\w-]+(\.[\w-]+)*\.?", name):
                raise ValueError(
                    f"“{name}” is no host name: write names alone, such as vorleser.example, "
                    "without https://, port and path"
                )
        return given

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, given: str) -> str:
        try:
            networks = (ipaddress.ip_network(name, strict=False) for name in listed(given))
            return ",".join(map(str, networks))
        except ValueError as error:
            raise ValueError(f"{error}: write addresses or networks, such as 10.0.0.0/8") from error

    @field_validator("webhook_secret")
    @classmethod
    def _key(cls, given: SecretStr, info: ValidationInfo) -> SecretStr:
        secret = given.get_secret_value()
        if not secret and info.data.get("webhook_url"):
            raise ValueError("webhooks are signed: set it to whsec_ and 24 to 64 bytes in base64")
        try:
            is_key = len(_decoded(secret)) in range(24, 65)
        except ValueError:
            is_key = False
        if secret and not is_key:
            raise ValueError("write whsec_ and 24 to 64 random bytes in base64")
        return given

    @property
    def embedders(self) -> list[str]:
        """Origins of pages that may show the player and read what it reads; `*` is everyone."""
        return [*self.allowed_embed_origins.split(), *listed(self.cors_origins)]

    @property
    def webhook_key(self) -> bytes:
        """The bytes that the secret stands for."""
        return _decoded(self.webhook_secret.get_secret_value())

    @property
    def audio(self) -> str:
        """Where the audio is: s3://bucket/prefix, or a folder."""
        return self.audio_store or str(self.data_dir / "audio")

    @property
    def database(self) -> str:
        """Address of the library's database. It may hold a password."""
        given = self.database_url.get_secret_value()
        return given or f"sqlite+aiosqlite:///{self.data_dir / 'library.db'}"

    @property
    def is_shared(self) -> bool:
        """Whether several processes can make clips together."""
        return self.database.startswith("postgresql://")

    @classmethod
    def read(cls, **given: object) -> Self:
        """Settings from the environment, `given` above it. Raises SettingsInvalid."""
        try:
            return cls(**given)  # type: ignore[arg-type]
        except ValidationError as error:
            faults = "; ".join(map(_wrong, error.errors()))
            raise SettingsInvalid("settings-invalid", faults=faults) from error
        except SettingsError as error:  # of a setting that is an object
            fault = 'VORLESER_OPENAI_EXTRA: write a JSON object, such as {"lang": "de"}'
            raise SettingsInvalid("settings-invalid", faults=fault) from error


def unknown(environment: Iterable[str]) -> dict[str, str | None]:
    """The names in it that begin as settings do and are none, each with the one that it is like."""
    known = [f"VORLESER_{name.upper()}" for name in Settings.model_fields]
    strangers = {name for name in environment if name.startswith("VORLESER_")} - {*known}
    alike = {name: difflib.get_close_matches(name, known, n=1) for name in sorted(strangers)}
    return {name: next(iter(likes), None) for name, likes in alike.items()}


def listed(given: str) -> list[str]:
    """The entries of a list, with commas or blanks between them."""
    return given.replace(",", " ").split()


def keys_in(setting: str) -> list[bytes | str]:
    """The keys of a setting; of those that are given as hashes the hash, in small hex digits."""
    keys = [key.strip() for key in setting.split(",") if key.strip()]
    return [
        key.removeprefix("sha256:").lower() if key.startswith("sha256:") else key.encode()
        for key in keys
    ]


def digest_of(key: bytes | str) -> str:
    """Its SHA-256 in hex digits; a string is one already."""
    return key if isinstance(key, str) else hashlib.sha256(key).hexdigest()


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # such as brackets around what is no IPv6 address
        return False


def _decoded(secret: str) -> bytes:
    """The bytes of a secret as Standard Webhooks writes it; its padding may be missing."""
    encoded = secret.removeprefix("whsec_").rstrip("=")
    return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)


def _wrong(fault: ErrorDetails) -> str:
    """The variable and its fault: pydantic writes before our own words that it was a ValueError."""
    name = "_".join(map(str, fault["loc"])).upper()
    what = str(fault["ctx"]["error"]) if fault["type"] == "value_error" else fault["msg"]
    return f"VORLESER_{name}: {what}"

"""What the service says, as values: a code of codes.py with what belongs into its sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from typing import Any, TypeAlias

from service.codes import SENTENCES

Value: TypeAlias = "str | int | float | Sequence[str] | Sequence[int] | Message"


@dataclass(frozen=True, slots=True)
class Message:
    """A code with its values; `str` is the English sentence made of them.

    Raises ValueError where the values are not those that the sentence has places for.
    """

    code: str
    params: Mapping[str, Value] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.code not in SENTENCES or self.params.keys() != placeholders(SENTENCES[self.code]):
            given = ", ".join(self.params) or "no values"
            raise ValueError(f"there is no message {self.code} with {given}")

    def __str__(self) -> str:
        values = {name: _in_words(value) for name, value in self.params.items()}
        return SENTENCES[self.code].format_map(values)

    @property
    def json(self) -> dict[str, object]:
        """`code`, `params`, and the sentence as `detail`; so is each message among the values."""
        params = {
            name: value.json if isinstance(value, Message) else value
            for name, value in self.params.items()
        }
        return {"code": self.code, "params": params, "detail": str(self)}

    @property
    def record(self) -> str:
        """It as text that `recorded` can read."""
        return json.dumps(self.json, ensure_ascii=False)


def message(code: str, /, **params: Value) -> Message:
    """The code with these values. Raises ValueError where they do not belong together."""
    return Message(code, params)


def recorded(text: str) -> Message:
    """The message that was kept as text.

    Where another version of the service kept it, and this one has no such message, its
    sentence alone; before there were codes, sentences were all that was kept.
    """
    try:
        record = json.loads(text)
        sentence = str(record["detail"])
    except (ValueError, TypeError, LookupError, AttributeError):
        return message("recorded", sentence=text)
    try:
        return _read(record)
    except (ValueError, TypeError, LookupError, AttributeError):
        return message("recorded", sentence=sentence)


def fields(name: str, value: Message | None) -> dict[str, object]:
    """A message as fields of an object: its sentence, and beside it its code and values."""
    if value is None:
        return {name: None, f"{name}_code": None, f"{name}_params": {}}
    record = value.json
    return {name: str(value), f"{name}_code": value.code, f"{name}_params": record["params"]}


@cache
def placeholders(sentence: str) -> frozenset[str]:
    """The names of the values that a sentence has places for."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def _in_words(value: Value) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return str(value)


def _read(record: Mapping[str, Any]) -> Message:
    params = {
        name: _read(value) if isinstance(value, Mapping) else value
        for name, value in record["params"].items()
    }
    return Message(record["code"], params)

"""What went wrong: RFC 9457 with codes of our own, and OpenAI's shape below /v1."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from service.web.models.describing import described


@described()
class Said(TypedDict):
    """A sentence: its code, the values in it, and its English."""

    code: str
    params: dict[str, str | int | float | list[str] | list[int] | Said]
    detail: str


Params = dict[str, str | int | float | list[str] | list[int] | Said]
"""The values that belong into a sentence, by their names."""


@described()
class FieldFault(TypedDict):
    """What is wrong with one field of a request."""

    field: str
    """Its name; of one within another the names with dots between them."""
    detail: str
    code: str
    params: dict[str, str | int | float]


@described()
class Problem(TypedDict):
    """What went wrong and what to do (RFC 9457); `code` is what programs know it by."""

    type: Literal["about:blank"]
    title: str
    """The status in words."""
    status: int
    code: str
    """Stable: one is never given another meaning."""
    params: Params
    detail: str
    """What went wrong and what to do, in English."""
    errors: NotRequired[list[FieldFault]]
    """The fields that are wrong, with 422."""
    failed: NotRequired[list[int]]
    """The numbers of the paragraphs that failed, with 409 where a track has some."""


@described()
class SpeechFault(TypedDict):
    """What went wrong, as OpenAI's clients read it."""

    message: str
    type: Literal["invalid_request_error", "server_error"]
    param: str | None
    """The field that is wrong."""
    code: str


@described()
class SpeechProblem(TypedDict):
    """An error as OpenAI's clients read it."""

    error: SpeechFault

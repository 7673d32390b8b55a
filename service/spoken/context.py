"""What stands around a match: the words before it, the noun behind it, the sentence's end."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps

_NUMERAL = re.compile(r"[\d½⅓⅔¼¾⅕-⅞⅒⁰¹²³⁴-⁹⁺★⭐☆]")
_WORD = re.compile(r"[\w'’-]+")
_NEAR = 60  # characters: farther off nothing governs a number
_CLOSING = '"“”«»›‹‘’)] '


def of_numbers(rule: Callable[[str], str]) -> Callable[[str], str]:
    """A rule that has nothing to do where no number stands; a test holds each to that."""

    @wraps(rule)
    def applied(text: str) -> str:
        return rule(text) if _NUMERAL.search(text) else text

    return applied


def words_before(text: str, position: int, *, count: int = 3) -> list[str]:
    """Up to `count` words right before a position, the nearest first, in lower case."""
    words = _WORD.findall(text[max(0, position - _NEAR) : position].lower())
    return words[: -count - 1 : -1]


def lead(match: re.Match[str]) -> str:
    """The word right before a match, in lower case; "" without one."""
    return next(iter(words_before(match.string, match.start(), count=1)), "")


def noun_after(text: str, position: int) -> str:
    """The next capitalised word behind a position, within its clause; "" without one."""
    for match in re.finditer(r"[^\s]+", text[position : position + _NEAR]):
        word = match[0].lstrip("„“\"'(")
        if word[:1].isupper():
            return word.rstrip('.,;:!?)“"')
        if word and word[-1] in ".,;:!?" and not word[0].isdecimal():
            break
    return ""


def is_last(match: re.Match[str]) -> bool:
    """Whether nothing but closing marks stands behind a match."""
    return not match.string[match.end() :].strip(_CLOSING)


def ended(match: re.Match[str], spoken: str) -> str:
    """What is said for an abbreviation, with its dot where that ends the sentence, too."""
    return f"{spoken}." if match[0].endswith(".") and is_last(match) else spoken

"""The lexicon: names and foreign words respelled so that a German voice says them right."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from service.errors import SettingsInvalid, cause_of
from service.spoken.tables import mapping

_INFLECTED = r"(?P<ending>s|’s|'s)?"


class Lexicon:
    """Written words and what is said for them; the longest match wins, genitive s included.

    A word in small letters is found in any case, one with a capital only as it is written.
    """

    def __init__(self, entries: Mapping[str, str]) -> None:
        self.entries = dict(entries)
        listed = "\n".join(
            f"{written}\t{spoken}" for written, spoken in sorted(self.entries.items())
        )
        self.digest = hashlib.sha256(listed.encode()).hexdigest()[:16]
        self._any_case = {key: spoken for key, spoken in self.entries.items() if key == key.lower()}
        self._pattern = self._compile()

    @classmethod
    def read(cls, path: Path, *, under: Lexicon | None = None) -> Lexicon:
        """The lexicon of a TSV file (written, spoken), on top of another one.

        Raises SettingsInvalid with the line's number.
        """
        try:
            lines = path.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsInvalid(
                "lexicon-unreadable", file=str(path), error=cause_of(error)
            ) from error
        return cls({**(under.entries if under else {}), **_parsed(lines, source=str(path))})

    def apply(self, text: str) -> str:
        """The text with every known word as it is said."""
        return self._pattern.sub(self._say, text) if self._pattern else text

    def _compile(self) -> re.Pattern[str] | None:
        words = sorted(self.entries, key=len, reverse=True)
        listed = [f"(?i:{re.escape(w)})" if w in self._any_case else re.escape(w) for w in words]
        return (
            re.compile(rf"(?<!\w)(?P<word>{'|'.join(listed)}){_INFLECTED}(?!\w)") if words else None
        )

    def _say(self, match: re.Match[str]) -> str:
        word = match["word"]
        spoken = self.entries.get(word) or self._any_case[word.lower()]
        return spoken + ("s" if match["ending"] else "")


def _parsed(lines: Iterable[str], *, source: str) -> dict[str, str]:
    entries = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#") or (number == 1 and line == "written\tspoken"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) < 2 or not all(fields[:2]):
            raise SettingsInvalid("lexicon-line", file=str(source), line=number)
        entries[fields[0]] = fields[1]
    return entries


BUILT_IN = Lexicon(mapping("names.tsv"))

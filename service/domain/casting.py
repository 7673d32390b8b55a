"""Cast: which voices speak which parts of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.domain.articles import Kind, Paragraph, Role
from service.errors import InputError

SPEAKER, LANGUAGE = "speaker:", "language:"
_KINDS = (Kind.TITLE, Kind.HEADING, Kind.QUOTE)
PLAIN_PARTS = tuple(str(part.value) for part in (*_KINDS, *Role))
PARTS = (*PLAIN_PARTS, f"{SPEAKER}NAME", f"{LANGUAGE}CODE")
LONGEST_PART, MOST_PARTS = 120, 40


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of voices by the parts that they speak, in order; without any, one voice speaks all.

    Parts are a kind (`title`, `heading`, `quote`), a role (`question`, `answer`), `speaker:NAME`,
    and `language:CODE` (BCP 47), where a paragraph's is not the article's.
    """

    parts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, voices: Mapping[str, str]) -> Cast:
        """The cast that is told. Raises InputError where a part is none."""
        if len(voices) > MOST_PARTS:
            raise InputError("cast-too-many", most=MOST_PARTS)
        return cls(tuple(sorted({_part(name): voice for name, voice in voices.items()}.items())))

    def __bool__(self) -> bool:
        return bool(self.parts)

    def voice_for(self, paragraph: Paragraph) -> str | None:
        """Id of the voice that is to speak it, None for the article's.

        Language goes before speaker, speaker before role, role before kind.
        """
        voices = {_folded(part): voice for part, voice in self.parts}
        return next((voices[part] for part in _parts_of(paragraph) if part in voices), None)


def _part(name: str) -> str:
    """The part by its name as it is kept. Raises InputError."""
    plain = " ".join(name.split())
    prefix, colon, rest = plain.partition(":")
    given = rest.strip()
    if plain.lower() in PLAIN_PARTS:
        return plain.lower()
    is_named = f"{prefix.lower()}{colon}" in {SPEAKER, LANGUAGE} and given
    if not is_named or len(plain) > LONGEST_PART:
        raise InputError("cast-part", part=plain[:LONGEST_PART], parts=", ".join(PARTS))
    kind = f"{prefix.lower()}:"
    return f"{kind}{given.lower() if kind == LANGUAGE else given}"


def _parts_of(paragraph: Paragraph) -> Iterator[str]:
    """The parts that a paragraph is of, the one that counts most first."""
    tag = (paragraph.language or "").lower()
    while tag:  # “en-GB” is “en”, too
        yield f"{LANGUAGE}{tag}"
        tag = tag.rpartition("-")[0]
    names = paragraph.speaker.split() if paragraph.speaker else []
    for first in range(len(names)):  # “Anna Müller” is “Müller”, too
        yield _folded(f"{SPEAKER}{' '.join(names[first:])}")
    if paragraph.role:
        yield paragraph.role.value
    yield paragraph.kind.value


def _folded(part: str) -> str:
    return part.casefold()


ONE_VOICE = Cast()

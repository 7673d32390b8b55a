"""What is said of an article, and in which clips: the scripts of its paragraphs in one voice."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from itertools import accumulate

from service import spoken
from service.contracts import Voices
from service.domain import (
    ONE_VOICE,
    Article,
    Cast,
    Extra,
    Kind,
    Narration,
    Order,
    Outcome,
    Paragraph,
    Segment,
    Spec,
    Voice,
)
from service.errors import ArticleTooLong, UnknownVoice
from service.messages import Message
from service.narration.extras import in_full
from service.sound import clips
from service.sound.tags import DISCLOSURE

LONGEST_PARAGRAPH = 3000  # characters; longer ones are broken at sentence ends, to start sooner

Begin = Callable[[str, Order], Awaitable[None]]
"""Takes the id of a clip that is going to be wanted, and what it is to say."""

_NOBODY: Mapping[str, Voice] = {}
_script = lru_cache(maxsize=1024)(spoken.script)  # an edit changes few paragraphs of many


@dataclass(frozen=True, slots=True)
class Manner:
    """How an article is to be spoken: by what voice (None: the default), at what pace, which
    others speak parts of it, and what is read besides its text.
    """

    voice: str | None = None
    rate: float = 1.0
    cast: Cast = ONE_VOICE
    extras: tuple[Extra, ...] = ()


AS_USUAL = Manner()


def write(
    article: Article,
    voice: Voice,
    *,
    lexicon: spoken.Lexicon,
    manner: Manner = AS_USUAL,
    cast: Mapping[str, Voice] = _NOBODY,
) -> Narration:
    """A new narration of an article: what is said in which clip. Nothing is made yet.

    `manner` tells pace and extras, `cast` the voices of parts that are not spoken by `voice`.
    """
    ids = Cast.of({part: other.id for part, other in cast.items()})
    spec = asked(article, voice.id, rate=manner.rate, cast=ids, extras=manner.extras)
    others = {other.id: other for other in cast.values()}
    return narrated(spec, scripted(spec, voice, lexicon=lexicon, others=others))


def narrated(spec: Spec, outcome: Outcome) -> Narration:
    """A new narration, as of now."""
    return Narration(secrets.token_hex(8), datetime.now(UTC), spec, outcome)


def asked(
    article: Article,
    voice: str,
    *,
    rate: float = 1.0,
    cast: Cast = ONE_VOICE,
    extras: Collection[Extra] = (),
) -> Spec:
    """What is asked for, and what it is known by; endless paragraphs are broken."""
    broken, wanted = _all_broken(article), tuple(sorted(set(extras)))
    manner: list[object] = [voice] if rate == 1 else [voice, rate]
    if cast:
        manner.append({"cast": cast.parts})
    manner += [list(wanted)] if wanted else []
    return Spec(
        article=broken,
        voice=voice,
        rate=rate,
        cast=cast,
        key=_digest([*manner, [_heard(paragraph) for paragraph in _read(broken, wanted)]]),
        page_key=_digest([*manner, article.page]) if article.page else None,
        extras=wanted,
    )


def scripted(
    spec: Spec,
    voice: Voice,
    *,
    lexicon: spoken.Lexicon,
    note: Message | None = None,
    others: Mapping[str, Voice] = _NOBODY,
) -> Outcome:
    """What is said for what was asked for, by that voice. Nothing is made yet.

    `others` are the voices of its cast by their ids; without them that one speaks all of it.
    """
    segments = []
    for paragraph in _read(spec.article, spec.extras):
        speaker = others.get(spec.cast.voice_for(paragraph) or "", voice)
        script = _script(paragraph, lexicon=lexicon, form=speaker.form, native=speaker.language)
        clip_id = clips.clip_id(script, speaker, rate=spec.rate)
        other = None if speaker.id == voice.id else speaker.id
        segments.append(Segment(paragraph, script, clip_id, voice=other))
    return Outcome(voice=voice.id, segments=tuple(segments), lexicon=lexicon.digest, note=note)


def cast_of(cast: Cast, voices: Voices) -> dict[str, Voice]:
    """The voices of the parts. Raises UnknownVoice, which names the part."""
    by_part = {}
    for part, voice in cast.parts:
        try:
            by_part[part] = voices.voice(voice)  # a new one is measured first
        except UnknownVoice as error:
            raise UnknownVoice("cast-voice", part=part, reason=error.message) from error
    return by_part


def with_notice(article: Article) -> Article:
    """The article with a last paragraph that says who speaks, once."""
    notice = Paragraph(Kind.TEXT, f"{DISCLOSURE}.")
    others = [paragraph for paragraph in article.paragraphs if paragraph != notice]
    return replace(article, paragraphs=(*others, notice))


def have_something_in_common(old: Narration, new: Narration) -> bool:
    """Whether they may be versions of one article: else the page has got another one by now."""
    texts = [
        {paragraph.text for paragraph in narration.article.paragraphs} for narration in (old, new)
    ]
    return bool(texts[0] & texts[1] - {f"{DISCLOSURE}."})


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes as this service is set up. In threads: an article takes seconds."""

    voices: Voices
    lexicon: spoken.Lexicon
    max_chars: int
    spoken_notice: bool = False

    async def new(
        self, article: Article, manner: Manner, *, begin: Begin | None = None
    ) -> Narration:
        """A new narration; `begin` is told of its first clip before the others are written.

        Raises ArticleTooLong, UnknownVoice.
        """
        accepted = self._accepted(article, manner.extras)
        chosen = await self._voice(manner.voice)
        others = await self._others(manner.cast)
        spec = await self._asked(accepted, chosen.id, manner)
        script = partial(scripted, voice=chosen, lexicon=self.lexicon, others=others)
        if begin:
            head = replace(spec.article, paragraphs=spec.article.paragraphs[:1], left_out=())
            [first] = (await asyncio.to_thread(script, replace(spec, article=head))).segments
            await begin(first.clip_id, Order(first.script, first.voice or chosen.id, spec.rate))
        return narrated(spec, await asyncio.to_thread(script, spec))

    async def spec(self, article: Article, manner: Manner) -> Spec:
        """What is asked for from now on, by a voice that is named. Raises ArticleTooLong."""
        accepted = self._accepted(article, manner.extras)
        return await self._asked(accepted, str(manner.voice), manner)

    async def outcome(self, spec: Spec, voice: str, *, note: Message | None = None) -> Outcome:
        """What is said: with a note by that voice alone, else by its cast, too.

        Raises UnknownVoice.
        """
        chosen = await self._voice(voice)
        others = {} if note else await self._others(spec.cast)
        script = partial(scripted, spec, chosen, lexicon=self.lexicon, note=note, others=others)
        return await asyncio.to_thread(script)

    async def _asked(self, accepted: Article, voice: str, manner: Manner) -> Spec:
        wanted = partial(asked, rate=manner.rate, cast=manner.cast, extras=manner.extras)
        return await asyncio.to_thread(wanted, accepted, voice)

    async def _others(self, cast: Cast) -> dict[str, Voice]:
        """The voices of the parts by their ids. Raises UnknownVoice."""
        voices = await asyncio.to_thread(cast_of, cast, self.voices) if cast else {}
        return {other.id: other for other in voices.values()}

    async def _voice(self, voice: str | None) -> Voice:
        return await asyncio.to_thread(self.voices.voice, voice)  # a new one is measured first

    def _accepted(self, article: Article, extras: Collection[Extra]) -> Article:
        letters = sum(len(paragraph.text) for paragraph in in_full(article, extras))
        if letters > self.max_chars:
            raise ArticleTooLong("article-too-long", chars=letters, limit=self.max_chars)
        return with_notice(article) if self.spoken_notice else article


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _heard(paragraph: Paragraph) -> list[object]:
    """What is heard of a paragraph, for knowing the same article again."""
    numbered = [] if paragraph.number is None else [paragraph.number]
    return [paragraph.kind, paragraph.text, *numbered]


def _read(article: Article, extras: Collection[Extra]) -> Sequence[Paragraph]:
    """All that is read of an article whose paragraphs are broken."""
    return [part for whole in in_full(article, extras) for part in _broken(whole)]


def _all_broken(article: Article) -> Article:
    """The article with its endless paragraphs broken; what is left out keeps its place."""
    parts = [_broken(whole) for whole in article.paragraphs]
    if all(len(part) == 1 for part in parts):
        return article
    behind = [0, *accumulate(map(len, parts))]
    return replace(
        article,
        paragraphs=tuple(part for whole in parts for part in whole),
        left_out=tuple(
            line
            if line.behind is None
            else replace(line, behind=behind[min(line.behind, len(parts))])
            for line in article.left_out
        ),
    )


def _broken(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraph, broken at sentence ends where it is longer than LONGEST_PARAGRAPH."""
    if len(paragraph.text) <= LONGEST_PARAGRAPH:
        return [paragraph]
    parts = [""]
    for sentence in spoken.sentences(paragraph.text):
        if parts[-1] and len(parts[-1]) + len(sentence) > LONGEST_PARAGRAPH:
            parts.append("")
        parts[-1] += sentence
    rest = Kind.TEXT if paragraph.kind is Kind.TITLE else paragraph.kind
    return [
        replace(
            paragraph,
            kind=rest if number else paragraph.kind,
            text=part.strip(),
            number=None if number else paragraph.number,
        )
        for number, part in enumerate(parts)
    ]

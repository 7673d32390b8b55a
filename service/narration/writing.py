"""What is said of an article, and in which clips: the scripts of its paragraphs in one voice."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial

from service import spoken
from service.contracts import Voices
from service.domain import (
    Article,
    Kind,
    Narration,
    Order,
    Outcome,
    Paragraph,
    Segment,
    Spec,
    Voice,
)
from service.errors import ArticleTooLong
from service.messages import Message
from service.sound import clips
from service.sound.tags import DISCLOSURE

LONGEST_PARAGRAPH = 3000  # characters; longer ones are broken at sentence ends, to start sooner

Begin = Callable[[str, Order], None]
"""Takes the id of a clip that is going to be wanted, and what it is to say."""

_script = lru_cache(maxsize=1024)(spoken.script)  # an edit changes few paragraphs of many


def write(
    article: Article, voice: Voice, *, lexicon: spoken.Lexicon, rate: float = 1.0
) -> Narration:
    """A new narration of an article: what is said in which clip. Nothing is made yet."""
    spec = asked(article, voice.id, rate=rate)
    return narrated(spec, scripted(spec, voice, lexicon=lexicon))


def narrated(spec: Spec, outcome: Outcome) -> Narration:
    """A new narration, as of now."""
    return Narration(secrets.token_hex(8), datetime.now(UTC), spec, outcome)


def asked(article: Article, voice: str, *, rate: float = 1.0) -> Spec:
    """What is asked for, and what it is known by; endless paragraphs are broken."""
    broken = tuple(part for whole in article.paragraphs for part in _broken(whole))
    manner: list[object] = [voice] if rate == 1 else [voice, rate]
    return Spec(
        article=replace(article, paragraphs=broken),
        voice=voice,
        rate=rate,
        key=_digest([*manner, [_told(paragraph) for paragraph in broken]]),
        page_key=_digest([*manner, article.page]) if article.page else None,
    )


def scripted(
    spec: Spec, voice: Voice, *, lexicon: spoken.Lexicon, note: Message | None = None
) -> Outcome:
    """What that voice says for what was asked for. Nothing is made yet."""
    segments = []
    for paragraph in spec.article.paragraphs:
        script = _script(paragraph, lexicon=lexicon, form=voice.form)
        segments.append(Segment(paragraph, script, clips.clip_id(script, voice, rate=spec.rate)))
    return Outcome(voice=voice.id, segments=tuple(segments), lexicon=lexicon.digest, note=note)


def with_notice(article: Article) -> Article:
    """The article with a last paragraph that says who speaks, once."""
    notice = Paragraph(Kind.TEXT, f"{DISCLOSURE}.")
    others = [paragraph for paragraph in article.paragraphs if paragraph != notice]
    return replace(article, paragraphs=(*others, notice))


def have_something_in_common(old: Narration, new: Narration) -> bool:
    """Whether they may be versions of one article: else the page has got another one by now."""
    texts = [{paragraph.text for paragraph in one.article.paragraphs} for one in (old, new)]
    return bool(texts[0] & texts[1] - {f"{DISCLOSURE}."})


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes as this service is set up. In threads: an article takes seconds."""

    voices: Voices
    lexicon: spoken.Lexicon
    max_chars: int
    spoken_notice: bool = False

    async def new(
        self, article: Article, voice: str | None, *, rate: float, begin: Begin | None = None
    ) -> Narration:
        """A new narration; `begin` is told of its first clip before the others are written.

        Raises ArticleTooLong, UnknownVoice.
        """
        chosen = await self._voice(voice)
        spec = await self.spec(article, chosen.id, rate=rate)
        if begin:
            head = replace(spec.article, paragraphs=spec.article.paragraphs[:1])
            [first] = (await self._outcome(replace(spec, article=head), chosen)).segments
            begin(first.clip_id, Order(first.script, chosen.id, rate))
        return narrated(spec, await self._outcome(spec, chosen))

    async def spec(self, article: Article, voice: str, *, rate: float) -> Spec:
        """What is asked for from now on. Raises ArticleTooLong."""
        return await asyncio.to_thread(asked, self._accepted(article), voice, rate=rate)

    async def outcome(self, spec: Spec, voice: str, *, note: Message | None = None) -> Outcome:
        """What that voice says. Raises UnknownVoice."""
        return await self._outcome(spec, await self._voice(voice), note=note)

    async def _outcome(self, spec: Spec, voice: Voice, *, note: Message | None = None) -> Outcome:
        script = partial(scripted, spec, voice, lexicon=self.lexicon, note=note)
        return await asyncio.to_thread(script)

    async def _voice(self, voice: str | None) -> Voice:
        return await asyncio.to_thread(self.voices.voice, voice)  # a new one is measured first

    def _accepted(self, article: Article) -> Article:
        letters = sum(len(paragraph.text) for paragraph in article.paragraphs)
        if letters > self.max_chars:
            raise ArticleTooLong("article-too-long", chars=letters, limit=self.max_chars)
        return with_notice(article) if self.spoken_notice else article


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _told(paragraph: Paragraph) -> list[object]:
    """What is heard of a paragraph, for knowing the same article again."""
    numbered = [] if paragraph.number is None else [paragraph.number]
    return [paragraph.kind, paragraph.text, *numbered]


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

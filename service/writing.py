"""What is said of an article, and in which clips: the scripts of its paragraphs in one voice."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from service import spoken
from service.domain import Article, Kind, Line, Narration, Paragraph, Voice
from service.sound import clips
from service.sound.tags import DISCLOSURE

LONGEST_PARAGRAPH = 3000  # characters; longer ones are broken at sentence ends, to start sooner

_script = lru_cache(maxsize=1024)(spoken.script)  # an edit changes few paragraphs of many


def write(
    article: Article, voice: Voice, *, lexicon: spoken.Lexicon, rate: float = 1.0
) -> Narration:
    """The narration of an article: what is said in which clip. Nothing is made yet."""
    asked: list[object] = [voice.id] if rate == 1 else [voice.id, rate]
    broken = tuple(part for whole in article.paragraphs for part in _broken(whole))
    lines = []
    for paragraph in broken:
        script = _script(paragraph, lexicon=lexicon, form=voice.form)
        lines.append(Line(paragraph, script, clips.clip_id(script, voice, rate=rate)))
    return Narration(
        id=secrets.token_hex(8),
        key=_key(article, asked),
        page_key=_digest([*asked, article.page]) if article.page else None,
        article=replace(article, paragraphs=broken),
        voice=voice.id,
        rate=rate,
        created_at=datetime.now(UTC),
        lines=tuple(lines),
        lexicon=lexicon.digest,
    )


def with_notice(article: Article) -> Article:
    """The article with a last paragraph that says who speaks, once."""
    notice = Paragraph(Kind.TEXT, f"{DISCLOSURE}.")
    said = [paragraph for paragraph in article.paragraphs if paragraph != notice]
    return replace(article, paragraphs=(*said, notice))


def have_something_in_common(old: Narration, new: Narration) -> bool:
    """Whether they may be versions of one article: else the page has got another one by now."""
    texts = [{line.paragraph.text for line in one.lines} for one in (old, new)]
    return bool(texts[0] & texts[1] - {f"{DISCLOSURE}."})


def _key(article: Article, asked: list[object]) -> str:
    said = [_told(paragraph) for paragraph in article.paragraphs]
    return _digest([*asked, said])


def _told(paragraph: Paragraph) -> list[object]:
    numbered = [] if paragraph.number is None else [paragraph.number]
    return [paragraph.kind, paragraph.text, *numbered]


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


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

"""Page furniture: lines that stand around an article on its page and are not read aloud.

Conservative: a line is left out only if it is short and begins like furniture, never because
a word occurs in it. Whatever is left out is named with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from service.codes import Reason
from service.domain import Kind, LeftOut, Paragraph
from service.reading.phrases import RULES
from service.reading.titles import titled

_LONGEST = 240  # characters; furniture is short
_LONGEST_BIO = 400

_NAME = r"[A-ZÄÖÜ][\wäöüß’'.-]+(?: (?:von|van|de|der|zu|und|[A-ZÄÖÜ][\wäöüß’'.-]*)){1,4}"
_AUTHOR = re.compile(_NAME)
_BYLINE = re.compile(rf"(?:Von|Ein (?:Kommentar|Gastbeitrag|Bericht|Interview) von) ({_NAME})")
_AFTER_ARTICLE = {
    Reason.COMMENT_FORM,
    Reason.SHARE_PROMPT,
    Reason.NEWSLETTER_PROMPT,
    Reason.OTHER_ARTICLES,
}

_SITES = (
    r"POLITICO|DER SPIEGEL|SPIEGEL(?: Online)?|ZEIT ONLINE|DIE ZEIT|FAZ(?:\.NET)?|WELT|DIE WELT|"
    r"BILD|taz|stern|FOCUS(?: online)?|Handelsblatt|WirtschaftsWoche|Tagesspiegel|"
    r"Süddeutsche(?: Zeitung|\.de)?|SZ(?:\.de)?|n-tv(?:\.de)?|NZZ|DER STANDARD|Die Presse|"
    r"Deutschlandfunk(?: Kultur)?|Deutsche Welle|DW|BR24|WDR|NDR|MDR|SWR|ZDF(?:heute)?|ARD|"
    r"RND|t-online|Frankfurter Rundschau|Berliner (?:Zeitung|Morgenpost)|heise online|Golem\.de|"
    r"Wikipedia|Merkur(?:\.de)?|Cicero(?: Online)?|Reuters|dpa|AFP"
)
_SITE_SUFFIX = re.compile(
    rf"^(?P<title>.{{12,}}?)\s+(?:[–—\-·»:]\s+(?P<known>{_SITES}"
    rf"|[\w-]+(?:\.[\w-]+)*\.(?:de|at|ch|com"
    rf"|net|org|eu)|[A-ZÄÖÜ]{{6,}})|\|\s+(?P<barred>[^|]{{2,40}}))$"
)


@dataclass(frozen=True, slots=True)
class SortedOut:
    """What is read, what is not, and what the furniture told of the article.

    `read` are, for each number of paragraphs that were found, how many of them are read.
    """

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...]
    read: tuple[int, ...]
    byline: str | None
    site: str | None


def reason(text: str) -> Reason | None:
    """Why a line is page furniture, None when it is not."""
    if len(text) > _LONGEST:
        return None
    line = " ".join(text.split())
    return next((why for why, pattern in RULES if pattern.match(line)), None)


def sort_out(paragraphs: Sequence[Paragraph], *, headline: str | None = None) -> SortedOut:
    """Parts the paragraphs of a page from its furniture.

    The first that is left is the title, without the site's name, unless `headline` is given.
    Where nothing would be left, nothing is left out.
    """
    whys = [reason(paragraph.text) for paragraph in paragraphs]
    if all(whys) and headline is None:
        whys = [None if why is not Reason.SEPARATOR else why for why in whys]
    _mark_author_box(paragraphs, whys)
    byline = _mark_byline(paragraphs, whys, below=0 if headline else 1)
    kept = [paragraph for paragraph, why in zip(paragraphs, whys, strict=True) if why is None]
    left_out = tuple(
        LeftOut(" ".join(paragraph.text.split()), why)
        for paragraph, why in zip(paragraphs, whys, strict=True)
        if why
    )
    site, parts = None, len(kept)
    if kept and headline is None:
        title, site = without_site(kept[0].text)
        kept = list(titled([replace(kept[0], text=title), *kept[1:]]))
    elif kept and kept[0].kind is Kind.TITLE:
        kept[0] = replace(kept[0], kind=Kind.TEXT)
    more = len(kept) - parts  # where the title was cut off its paragraph
    read = accumulate((why is None for why in whys), initial=0)
    return SortedOut(tuple(kept), left_out, tuple(n and n + more for n in read), byline, site)


def without_site(headline: str) -> tuple[str, str | None]:
    """The headline without “ – SITE” at its end, and the site's name."""
    match = _SITE_SUFFIX.match(headline)
    if match is None:
        return headline, None
    return match["title"], match["known"] or match["barred"]


def _mark_author_box(paragraphs: Sequence[Paragraph], whys: list[Reason | None]) -> None:
    """A lone name near the end, with at most one short paragraph, before other furniture."""
    tail = len(whys)
    while tail and whys[tail - 1]:
        tail -= 1
    if not _AFTER_ARTICLE & set(whys[tail:]):
        return
    for start in (tail - 1, tail - 2):
        if start < 2 or not _AUTHOR.fullmatch(paragraphs[start].text):
            continue
        if all(len(paragraph.text) <= _LONGEST_BIO for paragraph in paragraphs[start + 1 : tail]):
            whys[start:tail] = [Reason.AUTHOR_BOX] * (tail - start)
            return


def _mark_byline(
    paragraphs: Sequence[Paragraph], whys: list[Reason | None], *, below: int
) -> str | None:
    """“Von Anna Meier” right below the headline, in one of two paragraphs."""
    body = [number for number, why in enumerate(whys) if why is None][below : below + 2]
    for number in body:
        if match := _BYLINE.fullmatch(paragraphs[number].text):
            whys[number] = Reason.BYLINE
            return match[1]
    return None

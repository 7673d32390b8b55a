"""Page furniture: lines that stand around an article on its page and are not read aloud.

Conservative: a line is left out only if it is short and begins like furniture, never because
a word occurs in it. Whatever is left out is named with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.codes import Reason
from service.domain import Kind, LeftOut, Paragraph

_LONGEST = 240  # characters; furniture is short
_LONGEST_BIO = 400

_NETWORKS = (
    r"facebook|twitter|x|whatsapp|linkedin|xing|e-?mail|telegram|threema|pinterest|instagram|"
    r"bluesky|mastodon|threads|reddit|pocket|flipboard|teilen|drucken|merken|kopieren|link|"
    r"tweet(?:en)?|share|mailen|per|auf|via|und|oder"
)
_RULES = [
    (why, re.compile(pattern, re.IGNORECASE))
    for why, pattern in (
        (Reason.SEPARATOR, r"[\W_]+$"),
        (
            Reason.PLAY_PROMPT,
            (
                r"(?:(?:bitte )?(?:drücken|klicken|tippen) sie (?:auf )?"
                r"[„»\"]?(?:play|abspielen|start)\b"
                r"|(?:diesen |den )?(?:artikel|text|beitrag) (?:jetzt )?(?:an|vor)(?:zu)?hören\b"
                r"|hören sie (?:sich )?(?:diesen|den) (?:artikel|text|beitrag)\b"
                r"|(?:artikel )?vorlesen(?: lassen)?$|(?:jetzt )?anhören(?: \(\d.*\))?$"
                r"|audioversion (?:dieses|des) (?:artikels|textes|beitrags)\b"
                r"|listen to this article)"
            ),
        ),
        (
            Reason.AI_VOICE_NOTE,
            (
                r"(?:(?:gesprochen|vorgelesen|eingesprochen|vertont)(?: wird"
                r"| wurde)? von (?:einer )?"
                r"(?:künstliche[rn]? intelligenz|ki\b|computerstimme)"
                r"|(?:dieser|der) (?:text|artikel|beitrag) (?:wird|wurde) (?:automatisch"
                r"|von einer ki|"
                r"maschinell|mit einer ki-stimme|von einer computerstimme) (?:vorgelesen|vertont|"
                r"eingesprochen))"
            ),
        ),
        (
            Reason.COMMENT_FORM,
            (
                r"(?:(?:schreiben? (?:sie )?(?:einen|den ersten|ihren|deinen)"
                r"|hinterlassen? (?:sie )?"
                r"(?:einen|deinen|ihren)) kommentar(?:[.!]|$)"
                r"|kommentare? (?:schreiben|verfassen|hinterlassen|abgeben|abschicken|anzeigen)$"
                r"|(?:deine|ihre) e-mail-adresse wird nicht veröffentlicht"
                r"|erforderliche felder sind (?:mit|durch) |antworten? abbrechen$"
                r"|(?:name|e-mail(?:-adresse)?|kommentar|website|webseite)\s*\*?$"
                r"|(?:meinen )?namen?, (?:meine )?e-mail(?:-adresse)? und (?:meine )?"
                r"web(?:site|seite) in"
                r"|(?:keine|\d+) kommentare?$|leave a (?:reply|comment)$|jetzt kommentieren$"
                r"|diskutieren sie mit[.!]?$|sie müssen angemeldet sein, um"
                r"|(?:ein gedanke|\d+ gedanken) zu [„“\"].+[“”\"]$)"
            ),
        ),
        (
            Reason.SHARE_PROMPT,
            (
                rf"(?:(?:diesen |den )?(?:artikel|beitrag|text) (?:auf [\w ]+ )?teilen[.!:]?$"
                rf"|(?:(?:{_NETWORKS})\b[\s,|/·:]*)+$"
                rf"|folgen sie uns(?: auf| bei|[.!]?$)|link (?:wurde )?kopier(?:en|t)[.!]?$"
                r"|\d+ (?:favoriten|likes?|boosts?|retweets?|reposts?|aufrufe|mal geteilt)$"
                r"|(?:hast du|habt ihr|haben sie) .{1,60}(?:probiert|gekocht|gebacken|gefallen)\?"
                r".{0,40}\b(?:markier|tag|verlink|bewert|kommentier)"
                r"|teilen mit:$|gefällt mir(?::| wird geladen)?[ .…]*$)"
            ),
        ),
        (
            Reason.NEWSLETTER_PROMPT,
            (
                r"(?:(?:jetzt |hier |kostenlos |gratis )*(?:(?:unseren|den|zum|für den) )?"
                r"(?:[\w-]+ )?newsletter (?:kostenlos |gratis |jetzt |hier )*"
                r"(?:abonnieren|bestellen|anmelden)[.!]?$"
                r"|(?:melden sie sich|abonnieren sie"
                r"|bestellen sie)\b[^.]{0,60}newsletter\b.{0,120}$"
                r"|(?:vielen )?dank fürs lesen\b.{0,80}\babonnier.{0,80}$"
                r"|[+\s]*keine? (?:nachricht|meldung|geschichte|neuigkeit)(?:en)?"
                r"(?: mehr)? verpassen\b"
                r"|sie erhalten (?:diese[nrs]?|unsere[nrs]?) (?:e-?mail|newsletter|nachricht)\b"
                r"|(?:diese[nr]? |den )?(?:e-?mail|newsletter) im browser (?:an|öffn)"
                r"|(?:vom |diesen )?newsletter abmelden\b"
                r"|[+\s]*hier geht(?:’s|'s| es) zu[mr] .{0,60}"
                r"(?:whatsapp|telegram|newsletter)(?:-kanal)?\b.{0,60}$)"
            ),
        ),
        (
            Reason.OTHER_ARTICLES,
            (
                r"(?:(?:lesen|hören|sehen) sie (?:auch|mehr|hierzu|dazu)\b(?:[: ]|$)"
                r"|lies auch\b|lesen sie (?:hier|jetzt) weiter|(?:auch"
                r"|ebenfalls) interessant(?:[:!]|$)"
                r"|mehr zum thema\b|mehr dazu:|das könnte (?:sie|dich) (?:auch )?interessieren"
                r"|weitere (?:artikel|beiträge|meldungen|nachrichten)(?: zum thema)?[:!]?$"
                r"|zum thema:|siehe auch:|meistgelesen(?:e artikel)?$|empfehlungen der redaktion$"
                r"|empfohlener (?:redaktioneller |externer )?inhalt"
                r"|(?:ähnliche|verwandte|neueste|vorherige[rs]?|nächste[rs]?) "
                r"(?:artikel|beitr[aä]ge?)[:!]?$)"
            ),
        ),
        (
            Reason.PHOTO_CREDIT,
            (
                r"(?:\(?(?:foto|fotos|bild|bilder|bildquelle|fotoquelle|grafik|illustration|video)"
                r"(?:credit)?\s*[:©] ?.{1,120}$|\(?©.{1,120}$|copyright:? .{1,120}$)"
            ),
        ),
        (
            Reason.COOKIE_NOTICE,
            (
                r"(?:wir (?:verwenden|nutzen|benutzen|setzen) cookies"
                r"|diese (?:website|webseite|seite) (?:verwendet|nutzt|benutzt) cookies"
                r"|(?:alle )?cookies (?:akzeptieren|ablehnen|zulassen)[.!]?$|cookie-einstellungen$)"
            ),
        ),
        (
            Reason.ADVERTISING,
            (
                r"[-–—*\s]*(?:anzeige|werbung|advertisement|advertorial|sponsored)[-–—*\s:]*$"
                r"|(?:der artikel geht |weiter )?nach der anzeige weiter[.!]?$"
                r"|(?:dieser?|der) (?:artikel|beitrag|text|seite) enthält (?:\w+ )?"
                r"(?:affiliate|werbe|partner|provisions)-?links?\b"
            ),
        ),
        (
            Reason.SUBSCRIPTION_PROMPT,
            (
                r"(?:jetzt (?:weiterlesen|abonnieren|testen)\b.{0,80}$|weiterlesen mit \w+.{0,60}$"
                r"|(?:bereits|schon) abonnent(?:in)?\??|dieser artikel ist (?:nur )?für abonnent"
                r"|sie haben noch kein(?:en)? (?:konto|account|abo))"
            ),
        ),
        (
            Reason.NAVIGATION,
            (
                r"(?:(?:zur |zurück zur )?startseite|(?:zum seitenanfang|nach oben)|zurück|menü"
                r"|suche"
                r"|beitragsnavigation|impressum"
                r"|besucher(?:zähler)?(?: seit [\d.]+)?: \d+\b.{0,40}"
                r"|datenschutz(?:erklärung)?|agb|mehr anzeigen|weiterlesen|mehr lesen)$"
            ),
        ),
        (
            Reason.READING_TIME,
            (r"(?:lesezeit|lesedauer|hördauer):? .{1,30}$|\d+ min(?:uten)?\.? lesezeit$"),
        ),
        (
            Reason.DATE_LINE,
            (
                r"(?:veröffentlicht|aktualisiert|erschienen|stand|publiziert)(?: am)?:? "
                r"(?:\w+, )?(?:den )?\d{1,2}\.\s?(?:\d{1,2}\.|\w+ ).{0,40}$"
                r"|(?:\w+, )?\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4},? (?:um )?\d{1,2}[:.]\d{2}"
                r"(?: uhr)?$"
                r"|(?:letzte (?:änderung|aktualisierung|bearbeitung)"
                r"|zuletzt (?:geändert|aktualisiert|bearbeitet))(?: am|:) .{0,160}(?<![.!?…])$"
                r"|(?:gefragt|beantwortet|geschrieben|gepostet|bearbeitet|kommentiert)"
                r" (?:(?:am|vor|um) \d|heute|gestern).{0,90}(?<![.!?…])$"
            ),
        ),
        (
            Reason.CONTACT,
            (
                r"(?:verantwortlich für (?:diesen|den) (?:presse)?(?:text|inhalt)"
                r"|v\. ?i\. ?s\. ?d\. ?p|(?:presse|medien)kontakt"
                r"|kontakt für (?:die )?(?:presse|medien))\b\W*$"
                r"|(?=.*\btel(?:efon)?\b[.:]? ?[+(\d])(?=.*(?:fax\b|\S@\S)).*(?<![.!?…])$"
            ),
        ),
        (Reason.BYLINE, r"(?:[\w.’'-]+ ){0,4}@[\w.]+@[\w.-]+\.\w+$"),
        (
            Reason.AUTHOR_BOX,
            r"über (?:den (?:autor|verfasser)|die (?:autor(?:in|en)|verfasserin))(?:\s*[:.–-]|$)",
        ),
    )
]
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
    """What is read, what is not, and what the furniture told of the article."""

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...]
    byline: str | None
    site: str | None


def reason(text: str) -> Reason | None:
    """Why a line is page furniture, None when it is not."""
    if len(text) > _LONGEST:
        return None
    return next((why for why, pattern in _RULES if pattern.match(text)), None)


def sort_out(found: Sequence[Paragraph], *, headline: str | None = None) -> SortedOut:
    """Parts the paragraphs of a page from its furniture.

    The first that is left is the title, without the site's name, unless `headline` is given.
    Where nothing would be left, nothing is left out.
    """
    whys = [reason(paragraph.text) for paragraph in found]
    if all(whys) and headline is None:
        whys = [None if why is not Reason.SEPARATOR else why for why in whys]
    _mark_author_box(found, whys)
    byline = _mark_byline(found, whys, below=0 if headline else 1)
    kept = [paragraph for paragraph, why in zip(found, whys, strict=True) if why is None]
    left_out = tuple(
        LeftOut(paragraph.text, why) for paragraph, why in zip(found, whys, strict=True) if why
    )
    site = None
    if kept and headline is None:
        title, site = without_site(kept[0].text)
        kept[0] = replace(kept[0], kind=Kind.TITLE, text=title)
    elif kept and kept[0].kind is Kind.TITLE:
        kept[0] = replace(kept[0], kind=Kind.TEXT)
    return SortedOut(tuple(kept), left_out, byline, site)


def without_site(headline: str) -> tuple[str, str | None]:
    """The headline without “ – SITE” at its end, and the site's name."""
    match = _SITE_SUFFIX.match(headline)
    if match is None:
        return headline, None
    return match["title"], match["known"] or match["barred"]


def _mark_author_box(found: Sequence[Paragraph], whys: list[Reason | None]) -> None:
    """A lone name near the end, with at most one short paragraph, before other furniture."""
    tail = len(whys)
    while tail and whys[tail - 1]:
        tail -= 1
    if not _AFTER_ARTICLE & set(whys[tail:]):
        return
    for start in (tail - 1, tail - 2):
        if start < 2 or not _AUTHOR.fullmatch(found[start].text):
            continue
        if all(len(paragraph.text) <= _LONGEST_BIO for paragraph in found[start + 1 : tail]):
            whys[start:tail] = [Reason.AUTHOR_BOX] * (tail - start)
            return


def _mark_byline(
    found: Sequence[Paragraph], whys: list[Reason | None], *, below: int
) -> str | None:
    """“Von Anna Meier” right below the headline, in one of two paragraphs."""
    body = [number for number, why in enumerate(whys) if why is None][below : below + 2]
    for number in body:
        if match := _BYLINE.fullmatch(found[number].text):
            whys[number] = Reason.BYLINE
            return match[1]
    return None

"""How lines of page furniture begin: by reason, one pattern a line.

The first that fits counts. A pattern that ends with `$` is the whole line.
"""

from __future__ import annotations

import re

from service.codes import Reason

_NETWORKS = (
    r"facebook|twitter|x|whatsapp|linkedin|xing|e-?mail|telegram|threema|pinterest|instagram|"
    r"bluesky|mastodon|threads|reddit|pocket|flipboard|teilen|drucken|merken|kopieren|link|"
    r"tweet(?:en)?|share|mailen|per|auf|via|und|oder"
)
_PHRASES: dict[Reason, tuple[str, ...]] = {
    Reason.SEPARATOR: (r"[\W_]+$",),
    Reason.EXTERNAL: (
        (
            r"(?:an dieser stelle|hier) (?:finden sie|findest du|steht|befindet sich"
            r"|wird)\b.{0,60}\b(?:extern\w* inhalt|inhalte? (?:von|eines)|drittanbieter)"
        ),
        r"ich (?:bin (?:damit )?einverstanden|stimme zu),? dass\b.{0,80}\b(?:inhalt|daten)",
        r"(?:damit|dabei|hierbei|hierdurch) (?:können|werden|gehen) personenbezogene daten",
        r"(?:externen? inhalte?|inhalte? von .{2,30}) (?:immer )?(?:anzeigen|laden|zulassen)$",
        r"datenschutz(?:hinweis)? mit einem klick",
        r"wegen (?:ihrer|deiner) (?:\w+-?)?einstellungen\b.{0,60}\binhalt",
        r"(?:dieser|externer) inhalt (?:wird|kann|konnte|ist)\b.{0,120}\b(?:geladen|angezeigt)",
    ),
    Reason.PLAYER: (
        r".{0,160}\bverfügbar (?:bis|noch)(?: zum)? \d{1,2}\.",
        r"(?:\d{1,2}:)?\d{1,2}:\d{2} ?(?:min|std|sek|h\b)\w*\.?$",
        r"(?:weitere|mehr|neueste|aktuelle) (?:videos?|audios?|podcasts?)\b.{0,30}$",
        (
            r"(?:das |dieses )?(?:video|film|audio|podcast) (?:abspielen|starten|ansehen"
            r"|anhören|zum thema|laden)$"
        ),
        r"(?:untertitel|lautstärke|vollbild(?:modus)?|wiedergabe)\b.{0,20}$",
        r"(?:bild|foto) \d{1,3} (?:von|/) \d{1,3}$",
        r"(?:bild|video|galerie) (?:vergrößern|öffnen)$",
    ),
    Reason.POLL: (
        r"(?:umfrage|abstimmung|voting): .{0,120}\?$",
        r"(?:jetzt abstimmen|stimmen sie ab)\b.{0,60}$",
    ),
    Reason.FEEDBACK: (
        (
            r"(?:haben sie |hast du |sie haben |du hast )?(?:einen? )?(?:rechtschreib-?)?fehler"
            r" (?:gefunden|entdeckt|melden)"
        ),
        r"(?:wie )?gefällt (?:ihnen|dir) (?:der|dieser) (?:artikel|beitrag)",
        (
            r"(?:war|ist) (?:dieser|der|diese) (?:artikel|beitrag|text"
            r"|seite)\b.{0,20}\b(?:hilfreich|interessant|lesenswert)\?"
        ),
        r"(?:ihre|deine) meinung (?:ist gefragt|zählt|zum (?:artikel|thema))",
        r"(?:haben sie|hast du) (?:anregungen|feedback)\b",
    ),
    Reason.APP_PROMPT: (
        (
            r"[^„“»«]{0,80}\bunsere[rn]? (?:[\w-]+ ){0,2}(?:\w+-)?app\b[^„“»«]{0,80}"
            r"\b(?:sie|ihnen|ihre?n?|du|dir|deine?n?)\b"
        ),
        (
            r"[^„“»«]{0,120}\b(?:laden|lade|hol(?:en)?|installier\w*|nutzen"
            r"|teste?n?)\b[^„“»«]{0,60}\bunsere? (?:[\wäöüß-]+ )?(?:[\wäöüß]+-)?app\b"
        ),
        (
            r"(?:jetzt )?(?:die )?(?:[\wäöüß]+-)?app (?:herunterladen|laden|installieren"
            r"|testen)[.!]?$"
        ),
    ),
    Reason.PLAY_PROMPT: (
        r"(?:bitte )?(?:drücken|klicken|tippen) sie (?:auf )?[„»\"]?(?:play|abspielen|start)\b",
        r"(?:diesen |den )?(?:artikel|text|beitrag) (?:jetzt )?(?:an|vor)(?:zu)?hören\b",
        r"hören sie (?:sich )?(?:diesen|den) (?:artikel|text|beitrag)\b",
        r"(?:artikel )?vorlesen(?: lassen)?$",
        r"(?:jetzt )?anhören(?: \(\d.*\))?$",
        r"audioversion (?:dieses|des) (?:artikels|textes|beitrags)\b",
        r"listen to this article",
    ),
    Reason.AI_VOICE_NOTE: (
        (
            r"(?:gesprochen|vorgelesen|eingesprochen|vertont)(?: wird| wurde)? von (?:einer"
            r" )?(?:künstliche[rn]? intelligenz|ki\b|computerstimme)"
        ),
        (
            r"(?:dieser|der) (?:text|artikel|beitrag) (?:wird|wurde) (?:automatisch|von einer"
            r" ki|maschinell|mit einer ki-stimme|von einer computerstimme) (?:vorgelesen"
            r"|vertont|eingesprochen)"
        ),
    ),
    Reason.COMMENT_FORM: (
        (
            r"(?:schreiben? (?:sie )?(?:einen|den ersten|ihren|deinen)|hinterlassen? (?:sie"
            r" )?(?:einen|deinen|ihren)) kommentar(?:[.!]|$)"
        ),
        r"kommentare? (?:schreiben|verfassen|hinterlassen|abgeben|abschicken|anzeigen)$",
        r"(?:deine|ihre) e-mail-adresse wird nicht veröffentlicht",
        r"erforderliche felder sind (?:mit|durch) ",
        r"antworten? abbrechen$",
        r"(?:name|e-mail(?:-adresse)?|kommentar|website|webseite)\s*\*?$",
        (
            r"(?:meinen )?namen?, (?:meine )?e-mail(?:-adresse)? und (?:meine )?web(?:site"
            r"|seite) in"
        ),
        r"(?:keine|\d+) kommentare?$",
        r"leave a (?:reply|comment)$",
        r"jetzt kommentieren$",
        r"diskutieren sie mit[.!]?$",
        r"sie müssen angemeldet sein, um",
        r"(?:ein gedanke|\d+ gedanken) zu [„“\"].+[“”\"]$",
    ),
    Reason.NEWSLETTER_PROMPT: (
        (
            r"[^„“»«]{0,120}\b(?:jetzt|hier)\b[^„“»«]{0,60}(?:whats-?app|telegram)-?"
            r"(?:kanal|channel)\b.{0,60}\b(?:abonnieren|folgen)"
        ),
        (
            r"(?=.*\b(?:hier|jetzt|unser\w*)\b)[^„“»«]{0,200}\bnewsletter\b[^„“»«]{0,160}"
            r"\b(?:abonnieren|anmelden|bestellen|eintragen)\b.{0,20}$"
        ),
        (
            r"(?:jetzt |hier |kostenlos |gratis )*(?:(?:unseren|den|zum|für den) )?(?:[\w-]+"
            r" )?newsletter (?:kostenlos |gratis |jetzt |hier )*(?:abonnieren|bestellen"
            r"|anmelden)[.!]?$"
        ),
        r"(?:melden sie sich|abonnieren sie|bestellen sie)\b[^.]{0,60}newsletter\b.{0,120}$",
        r"(?:vielen )?dank fürs lesen\b.{0,80}\babonnier.{0,80}$",
        r"[+\s]*keine? (?:nachricht|meldung|geschichte|neuigkeit)(?:en)?(?: mehr)? verpassen\b",
        r"sie erhalten (?:diese[nrs]?|unsere[nrs]?) (?:e-?mail|newsletter|nachricht)\b",
        r"(?:diese[nr]? |den )?(?:e-?mail|newsletter) im browser (?:an|öffn)",
        r"(?:vom |diesen )?newsletter abmelden\b",
        (
            r"[+\s]*hier geht(?:’s|'s| es) zu[mr] .{0,60}(?:whatsapp|telegram"
            r"|newsletter)(?:-kanal)?\b.{0,60}$"
        ),
        (
            r"[^„“»«]{0,160}\bunser(?:e[nmrs]?)? (?:[\w-]+ ){0,2}[\w-]*(?:newsletter"
            r"|whats-?app-?(?:kanal|channel)|telegram-?(?:kanal|channel))\b"
        ),
    ),
    Reason.SHARE_PROMPT: (
        r"(?:diesen |den )?(?:artikel|beitrag|text) (?:auf [\w ]+ )?teilen[.!:]?$",
        r"(?:(?:NETWORKS)\b[\s,|/·:]*)+$",
        r"folgen sie uns(?: auf| bei|[.!]?$)",
        r"link (?:wurde )?kopier(?:en|t)[.!]?$",
        r"\d+ (?:favoriten|likes?|boosts?|retweets?|reposts?|aufrufe|mal geteilt)$",
        (
            r"(?:hast du|habt ihr|haben sie) .{1,60}(?:probiert|gekocht|gebacken"
            r"|gefallen)\?.{0,40}\b(?:markier|tag|verlink|bewert|kommentier)"
        ),
        r"teilen mit:$",
        r"gefällt mir(?::| wird geladen)?[ .…]*$",
        (
            r"[^„“»«]{0,80}\b(?:folg\w*(?: sie)? uns|uns (?:auf|bei|in)|gibt es auch"
            r"|unser\w* (?:\w+ )?(?:kan[aä]le?n?|profile?n?|accounts?|seiten?))\b[^„“»«]{0,80}"
            r"\b(?:facebook|instagram|whatsapp|twitter|tiktok|youtube|bluesky|mastodon|threads"
            r"|linkedin)(?:,| und| oder|\b.{0,20}$)"
        ),
    ),
    Reason.OTHER_ARTICLES: (
        r"(?:mehr|auch (?:spannend|interessant)|lesen sie auch|lesetipp|passend dazu): ",
        r"mehr (?:artikel|nachrichten|berichte|texte|news) (?:aus|zu[mr]?|über|von)\b",
        r"(?:lesen|hören|sehen) sie (?:auch|mehr|hierzu|dazu)\b(?:[: ]|$)",
        r"lies auch\b",
        r"lesen sie (?:hier|jetzt) weiter",
        r"(?:auch|ebenfalls) interessant(?:[:!]|$)",
        r"mehr zum thema\b",
        r"mehr dazu:",
        r"das könnte (?:sie|dich) (?:auch )?interessieren",
        r"weitere (?:artikel|beiträge|meldungen|nachrichten)(?: zum thema)?[:!]?$",
        r"zum thema:",
        r"siehe auch:",
        r"meistgelesen(?:e artikel)?$",
        r"empfehlungen der redaktion$",
        r"empfohlener (?:redaktioneller |externer )?inhalt",
        (
            r"(?:ähnliche|verwandte|neueste|vorherige[rs]?|nächste[rs]?) (?:artikel"
            r"|beitr[aä]ge?)[:!]?$"
        ),
        r"(?:>{1,3}|→|➤|►|▶|➡|⇒|👉)\ufe0f?\s*\w",
        r"les(?:t|en sie) (?:auch|dazu|mehr)\b(?:[: ]|$)",
        (
            r"(?:am )?(?:beliebteste[ns]?|meistgelesen\w*|meist gelesen|meistgeklickt"
            r"|meistkommentiert)\b.{0,20}$"
        ),
        r"mehr lesen über\b",
        r"(?:top-?themen|top-?news|auch interessant|lesetipps?)[:!]?$",
        r"(?:passend |mehr |alles |artikel )?(?:dazu|zum thema):?$",
        (
            r"(?:weitere|neueste|aktuelle) (?:themen|nachrichten|artikel|berichte|texte|news)"
            r"(?: (?:aus|zum|zu) .{0,30})?$"
        ),
        r"[^„“»«]{0,200}\bin unserem (?:live|news|ticker|podcast|dossier|themen-?special)",
        (
            r"hier (?:geht(?:’s|'s| es)? (?:zu[mr]?|weiter)|gelangen sie|kommen sie zu[mr]?"
            r"|lesen sie)\b[^,.]{0,80}[:!]?$"
        ),
        r"mehr (?:dazu|infos|informationen)\b.{0,80}(?<![.!?])$",
    ),
    Reason.PHOTO_CREDIT: (
        (
            r".{3,180}[.!?)”“»]\s\(?(?:fotos?|bild|bildrechte|grafik|illustration|repro): ?"
            r"[^.!?:]{2,60}\)?$"
        ),
        r"(?:rubriklisten|symbol|archiv|titel|beitrags|vorschau)(?:bild|foto)\s*[:©]",
        r"(?:bild|foto)-?rechte: ?\S.{1,80}$",
        (
            r"\(?(?:foto|fotos|bild|bilder|bildquelle|fotoquelle|grafik|illustration"
            r"|video)(?:credit)?\s*[:©] ?.{1,120}$"
        ),
        r"\(?©.{1,120}$",
        r"copyright:? .{1,120}$",
    ),
    Reason.COOKIE_NOTICE: (
        r"wir (?:verwenden|nutzen|benutzen|setzen) cookies",
        r"diese (?:website|webseite|seite) (?:verwendet|nutzt|benutzt) cookies",
        r"(?:alle )?cookies (?:akzeptieren|ablehnen|zulassen)[.!]?$",
        r"cookie-einstellungen$",
    ),
    Reason.ADVERTISING: (
        r"weiterlesen nach der (?:anzeige|werbung)\b.{0,12}$",
        r"[-–—*\s]*(?:anzeige|werbung|advertisement|advertorial|sponsored)[-–—*\s:]*$",
        r"(?:der artikel geht |weiter )?nach der anzeige weiter[.!]?$",
        (
            r"(?:dieser?|der) (?:artikel|beitrag|text|seite) enthält (?:\w+ )?(?:affiliate"
            r"|werbe|partner|provisions)-?links?\b"
        ),
    ),
    Reason.SUBSCRIPTION_PROMPT: (
        (
            r"[^„“»«]{0,80}\b(?:digital-?|probe-?|plus-?|online-?)abo\w*\b[^„“»«]{0,80}"
            r"\b(?:sie|ihnen|ihre?n?|du|dir|deine?n?)\b"
        ),
        r"(?:registrieren|melden) sie sich (?:\w+, |, )?um weiter",
        r"registrieren sie sich, um weiter",
        r"jetzt (?:weiterlesen|abonnieren|testen)\b.{0,80}$",
        r"weiterlesen mit \w+.{0,60}$",
        r"(?:bereits|schon) abonnent(?:in)?\??",
        r"dieser artikel ist (?:nur )?für abonnent",
        r"sie haben noch kein(?:en)? (?:konto|account|abo)",
        r"(?:plus|abo|premium)-(?:artikel|inhalt)$",
        r"artikel verschenken$",
        r"zum (?:abo|angebot)$",
        r".{0,40}\bmonatlich kündbar\b",
    ),
    Reason.NAVIGATION: (
        r"zurück(?: zu[mr]? (?:startseite|übersicht|liste|artikel|seitenanfang))?$",
        (
            r"(?:(?:zur |zurück zur )?startseite|(?:zum seitenanfang|nach oben)|zurück|menü"
            r"|suche|beitragsnavigation|impressum|besucher(?:zähler)?(?: seit [\d.]+)?:"
            r" \d+\b.{0,40}|datenschutz(?:erklärung)?|agb|mehr anzeigen|weiterlesen|mehr"
            r" lesen)$"
        ),
        r"neuer abschnitt$",
    ),
    Reason.READING_TIME: (
        r"(?:lesezeit|lesedauer|hördauer):? .{1,30}$",
        r"\d+ min(?:uten)?\.? lesezeit$",
        r"\d+ min(?:ute)? read\b.{0,30}$",
    ),
    Reason.DATE_LINE: (
        r"[\w ./-]{2,40} \((?:ots|dpa|afp|apa|sda|epd|kna)(?:/\w+)?\)$",
        (
            r"(?:veröffentlicht|aktualisiert|erschienen|stand|publiziert)(?: am)?:? (?:\w+,"
            r" )?(?:den )?\d{1,2}\.\s?(?:\d{1,2}\.|\w+ ).{0,40}$"
        ),
        r"(?:\w+, )?\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4},? (?:um )?\d{1,2}[:.]\d{2}(?: uhr)?$",
        (
            r"(?:letzte (?:änderung|aktualisierung|bearbeitung)|zuletzt (?:geändert"
            r"|aktualisiert|bearbeitet))(?: am|:) .{0,160}(?<![.!?…])$"
        ),
        (
            r"(?:gefragt|beantwortet|geschrieben|gepostet|bearbeitet|kommentiert) (?:(?:am"
            r"|vor|um) \d|heute|gestern).{0,90}(?<![.!?…])$"
        ),
        r"stand: ?(?:\w+, )?\d{1,2}\.\s?(?:\d{1,2}\.|\w+).{0,40}$",
    ),
    Reason.CONTACT: (
        (
            r"(?:verantwortlich für (?:diesen|den) (?:presse)?(?:text|inhalt)|v\. ?i\. ?s\."
            r" ?d\. ?p|(?:presse|medien)kontakt|kontakt für (?:die )?(?:presse|medien))\b\W*$"
        ),
        r"(?=.*\btel(?:efon)?\b[.:]? ?[+(\d])(?=.*(?:fax\b|\S@\S)).*(?<![.!?…])$",
    ),
    Reason.BYLINE: (
        r"(?:von|text|autor(?:in)?):?$",
        r"(?:[\w.’'-]+ ){0,4}@[\w.]+@[\w.-]+\.\w+$",
    ),
    Reason.AUTHOR_BOX: (
        r"über (?:den (?:autor|verfasser)|die (?:autor(?:in|en)|verfasserin))(?:\s*[:.–-]|$)",
    ),
}
RULES = [
    (why, re.compile("|".join(patterns).replace("NETWORKS", _NETWORKS), re.IGNORECASE))
    for why, patterns in _PHRASES.items()
]

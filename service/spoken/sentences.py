"""Paragraph → sentences as written; joined, they are the paragraph again, letter by letter."""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST = 1000  # characters; an endless sentence is cut at a clause, else at a blank

_END = re.compile(
    r"(?P<mark>[.!?…]+)"
    r"(?P<close>[\"”“»«’‘')\]]*(?:\[\d{1,3}\]|[¹²³⁰-⁹])*)"
    r"(?P<gap>\s+)"
    r"(?=(?P<open>[\"„“»«‚‘'(\[–—-]*\s*)(?P<next>\S+))"
)
_BEFORE = re.compile(r"(\S+)$")

# Words that, capitalised, begin a sentence: no nouns, so that "am 3. Das war" is two and
# "am 3. Tag" is one.
_STARTERS = frozenset(
    """
    aber ab alle allein allen aller allerdings alles als also am an andere anderen anderer
    anders anfang auch auf aus außerdem bald bei beide beim bereits besonders bis bisher da
    dabei dadurch dafür dagegen daher damals damit danach dann daran darauf daraufhin daraus
    darin darüber darum das dass dazu dem den denn dennoch der deren des deshalb dessen
    deswegen die dies diese diesem diesen dieser dieses doch dort drei du durch ebenso
    eigentlich ein eine einem einen einer eines einige einmal ende endlich entsprechend er
    erst es etwa etwas für gab gegen genau gerade gibt gleichzeitig hat hatte hatten haben
    hier hierzu hingegen hinter hinzu ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer
    immerhin in infolge insgesamt inzwischen ist ja je jede jedem jeden jeder jedes jedoch
    jene jetzt kann kaum kein keine keiner können könnte künftig laut man manche manchmal mehr
    mehrere mein meine meist mit mittlerweile möglich muss müssen nach nachdem natürlich neben
    nein nicht nichts nie niemand noch nun nur ob obwohl oder oft offenbar ohne pro rund sagte
    schließlich schon sehr sei seien sein seine seinem seinen seiner seit seitdem selbst sich
    sie sind so sobald sofort solche solange soll sollte sollen sonst sowohl später spätestens
    statt teils trotz trotzdem über überhaupt übrigens um und uns unser unsere unter viele
    vielleicht vier vom von vor vorher während wann war waren warum was weder wegen weil
    weitere weiterhin welche wenig wenige wenn wer werden wie wieder will wir wird wo wobei
    wodurch wohl wollen wurde wurden während zu zudem zuerst zufolge zugleich zuletzt zum
    zumal zunächst zur zurzeit zusammen zuvor zwar zwei zwischen
    """.split()
)
# Words before a number with a dot that make it an ordinal.
_LEADS = frozenset(
    """
    ab alle allem allen am beim bis das dem den der des die diese diesem diesen dieser dieses
    ein eine einem einen einer eines erst euer eure ihr ihre ihrem ihren ihrer ihres im jede
    jedem jeden jeder jedes kein keine keinem keinen keiner mein meine meinem meinen meiner
    sein seine seinem seinen seiner seines seit unser unsere unserem unseren unserer vom zum
    zur und oder
    """.split()
)
_MONTHS = frozenset(
    """
    januar jänner februar feber märz april mai juni juli august september oktober november
    dezember jan feb mär apr jun jul aug sep sept okt nov dez
    """.split()
)
_CLUBS = frozenset(
    """
    FC FSV SC FFC BFC SV TSV Bundesliga Liga Klasse Mannschaft Jahrhundert Weltkrieg Platz
    Rang Quartal Halbjahr Halbzeit Minute Runde Spieltag Stock Obergeschoss OG Etage Mal
    """.split()
)
# Abbreviations that stand before something and so never end a sentence.
_BINDING = frozenset(
    """
    abg abs allg altgr anl anm apl art aufl ausg bd bde bes betr bspw bez bzgl bzw ca cf chr d
    dergl desgl dipl dr dres eigtl einschl engl entspr ev evtl exkl frz fr frl geb gebr gegr
    gem gen geschl gesch gest ggf ggü griech hg hl hr hrn hrsg ing inkl insb insbes int intl
    ital jap jur kap kath kgl lat lic lt mag max med mind min mio mr mrd mrs ms nr nrn num od
    öst österr op ordentl orig phil pol prof proz red ref reg rel resp röm russ s sen sog span
    stellv st str tel teilw trans u übers urspr usf v verb vgl vorm wg wiss z zz zzgl zw zit
    """.split()
)
# Abbreviations that may end a sentence: they do before a word that begins one.
_TRAILING = frozenset(
    """
    abt allee anm bio bsp co corp etc fa ff geb ges hbf inc jan feb apr aug sep sept okt nov
    dez jh jhd jhdt jr kl ltd mill mio mrd msd mtl nov pf pl plz sek std str stk tsd usw uvm
    vs zt min di mi do fr sa so mo jun sr tel nr abs art kap
    """.split()
) - {"geb", "anm"}
# The last part of abbreviations of several parts, with the parts before it.
_SEVERAL = re.compile(
    r"(?:^|[\s(„\"'–-])(?P<binding>z\. ?B|d\. ?h|i\. ?d\. ?R|i\. ?e|s\. ?o\. ?g"
    r"|o\. ?g|v\. ?a|z\. ?T|"
    r"z\. ?Zt|h\. ?c|h\. ?c\. ?mult|u\. ?U|i\. ?S\. ?v|i\. ?H\. ?v|m\. ?a\. ?W|sog"
    r"|a\. ?a\. ?O|d\. ?i)"
    r"$|(?:^|[\s(„\"'–-])(?P<trailing>u\. ?a|u\. ?ä|u\. ?Ä|o\. ?ä|o\. ?Ä|v\. ?Chr"
    r"|n\. ?Chr|v\. ?u\. ?Z|"
    r"n\. ?u\. ?Z|a\. ?D|e\. ?V|n\. ?V|i\. ?E|i\. ?V|i\. ?A|i\. ?R|d\. ?J|d\. ?Ä"
    r"|u\. ?v\. ?m|u\. ?v\. ?a|"
    r"m\. ?E|a\. ?M|p\. ?a|usw|u\. ?s\. ?w|m\. ?b\. ?H|s\. ?o|s\. ?u|i\. ?T|b\. ?b"
    r"|n\. ?Br|p\. ?m|a\. ?m)$"
)
_ROMAN = re.compile(r"(?=[IVXLC])(?:X{0,3})(?:IX|IV|V?I{0,3})|[LC]")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, each with the blanks behind it; joined, they are `text`."""
    cuts = [0, *(match.end() for match in _END.finditer(text) if _ends(text, match)), len(text)]
    parts = [text[start:end] for start, end in pairwise(cuts) if end > start]
    return [piece for part in parts for piece in _pieces(part)]


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence ends at this mark."""
    mark, following = match["mark"], match["next"]
    if text[max(0, match.start() - 1) : match.start()] in {"(", "["}:
        return False
    is_capital = _begins_like_a_sentence(following)
    if mark != ".":
        return is_capital
    before = _BEFORE.search(text, max(0, match.start() - 60), match.start())
    word = before[1].lstrip("\"„“»«‚‘'([–—-") if before else ""
    lead = text[max(0, match.start() - 80) : before.start() if before else 0].split()
    if not is_capital:
        return False
    bare = re.sub(r"\W+$", "", following)
    starts = bare.lower() in _STARTERS
    if match["close"]:
        return True
    return _full_stop(word, lead[-1] if lead else "", bare, text[: match.start()], starts=starts)


def _begins_like_a_sentence(word: str) -> bool:
    first = word[0]
    if first.isdecimal() or first.isupper() or not first.isalnum():
        return True
    return bool(re.match(r"[a-z][A-ZÄÖÜ]", word))  # iPhone, eBay


def _full_stop(word: str, lead: str, following: str, before: str, *, starts: bool) -> bool:
    """Whether a dot behind `word` is a full stop, before a word that could begin a sentence."""
    if several := _SEVERAL.search(before[-24:]):
        return starts if several["trailing"] else False
    if word.isdecimal():
        return _after_number(word, lead, following, starts=starts)
    if re.search(r"\d[./–-]\d{1,2}$", word):
        return following.lower() not in _MONTHS and not (
            following.isdecimal() and len(following) in {2, 4}
        )
    if _ROMAN.fullmatch(word) and (lead.lower() in _LEADS or lead[:1].isupper()):
        return starts
    if len(word) == 1 and word.isalpha():
        return starts and word.isupper()
    low = word.lower()
    if low in _TRAILING or low.endswith("str"):
        return starts
    return low not in _BINDING


def _after_number(number: str, lead: str, following: str, *, starts: bool) -> bool:
    if following.lower() in _MONTHS or following in _CLUBS:
        return False
    if following.isdecimal():
        return len(number) > 2
    if len(number) > 3:
        return True
    if not lead or lead[-1] in ".!?:":
        return starts and bool(lead)
    return starts or lead.lower().strip('(„"') not in _LEADS


def _pieces(sentence: str) -> list[str]:
    """The sentence, cut where it is longer than a voice can take."""
    found = []
    while len(sentence) > LONGEST:
        head = sentence[:LONGEST]
        clause = max(head.rfind(mark) + 2 for mark in ("; ", ": ", ", ", "– "))
        cut = clause if clause > LONGEST // 3 else head.rfind(" ") + 1 or LONGEST
        found.append(sentence[:cut])
        sentence = sentence[cut:]
    return [*found, sentence] if sentence else found

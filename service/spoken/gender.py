"""Gender forms: Bürger*innen, jede:r Leser:in, Bürgerinnen/Bürger, der/die Bewerber/-in.

Both are named, as newsreaders do: “Bürgerinnen und Bürger”, “jede Leserin oder jeder Leser”. A
voice has no break to make for the star; only inside compounds, and where the men's form is not
known, is it a hyphen: “Bürger-innen-Rat”.
"""

from __future__ import annotations

import re

from service.spoken.government import governing

_SIGN = r"(?:[*:_·]|/-?|\(-?)"
_PLURAL = re.compile(
    rf"(?<=[a-zäöüß]){_SIGN}([Ii]n(?:nen)?)\)?(?![a-zäöüß])"
    r"|(?<=[a-zäöüß])(?:[*:_·]|/-?)(innen)(?=[a-zäöüß])|(?<=[a-zäöüß])I(n(?:nen)?)(?![A-ZÄÖÜ])"
)
_BOTH = re.compile(
    r"\b(?P<whole>[^\W\d_]+?(?P<first>e[rsmn]?)?)(?:[*:_]|/-)(?P<second>e[rsmn]?|[rsmn])(?!\w)"
    r"|\b(?P<short>(?:[jJ]ed|[dD]ies|[kK]?[eE]in|[mMsS]ein|[iI]hr|[uU]nser|[lL]ieb)(?P<tail>e[rsmn]?)?)"
    r"(?:/|\()(?P<added>e[rsmn]?|[rsmn])(?:\)|(?!\w))"
)
_SLASHED = re.compile(r"\b([dD]er|[dD]ie|[dD]em|[dD]en|[eE]r|[sS]ie|[iI]hm|[iI]hr)[/*:](?=\w)")
_PAIRED = re.compile(
    r"(?<=[a-zäöüß])[*:/](?=(?:jede|eine|keine|seine|ihre|diese|unsere|welche|alle)[rsmn]?\b)"
    r"|(?<=[a-zäöüß])/(?=(?:der|die|dem|den) [A-ZÄÖÜ][\w-]+in\b)"  # “der Leser/die Leserin”
)
_SAME = re.compile(r"\b(?P<man>[A-ZÄÖÜ][\w-]+)[*:/](?P<woman>[A-ZÄÖÜ][\w-]+in(?P<many>nen)?)\b")
_BARE = str.maketrans("ÄÖÜäöü", "AOUaou")
_PERSON = re.compile(
    r"\b(?P<one>[^\W\d_]+) oder (?P<two>[^\W\d_]+) (?P<adjective>[a-zäöüß]+e[nr]? )?"
    rf"(?P<noun>[A-ZÄÖÜ][\w-]*[a-zäöüß])(?:{_SIGN}in\)?|In)(?!\w)"
)
_ALONE = re.compile(
    rf"(?P<lead>\b(?:[aA]ls|[wW]ie|[oO]b|[fF]ür|[oO]hne|[pP]ro|[jJ]e) |^|(?<=[,:(–] ))"
    r"(?P<noun>[A-ZÄÖÜ][\w-]*[a-zäöüß])"
    rf"(?:{_SIGN}in\)?|In)(?!\w)"
)
_MANY = re.compile(
    rf"\b(?P<noun>[A-ZÄÖÜ][\w-]*[a-zäöüß])(?:{_SIGN}[Ii]nnen\)?|Innen)(?![\w-])(?!\*[a-z])"
)
_OTHERS = re.compile(
    rf"(?:[A-ZÄÖÜ][\w-]*(?:{_SIGN}[Ii]|I)nnen\)?(?:,| und| oder| sowie) (?:den )?){{1,3}}$"
)
_DATIVE = re.compile(
    r"\b(?<!die )(?<!der )(?<!aller )(?<!alle )(?<!keine )(?<!diese )(?<!ihre )(?<!seine )"
    r"(?:allen|anderen|den|diesen|einigen|euren|ihren|jenen|keinen|manchen|mehreren|meinen"
    r"|seinen|solchen|unseren|vielen|wenigen"
    rf"|{governing('dative', 'name')})"
    r" (?:[a-zäöüß]+en |[\d.]+ ){0,2}$",
    re.IGNORECASE,
)
_WOMEN_AND_MEN = re.compile(r"\b([^\W\d_]+)innen/(\1n?)\b|\b([^\W\d_]+)/(\3innen)\b")
_ANY = re.compile(r"[a-zäöüß](?:[*:_·/(]-?[a-zäöüA-ZÄÖÜ]|In)")
# How the man is called where he is not what stands before “-in”.
_MEN = {
    "ärzt": "arzt", "anwält": "anwalt", "köch": "koch", "gäst": "gast", "rät": "rat",
    "bischöf": "bischof", "vögt": "vogt", "bäuer": "bauer", "jüd": "jude", "französ": "franzose",
}  # fmt: skip
_WITH_N = ("bauer", "nachbar", "jude", "franzose")  # “dem Bauern”
_WITH_E = ("olleg", "älog", "dagog", "olog", "zeug", "kund", "expert", "genoss", "gatt", "jud")
_WEAK = ("ent", "ant", "ist", "at", "et", "graf", "nom", "soph", *_WITH_E)
_WEAK_MANY = (
    *_WEAK, "ot", "held", "urg", "naut", "arch", "kurd", "brit", "türk", "afghan", "tschech",
    "kroat", "serb", "griech", "katholik", "or", "prophet", "gefährt",
)  # fmt: skip
_MANY_MEN = {
    "ärzt": "ärzte", "anwält": "anwälte", "köch": "köche", "wirt": "wirte", "gäst": "gäste",
    "rät": "räte", "bäuer": "bauern", "beamt": "beamte", "chef": "chefs", "freund": "freunde",
    "feind": "feinde", "bischöf": "bischöfe", "jüd": "juden", "französ": "franzosen",
    "nachbar": "nachbarn", "general": "generäle", "dekan": "dekane", "kapitän": "kapitäne",
    "clown": "clowns", "star": "stars", "profi": "profis", "vögt": "vögte", "fan": "fans",
}  # fmt: skip
_STRONG = (
    "er", "or", "eur", "är", "ling", "al", "og", "arzt", "anwalt", "koch", "wirt", "gast", "rat",
    "bischof", "vogt", "ar", "chef", "freund", "feind", "dekan", "kapitän", "clown", "star",
    "profi", "fan",
)  # fmt: skip


def say_gender(text: str) -> str:
    """The text with its gender forms as they are spoken."""
    if not _ANY.search(text):
        return text
    text = _WOMEN_AND_MEN.sub(lambda match: match[0].replace("/", " und "), text)
    text = _SAME.sub(_same, text)
    text = _PAIRED.sub(" oder ", text)
    text = _SLASHED.sub(r"\1 oder ", _BOTH.sub(_both, text))
    text = _ALONE.sub(_alone, text)
    text = _MANY.sub(_many, _PERSON.sub(_person, text))
    return _PLURAL.sub(_plural, text)


def _same(match: re.Match[str]) -> str:
    """“Arzt/Ärztin”, “Bauer*Bäuerin”, but not “Köln/Berlin”."""
    man, woman = (match[who].translate(_BARE)[:3] for who in ("man", "woman"))
    joint = " und " if match["many"] else " oder "
    return f"{match['man']}{joint}{match['woman']}" if man == woman else match[0]


def _alone(match: re.Match[str]) -> str:
    """“als Bundeskanzlerin oder Bundeskanzler”"""
    man = _man(match["noun"], "ein")
    return f"{match['lead']}{match['noun']}in oder {man}" if man else match[0]


def _many(match: re.Match[str]) -> str:
    """“Bürgerinnen und Bürger”, “mit Ärztinnen und Ärzten”."""
    before = _OTHERS.sub("", match.string[max(0, match.start() - 100) : match.start()])
    men = _men(match["noun"])
    if not men:
        return match[0]
    ending = "n" if _DATIVE.search(before) and men[-1] not in "ns" else ""
    return f"{match['noun']}innen und {men}{ending}"


def _men(stem: str) -> str:
    """The men of “Kolleg-innen”; "" where they are not known."""
    low = stem.lower()
    if low.endswith(tuple(_MANY_MEN)):
        return _changed(stem, _MANY_MEN)
    if low.endswith(("er", "el")):
        return stem
    if low.endswith(_WEAK_MANY):
        return f"{stem}en"
    return f"{stem}e" if low.endswith(("eur", "är", "ier", "ar", "ling")) else ""


def _changed(stem: str, ends: dict[str, str]) -> str:
    """The stem with another end: “Tierärzt” → “Tierarzt”."""
    for short, man in ends.items():
        if stem.lower().endswith(short):
            head = stem[: len(stem) - len(short)]
            return head + (man if head and head[-1] != "-" else man.capitalize())
    return stem


def _plural(match: re.Match[str]) -> str:
    ending = (match[1] or match[2] or "i" + (match[3] or "")).lower()
    return ending if ending == "in" else f"-{ending}"


def _both(match: re.Match[str]) -> str:
    """“jede*r” → “jede oder jeder”, “ein*e” → “ein oder eine”."""
    whole, second = match["whole"] or match["short"], match["second"] or match["added"]
    bare = whole.removesuffix(match["first"] or match["tail"] or "")
    stem = whole[:-1] if whole[-1] in "rsmn" and len(second) == 1 else whole  # “jeder:m”
    other = f"{bare}{second}" if second[0] == "e" else f"{stem}{second}"
    return f"{whole} oder {other[0].lower()}{other[1:]}"


def _person(match: re.Match[str]) -> str:
    """“jede oder jeder Mieter*in” → “jede Mieterin oder jeder Mieter”."""
    first, second = match["one"].lower(), match["two"].lower()
    hers, his = (first, second) if _is_hers(first, second) else (second, first)
    man = _man(match["noun"], his)
    if not man:
        return match[0]
    adjective = match["adjective"] or ""
    ended = adjective.replace("e ", "er ") if his.endswith("ein") else adjective
    hers = hers.capitalize() if match["one"][0].isupper() else hers
    joint = "und" if his.startswith("jed") else "oder"
    return f"{hers} {adjective}{match['noun']}in {joint} {his} {ended}{man}"


def _is_hers(article: str, other: str) -> bool:
    """“die”, “eine” beside “der”, “ein”; “der”, “einer” beside “dem”, “eines”."""
    ends_in_e = article.endswith("e"), other.endswith("e")
    return ends_in_e[0] if any(ends_in_e) else article.endswith("r")


def _man(stem: str, article: str) -> str:
    """The man of “Kolleg-in”, in the case of his article; "" where that is not known."""
    name = _changed(stem, _MEN)
    low = name.lower()
    case = article[-2:] if article not in {"ein", "kein", "sein", "mein", "der"} else ""
    if low.endswith(_WITH_N):
        return name if case in {"", "er"} else f"{name}n"
    if low.endswith(_STRONG):
        return f"{name}s" if case == "es" else name
    if not low.endswith(_WEAK):
        return ""
    is_plain = case in {"", "er"}
    return name + (("e" if low.endswith(_WITH_E) else "") if is_plain else "en")

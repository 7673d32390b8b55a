"""Whether a full stop ends a sentence: behind words, abbreviations, numbers, dates and letters."""

from __future__ import annotations

import re

from service.spoken.abbreviations import ABBREVIATIONS
from service.spoken.government import PREPOSITIONS
from service.spoken.nouns import is_listed
from service.spoken.short_forms import SHORT_FORMS, in_full, of_kind, whose_dot
from service.spoken.tables import mapping, words

# Words that, capitalised, begin a sentence: no nouns, so that "am 3. Das war" is two and
# "am 3. Tag" is one.
STARTERS = frozenset(
    """
    ab abends aber alle allein allen aller allerdings alles allmählich als also am an andere
    anderen anderer anders anfang anstelle auch auf aus außerdem bald bei beide beim bereits
    besonders bis bisher bislang bitte da dabei dadurch dafür dagegen daheim daher damals damit
    danach danke dann daran darauf daraufhin daraus darin darüber darum das dass davon davor
    dazu dazwischen dem demnach demnächst den denen denn dennoch der derartige deren derjenige
    derzeit des deshalb dessen deswegen dich die dienstags dies diese diesem diesen dieser
    dieses diesmal dir doch donnerstags dort dorthin draußen drei drinnen du durch eben
    ebenfalls ebenso eher eigentlich ein eine einem einen einer eines einige einmal einst ende
    endlich entsprechend er erneut erst erstere ersterer erstmals es etwa etwas euch ferner
    folglich folgt freitags früher für gab galt ganz gar gegen geht genau gerade gern gestern
    gibt gilt ging gleichzeitig haben hat hatte hatten heute hier hierzu hingegen hinten hinter
    hinzu hoffentlich ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer immerhin in infolge
    insgesamt insofern inzwischen irgendwann ist ja je jede jedem jeden jeder jedes jedoch jene
    jetzt kam kamen kann kaum kein keine keiner keineswegs können könnte künftig kurz lag lange
    laut lediglich leider letztere letzterer letzteres liegt man manche manchmal mehr mehrere
    mein meine meist mich mindestens mir mit mittags mittlerweile mittwochs möglich montags
    morgens muss müssen nach nachdem nachmittags nachts natürlich neben nein neuerdings nicht
    nichts nie niemand nirgends noch nun nur ob oben obwohl oder offenbar oft ohne plötzlich
    pro prompt rund sagte samstags schließlich schon sehr sei seien sein seine seinem seinen
    seiner seit seitdem seither selbst sich sie sind so sobald sofort sogar solange solche soll
    sollen sollte somit sonnabends sonntags sonst sowohl später spätestens stand statt steht
    stets täglich tatsächlich teils teilweise trotz trotzdem über überhaupt übrigens um umso
    und unklar uns unser unsere unten unter vergangene vergangenen vergebens vermutlich viele
    vielleicht vier vom von vor vorerst vorher vormittags vorn vorne während wahrscheinlich
    wann war waren warum was weder wegen weil weitere weiterhin weiters welche wenig wenige
    wenn wer werden weshalb weswegen wie wieder wieso will wir wird wo wobei wodurch woher
    wohin wohl wollen womit wurde wurden zu zudem zuerst zufolge zugegeben zugleich zuhause
    zuletzt zum zumal zumindest zunächst zur zurzeit zusammen zusätzlich zuvor zwar zwei
    zweifellos zwischen
    """.split()
)
# Words before a number with a dot that make it an ordinal.
_LEADS = PREPOSITIONS | frozenset(
    """
    ab alle allem allen als am auf aus bei beide beim bis das dein deine deinem deinen deiner
    deines dem den der deren des dessen die diese diesem diesen dieser dieses durch ein eine
    einem einen einer eines einige erst euer eure eurem euren eurer für gegen gemäß hinter ihr
    ihre ihrem ihren ihrer ihres im in jede jedem jeden jeder jedes jener kein keine keinem
    keinen keiner laut manche mehrere mein meine meinem meinen meiner mit nach neben oder ohne
    per pro sein seine seinem seinen seiner seines seit trotz über um und unser unsere unserem
    unseren unserer unter viele vom von vor während wegen welche welcher zum zur zwischen
    """.split()
)
# “seiner Art. 1893 …” is a kind of something, “nach Art. 5” an article.
_OF_A_KIND = frozenset(
    """
    diese dieser eine einer ihre ihrer jede jeder jener keine keiner meiner seine seiner solche
    solcher unserer welcher aller beider deren dessen eigener erster letzter neuer alter
    """.split()
)
_NOUN_LEADS = frozenset("das dem im vom zum".split())
_ARTICLES = frozenset("der die das dem den des jeder jede jedes jeden ein eine".split())
_DEFINITE = _ARTICLES | _NOUN_LEADS
_SHORT_MONTHS = frozenset(short.lower() for short in of_kind("month"))
_MONTHS = _SHORT_MONTHS | set(
    """
    januar jänner februar feber märz april mai juni juli august september oktober november
    dezember
    """.split()
)
# Words that a number with a dot stands before even where no article leads it.
_COUNTED = words("counted.tsv", marked="always")
_COUNTED_ENDS = tuple(noun.lower() for noun in words("counted.tsv") if len(noun) > 3)
# Words that a small number follows as its name, so that its dot is a full stop.
_LETTERED = frozenset(
    """
    abteilung block buchstabe buslinie formation gleis gruppe halle hepatitis kategorie klasse
    linie note plan plattform punkt serie stufe team teil terminal typ variante version vitamin
    zone
    """.split()
)
_NAMED_BEFORE = frozenset("als bin bist ist sind war waren werden wird wurde zum".split())
_TITLES = whose_dot("title") | {"dipl-ing"}
_BINDING = whose_dot("binds")
_BEFORE_NUMBER = (
    whose_dot("number")
    | {book.lower() for book in mapping("bible.tsv")}
    | {"chr", "fax", "seit", "teil"}
)
_MAY_END = whose_dot("may-end") | _SHORT_MONTHS
_LISTS = whose_dot("ends")
_INITIALISMS = words("initialisms.tsv")
_WORDS_TOO = whose_dot("word")
_BOUND = _BINDING | _SHORT_MONTHS
_DAYS_OF_WEEK = frozenset(day.lower() for day in of_kind("day"))
_DAY = r"(?:Mo|Di|Mi|Do|Fr|Sa|So)"
_SECOND_DAY = re.compile(rf"^{_DAY}\.?[-–/](?={_DAY}$)")
_SPANS = frozenset("h j min mon sek std tg".split())
_UNITS = frozenset("cm db ft hz kg kj km kw kwh mb mg ml mm ms mw qm gb tb ps pst hm psst".split())


def _several(mark: str) -> str:
    """The abbreviations of several letters with a mark, as alternatives of an expression."""
    rows = [row for row in SHORT_FORMS if mark in row.dot and "." in row.bare]
    return "|".join(re.escape(row.written[:-1]).replace(r"\.\ ", r"\. ?") for row in rows)


_SEVERAL = re.compile(
    rf"(?:^|[\s(„\"'–-])(?:(?P<binding>{_several('binds')})"
    rf"|(?P<trailing>{_several('may-end')}|(?:[A-ZÄÖÜ]\.)+[A-ZÄÖÜ])|(?P<ending>{_several('ends')}))$"
)
# Abbreviations and numbers that may end a sentence, and, before a noun, go on as well.
_PERHAPS_LAST = re.compile(
    r"\b(?:a\. ?M|[nvi]\. ?[VEv]|a\. ?D|p\. ?a|[vn]\. ?Chr|[A-ZÄÖÜ][a-zäöüß]+ [IVX]+|Proz"
    r"|Bhf|Hbf|Schweiz|Mio|Mrd|Std|[mM]in|Sek|Stk|Tsd|Str|str|Jhs?|MwSt|Pkt|Pers|\w*str"
    r"|\w*(?:tag|woch|abend), (?:dem|den) \d{1,2})\.$"
)
_VERBS = """
    beginnen beginnt beträgt bleiben bleibt brauchen braucht darf dürfen enden endet fahren fährt
    geben gehen geht gelten gewinnt gibt gilt haben halten hat hatte hatten hält ist kann kommen
    kommt konnte konnten können liegen liegt muss musste mussten müssen sind soll sollen sollte
    sollten stehen steht treffen trifft verliert verstehen wird werden will wollen wurde wurden
""".split()
_PRETERITES = """
    aß band bat begann bot brach fand fiel flog floh fuhr gab galt gewann ging griff half hielt hieß
    kam lag las lief ließ nahm rief sah sank schien schloss schlug schoss schrieb sprach stand
    starb stieg stieß traf trat trug verlor war warf wies wuchs zog betrug blieb
""".split()
_PREFIXES = "an|auf|be|durch|emp|ent|er|ge|hinter|miss|über|um|unter|ver|wider|zer"
_NO_VERBS = """
    acht bekannt damit dort entfernt erneut erst fast gut insgesamt jetzt komplett laut längst
    meist mit möglichst nicht oft samt seit selbst selt sofort sonst statt weit zuerst zuletzt
    zunächst überhaupt
""".split()
FINITE = re.compile(
    rf"\b(?:{'|'.join(_VERBS)}|(?:{_PREFIXES})?(?:{'|'.join(_PRETERITES)})(?:en)?"
    r"|(?:be|ver)(?:trafen|loren)|begannen|gewannen"
    r"|[a-zäöüß]{2,}(?:ete|tte|lte|rte|nte|gte|kte|bte|ste|chte|te)n?"
    rf"|(?!\w*weit\b|{'|'.join(_NO_VERBS)})[a-zäöüß]{{3,}}t)\b"
)
"""A word that looks like a finite verb: most in the present and the preterite do."""

_MEASURED = r"(?:Euro|(?:US-)?Dollar|Franken|Pfund|Mark|Yen|Tonnen|Menschen|Einwohner|Kilometer|Lj)"
_VERB_BEHIND = re.compile(
    rf"\s+(?!{_MEASURED}\b)[A-ZÄÖÜ][\w-]+(?:(?: und)? [A-ZÄÖÜ][\w-]+| \d+)? (?={FINITE.pattern})"
)
_SUBORDINATE = re.compile(
    r"\b(?:dass|weil|wenn|ob|obwohl|während|nachdem|bevor|damit|sodass|falls|wie|wo|als)\b"
    r"|^ (?:d(?:ie|er|as|en|em)|welche[rsmn]?) (?!\d)"
)
_SUFFIXES = tuple(of_kind("tail"))
_VOWEL = re.compile(r"[aeiouyäöü]")
_ENDED = re.compile(r"[!?:] |(?P<word>\w+)[\"“”«»‘’)]*\. ")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})|[LC]")


def is_full_stop(text: str, dot: int, *, token: str, lead: str, following: str) -> bool:
    """Whether the dot at `dot` ends a sentence, before a word that could begin another one.

    `lead` is the word before the token, "" at the beginning; `following` has no marks around it.
    """
    if not _is_led_roman(token, lead) and _two_clauses(text, dot):
        return True
    starts = following.lower() in STARTERS
    if several := _SEVERAL.search(text[max(0, dot - 24) : dot]):
        if several["binding"]:
            return False
        has_verb = FINITE.search(_begun(text, dot)) and _is_sentence(text[dot + 1 : dot + 200])
        return starts or bool(several["ending"] and has_verb)
    word = _SECOND_DAY.sub("", token.lstrip("\"„“»«‚‘'([–—-"))
    if word.isdecimal():
        is_list = bool(re.match(r"\s*\d{1,2}\.\s", text))
        return "(" not in token and _after_number(word, lead, following, is_list=is_list)
    if re.search(r"\d\.?[./–-]\d{1,3}$", word):
        return _after_date(word, lead, following, starts=starts)
    if (is_end := _after_roman(word, lead, starts=starts)) is not None:
        return is_end
    if len(word) == 1 and word.isalpha():
        return _after_letter(word, lead, starts=starts)
    return _after_word(word, lead, following, starts=starts)


def _is_led_roman(word: str, lead: str) -> bool:
    """“Im IV. Quartal”, not “Karl V.”."""
    return bool(word and _ROMAN.fullmatch(word)) and lead.lower().lstrip('(„"‚»') in _LEADS


def _after_roman(word: str, lead: str, *, starts: bool) -> bool | None:
    """Whether a Roman numeral ends the sentence; None where it is a letter, or none at all."""
    if not word or not _ROMAN.fullmatch(word):
        return None
    if not re.search(r"\w", lead):
        return False  # “II. Teil”
    return starts if lead.lower() in _LEADS or lead[0].isupper() else None


def _begun(text: str, dot: int) -> str:
    """What stands of the sentence before the dot."""
    before = text[max(0, dot - 160) : dot]
    begins = [match.end() for match in _ENDED.finditer(before) if _is_whole(match["word"])]
    return before[begins[-1] :] if begins else before


def _is_whole(word: str | None) -> bool:
    """Whether a full stop behind that word, None for another mark, ends a sentence for sure."""
    if word is None or len(word) > 4:
        return True
    if len(word) == 1 or word.isdecimal() or _ROMAN.fullmatch(word):
        return False
    return word in _DAYS_OF_WEEK or not is_abbreviation(word)  # “so”, not “So.”


def _is_sentence(text: str) -> bool:
    """Whether what stands up to the next mark has a verb, or is no more than a call."""
    rest = re.split("[.!?]", text)[0]
    return bool(FINITE.search(rest)) or len(rest.split()) < 3


def _two_clauses(text: str, dot: int) -> bool:
    """“Es kostet 3 Mio. Baubeginn ist im Mai.”: a verb before, and one right behind the next noun.

    Only for what may end a sentence at all; a subordinate clause has its verb behind, too.
    """
    if not _PERHAPS_LAST.search(text, max(0, dot - 24), dot + 1):
        return False
    if not _VERB_BEHIND.match(text, dot + 1):
        return False
    before = _begun(text, dot)
    return bool(FINITE.search(before)) and not _SUBORDINATE.search(before.rpartition(",")[2])


def _after_word(word: str, lead: str, following: str, *, starts: bool) -> bool:
    """Whether a word or an abbreviation ends the sentence with its dot."""
    low = word.lower()
    if low in _LISTS or (word == "Art" and lead.lower() in _OF_A_KIND):
        return True
    if following[:1].isdecimal():
        return not _goes_before_a_number(word, lead)
    is_title = word[:1].isupper() and not (word.isupper() and len(word) > 2)
    if is_title and low.rpartition("-")[2] in _TITLES:
        return starts and (len(following) <= 4 or lead.lower() in _NAMED_BEFORE)  # not “Dr. Allen”
    if low in _DAYS_OF_WEEK or low == "mag" or word == "Schweiz":
        return starts or word.islower()
    return _is_initialism(word) or _after_short_form(word, low, lead, starts=starts)


def _is_initialism(word: str) -> bool:
    """ING is no “Ing.”, and “Lkw” no abbreviation."""
    is_known = word in _INITIALISMS and not _is_listed(word)
    return is_known or (word.isupper() and len(word) > 1)


def _after_short_form(word: str, low: str, lead: str, *, starts: bool) -> bool:
    """By what the table knows of the dot, or by a shape that no whole word has."""
    last = low.rpartition("-")[2]
    if len(last) == 1 and last != low:
        return starts  # “Hans-J. Bauer”
    if last in _BINDING or (not lead and in_full(low)):
        return starts and word[:1].isupper() and lead.lower() in _NOUN_LEADS  # “aus dem Lat. Im …”
    is_known = low in _MAY_END or low.endswith(_SUFFIXES) or _is_listed(word.rpartition("-")[2])
    may_be_short = is_known or _is_cut_short(word, lead)
    has_no_vowel = (
        low.isalpha() and 1 < len(low) < 5 and low not in _UNITS and not _VOWEL.search(low)
    )
    return starts or not (may_be_short or (has_no_vowel and not word.isupper()))


def _is_cut_short(word: str, lead: str) -> bool:
    """“voraussichtl.”, which may begin a sentence."""
    return bool(in_full(word if lead else word.lower()))


def is_abbreviation(word: str) -> bool:
    """Whether a word, without its dot, is known as an abbreviation."""
    return word.lower() in _BOUND | _MAY_END or _is_listed(word) or bool(in_full(word))


def _is_listed(word: str) -> bool:
    return bool({f"{word}.", f"{word.lower()}."} & ABBREVIATIONS) and word.lower() not in _WORDS_TOO


def _goes_before_a_number(word: str, lead: str) -> bool:
    low = word.lower()
    if low in _SPANS and lead.isdecimal():
        return True
    if low in _DAYS_OF_WEEK:
        return word[0].isupper()
    is_short = low in _BEFORE_NUMBER or low in _BOUND or _is_cut_short(word, lead)
    return bool(is_short) or low.endswith(_SUFFIXES) or _is_listed(word)


def _after_date(word: str, lead: str, following: str, *, starts: bool) -> bool:
    """“9./10.”, “24.12.”: goes on with a month, a year, or what the ordinals count."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", word):
        is_ordinal = lead.lower() in _DEFINITE and not following[:1].isdecimal()
        return starts or not is_ordinal  # “stieg auf 12.500. 2019 waren es …”
    if following.lower() in _MONTHS or (following.isdecimal() and len(following) in {1, 2, 4}):
        return False
    return starts or not re.search(r"\d\.[/–-]\d", word)


def _after_letter(word: str, lead: str, *, starts: bool) -> bool:
    """“Plan B.” ends a sentence, “George W.” goes on."""
    if lead.lower().rpartition("-")[2] in _LETTERED:
        return True
    if lead[-1:].isdecimal() and word in {"g", "h", "l", "m", "s", "t"}:
        return True  # a unit behind its number
    return starts and (word.isupper() or lead[:1].isdecimal())


def _after_number(number: str, lead: str, following: str, *, is_list: bool) -> bool:
    starts = following.lower() in STARTERS
    if following.lower() in _MONTHS or _is_counted(following, lead):
        return False
    if following.isdecimal():
        is_day = re.fullmatch(r"\d{1,2}\.", lead)  # “am 7. 5. 1961”
        is_year = len(following) == 4 and lead.lower() not in _LEADS and not is_day
        return len(number) > 2 or is_year
    if len(number) > 3:
        return starts or lead.lower() not in _ARTICLES
    if not lead or (lead[-1] in ".!?:" and not _counts(lead)):
        return bool(lead) and starts and not is_list
    bare = lead.lower().strip('(„",')
    if lead[-1] == "," and not starts:
        return lead[:-1].isdecimal()  # “3, 11, 17. Superzahl: 7.”
    if not starts and lead[0].isupper() and lead[-1] == "s" and not is_listed(lead):
        return False  # “Schuberts 8. Sinfonie”
    if starts or _counts(lead) or (lead[0].isupper() and bare not in _LEADS):
        return True
    return bare not in _LEADS


def _is_counted(noun: str, lead: str) -> bool:
    """Whether a noun makes the number before it an ordinal: “ab dem vollendeten 16. Lebensjahr”."""
    is_led = lead.endswith("en") or lead in _NAMED_BEFORE  # “ist 2. Bürgermeister”
    return noun in _COUNTED or (is_led and noun.lower().endswith(_COUNTED_ENDS))


def _counts(word: str) -> bool:
    """Whether a word with its dot is an abbreviation that a number follows or goes before."""
    low = word.lower().rstrip(".").lstrip("(„")
    return word[-1] == "." and (low in _BEFORE_NUMBER | _MAY_END or low.endswith(_SUFFIXES))

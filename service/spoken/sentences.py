"""Paragraph → sentences as written; joined, they are the paragraph again, letter by letter."""

from __future__ import annotations

import re
from itertools import pairwise

from service.spoken.full_stops import FINITE, STARTERS, is_abbreviation, is_full_stop

LONGEST = 1000  # characters; an endless sentence is cut at a clause, else at a blank

_PICTURES = "\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff"
_END = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++)"
    rf"(?P<close>[\"”“»«’‘')\]]*+(?:\[\d{{1,3}}\]|[¹²³⁰-⁹⁾]|\*\)?)*+(?:\s*[{_PICTURES}])*+)"
    r"(?P<gap>\s++)"
    r"(?=(?P<open>[\"„“»«‚‘'(\[–—-]*+\s*+)(?P<next>\S++))"
)
_BEFORE = re.compile(r"(\S+)$")
_LIST_MARK = re.compile(r"(?:^|\s)(?:\d{1,2}|[a-z])$")  # “1.) Wasser, 2.) Brot”

# Words behind which dots only wait for what comes, and names with a mark in them.
_GOES_ON = re.compile(
    r"\b(?:aber|als|am|an|auf|aus|bei|das|dem|den|der|die|ein|eine|einem|einen|einer|für|im|in|ist"
    r"|mit|nach|oder|sondern|über|um|und|unter|vom|von|war|wie|zu|zum|zur) ?$"
)
_AGAIN = re.compile(r"(?<!\w)(?P<call>\w[\w ]{1,24}[!?]) (?P=call)[\"“”«»]")  # „Kämpft! Kämpft!“
_SPACED_DOTS = re.compile(r"\. $")  # “ging . . . und”
_NAME = re.compile(r"\b(?:Yahoo|Jeopardy|Joop|Wham)!$")
_LOWER_NAME = re.compile(r"ver\.di\b|e\.on\b|(?:von|van|de|zu)(?: de[rnm])? [A-ZÄÖÜ]")
_LAST_WORD = re.compile(r"(?<!\w)(?=\w*[aeiouäöü])[A-ZÄÖÜa-zäöüß][a-zäöüß]+$")
# “Die Moderation von „Wer wird Millionär?“ Günther Jauch …”: no verb yet, so the sentence goes on.
_TITLE = re.compile(r"(?:^|[.!?…][\"“»]?\s)(?P<before>[A-ZÄÖÜ][^.!?:]*[\w,] )[„»][^„“»«]+[!?]$")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, each with the blanks behind it; joined, they are `text`."""
    cuts = [0]
    for match in _END.finditer(text):
        if _ends(text, match) and not _in_brackets(text, cuts[-1], match):
            cuts.append(match.end())
    parts = [text[start:end] for start, end in pairwise([*cuts, len(text)]) if end > start]
    return [piece for part in parts for piece in _pieces(part)]


def _in_brackets(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the mark stands within brackets that opened in mid-sentence and close later."""
    end = match.start()
    opened = text.rfind("(", max(start, end - 200), end)
    if opened <= text.rfind(")", max(start, end - 200), end):
        return False
    if not text[start:opened].strip(' „“"–-'):
        return False
    closed = text.find(")", end, end + 200)
    return closed >= match.end() or (closed > 0 and "." not in match["mark"])


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence ends at this mark."""
    start, following = match.start(), re.sub(r"\W+$", "", match["next"])
    if text[max(0, start - 1) : start] in {"(", "["}:
        return False
    if not (_begins_like_a_sentence(match["next"]) or _begins_with_a_name(text, match)):
        return False
    if match["next"][0] in ".…":
        return False
    if _SPACED_DOTS.search(text, max(0, start - 4), start):
        return following.lower() in STARTERS
    if match["close"][:1] == ")" and _is_list_mark(text, start):
        return False
    if following.lower() not in STARTERS and _is_within(text, match):
        return False
    if match["mark"] != "." or match["close"]:
        return True
    before = _BEFORE.search(text, max(0, start - 60), start)
    token = before[1] if before else ""
    lead = text[max(0, start - 80) : start - len(token)].split()
    lead_word = lead[-1] if lead else ""
    return is_full_stop(text, start, token=token, lead=lead_word, following=following)


def _is_list_mark(text: str, dot: int) -> bool:
    is_open = text.rfind("(", max(0, dot - 200), dot) > text.rfind(")", max(0, dot - 200), dot)
    return not is_open and bool(_LIST_MARK.search(text, max(0, dot - 4), dot))


def _begins_with_a_name(text: str, match: re.Match[str]) -> bool:
    """“ver.di”, “von der Leyen” behind a word that is surely none of the abbreviations."""
    if not _LOWER_NAME.match(text, match.end("gap")):
        return False
    word = _LAST_WORD.search(text, max(0, match.start() - 40), match.start())
    if word is None or is_abbreviation(word[0]):
        return False
    return len(word[0]) > 3 or word[0] in STARTERS


def _is_within(text: str, match: re.Match[str]) -> bool:
    """Whether a mark belongs to a name, a quoted title, or dots that wait for what comes."""
    start = match.start()
    if match["mark"] in {"…", "..."}:
        return bool(_GOES_ON.search(text, max(0, start - 12), start))
    if _AGAIN.search(text, max(0, start - 40), match.end() + 40):
        return True
    if _NAME.search(text, max(0, start - 12), match.end("mark")):
        return True
    title = _TITLE.search(text, max(0, start - 120), match.end("mark"))
    return bool(title and match["close"] and not FINITE.search(title["before"]))


def _begins_like_a_sentence(word: str) -> bool:
    first = word[0]
    if first.isdecimal() or first.isupper() or not first.isalnum():
        return True
    return bool(re.match(r"[a-z]{1,3}[A-ZÄÖÜ]|[a-z]\)$", word))  # iPhone, eBay; b) in a list


def _pieces(sentence: str) -> list[str]:
    """The sentence, cut where it is longer than a voice can take."""
    pieces = []
    while len(sentence) > LONGEST:
        head = sentence[:LONGEST]
        clause = max(head.rfind(mark) + 2 for mark in ("; ", ": ", ", ", "– "))
        cut = clause if clause > LONGEST // 3 else head.rfind(" ") + 1 or LONGEST
        pieces.append(sentence[:cut])
        sentence = sentence[cut:]
    return [*pieces, sentence] if sentence else pieces

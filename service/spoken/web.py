"""Addresses of the net: web pages, e-mail, hashtags, accounts, file names."""

from __future__ import annotations

import re

from service.spoken.numbers import cardinal, digits, year

_TLD = (
    r"(?:de|com|org|net|at|ch|eu|info|io|tv|gov|edu|berlin|app|dev|uk|fr|me|ag"
    r"|biz|news|online|bayern|hamburg|koeln|wien|saarland|ruhr|nrw|swiss|shop|blog)"
)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    rf"\bhttps?://(?P<full>[\w.-]*\w)(?::\d+)?(?:[/?#](?:[^\s<>„“\"]*[\w/=])?)?"
    rf"|\b(?P<host>www\.[\w-]+(?:\.[\w-]+)+|(?:[\w-]+\.)+{_TLD}\b)"
    r"(?::\d{2,5})?(?:[/?#](?:[\w./?=&%#~+:;,!@()-]*[\w/=])?)?(?!\.\w)"
)
_HASHTAG = re.compile(r"(?<![\w&])([hH]ashtags? )?#(\d*[^\W\d]\w*)")
_ACCOUNT = re.compile(r"(?<![\w.])@(\w+(?:\.\w+)*)")
_FILE = re.compile(
    r"\b([\w-]+)\.(pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|svg|zip|txt|mp[34]|exe|csv|html?|epub|apk)\b",
    re.IGNORECASE,
)
_SOMEWHERE = re.compile(r"[@#]|\w\.\w|://")
_SIGNS = {
    ".": "Punkt",
    "@": "ät",
    "/": "Schrägstrich",
    "-": "Bindestrich",
    "_": "Unterstrich",
    "?": "Fragezeichen",
    "=": "gleich",
    "&": "und",
    "#": "Raute",
    "%": "Prozent",
    "+": "plus",
    ":": "Doppelpunkt",
    "~": "Tilde",
}


def say_addresses(text: str) -> str:
    """The text with every address by its host, spelled out: “spiegel Punkt de”."""
    if not _SOMEWHERE.search(text):
        return text
    text = _MAIL.sub(lambda match: spelled(match[0]), text)
    text = _URL.sub(lambda match: spelled(match["full"] or match["host"]), text)
    text = _FILE.sub(lambda match: f"{spelled(match[1])} Punkt {match[2].upper()}", text)
    text = _HASHTAG.sub(lambda match: f"{match[1] or 'Hashtag '}{spelled(match[2])}", text)
    return _ACCOUNT.sub(lambda match: f"ät {spelled(match[1])}", text)


def spelled(address: str) -> str:
    """Words as they are, signs by their names, short numbers whole, long ones by their digits."""
    parts = re.findall(r"[^\W\d_]+|\d+|[^\w\s]|_", address)
    spoken = [_number(part) if part.isdecimal() else _SIGNS.get(part, part) for part in parts]
    return " ".join(part for part in spoken if part.replace(" ", "").isalpha())


def _number(written: str) -> str:
    if len(written) > 4 or written[0] == "0":
        return digits(written)
    return year(int(written)) if len(written) == 4 else cardinal(int(written))

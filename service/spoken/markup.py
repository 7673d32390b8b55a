"""Markup in plain text: entities, tags, Markdown's links and emphasis; none of it is read."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:[A-Za-z]\w{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_COMMENT = re.compile(r"<!--.*?-->|<\?[\w-]+[^<>]*\?>|<![A-Za-z][^<>]*>", re.DOTALL)
_TAG = re.compile(r"</?(?P<name>[A-Za-z][\w:-]*)(?:\s[^<>]*|/)?>")
# Element names of HTML that stand within a line, and of SSML; those of blocks part words.
_INLINE = frozenset(
    """
    a abbr acronym audio b bdi bdo big button cite code data del dfn em emphasis font i img ins kbd
    label lang mark math phoneme prosody q s samp say-as small span speak strike strong sub sup
    svg time token tt u var video voice w wbr
    """.split()
)
_BLOCK = frozenset(
    """
    address article aside blockquote body br break caption center col colgroup dd desc details
    dialog div dl dt embed fieldset figcaption figure footer form frame h1 h2 h3 h4 h5 h6 head
    header hr html iframe input legend lexicon li link main map mask media menu meta metadata nav
    noscript object ol option p par picture pre rp rt ruby script section select seq source style
    summary table tbody td template textarea tfoot th thead title tr track ul xml
    """.split()
)
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(
    r"\[(?P<text>[^\[\]]+)\]\(\s*<?(?:https?:|mailto:|tel:|ftp:|/|#|\.{0,2}/|[\w-]+\.)"
    r"(?:[^()\s]|\([^()\s]*\))*>?(?:\s+[\"'][^\"']*[\"'])?\s*\)"
)
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?(?P<text>[^\[\]|]+)\]\]")
_AROUND = re.compile(
    r"(?<![\w*])(?P<mark>\*{1,3}|~~|==|__|`{1,3})(?=\S)(?P<text>[^*~=`\n]{1,300}?)(?<=\S)(?P=mark)(?![\w*])"
)
_MATHS = re.compile(r"(?<![\w$])\$\$?(?=[^\s\d$])(?P<text>[^$\n]{1,200}?)(?<=[^\s$])\$\$?(?![\w$])")
_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}|>+)\s+(?=\S)")


def without_markup(text: str) -> str:
    """The text without tags and Markdown; entities are the characters that they stand for."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if "<" in text:
        text = _TAG.sub(_tag, _COMMENT.sub(" ", text))
    if "[" in text:
        text = _WIKI.sub(r"\g<text>", _LINK.sub(r"\g<text>", _IMAGE.sub("", text)))
    text = _MATHS.sub(r"\g<text>", text) if "$" in text else text
    return _HEADING.sub("", _AROUND.sub(r"\g<text>", text))


def _tag(match: re.Match[str]) -> str:
    """Nothing or a blank for what HTML and SSML know; “<Vorname>” is a word."""
    name = match["name"].lower()
    if name in _INLINE or ":" in name:
        return ""
    return " " if name in _BLOCK else match[0]

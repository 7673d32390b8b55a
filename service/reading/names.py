"""The words in an element's class names and id, however they are written.

BEM (`box__text--wide`), camelCase (`mediaInfo`), CSS modules (`Newsletter_root__x1Ads`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MODULE = re.compile(r"^([A-Za-z][\w-]*_[A-Za-z][\w-]*)__[\w-]{1,10}$")  # Name_part__hash
_MADE_UP = re.compile(r"(?:css|sc|jsx|svelte|emotion|styled|jss|makeStyles)-", re.IGNORECASE)
_STYLED = re.compile(r"styled?(?=_|-|$)")  # styled-components: Adstyled__Wrapper-sc-1x
_TOLD_OF_OTHERS = re.compile(r"(?:has|no|not|with|without|hide|after|before|show)-")
_HUMP = re.compile(r"(?<=[a-zäöüß\d])(?=[A-ZÄÖÜ])|(?<=[A-ZÄÖÜ])(?=[A-ZÄÖÜ][a-zäöüß])")
_JOINTS = re.compile(r"[^\wäöüß]+|_+")


def names_of(element: Element) -> tuple[str, ...]:
    """Each class name, and the id, in small letters with a hyphen between its words."""
    written = f"{element.get('class', '')} {element.get('id', '')}"
    return tuple(filter(None, map(_name, written.split())))


@lru_cache(maxsize=4096)
def _name(token: str) -> str:
    """“newsletter-box-root”; "" for what only a machine has named, or what is about others."""
    if _MADE_UP.match(token):
        return ""
    module = _MODULE.match(token)
    parted = _HUMP.sub("-", _STYLED.sub("", module[1] if module else token))
    name = _JOINTS.sub("-", parted).strip("-").lower()
    return "" if _TOLD_OF_OTHERS.match(name) else name

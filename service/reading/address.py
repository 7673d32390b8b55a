"""By which address a page is known again (RFC 3986, section 6; RFC 6596 for the canonical link)."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

# Only names that were made up for tracking: campaigns as Google, Matomo, HubSpot, Mapp and Omeda
# number them, and the click ids of networks. Words like ref, source or cid are not among them:
# some sites choose the article by them, and two articles must never be taken for one.
_CAMPAIGNS = ("utm_", "mtm_", "matomo_", "piwik_", "pk_campaign", "pk_kwd", "pk_source",
              "pk_medium", "hsa_", "_hs", "wt_mc", "wt_zmc", "oly_")  # fmt: skip
_CLICKS = frozenset(
    """
    fbclid gclid gclsrc dclid gbraid wbraid srsltid _ga _gl msclkid yclid twclid ttclid igsh
    igshid li_fat_id mc_cid mc_eid mkt_tok vero_id rb_clickid xtor __twitter_impression
    """.split()
)
_DEVICES = re.compile(r"^(?:www|m|mobile|mobil|amp)\.(?=.+\.)")
_PORTS = {"http": 80, "https": 443}


def normalized(url: str) -> str:
    """The address without tracking parameters, fragment, idle port and capitals in the host."""
    parts = urlsplit(url.strip())
    query = "&".join(pair for pair in parts.query.split("&") if not _is_tracking(pair))
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""  # a route of an app
    return urlunsplit((parts.scheme, _host(parts), parts.path or "/", query, fragment))


def known_as(fetched: str, *, canonical: str | None) -> tuple[str, str]:
    """The address to show for a page, and the name by which it is known again.

    `canonical` is what its link says. The name has the site in it that the page was fetched
    from: no page can pass for one of another site. A link to the home page is a mistake that
    some sites make on every page, and is not believed.
    """
    shown = _shown(fetched, canonical)
    site = _DEVICES.sub("", _host(urlsplit(fetched)))
    return shown, f"{site} {shown}"


def _shown(fetched: str, canonical: str | None) -> str:
    own = normalized(fetched)
    try:
        url = normalized(urljoin(fetched, canonical or ""))
    except ValueError:  # such as brackets around what is no IPv6 address
        return own
    parts = urlsplit(url)
    is_home = parts.path == "/" and not parts.query and not parts.fragment
    return url if parts.scheme in _PORTS and parts.hostname and not is_home else own


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in _CLICKS or name.startswith(_CAMPAIGNS)


def _host(parts: SplitResult) -> str:
    """Name and port, small; without the port that goes without saying, and without a password."""
    name = (parts.hostname or "").rstrip(".")
    name = f"[{name}]" if ":" in name else name
    return name if parts.port in {None, _PORTS.get(parts.scheme)} else f"{name}:{parts.port}"

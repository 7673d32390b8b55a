"""Signs between and before numbers: ×, =, <, ±, √, powers, #1, and minus in a sum."""

from __future__ import annotations

import re

from service.spoken.context import of_numbers
from service.spoken.numbers import number

_RAISED = r"(?=\^|[⁰¹²³⁴-⁹⁻])"
_POWER = re.compile(
    rf"(?:(?<=\d)|(?<=\))|(?<![^\W\d_])(?<!/)(?P<letter>mc|[A-Za-ln-z]){_RAISED})"
    r"(?:(?P<minus>⁻?)(?P<high>[⁰¹²³⁴-⁹]+)(?![\w⁺⁻])"
    r"|\s?\^\s?[({]?(?P<sign>[-−–+]?)(?P<number>\d{1,4}|[a-zA-Z])[)}]?)"
)
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d$")
_TIMES = re.compile(r"(?<![\w.,])(\d+)\s?[x×](?=[\s,.;:!?)/]|$)(?!\s?[\d+=−-])")
_SUMS = (
    (re.compile(r"(?<=[\d²³])(?:\s?[x×✕*]\s?|·|\s·\s(?=[^·]*[=^⁰¹²³⁴-⁹]))(?=\d)"), " mal "),
    (re.compile(r"(?:(?<=\d [ckm]m)|(?<=\d[ckm]m)|(?<=\d m)|(?<=\dm))\s?[x×✕]\s?(?=\d)"), " mal "),
    (re.compile(r"(?<=[\w²³)])\s?−\s?(?=[\w(])"), " minus "),
    (re.compile(r"(?<=\d)\s[-–]\s(?=\d+(?:,\d+)?\s?=)"), " minus "),
    (re.compile(r"(?:\+\s?/\s?[−–-]|±)\s?(?=\d)"), "plus minus "),
    (re.compile(r"(?<=\d)\s?\+\s?(?=\d)"), " plus "),
    (re.compile(r"(?<=\d)/(?=\d{2,3}\s?mm ?Hg)"), " zu "),
    (re.compile(r"(?<=\d)\s*<\s*(?=\d)|(?<=\b[a-zA-Z])\s?<\s?(?=\d)"), " kleiner als "),
    (re.compile(r"(?<=\d)\s*>\s*(?=\d)|(?<=\b[a-zA-Z])\s?>\s?(?=\d)"), " größer als "),
    (re.compile(r"<\s?(?=\d)"), " unter "),
    (re.compile(r">\s?(?=\d)"), " über "),
    (re.compile(r"(?<=\d)\s?′"), " Minuten"),
    (re.compile(r"#\s?(?=\d)"), "Nummer "),
    (re.compile(r"(?<=½)\s?:\s?(?=\d)|(?<=\d)\s?:\s?(?=\d+\s?½)"), " zu "),
    (re.compile(r"(?<=\w )Ø(?= (?:von )?(?:\w+ )?\d)"), "Durchmesser"),
    (re.compile(r"Ø:?\s?(?=\d[\d,.]*\s?[cm]?m\b)"), "Durchmesser "),
    (re.compile(r"Ø:?\s?(?=\d)"), "durchschnittlich "),
)
_SIGNS = {
    "÷": " geteilt durch ", "=": " gleich ", "≠": " ungleich ", "≈": " ungefähr ",
    "≥": " mindestens ", "≤": " höchstens ", "∞": " unendlich ", "√": " Wurzel aus ",
    "→": " – ", "⇒": " – ",
}  # fmt: skip
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")
_OF = re.compile(r"(?<!\w)([A-Za-z])\(([a-z])\)")  # “f(x)”
_SAID = (
    (re.compile(r"~\s?(?=\w)(?<!\w~)"), " ungefähr "),
    (re.compile(r"#(?:(?=-[tT]aste)|(?<=[tT]aste #))"), "Raute"),
    (re.compile(r"\*(?:(?=-[tT]aste)|(?<=[tT]aste \*))"), "Stern"),
    (re.compile(r"Ø(?<=\b[Ii]m Ø)"), "Durchschnitt"),
)


_DIVIDED = re.compile(r"(\d)\s?:\s?(\d+)(?=\s?=)")
_UNIT_POWER = re.compile(r"(?<=[\d\s/])(?P<unit>[ckdmµ]?m|s)\^(?P<power>[23])(?!\d)")
# “54° 19′ N, 10° 8′ O”, “48,1° N”
_ANGLE = re.compile(
    r"(?P<degrees>\d°)(?:\s?(?P<minutes>[\d,.]{1,6})\s?[′'’])?"
    r"(?:\s?(?P<seconds>[\d,.]{1,6})\s?(?:[″\"”]|''|′′))?(?:\s?(?P<to>[NSOWE])(?![\w-]|\.\w))?"
)
_BEARINGS = {"N": "Nord", "S": "Süd", "O": "Ost", "E": "Ost", "W": "West"}
_CHARGE = re.compile(r"(?<=[A-Za-z\d)₀-₉])(?P<count>[²³⁴]?)(?P<charge>[⁺⁻])(?![\d⁰¹²³⁴-⁹])")
_SYMBOL = (
    r"(?:A[glrsu]|B[aeir]?|C[adlorsu]?|F[er]?|G[ae]|H[efg]?|I[n]?|K[r]?|L[ai]|M[gno]|N[abei]?"
    r"|O[s]?|P[bdtu]?|R[abn]|S[bceinr]?|T[ehil]|U|V|W|X[e]?|Y|Z[nr])"
)
_ATOM = re.compile(rf"({_SYMBOL})(\d{{0,2}})")
_MOLECULE = re.compile(
    rf"(?<![\w-])(?=[A-Z][a-z]?\d|[A-Z][a-zA-Z]*\d)(?!(?:[A-Z]{{1,2}}|[A-Z][a-z])\d+(?!\w))(?:{_SYMBOL}\d{{0,2}}){{2,6}}(?!\w)"
)
_GREEK = {
    letter: name
    for letters, name in zip(
        "αΑ βΒ γΓ δΔ∆ εΕ ζΖ ηΗ θΘϑ ιΙ κΚ λΛ μΜµ νΝ ξΞ πΠ ρΡ σΣς τΤ υΥ φΦϕ χΧ ψΨ ωΩΩ".split(),
        """
        Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Jota Kappa Lambda My Ny Xi Pi Rho Sigma Tau
        Ypsilon Phi Chi Psi Omega
        """.split(),
        strict=True,
    )
    for letter in letters
}
_GREEK_LETTER = re.compile(f"[{''.join(_GREEK)}]")
_ISOTOPE = re.compile(rf"(?<![\w.])([⁰¹²³⁴-⁹]{{1,3}})({_SYMBOL})(?!\w)")  # “¹⁴C”
_UNIT_BEHIND = re.compile(r"(?:[mglsSAVWF]|Sv|mol)(?![a-z])|$")
_STARS = re.compile(
    r"(?<![\w.,])(?P<n>[1-7])(?:\*(?:(?P<hyphen>-)(?=\w)|(?![\w*]|\s?\d))|\s?[★⭐]️?(?:(?:-(?=\w))|(?![★☆])))"
)
_RATING = re.compile(r"\s?[★⭐]{1,10}☆{0,9}(?<!\d[★⭐])(?<!\d\s[★⭐])|\s?☆{2,10}")
_INCHES = re.compile(r"(?<=\d)\s?(?:″|\"(?!\w))")
_QUOTE = re.compile('["„“”]')


def say_formulas(text: str) -> str:
    """The text with mathematical signs in words; the numbers themselves are left."""
    text = _POWER.sub(_power, _GREEK_LETTER.sub(_greek, _say_sums(text)))
    text = _OF.sub(r"\1 von \2", text)
    text = _SIGN.sub(lambda match: _SIGNS[match[0]], text)
    for pattern, words in _SAID:
        text = pattern.sub(words, text)
    return text


@of_numbers
def _say_sums(text: str) -> str:
    text = _STARS.sub(_stars, _RATING.sub(_rating, text))
    text = _ISOTOPE.sub(lambda m: f"{m[2]} {number(m[1].translate(_POWERS))}", text)
    text = _ANGLE.sub(_angle, text)
    text = _MOLECULE.sub(_molecule, _CHARGE.sub(_element, text))
    text = _inches(_DIVIDED.sub(r"\1 durch \2", text))
    text = _UNIT_POWER.sub(_unit_power, text)
    text = _TIMES.sub(lambda match: f"{number(match[1], one='ein')}mal", text)
    for pattern, words in _SUMS:
        text = pattern.sub(words, text)
    return text


def _inches(text: str) -> str:
    """A mark behind a number closes no quotation where all others are pairs: “28\" und 29\"”."""
    is_paired = len(_QUOTE.findall(_INCHES.sub("", text))) % 2 == 0
    return _INCHES.sub(" Zoll", text) if is_paired else text


def _angle(match: re.Match[str]) -> str:
    """“54° 19 Minuten Nord”, “1 Minute”."""
    parts = [match["degrees"]]
    for count, unit in ((match["minutes"], "Minute"), (match["seconds"], "Sekunde")):
        parts += [f"{count} {unit}{'n' * (count != '1')}"] if count else []
    return " ".join([*parts, *([_BEARINGS[match["to"]]] if match["to"] else [])])


def _unit_power(match: re.Match[str]) -> str:
    return f"{match['unit']}{'²' if match['power'] == '2' else '³'}"


def _power(match: re.Match[str]) -> str:
    """“hoch zwei”, behind a letter “Quadrat”; behind a year it is a footnote."""
    start = match.start()
    if (
        match["high"]
        and not match["minus"]
        and _YEAR.search(match.string, max(0, start - 5), start)
    ):
        return ""
    if match["high"] in {"¹", "⁰"} and match["letter"] and not match["minus"]:
        return match["letter"]  # a footnote
    exponent = match["number"] or match["high"].translate(_POWERS)
    is_negative = match["minus"] or (match["sign"] and match["sign"] != "+")
    letters = " ".join(match["letter"] or "")
    if exponent == "2" and letters and not is_negative:
        return f"{letters} Quadrat"
    power = number(exponent) if exponent.isdecimal() else exponent
    return f"{letters} hoch {'minus ' if is_negative else ''}{power}"


def _element(match: re.Match[str]) -> str:
    """“SO₄²⁻”, “Na⁺”: the charge behind what it charges."""
    count = f" {number(match['count'].translate(_POWERS))}" if match["count"] else ""
    return f"{count} {'plus' if match['charge'] == '⁺' else 'minus'}"


def _molecule(match: re.Match[str]) -> str:
    """“CaCO3” → “Ca C O drei”."""
    atoms = _ATOM.findall(match[0])
    return " ".join(f"{symbol} {number(count)}" if count else symbol for symbol, count in atoms)


def _greek(match: re.Match[str]) -> str:
    """A letter's name, unless it stands within a Greek word or a unit: “λόγος”, “8 μm”, “4 kΩ”."""
    text, start, end = match.string, match.start(), match.end()
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    if match[0] in "µμ" and _UNIT_BEHIND.match(text, end) and end < len(text):
        return "µ"
    if match[0] in "ΩΩ" and re.search(r"\d\s?[kMmG]?$", text[max(0, start - 4) : start]):
        return "Ω"
    if any("\u0370" <= letter <= "\u03ff" or "\u1f00" <= letter <= "\u1fff" for letter in around):
        return match[0]
    before = " " if text[max(0, start - 1) : start].isalnum() else ""
    behind = " " if text[end : end + 1].isalnum() else ""
    return f"{before}{_GREEK[match[0]]}{behind}"


def _stars(match: re.Match[str]) -> str:
    """“3*-Hotel” → “Drei-Sterne-Hotel”, “5 ★” → “5 Sterne”."""
    if match["hyphen"]:
        return (
            f"{number(match['n'], one='ein').capitalize()}-Stern{'' if match['n'] == '1' else 'e'}-"
        )
    is_dative = re.search(r"\b(?:mit|von) (?:[\w,]+ von )?$", match.string[: match.start()])
    name = "Stern" if match["n"] == "1" else "Sternen" if is_dative else "Sterne"
    return f"{match['n']} {name}"


def _rating(match: re.Match[str]) -> str:
    """“★★★☆☆” → “3 von 5 Sternen”."""
    full = match[0].count("★")
    if "☆" in match[0]:
        return f" {full} von {full + match[0].count('☆')} Sternen"
    return f" {full} Stern{'e' if full > 1 else ''}"

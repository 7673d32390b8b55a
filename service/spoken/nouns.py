"""The gender of a noun, by its last part or its visible ending."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Gender = Literal["m", "f", "n"]

_KNOWN: dict[Gender, str] = {
    "m": """
        absatz abschnitt advent akt anlauf anschlag antrag april arbeitstag artikel august auftritt
        band bericht bezirk brief bundestag bürger bürgermeister cent cup dezember dienstag dollar
        durchgang entwurf euro fall februar feiertag fc freitag fsv gang gast geburtstag gipfel
        grad grund grundsatz halt herbst hochzeitstag höhepunkt januar jahrestag jahrgang juli juni
        kanzler kilometer kongress könig kreis krieg lauf liter lockdown mai mann marathon meter
        mittwoch monat montag mord märz nachtrag november oktober ort paragraf parteitag patient
        plan platz platzverweis präsident preis prozess punkt pokal rang rekord ring rücktritt
        samstag satz schlag schritt schuss schultag senat september sieg sitz sohn sommer sonntag
        spieltag stern stich stock tag teil termin test titel tod todestag tor-jubel treffer turm
        unfall verein verhandlungstag versuch vertrag vorsitzende vorsitzender wahlgang weg
        weltkrieg winter wirbel zug zeitpunkt advent angriff antrag ausbau aufstieg abstieg entwurf
        franken cousin vizepräsident teilnehmer sc sv tsv vfb vfl korintherbrief brief prozentpunkt
        zentimeter millimeter quadratmeter kubikmeter jahrestag nobelpreis fünfjahresplan sprung
    """,
    "f": """
        schrift fahrt sicht macht schlacht arbeit welt tat pflicht antwort burg flucht haft jagd
        kost last luft lust not post spur sucht tracht zeit gefahr natur figur reparatur
        ampel anfrage armee art auflage aufgabe ausgabe bahn bundesliga chance dame dekade dosis
        ecke ehe ehefrau etappe etage folge form frage frau gelegenheit generation gruppe halbzeit
        hand hälfte hilfe instanz kammer karte klasse komma legislaturperiode lesung liga linie
        lösung mannschaft marke mauer medaille million milliarde minute mutter nacht nationalität
        niederlage nummer person phase position potenz quote rate reihe republik rolle runde
        saison schicht seite sekunde serie sinfonie sitzung sprache staffel stadt stelle steuer
        strafkammer straße strophe stufe stunde symphonie tochter tonne tür umdrehung variante
        vorlage wache wahl wahlperiode welle woche zahl zeile zone zündstufe ölkrise krise
        dynastie frist kraft nacht oktave fassung wand bank hochzeit spritze impfung etappe
        kilowattstunde stimme gelbe minuten-marke marke hilfsaktion aktion
    """,
    "n": """
        abkommen album amt bataillon baby beispiel bild brot buch date drittel duell ergebnis
        ersuchen ende fest festival feld finale flugzeug foul gebot gericht geschoss gesetz gleis
        gold halbfinale halbjahr haus jahr jahrhundert jahrtausend jahrzehnt kapitel kind kilo
        kilogramm konzert konzil land leben loch lustrum mal mandat ministerium mitglied
        obergeschoss
                og opfer paket pferd pfund programm prozent
        quartal regiment reich remis rennen saisontor
        schreiben schuljahr semester spiel stadion stockwerk stück studium tor training treffen
        triebwerk trikot trimester turnier untergeschoss urteil verfahren verhör viertel wochenende
        wort wunder ziel zimmer werk bundesland elfmeter-tor eigentor saisonspiel länderspiel
        heimspiel auswärtsspiel gramm elternteil level lebensjahr dienstjahr kabinett parlament
    """,
}
_BY_NOUN: dict[str, Gender] = {
    noun: gender for gender, nouns in _KNOWN.items() for noun in nouns.split()
}
_ENDINGS: tuple[tuple[Gender, str], ...] = (
    ("f", "ung heit keit schaft tion sion tät ik ei enz anz ur ität ie ade age isse itis"),
    ("n", "chen lein ment um tum nis ett eau ing fest"),
    ("m", "ling ismus or ant ent ist eur är ner ler ker ter ger er ig ich us en el tag"),
    ("f", "e in"),
)


@lru_cache(maxsize=8192)
def gender(noun: str) -> Gender | None:
    """The gender of a noun in the singular; None where nothing tells it."""
    low = noun.lower().strip(".,;:!?()„“\"'")
    low = low.rpartition("-")[2] or low
    for start in range(len(low) - 1):
        if found := _BY_NOUN.get(low[start:]):
            return found
    return next((found for found, ends in _ENDINGS if low.endswith(tuple(ends.split()))), None)


def is_genitive(noun: str) -> bool:
    """Whether a noun shows the genitive of a masculine or neuter: “Tages”, “Monats”."""
    low = noun.lower().strip(".,;:!?()„“\"'")
    if _BY_NOUN.get(low) or not low.endswith("s"):
        return False
    return any(_BY_NOUN.get(low.removesuffix(end)) in {"m", "n"} for end in ("es", "s"))


def is_plural(noun: str) -> bool:
    """Whether a noun looks like a plural: “Experten”, “Verbände”, “Autos”."""
    low = noun.lower().strip(".,;:!?()„“\"'")
    if _BY_NOUN.get(low):
        return False
    has_umlaut = any(letter in "äöü" for letter in low)
    return low.endswith(("en", "eln", "ern", "s", "er")) or (has_umlaut and low.endswith("e"))

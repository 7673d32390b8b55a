"""The gender of a noun, by its last part or its visible ending."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Gender = Literal["m", "f", "n"]

_KNOWN: dict[Gender, str] = {
    "m": """
        abend abgeordnete abitur-schnitt absatz abschluss abschnitt abstand abstieg abzug advent
        affe akt aktionär alarm alkohol anbau anfang angeklagte angriff anlass anlauf anschlag
        anspruch anteil antrag apfel april arbeitstag arm artikel arzt astronom aufbau aufstieg
        auftrag auftritt aufwand august ausbau ausbruch ausflug ausgang ausstieg austritt autor ball
        bach bau baum bedarf beamte begriff beitrag berg bericht beruf beschluss besuch betrag
        betrieb beweis bewohner bezirk biologe block boden bote brand brief bruch bruder brunnen
        buchstabe bulgare bund bundestag burger bus bürger bürgermeister bürgerkrieg bürgerentscheid
        cent chef chinese computer cousin cup dank dezember dialog dienst dienstag dienstagabend
        direktor dollar durchbruch durchgang däne effekt eid eimer einbruch eindruck einfluss
        einsatz einspruch einstieg eintritt einwohner enkel entscheid entwurf erbe erfolg ersatz
        euro experte faktor fall feind feiertag fels ferienjob film finger finne fisch flug fluss
        fonds fortschritt franken franzose freitag freund friede frost fsv fund funke fuß fußball
        fc februar gang garten gast gatte gebrauch geburtstag gedanke gegner geist genosse geselle
        gewinn gipfel glaube grad grieche grund grundsatz gruß gürtel hafen halt handel hang hase
        haufe haushalt held herbst herr himmel hinweis hochzeitstag hof höhepunkt hund hunger hut
        ingenieur irrtum januar jahrestag jahrgang job journalist jude juli junge juni kaffee kaiser
        kampf kanal kandidat kanzler kasten kauf keller kern kilometer knall koch kohl kollege
        kommentar komplize kongress konflikt kontakt kopf korb korintherbrief kreis kredit krieg
        kritiker kroate kuchen kunde könig künstler laden laie landkreis lastwagen lauf lebenslauf
        lehrer leser liter lkw lockdown lohn löwe mai maler mangel mann mantel marathon markt mars
        mast mazedone meister mensch meter mieter minister mitarbeiter mittwoch mittwochabend monat
        mond montag moment mord motor mund mut märz müll nachbar nachmittag nachtrag nachwuchs name
        neffe nobelpreis norden november ökonom oktober onkel osten paragraf park parteitag partner
        parlamentarier passagier pass pate patient pfad pfarrer pilot pkw plan planet platz
        platzverweis pokal pole polizist preis preuße priester prozentpunkt prozess präsident
        psychologe punkt quadratmeter rahmen rang rat raum rauch regen rekord rest richter riese
        ring roller roman rost ruf ruhm rumäne russe räuber rücken rückgang rücktritt rückstand saal
        sachse saft samstag sand satz schaden schatz scherz schlag schluss schlüssel schmerz schnee
        schnitt schotte schritt schuh schuldspruch schultag schuss schutz schwabe schwede schüler
        sc see senat september sessel sieg silvester sinn sitz sklave slawe slowake slowene sohn
        soldat sommer sonnabend sonntag soziologe spaß spieler spieltag sport sprecher sprung staat
        stab stadtrat stamm stand star start status staub stein stern stich stiefel stock stoff
        stoß strand streik streit strick strom stuhl sturm sturz stürmer student süden tag takt tank
        teich teil teller tempel termin test teufel text theologe tipp tisch titel tod todestag
        tor-jubel torwart trainer transport traum treffer trend tropfen tscheche turm typ tänzer
        täter türke umbau umfang umsatz umschlag umstand umweg umzug unfall ungar unterricht
        unterschied urlaub vater verband verdacht verdächtige verein verfall verkauf verkehr
        verhandlungstag verlag verlauf verlust versuch verstand verstoß vertrag verzicht vfb vfl sv
        tsv vizepräsident vogel vorfall vorhang vorsitzende vorsitzender vormittag vorrat vorschlag
        vorsprung vorstand vorteil vortrag vorwurf wagen wahlgang wahlkampf wald walzer weg wein
        weltkrieg wert westen wettbewerb wille wind winter wirbel witz wolf wunsch wurf zaun
        zeitraum
        zeitpunkt zentimeter zettel zeuge zeitzeuge zins zirkus zoo zoll zug zugang zustand zuwachs
        zweck zweifel zweig millimeter kubikmeter fünfjahresplan
    """,
    "f": """
        abfahrt achse adresse aktion ampel anfrage angst ankunft anlage anklage anschrift antwort
        arbeit armee art aufgabe auflage aufnahme aufsicht ausgabe ausfahrt auskunft aussage auswahl
        bahn bank bar basis batterie beilage bilanz birne bitte blende bombe börse brücke brust
        bundesliga burg buße chance couch dame dauer debatte dekade demo demut diät dosis drogerie
        dusche dynastie ebene ecke ehe ehefrau eile ente entscheidung erde ernte etage etappe fabrik
        fahrt falle familie farbe fassung feder feier ferne figur firma fläche flasche flöte flucht
        flut folge form forst-aufsicht frage frau frist front frucht fähre führung gabe gans gasse
        gebühr geburt gefahr gegend gelbe gelegenheit generation geschichte gewalt grenze größe
        grippe gruppe gunst hacke halle haft hand haut hefe heirat hilfe hilfsaktion hitze hochzeit
        hoffnung hälfte höhe hölle hürde hütte idee impfung insel instanz jagd jugend jury justiz
        kammer kanne karte kasse katze kerze kette kilowattstunde kirche klage klasse klinik
        koalition kohle komma kosten kraft kritik krise kugel kunst kurve kuh küche küste lage lampe
        last laterne legende legislaturperiode leiche leine lesung liebe liga linie liste luft lust
        lösung lücke macht mannschaft marke maschine masse maus mauer maßnahme medaille meile menge
        messe methode miete milch milliarde million minute minuten-marke mode mutter mühe nachfrage
        nachricht nacht nadel nase nation nationalität natur niederlage niere nonne norm not note
        nummer oktave oma oper ordnung panne partei party pause periode person pfanne pflanze pflege
        pflicht phase platte pleite polizei position post potenz praxis presse probe prognose
        prämie quelle quote rache rast rate raststätte reform regel region reihe reise rente
        republik reserve revolte rolle route ruhe runde sache saison schicht schiene schlacht
        schlange schlucht schrift schule schuld schulter schwester seele sehnsucht seife seite
        sekunde serie sicht sinfonie sitzung sonne sorge sorte spanne spende spitze sprache spritze
        spur staatsanwaltschaft staffel stadt stange station stelle steuer stiege stimme stirn
        strafe strafkammer straße strecke strophe stufe stunde stätte suche summe symphonie szene
        tafel tante tasche tasse taste tat taube taufe theorie tochter tonne torte tour trauer
        treppe treue truppe tür uhr umdrehung umfrage umwelt unterkunft unterschrift urne variante
        vase vernunft verzicht-erklärung vorlage vorschrift vorsicht wache waffe wahl wahlperiode
        wand ware wehr weise welle welt wende werft wette wiese wimper wirtschaft woche wohnung
        wolke wunde wurst wurzel zahl zeile zeit zeitung zelle zone zukunft zunge zunahme zusage
        zündstufe ölkrise ärztin übersicht überschrift
    """,
    "n": """
        abenteuer abitur abkommen abonnement abteil album alter amt angebot archiv argument asyl
        atelier attentat auge ausland auto baby bad bataillon becken beispiel bein benzin bett
        bier bild blatt blei blut boot brett brot buch budget bundesland büro café camp chaos credo
        dach dach-geschoss dach-stuhl date datum defizit delikt denkmal dorf drama drehbuch drittel
        duell dutzend ei eigentor eis eisen elend elfmeter-tor elternteil ende erbe-recht erdbeben
        ereignis ergebnis ersuchen essen etikett exemplar exil experiment fach fahrrad fahrzeug
        fass feld fenster fernsehen fest festival feuer fieber finale fleisch flugzeug formular foto
        foul fräulein frühjahr gas gebiet gebot gebäude gedicht gefecht gefängnis gegenteil gehalt
        geheimnis gehirn gehör geld gemälde gemüse gericht gerücht geschenk geschoss geschäft
        gesetz gesicht gespräch getränk gewicht gewinde gewissen gewitter glas gleis glück gold grab
        gramm gras haar halbfinale halbjahr handy haus heft heim heimspiel herz hindernis holz
        honorar horn hotel huhn image inland institut instrument interview jahr jahrhundert
        jahrtausend jahrzehnt kabinett kabel kamel kapital kapitel kilo kilogramm kind kino kleid
        klima kloster knie konto konzept konzert konzil kraftwerk krankenhaus kreuz labor lager lamm
        land leben lebensjahr dienstjahr leid level licht lied limit lob loch lokal lustrum magazin
        mal mandat material maul medikament meer mehl menü messer metall mikrofon militär
        ministerium missverständnis mitglied mittel mittelalter modell moor motiv motto museum
        muster märchen netz nest obergeschoss objekt obst ohr öl opfer orchester paar paket papier
        paradies parlament parlament-gebäude pferd pfund plakat plus podium porträt produkt profil
        programm projekt protokoll prozent publikum pulver quartal rad radio rathaus rätsel recht
        referendum regal regiment regime reich remis rennen rezept risiko rohr restaurant
        saisonspiel
        länderspiel saisontor salz schaf schicksal schiff schild schloss schreiben schuljahr schwein
        schwert seil semester seminar signal silber sofa spektakel spiel spielzeug stadion stadium
        stipendium stockwerk studio studium stück symbol system tabu tal talent team telefon tempo
        thema theater tier tor training traumtor treffen treiben triebwerk trikot trimester turnier
        ufer umfeld umland ungeheuer unglück unternehmen untergeschoss unwetter urteil verbot
        verbrechen verfahren vergnügen verhalten verhältnis verhör vermögen versprechen vertrauen
        viertel virus visum volk vorbild vorhaben vorurteil wachstum waisenhaus wappen wasser wehr-
        weihnachten werk wetter wild wissen wochenende wort wunder zebra zeichen zelt zentrum zeug
        zeugnis ziel zimmer zitat zuhause zögern auswärtsspiel
    """,
}
# Short nouns that end other nouns by chance (Kar-ton, Apparat, Trog) stand for themselves alone.
_ALONE = frozenset("ei eid og ort oma rat see tat uhr arm hut mut zoo".split())
_AGENTS = ("ktor", "ator", "itor", "utor", "stor", "entor", "antor")
_BY_NOUN: dict[str, Gender] = {
    noun: gender for gender, nouns in _KNOWN.items() for noun in nouns.split()
}
_ENDINGS: tuple[tuple[Gender, str], ...] = (
    ("f", "ung heit keit schaft tion sion tät ik ei enz anz ur ität ie ade age isse itis"),
    ("n", "chen lein ment um tum nis ett eau ing fest"),
    ("m", "ling ismus or ant ent ist eur är ner ler ker ter ger er ig ich us en el tag"),
    ("f", "e in"),
)


def _listed(low: str) -> Gender | None:
    """By the longest known noun that it ends with."""
    for start in range(len(low) - 1):
        found = _BY_NOUN.get(low[start:])
        if found and (not start or low[start:] not in _ALONE):
            return found
    return None


@lru_cache(maxsize=8192)
def gender(noun: str) -> Gender | None:
    """The gender of a noun in the singular; None where nothing tells it."""
    low = noun.lower().strip(".,;:!?()„“\"'")
    low = low.rpartition("-")[2] or low
    if low.endswith(_AGENTS) and not low.endswith("gentor"):
        return "m"
    if found := _listed(low):
        return found
    return next((found for found, ends in _ENDINGS if low.endswith(tuple(ends.split()))), None)


def is_listed(noun: str) -> bool:
    """Whether the gender of a noun is known for sure, not by its ending."""
    low = noun.lower().rpartition("-")[2]
    return _listed(low) is not None


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
    if low.endswith("e") and _listed(low[:-1]) in {"m", "n"}:
        return True
    has_umlaut = any(letter in "äöü" for letter in low)
    return low.endswith(("en", "eln", "ern", "s", "er")) or (has_umlaut and low.endswith("e"))

/** What the service says in English, in German: why lines are left out, why speech failed. */

/** @typedef {[RegExp, string][]} Rules a pattern of the whole sentence, and its German */

/** @type {Record<string, string>} */
export const REASONS = {
  'a title without text': 'Titel ohne Text',
  address: 'Anschrift',
  advertising: 'Werbung',
  'AI voice note': 'Hinweis auf eine KI-Stimme',
  'another title is given': 'ein anderer Titel ist angegeben',
  'author box': 'Angaben zum Autor',
  'behind a paywall: the page shows the beginning': 'hinter der Bezahlschranke; gelesen wird der Anfang',
  'beside the article': 'steht neben dem Artikel',
  button: 'Schaltfläche',
  byline: 'Autorenzeile',
  caption: 'Bildunterschrift',
  code: 'Programmcode',
  'comment form': 'Kommentarformular',
  comments: 'Kommentare',
  contact: 'Kontaktangaben',
  cover: 'Umschlag',
  'cookie notice': 'Cookie-Hinweis',
  'date line': 'Datumszeile',
  'edit link': 'Bearbeiten-Link',
  footnote: 'Fußnote',
  'footnote mark': 'Fußnotenzeichen',
  form: 'Formular',
  'front matter': 'Angaben zur Datei',
  'hidden on the page': 'auf der Seite verborgen',
  imprint: 'Impressum',
  index: 'Register',
  infobox: 'Infokasten',
  keywords: 'Schlagwörter',
  kicker: 'Dachzeile',
  'link mark': 'Sprungmarke',
  'link to other articles': 'Verweis auf andere Artikel',
  markup: 'Auszeichnung',
  'missing from the book': 'fehlt im Buch',
  navigation: 'Navigation',
  'newsletter prompt': 'Newsletter-Hinweis',
  'not part of the article': 'gehört nicht zum Artikel',
  notice: 'Hinweisfenster',
  'outside the reading order': 'steht außerhalb der Lesereihenfolge',
  'page footer': 'Fußzeile der Seite',
  'page header': 'Kopfzeile der Seite',
  'page number': 'Seitenzahl',
  'photo credit': 'Bildnachweis',
  picture: 'Bild',
  'play prompt': 'Aufforderung zum Anhören',
  player: 'Player',
  rating: 'Bewertung',
  'reading time': 'Lesezeit',
  references: 'Quellen und Verweise',
  'repeats the text': 'steht so schon im Text',
  separator: 'Trennzeichen',
  'share prompt': 'Aufforderung zum Teilen',
  'subscription prompt': 'Abo-Hinweis',
  'table of contents': 'Inhaltsverzeichnis',
  'title page': 'Titelseite',
  'too many to list': 'zu viele für diese Liste',
};

/** @type {Rules} */
export const SPEECH = [
  [/^The voice (\S+) cannot speak: .*$|^There is no voice (\S+);.*$/s, 'Die Stimme $1$2 kann hier nicht sprechen.'],
  [/^.* cannot say anything of “(.*)”\.$/s, 'Für „$1“ hat die Stimme keine Laute.'],
  [/^.*(?: s of sound for | bytes of sound for | made [\d.]+ s of ).*$/s, 'Es kam zu wenig Ton für den Text.'],
  [/^(.*) failed too often; it is asked again in (\d+) s\.$/, '$1 antwortet gerade nicht. Nächster Versuch in $2 s.'],
  [/^(.*) (?:cannot be reached|answered \d+|does not prove|answered without) ?.*$/s, '$1 ist gerade nicht zu erreichen.'],
  [/^.*no answer in time.*$|^The engine (?:crashed|ended|closed).*$|^Piper gave up .*$/s, 'Die Stimme ist an diesem Text gescheitert.'],
  [/^(?:Run|.* is missing\. Run): (.*)$|^Install .* Run: (.*)$/, 'Auf dem Server ausführen: $1$2'],
  [/^Install (.*)\.$|^Piper is not installed: .*$/, 'Auf dem Server fehlt ein Programm: $1'],
  [/^(?:The|No) engine .*$/s, 'Die Stimme ist hier gerade nicht verfügbar.'],
  [/^Spoken by (.*), since (\S+) is not available: .*$/s, 'Es spricht $1, weil $2 nicht verfügbar war.'],
  [/^table of (\d+) rows and (\d+) columns$/, 'Tabelle mit $1 Zeilen und $2 Spalten'],
  [/^Without API keys only this machine .*$/, 'Nur der Rechner, auf dem Vorleser läuft, darf Artikel einstellen.'],
  [/^Writing needs a key.*$/, 'Dafür braucht es einen gültigen API-Schlüssel.'],
  [/^More than \d+ requests in a minute: wait (\d+) s.*$/, 'Zu viele Anfragen. In $1 Sekunden geht es wieder.'],
  [/^An unexpected error.*$/, 'Ein unerwarteter Fehler. Näheres steht im Protokoll des Servers.'],
];

/**
 * The sentence in German if a rule knows it, else as it came.
 * @param {string} sentence @param {Rules} rules
 */
export function inGerman(sentence, rules) {
  const rule = rules.find(([pattern]) => pattern.test(sentence));
  return rule ? sentence.replace(...rule).trim() : sentence;
}

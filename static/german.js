/** What the service says in English, in German: why lines are left out, why speech failed. */

/** @typedef {[RegExp, string][]} Rules a pattern of the whole sentence, and its German */

/** @type {Record<string, string>} */
export const REASONS = {
  'AI voice note': 'Hinweis auf eine KI-Stimme',
  advertising: 'Werbung',
  'author box': 'Angaben zum Autor',
  'beside the article': 'steht neben dem Artikel',
  caption: 'Bildunterschrift',
  code: 'Programmcode',
  'comment form': 'Kommentarformular',
  'cookie notice': 'Cookie-Hinweis',
  'date line': 'Datumszeile',
  form: 'Formular',
  'front matter': 'Angaben zur Datei',
  'link to other articles': 'Verweis auf andere Artikel',
  markup: 'Auszeichnung',
  navigation: 'Navigation',
  'newsletter prompt': 'Newsletter-Hinweis',
  'not part of the article': 'gehört nicht zum Artikel',
  'page footer': 'Fußzeile der Seite',
  'page header': 'Kopfzeile der Seite',
  'photo credit': 'Bildnachweis',
  picture: 'Bild',
  'play prompt': 'Aufforderung zum Anhören',
  'reading time': 'Lesezeit',
  separator: 'Trennzeichen',
  'share prompt': 'Aufforderung zum Teilen',
  'subscription prompt': 'Abo-Hinweis',
  table: 'große Tabelle',
};

/** @type {Rules} */
export const SPEECH = [
  [/^.* cannot say anything of “(.*)”\.$/s, 'Für „$1“ hat die Stimme keine Laute.'],
  [/^.*(?: s of sound for | bytes of sound for | made [\d.]+ s of ).*$/s, 'Es kam zu wenig Ton für den Text.'],
  [/^(.*) failed too often; it is asked again in (\d+) s\.$/, '$1 antwortet gerade nicht. Nächster Versuch in $2 s.'],
  [/^(.*) (?:cannot be reached|answered \d+|does not prove|answered without) ?.*$/s, '$1 ist gerade nicht zu erreichen.'],
  [/^.*no answer in time.*$|^The engine (?:crashed|ended|closed).*$|^Piper gave up .*$/s, 'Die Stimme ist an diesem Text gescheitert.'],
  [/^(?:Run|.* is missing\. Run): (.*)$|^Install .* Run: (.*)$/, 'Auf dem Server ausführen: $1$2'],
  [/^Install (.*)\.$|^Piper is not installed: .*$/, 'Auf dem Server fehlt ein Programm: $1'],
  [/^(?:The|No) engine .*$/s, 'Die Stimme ist hier gerade nicht verfügbar.'],
  [/^Spoken by (.*), since (\S+) is not available: .*$/s, 'Es spricht $1, weil $2 nicht verfügbar war.'],
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

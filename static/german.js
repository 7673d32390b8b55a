/** What the service says in English, in German: why speech failed. */

/** @typedef {[RegExp, string][]} Rules a pattern of the whole sentence, and its German */

/** @type {Rules} */
export const SPEECH = [
  [/^Spoken by (.*), since (\S+) is not available: .*$/s, 'Es spricht $1, weil $2 nicht verfügbar war.'],
  [/^(?:VORLESER_VOICE cannot be used\. )?(?:The voice (\S+) cannot speak: |There is no voice (\S+);).*$/s, 'Die Stimme $1$2 kann hier nicht sprechen.'],
  [/^.* cannot say anything of “(.*)”\.$/s, 'Für „$1“ hat die Stimme keine Laute.'],
  [/^.*(?: s of sound for | bytes of sound for | made [\d.]+ s of ).*$/s, 'Es kam zu wenig Ton für den Text.'],
  [/^(?:The speech server )?(.*?) (?:cannot|answered|sent|is too|gave|broke) .* it is left alone for (\d+) s\.$/s, '$1 antwortet gerade nicht. In $2 s noch einmal versuchen.'],
  [/^(?:The speech server )?(.*?) (?:cannot be reached|answered|does not prove|is too slow|sent|gave no answer in \d+|broke off) ?.*$/s, '$1 ist gerade nicht zu erreichen.'],
  [/^.*no answer in time.*$|^The engine (?:crashed|ended|closed).*$|^Piper gave up .*$/s, 'Die Stimme ist an diesem Text gescheitert.'],
  [/^(?:Run|.* is missing\. Run): (.*)$|^Install .* Run: (.*)$/, 'Auf dem Server ausführen: $1$2'],
  [/^Install (.*)\.$|^Piper is not installed: .*$/, 'Auf dem Server fehlt ein Programm: $1'],
  [/^(?:The|No) engine .*$/s, 'Die Stimme ist hier gerade nicht verfügbar.'],
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

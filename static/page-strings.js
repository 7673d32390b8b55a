/** The pages' own words in German and English; those of the player are in strings.js. */

import { SPEECH } from './german.js';
import { fill, language, told, WORDS as PLAYER } from './strings.js';

/** @satisfies {Record<string, [string, string]>} German, English */
const WORDS = {
  ...PLAYER,
  keyTitle: ['Schlüssel eingeben', 'Enter key'],
  keyHint: [
    'Dieser Server lässt nur mit einem API-Schlüssel schreiben. Er bleibt in diesem Browser.',
    'This server needs an API key for writing. It stays in this browser.',
  ],
  keyLabel: ['API-Schlüssel', 'API key'],
  ok: ['Weiter', 'Continue'],
  cancel: ['Abbrechen', 'Cancel'],
  tagline: ['Artikel hören statt lesen.', 'Listen to articles.'],
  lead: [
    'Text oder Link einfügen, auf „Vorlesen“ drücken, zuhören.',
    'Paste a German text or a link, press “Read aloud”, listen.',
  ],
  source: ['Text oder Link', 'Text or link'],
  sourceHint: [
    'Hier einen Artikel oder einen Link einfügen, oder eine Datei ablegen …',
    'Paste an article or a link here, or drop a file …',
  ],
  read: ['Vorlesen', 'Read aloud'],
  busy: ['Moment …', 'One moment …'],
  file: ['Datei wählen', 'Choose a file'],
  drop: ['Hier ablegen', 'Drop it here'],
  example: ['Beispiel anhören', 'Hear an example'],
  bookmarklet: [
    'In die Lesezeichenleiste ziehen: ein Klick darauf holt die Seite, auf der man ist, hierher.',
    'Drag this to the bookmarks bar: a click on it brings the page one is on here.',
  ],
  empty: ['Bitte zuerst einen Text oder einen Link einfügen.', 'Please paste a text or a link first.'],
  library: ['Bibliothek', 'Library'],
  search: ['Suchen', 'Search'],
  nothing: [
    'Noch nichts vorgelesen. Was oben eingefügt wird, steht danach hier.',
    'Nothing read yet. What you paste above will stand here.',
  ],
  noHit: ['Kein Artikel mit „{text}“.', 'No article with “{text}”.'],
  remaining: ['noch {time}', '{time} left'],
  heard: ['gehört', 'heard'],
  inWork: ['wird gesprochen', 'being spoken'],
  queuedState: ['wartet', 'waiting'],
  failedState: ['fehlgeschlagen', 'failed'],
  listen: ['„{title}“ anhören', 'Listen to “{title}”'],
  remove: ['„{title}“ löschen', 'Delete “{title}”'],
  removed: ['„{title}“ gelöscht.', '“{title}” deleted.'],
  sureRemove: ['„{title}“ wirklich löschen?', 'Really delete “{title}”?'],
  enqueue: ['„{title}“ als Nächstes', 'Play “{title}” next'],
  queue: ['Als Nächstes', 'Up next'],
  unqueue: ['„{title}“ aus der Warteschlange nehmen', 'Take “{title}” out of the queue'],
  home: ['Vorleser, Startseite', 'Vorleser, home'],
  original: ['Original', 'Original'],
  skipLink: ['Zum Inhalt', 'Skip to content'],
};

/** Why something cannot be read, in German. @type {import('./german.js').Rules} */
const PROBLEMS = [
  [/^“(.*)” cannot be read: .*$/s, '„$1“ lässt sich nicht lesen. Bitte als .txt, .md, .html, .docx oder .epub speichern.'],
  [/^“(.*)” is empty.*$/s, '„$1“ ist leer.'],
  [/^“(.*)” is damaged: .*$/s, '„$1“ ist beschädigt.'],
  [/^The (?:file|document) is damaged.*$/s, 'Diese Datei ist beschädigt.'],
  [/^The file is refused: .*$/s, 'Diese Datei wird nicht gelesen: Sie ist gebaut wie ein Angriff.'],
  [/^The file (?:unpacks to|is too large).*$/s, 'Diese Datei ist zu groß.'],
  [/^The (?:file|document) is (?:protected|locked) .*$/, 'Diese Datei ist mit einem Passwort geschützt. Bitte ohne speichern.'],
  [/^The book is locked .*$/, 'Dieses Buch ist kopiergeschützt und lässt sich deshalb nicht lesen.'],
  [/^The file is no EPUB.*$/, 'Diese Datei ist kein E-Book.'],
  [/^The page has more than .*$/, 'Die Seite ist zu verschachtelt. Bitte den Text selbst einfügen.'],
  [/^The file is .*$/, 'Diese Datei enthält keinen Text. Bitte als .txt (UTF-8) speichern.'],
  [/^The page is a list of links.*$/, 'Diese Seite verweist nur auf Artikel. Bitte einen davon öffnen und dessen Adresse nehmen.'],
  [/^There is nothing to read.*$|^The page is empty.*$/, 'Hier gibt es nichts zu lesen.'],
  [/^The page redirects to .*$/s, 'Die Seite leitet ins Leere weiter.'],
  [/^The page redirects .*$/, 'Die Seite leitet zu oft weiter.'],
  [/^“(.*)” is not on the public net.*$/, '„$1“ liegt nicht im öffentlichen Netz und wird deshalb nicht geholt.'],
  [/^“(.*)” was not found.*$|^“(.*)” is not a name.*$/, '„$1$2“ ist nicht zu finden. Stimmt die Adresse?'],
  [/^.*(?:page took longer than|did not answer in time).*$/, 'Die Seite hat zu lange gebraucht.'],
  [/^.* is not a web address\.$|^Give an address .*$/s, 'Das ist keine Adresse im Netz.'],
  [/^Addresses with a password .*$/, 'Adressen mit Passwort oder ungewöhnlichem Port werden nicht geholt.'],
  [/^The name servers .*$/, 'Gerade sind keine Adressen im Netz zu finden. Bitte später noch einmal.'],
  [/^(\S+) cannot be reached: .*$/s, '$1 ist nicht zu erreichen.'],
  [/^The page answers with status (\d+)\..*$/, 'Die Seite antwortet mit Fehler $1. Wenn sie sich im Browser öffnet: bitte den Text einfügen.'],
  [/^There is no web page but “(.*)”\..*$/, 'Unter der Adresse liegt keine Seite, sondern „$1“.'],
  [/^The page is (?:packed|cut off).*$/, 'Die Seite ist beschädigt.'],
  [/^The page is larger than (\d+) MB\.$/, 'Die Seite ist größer als $1 MB.'],
  [/^No article was found .*$/, 'Auf der Seite war kein Artikel zu finden. Bitte den Text selbst einfügen.'],
  [/^This is not in German but in “(.*?)”.*$/, 'Der Text ist nicht auf Deutsch („$1“); die Stimmen hier sprechen nur Deutsch.'],
  [/^The article has (\d+) characters; this service reads up to (\d+)\..*$/, 'Der Text hat $1 Zeichen; gelesen werden bis zu $2. Bitte teilen.'],
  [/^The request is longer than .*$/, 'Das ist zu lang. Bitte teilen.'],
  [/^There is no article .*$/, 'Diesen Artikel gibt es nicht mehr.'],
  ...SPEECH,
];

/** An error in the reader's language. @param {unknown} error */
export const problem = (error) => told(/** @type {Error} */ (error).message, PROBLEMS) || t('offline');

/** @typedef {keyof typeof WORDS} PageKey */

/** @param {PageKey} key @param {Record<string, string | number>} [values] */
export const t = (key, values) => fill(WORDS[key], values);

/** @param {string} iso @param {'long' | 'medium'} [style] */
export const date = (iso, style = 'long') =>
  new Intl.DateTimeFormat(language, { dateStyle: style }).format(new Date(iso));

/** Puts the reader's language into a page that came in German. @param {ParentNode} root */
export function translate(root) {
  for (const element of root.querySelectorAll('[data-t]')) {
    element.textContent = t(/** @type {PageKey} */ (element.getAttribute('data-t')));
  }
  for (const element of root.querySelectorAll('[data-t-label]')) {
    element.setAttribute('aria-label', t(/** @type {PageKey} */ (element.getAttribute('data-t-label'))));
  }
  for (const element of root.querySelectorAll('[data-t-placeholder]')) {
    element.setAttribute('placeholder', t(/** @type {PageKey} */ (element.getAttribute('data-t-placeholder'))));
  }
}

/** The pages' own words in German and English; those of the player are in strings.js. */

import './page-codes.js';
import { fill, locale, tell, WORDS as PLAYER } from './strings.js';

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
  inFull: [
    'Auch Bildbeschreibungen, Bildunterschriften, Fußnoten, Kästen und große Tabellen vorlesen',
    'Also read picture descriptions, captions, footnotes, boxes and large tables',
  ],
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
  remove: ['Löschen', 'Delete'],
  removed: ['„{title}“ gelöscht.', '“{title}” deleted.'],
  undo: ['Rückgängig', 'Undo'],
  backAgain: ['Wieder da.', 'Back again.'],
  halt: ['„{title}“ anhalten', 'Pause “{title}”'],
  playing: ['läuft', 'playing'],
  paused: ['angehalten', 'paused'],
  filters: ['Zeigen', 'Show'],
  all: ['Alle', 'All'],
  unheard: ['Ungehört', 'Not heard'],
  begun: ['Angefangen', 'Begun'],
  offlineFilter: ['Offline', 'Offline'],
  noneSuch: ['Hier ist gerade nichts.', 'Nothing here right now.'],
  sort: ['Reihenfolge', 'Order'],
  newest: ['Neueste', 'Newest'],
  oldest: ['Älteste', 'Oldest'],
  title: ['Titel', 'Title'],
  collection: ['Sammlung', 'Collection'],
  collections: ['Sammlungen', 'Collections'],
  allCollections: ['Alle Sammlungen', 'All collections'],
  collectionMore: ['Mehr zur Sammlung', 'More about the collection'],
  newCollection: ['Neue Sammlung', 'New collection'],
  add: ['Anlegen', 'Make'],
  dissolve: ['Sammlung auflösen (die Artikel bleiben)', 'Give up the collection (its articles stay)'],
  moreOf: ['Mehr zu „{title}“', 'More about “{title}”'],
  chapterCount: ['{count} Kapitel', '{count} chapters'],
  keep: ['Merken', 'Keep for later'],
  keepNamed: ['„{title}“ merken', 'Keep “{title}” for later'],
  readNow: ['Jetzt vorlesen', 'Read now'],
  playNext: ['Als Nächstes', 'Play next'],
  playLast: ['Ans Ende', 'Play last'],
  addedNext: ['„{title}“ kommt als Nächstes.', '“{title}” comes next.'],
  addedLast: ['„{title}“ steht in der Warteschlange.', '“{title}” is in the queue.'],
  move: ['„{title}“ verschieben (Pfeiltasten), Platz {place} von {total}', 'Move “{title}” (arrow keys), place {place} of {total}'],
  moved: ['„{title}“: Platz {place} von {total}.', '“{title}”: place {place} of {total}.'],
  rename: ['Umbenennen', 'Rename'],
  renameHint: ['Der neue Titel wird auch vorgelesen.', 'The new title is read aloud, too.'],
  renameCollectionHint: ['Nur der Titel ändert sich; wer sie abonniert hat, bleibt dabei.', 'Only the title changes; subscribers stay.'],
  save: ['Speichern', 'Save'],
  subscribe: ['Als Podcast abonnieren', 'Subscribe as a podcast'],
  subscribeHint: ['Diese Adresse in eine Podcast-App eintragen, oder den Code mit dem Handy aufnehmen.', 'Give this address to a podcast app, or take the code with a phone.'],
  feedAddress: ['Adresse des Podcasts', 'Address of the podcast'],
  feedCode: ['QR-Code mit der Adresse', 'QR code of the address'],
  hereOnly: ['Diese Adresse gilt nur auf diesem Gerät.', 'This address works on this device only.'],
  privateFeed: ['Diese Bibliothek ist privat: Die Adresse für die App trägt einen eigenen Schlüssel.', 'This library is private: the address for the app carries a key of its own.'],
  makeKey: ['Adresse mit Schlüssel machen', 'Make an address with a key'],
  queue: ['Als Nächstes', 'Up next'],
  unqueue: ['„{title}“ aus der Warteschlange nehmen', 'Take “{title}” out of the queue'],
  edited: ['Dieser Artikel wurde inzwischen geändert.', 'This article has been changed meanwhile.'],
  showNew: ['Neue Fassung zeigen', 'Show the new version'],
  onlyHere: ['Er ist nur noch in diesem Browser gespeichert.', 'It is kept in this browser alone.'],
  away: [
    'Keine Verbindung: Das lässt sich gerade nicht holen. Bitte später noch einmal versuchen.',
    'No connection: this cannot be had right now. Please try again later.',
  ],
  pending: ['Wartet auf Verbindung', 'Waiting for a connection'],
  pendingHint: ['wird gesendet, sobald der Server wieder da ist', 'is sent as soon as the server is back'],
  pendingSaid: ['Keine Verbindung: es wartet hier und wird später gesendet.', 'No connection: it waits here and is sent later.'],
  unpend: ['„{title}“ nicht senden', 'Do not send “{title}”'],
  home: ['Vorleser, Startseite', 'Vorleser, home'],
  original: ['Original', 'Original'],
  skipLink: ['Zum Inhalt', 'Skip to content'],
};

/** An error in the reader's language. @param {unknown} error */
export const problem = (error) => tell(/** @type {import('./api.js').Problem} */ (error).said) || t('offline');

/** @typedef {keyof typeof WORDS} PageKey */

/** @param {PageKey} key @param {Record<string, string | number>} [values] */
export const t = (key, values) => fill(WORDS[key], values);

/** @type {Record<string, Intl.DateTimeFormat>} making one takes longer than using it a hundred times */
const DATES = {};

/** @param {string} iso @param {'long' | 'medium'} [style] */
export const date = (iso, style = 'long') =>
  (DATES[style] ??= new Intl.DateTimeFormat(locale, { dateStyle: style })).format(new Date(iso));

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

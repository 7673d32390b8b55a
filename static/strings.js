/** Every word on the screen, in German and English, and how numbers and times are written. */

const de = {
  aiVoice: 'Gesprochen von künstlicher Intelligenz',
  player: 'Vorlese-Player',
  play: 'Abspielen',
  pause: 'Pause',
  back: '15 Sekunden zurück',
  forward: '15 Sekunden vor',
  previous: 'Voriger Absatz',
  next: 'Nächster Absatz',
  seek: 'Stelle im Artikel',
  seekText: '{time} von {total}',
  speed: 'Tempo',
  volume: 'Lautstärke',
  mute: 'Ton aus',
  unmute: 'Ton an',
  more: 'Mehr',
  close: 'Schließen',
  goBack: 'Zurück',
  download: 'MP3 herunterladen',
  share: 'Link ab {time} teilen',
  shared: 'Link kopiert',
  embed: 'Einbetten',
  embedHint: 'Diese Zeilen in eine Seite kopieren:',
  copy: 'Kopieren',
  copied: 'Kopiert',
  voice: 'Stimme',
  voiceHint: 'Der Artikel wird mit der gewählten Stimme neu gesprochen.',
  local: 'Spricht auf diesem Server. Der Text bleibt hier.',
  online: 'Online-Stimme: Der Text wird an {engine} gesendet.',
  unavailable: 'Nicht verfügbar',
  sleep: 'Einschlaftimer',
  sleepOff: 'Aus',
  sleepChapter: 'Bis zum Ende des Kapitels',
  sleepArticle: 'Bis zum Ende des Artikels',
  sleepLeft: 'noch {time}',
  slept: 'Gute Nacht: Der Timer hat angehalten.',
  text: 'Mitlesen',
  toPlace: 'Zur Lesestelle',
  playFrom: 'Enter: ab diesem Satz vorlesen',
  leftOut_one: '1 Zeile nicht vorgelesen',
  leftOut: '{count} Zeilen nicht vorgelesen',
  leftOutHint: 'Diese Zeilen gehören nicht zum Artikel und werden ausgelassen.',
  keys: 'Tastenkürzel',
  keySpace: 'Leertaste, K',
  keyArrows: '← →, J L',
  keyArrowsMeaning: '5 Sekunden, 15 Sekunden zurück und vor',
  keyParagraphs: 'P N',
  keyParagraphsMeaning: 'Voriger, nächster Absatz',
  keyVolume: '↑ ↓, M',
  keyVolumeMeaning: 'Lautstärke, Ton aus',
  keySpeed: '< >',
  keyDigits: '0 … 9',
  keyDigitsMeaning: 'Zu 0 % … 90 % des Artikels',
  keyHelp: 'Diese Hilfe',
  keyLetters: 'Buchstaben und Ziffern gelten auf der ganzen Seite',
  keyInside: 'Die Tasten gelten, solange der Player den Fokus hat.',
  making: 'Wird gesprochen: {percent}',
  makingLeft: 'Wird gesprochen: {percent}, noch etwa {time}',
  waiting: 'Dieser Absatz wird gerade gesprochen …',
  made: 'Der Artikel ist fertig gesprochen.',
  failed: 'Absatz {number} konnte nicht gesprochen werden.',
  failedHere: 'Hier fehlt Absatz {number}: Er konnte nicht gesprochen werden.',
  retry: 'Noch einmal versuchen',
  skip: 'Überspringen',
  offline: 'Keine Verbindung. Es geht von selbst weiter, sobald sie wieder da ist.',
  gone: 'Diesen Artikel gibt es nicht mehr.',
  noMp3: 'Dieser Browser kann kein MP3 abspielen. Die Datei lässt sich herunterladen.',
  broken: 'Die Audiodatei lässt sich gerade nicht laden.',
  tryAgain: 'Erneut versuchen',
  blocked: 'Der Browser hat das Abspielen aufgehalten. Bitte noch einmal auf Abspielen drücken.',
  saveOffline: 'Offline speichern',
  savedOffline: 'Offline verfügbar. Wieder entfernen',
  saving: 'Wird gespeichert …',
  keyTitle: 'Schlüssel eingeben',
  keyHint: 'Dieser Server lässt nur mit einem API-Schlüssel schreiben. Er bleibt in diesem Browser.',
  keyLabel: 'API-Schlüssel',
  ok: 'Weiter',
  cancel: 'Abbrechen',
  tagline: 'Artikel hören statt lesen.',
  lead: 'Text oder Link einfügen, Abspielen drücken. Der Text bleibt auf diesem Server.',
  source: 'Text oder Link',
  sourceHint: 'Einen Artikel hier einfügen, einen Link, oder eine Datei ablegen …',
  read: 'Vorlesen',
  reading: 'Einen Augenblick …',
  file: 'Datei wählen',
  fileTypes: 'TXT, Markdown, HTML oder EPUB',
  drop: 'Hier ablegen',
  example: 'Beispiel anhören',
  empty: 'Bitte zuerst einen Text oder einen Link einfügen.',
  library: 'Bibliothek',
  search: 'Suchen',
  nothing: 'Noch nichts vorgelesen. Was oben eingefügt wird, steht danach hier.',
  noHit: 'Kein Artikel mit „{text}“.',
  loadMore: 'Mehr anzeigen',
  remaining: 'noch {time}',
  heard: 'gehört',
  inWork: 'wird gesprochen',
  queuedState: 'wartet',
  failedState: 'fehlgeschlagen',
  listen: '„{title}“ anhören',
  remove: '„{title}“ löschen',
  removed: '„{title}“ gelöscht.',
  sureRemove: '„{title}“ wirklich löschen?',
  delete: 'Löschen',
  enqueue: '„{title}“ als Nächstes',
  queue: 'Als Nächstes',
  unqueue: '„{title}“ aus der Warteschlange nehmen',
  home: 'Vorleser, Startseite',
  original: 'Original',
  skipLink: 'Zum Inhalt',
  offlinePage: 'Nur gespeicherte Artikel, solange keine Verbindung besteht.',
};

/** @typedef {keyof typeof de} Key */

/** @type {Record<Key, string>} */
const en = {
  aiVoice: 'Spoken by artificial intelligence',
  player: 'Read-aloud player',
  play: 'Play',
  pause: 'Pause',
  back: 'Back 15 seconds',
  forward: 'Forward 15 seconds',
  previous: 'Previous paragraph',
  next: 'Next paragraph',
  seek: 'Position in the article',
  seekText: '{time} of {total}',
  speed: 'Speed',
  volume: 'Volume',
  mute: 'Mute',
  unmute: 'Unmute',
  more: 'More',
  close: 'Close',
  goBack: 'Back',
  download: 'Download MP3',
  share: 'Share link from {time}',
  shared: 'Link copied',
  embed: 'Embed',
  embedHint: 'Copy these lines into a page:',
  copy: 'Copy',
  copied: 'Copied',
  voice: 'Voice',
  voiceHint: 'The article is spoken anew in the voice you choose.',
  local: 'Speaks on this server. The text stays here.',
  online: 'Online voice: the text is sent to {engine}.',
  unavailable: 'Not available',
  sleep: 'Sleep timer',
  sleepOff: 'Off',
  sleepChapter: 'Until the end of the chapter',
  sleepArticle: 'Until the end of the article',
  sleepLeft: '{time} left',
  slept: 'Good night: the timer has paused.',
  text: 'Read along',
  toPlace: 'Back to the voice',
  playFrom: 'Enter: read from this sentence',
  leftOut_one: '1 line is not read',
  leftOut: '{count} lines are not read',
  leftOutHint: 'These lines are not part of the article and are left out.',
  keys: 'Keyboard shortcuts',
  keySpace: 'Space, K',
  keyArrows: '← →, J L',
  keyArrowsMeaning: '5 seconds, 15 seconds back and forward',
  keyParagraphs: 'P N',
  keyParagraphsMeaning: 'Previous, next paragraph',
  keyVolume: '↑ ↓, M',
  keyVolumeMeaning: 'Volume, mute',
  keySpeed: '< >',
  keyDigits: '0 … 9',
  keyDigitsMeaning: 'To 0 % … 90 % of the article',
  keyHelp: 'This help',
  keyLetters: 'Letters and digits work on the whole page',
  keyInside: 'The keys work while the player has the focus.',
  making: 'Being spoken: {percent}',
  makingLeft: 'Being spoken: {percent}, about {time} left',
  waiting: 'This paragraph is being spoken …',
  made: 'The whole article has been spoken.',
  failed: 'Paragraph {number} could not be spoken.',
  failedHere: 'Paragraph {number} is missing here: it could not be spoken.',
  retry: 'Try again',
  skip: 'Skip',
  offline: 'No connection. Playing goes on by itself as soon as it is back.',
  gone: 'This article no longer exists.',
  noMp3: 'This browser cannot play MP3. You can download the file.',
  broken: 'The audio cannot be loaded right now.',
  tryAgain: 'Try again',
  blocked: 'The browser held playing back. Please press play once more.',
  saveOffline: 'Save for offline',
  savedOffline: 'Available offline. Remove',
  saving: 'Saving …',
  keyTitle: 'Enter key',
  keyHint: 'This server needs an API key for writing. It stays in this browser.',
  keyLabel: 'API key',
  ok: 'Continue',
  cancel: 'Cancel',
  tagline: 'Listen to articles.',
  lead: 'Paste a German text or a link, press play. The text stays on this server.',
  source: 'Text or link',
  sourceHint: 'Paste an article or a link here, or drop a file …',
  read: 'Read aloud',
  reading: 'One moment …',
  file: 'Choose a file',
  fileTypes: 'TXT, Markdown, HTML or EPUB',
  drop: 'Drop it here',
  example: 'Hear an example',
  empty: 'Please paste a text or a link first.',
  library: 'Library',
  search: 'Search',
  nothing: 'Nothing read yet. What you paste above will stand here.',
  noHit: 'No article with “{text}”.',
  loadMore: 'Show more',
  remaining: '{time} left',
  heard: 'heard',
  inWork: 'being spoken',
  queuedState: 'waiting',
  failedState: 'failed',
  listen: 'Listen to “{title}”',
  remove: 'Delete “{title}”',
  removed: '“{title}” deleted.',
  sureRemove: 'Really delete “{title}”?',
  delete: 'Delete',
  enqueue: 'Play “{title}” next',
  queue: 'Up next',
  unqueue: 'Take “{title}” out of the queue',
  home: 'Vorleser, home',
  original: 'Original',
  skipLink: 'Skip to content',
  offlinePage: 'Saved articles only while there is no connection.',
};

/** The language of the screen: German for every browser that reads it, else English. */
export const language = navigator.languages.some((tag) => /^de\b/i.test(tag)) ? 'de' : 'en';

const words = language === 'de' ? de : en;

/**
 * A text with its `{names}` filled in.
 * @param {Key} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Why a line is left out, in the reader's language; unknown reasons as they came. */
const REASONS = /** @type {Record<string, string>} */ ({});

/** @param {string} why */
export const reason = (why) => (language === 'de' && REASONS[why]) || why;

/** A time as a clock shows it: 1:05, 1:02:09. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds + 0.001));
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  const hours = Math.floor(whole / 3600);
  if (hours) parts.unshift(hours);
  return parts.map((part, place) => (place ? String(part).padStart(2, '0') : part)).join(':');
}

/** A length in words: 5 Min., 1 Std. 20 Min. @param {number} seconds @param {'short'|'long'} [style] */
export function span(seconds, style = 'short') {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return unit(whole, 'second', style);
  const minutes = Math.round(whole / 60);
  const rest = minutes % 60;
  if (minutes < 60) return unit(minutes, 'minute', style);
  return unit(Math.floor(minutes / 60), 'hour', style) + (rest ? ` ${unit(rest, 'minute', style)}` : '');
}

/** A place for screen readers: 1 Minute 5 Sekunden. @param {number} seconds */
export function spokenClock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = unit(whole % 60, 'second', 'long');
  return minutes ? `${unit(minutes, 'minute', 'long')} ${rest}` : rest;
}

/** @param {number} value @param {string} name @param {'short'|'long'} style */
function unit(value, name, style) {
  return new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: style }).format(value);
}

/** @param {number} rate */
export const times = (rate) =>
  `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(rate)}×`;

/** @param {number} share 0 to 1 */
export const percent = (share) =>
  new Intl.NumberFormat(language, { style: 'percent' }).format(share);

/** @param {string} iso */
export const date = (iso) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(iso));

/** Puts the reader's language into a page that came in German. @param {ParentNode} root */
export function translate(root) {
  for (const element of root.querySelectorAll('[data-t]')) {
    element.textContent = t(/** @type {Key} */ (element.getAttribute('data-t')));
  }
  for (const element of root.querySelectorAll('[data-t-label]')) {
    element.setAttribute('aria-label', t(/** @type {Key} */ (element.getAttribute('data-t-label'))));
  }
  for (const element of root.querySelectorAll('[data-t-placeholder]')) {
    element.setAttribute('placeholder', t(/** @type {Key} */ (element.getAttribute('data-t-placeholder'))));
  }
}

/** The player's words in German and English, and how numbers and times are written. */

import { CODES } from './codes.js';

/** @satisfies {Record<string, [string, string]>} German, English */
export const WORDS = {
  aiVoice: ['Gesprochen von künstlicher Intelligenz', 'Spoken by artificial intelligence'],
  player: ['Vorlese-Player', 'Read-aloud player'],
  play: ['Abspielen', 'Play'],
  pause: ['Pause', 'Pause'],
  back: ['15 Sekunden zurück', 'Back 15 seconds'],
  forward: ['15 Sekunden vor', 'Forward 15 seconds'],
  previous: ['Voriger Absatz', 'Previous paragraph'],
  next: ['Nächster Absatz', 'Next paragraph'],
  seek: ['Stelle im Artikel', 'Position in the article'],
  seekText: ['{time} von {total}', '{time} of {total}'],
  speed: ['Tempo', 'Speed'],
  volume: ['Lautstärke', 'Volume'],
  mute: ['Ton aus', 'Mute'],
  unmute: ['Ton an', 'Unmute'],
  more: ['Mehr', 'More'],
  close: ['Schließen', 'Close'],
  goBack: ['Zurück', 'Back'],
  download: ['MP3 herunterladen', 'Download MP3'],
  copy: ['Kopieren', 'Copy'],
  copied: ['Kopiert', 'Copied'],
  voice: ['Stimme', 'Voice'],
  local: ['Spricht auf diesem Server. Der Text bleibt hier.', 'Speaks on this server. The text stays here.'],
  online: [
    'Online-Stimme: Der Text wird an {name} gesendet.',
    'Online voice: the text is sent to {name}.',
  ],
  sleep: ['Einschlaftimer', 'Sleep timer'],
  sleepLeft: ['noch {time}', '{time} left'],
  slept: ['Gute Nacht: Der Timer hat angehalten.', 'Good night: the timer has paused.'],
  text: ['Mitlesen', 'Read along'],
  offer: ['Artikel anhören', 'Listen to the article'],
  grow: ['Player zeigen', 'Show the player'],
  toPlace: ['Zur Lesestelle', 'Back to the voice'],
  playFrom: ['Enter: ab diesem Satz vorlesen', 'Enter: read from this sentence'],
  leftOut_one: ['1 Zeile nicht vorgelesen', '1 line is not read'],
  leftOut: ['{count} Zeilen nicht vorgelesen', '{count} lines are not read'],
  keys: ['Tastenkürzel', 'Keyboard shortcuts'],
  making: ['Wird gesprochen: {percent}', 'Being spoken: {percent}'],
  makingLeft: ['Wird gesprochen: {percent}, noch {time}', 'Being spoken: {percent}, {time} left'],
  waiting: ['Wird gerade gesprochen …', 'Being spoken right now …'],
  failed: ['Absatz {number} konnte nicht gesprochen werden.', 'Paragraph {number} could not be spoken.'],
  failedMore: ['Absätze {number} konnten nicht gesprochen werden.', 'Paragraphs {number} could not be spoken.'],
  failedHere: [
    'Hier fehlt Absatz {number}: Er konnte nicht gesprochen werden.',
    'Paragraph {number} is missing here: it could not be spoken.',
  ],
  retry: ['Noch einmal versuchen', 'Try again'],
  skip: ['Überspringen', 'Skip'],
  offline: [
    'Keine Verbindung. Es geht von selbst weiter, sobald sie wieder da ist.',
    'No connection. Playing goes on by itself as soon as it is back.',
  ],
  gone: ['Diesen Artikel gibt es nicht mehr.', 'This article no longer exists.'],
  unreadable: ['Diese Seite lässt sich nicht vorlesen.', 'This page cannot be read aloud.'],
  noMp3: [
    'Dieser Browser kann kein MP3 abspielen. Die Datei lässt sich herunterladen.',
    'This browser cannot play MP3. You can download the file.',
  ],
  broken: ['Die Audiodatei lässt sich gerade nicht laden.', 'The audio cannot be loaded right now.'],
  tryAgain: ['Erneut versuchen', 'Try again'],
  blocked: [
    'Der Browser hat das Abspielen aufgehalten. Bitte noch einmal auf Abspielen drücken.',
    'The browser held playing back. Please press play once more.',
  ],
};

/** @typedef {keyof typeof WORDS} Key */

const wished = navigator.languages.find((tag) => /^(de|en)\b/i.test(tag)) ?? 'en';

/** The language of the screen: German or English, whichever the reader prefers. */
export const language = /^de/i.test(wished) ? 'de' : 'en';

/** How dates are written: as where the reader is; English without a country is British. */
export const locale = wished.toLowerCase() === 'en' ? 'en-GB' : wished;

const PLACE = /\{(\w+)\}/g;
const column = language === 'de' ? 0 : 1;

/**
 * A pair's text for this reader, with its `{names}` filled in.
 * @param {[string, string]} pair
 * @param {Record<string, string | number>} [values]
 */
export const fill = (pair, values = {}) =>
  pair[column].replace(PLACE, (_, name) => String(values[name]));

/** @param {Key} key @param {Record<string, string | number>} [values] */
export const t = (key, values) => fill(WORDS[key], values);

/**
 * What the service says, in the reader's language: the German of its code, else its English.
 * @param {Said | null} [said]
 * @param {import('./codes.js').Texts} [texts]
 * @returns {string} empty where nothing was said
 */
export function tell(said, texts = CODES) {
  const text = language === 'de' && texts[said?.code ?? ''];
  const show = (/** @type {any} */ value) => (value.code ? tell(value, texts) : [value].flat().join(', '));
  return text ? text.replace(PLACE, (_, name) => show(said?.params?.[name])) : said?.detail ?? '';
}

/** What a field of an answer says, such as `error` with its `error_code` and `error_params`. @param {any} holder @param {string} name */
export const told = (holder, name) =>
  tell(holder && { code: holder[`${name}_code`], params: holder[`${name}_params`], detail: holder[name] });

/** @param {number} count of lines */
export const leftOutTitle = (count) => (count === 1 ? t('leftOut_one') : t('leftOut', { count }));

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

/** @type {Record<string, Intl.NumberFormat>} making one takes longer than using it a hundred times */
const UNITS = {};

/** @param {number} value @param {string} name @param {'short'|'long'} style */
function unit(value, name, style) {
  UNITS[name + style] ??= new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: style });
  return UNITS[name + style].format(value);
}

/** @param {number} rate */
export const times = (rate) =>
  `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(rate)}×`;

/** Numbers as a list: 3, 5 und 9. @param {number[]} numbers */
export const list = (numbers) => new Intl.ListFormat(language).format(numbers.map(String));

/** @param {number} share 0 to 1 */
export const percent = (share) =>
  new Intl.NumberFormat(language, { style: 'percent' }).format(share);

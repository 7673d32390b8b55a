/** Place and pace of every article, kept in this browser. */

const PREFIX = 'vorleser:heard:';
const RATE = 'vorleser:rate';
const MOST = 300;

export const LETTERS = 'vorleser:letters';
export const MARKS = 'vorleser:marks';

/** What shows where the voice is. @returns {'word' | 'sentence' | 'none'} */
export const marks = () => read(MARKS) ?? (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'sentence' : 'word');

/** Whether letters and digits are keys for the whole page. */
export const hasLetterKeys = () => read(LETTERS) !== false;

/** @typedef {{time: number, duration: number, rate?: number, at: number}} Heard */

/** @param {string} id @returns {Heard | null} */
export function recall(id) {
  return read(PREFIX + id);
}

/** Pace for an article: its own, else the one used last. @param {string} id */
export const recallRate = (id) => recall(id)?.rate ?? read(RATE) ?? 1;

/** @param {string} id @param {{time: number, duration: number, rate: number}} now */
export function remember(id, { time, duration, rate }) {
  write(RATE, rate);
  write(PREFIX + id, { time, duration, rate, at: Date.now() });
}

/** @param {string} id */
export function forget(id) {
  write(PREFIX + id, null);
}

/** @type {Map<string, string>} what could not be stored is known until the page is left */
const unstored = new Map();

/** @param {string} key @returns {any} */
export function read(key) {
  try {
    return JSON.parse(readText(key) ?? 'null');
  } catch {
    return null; // not ours
  }
}

/** @param {string} key @param {unknown} value null: nothing */
export const write = (key, value) => writeText(key, value === null ? null : JSON.stringify(value));

/** @param {string} key @returns {string | null} */
export function readText(key) {
  try {
    return unstored.get(key) ?? localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden here
  }
}

/** @param {string} key @param {string | null} text */
export function writeText(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    unstored.delete(key);
  } catch {
    if (text === null) unstored.delete(key);
    else unstored.set(key, text);
    thinOut();
  }
}

/** Lets the articles go that were heard longest ago. */
export function thinOut() {
  try {
    const known = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    if (known.length <= MOST) return;
    known.sort((one, other) => (read(one)?.at ?? 0) - (read(other)?.at ?? 0));
    for (const key of known.slice(0, -MOST)) localStorage.removeItem(key);
  } catch {
    // storage is forbidden here: nothing is kept, nothing is lost
  }
}

/** Place and pace of every article, kept in this browser. */

const PREFIX = 'vorleser:heard:';
const RATE = 'vorleser:rate';
const MOST = 300;

export const LETTERS = 'vorleser:letters';

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
  localStorage.removeItem(PREFIX + id);
}

/** @param {string} key @returns {any} */
export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null; // storage may be forbidden, or its content not ours
  }
}

/** @param {string} key @param {unknown} value */
export function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
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

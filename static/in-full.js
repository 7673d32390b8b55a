/** The switch for reading in full: what stands beside the text is read, too. Kept in this browser. */

import { read, write } from './memory.js';

const KEPT = 'vorleser:in-full';
const EXTRAS = ['alt', 'asides', 'captions', 'footnotes', 'tables'];

/** Sets the switch as it was left. @param {HTMLInputElement} box @returns {() => string[]} what to ask for */
export function inFull(box) {
  box.checked = read(KEPT) === true;
  box.addEventListener('change', () => write(KEPT, box.checked));
  return () => (box.checked ? EXTRAS : []);
}

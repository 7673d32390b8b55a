/** The switch for what shows where the voice is: the word, the sentence, or nothing. */

import { h, icon } from './dom.js';
import { MARKS, marks, write } from './memory.js';
import { fill } from './strings.js';

/** @type {Record<string, [string, string]>} German, English */
const WORDS = {
  mark: ['Markieren', 'Mark'],
  word: ['Wort', 'Word'],
  sentence: ['Satz', 'Sentence'],
  none: ['Nichts', 'Nothing'],
};

/** @type {[string, string][]} keys and what they do */
export const WORD_KEYS = /** @type {[string, string][][]} */ ([
  [['⇧ Enter', '⇧ Enter'], ['Ab diesem Wort, auch mit Doppelklick', 'From this word; a double click, too']],
  [['⇧ ← →', '⇧ ← →'], ['Ein Wort im Satz wählen', 'Choose a word of the sentence']],
]).map(([key, meaning]) => [fill(key), fill(meaning)]);

/** @param {Store} store */
export function marking(store) {
  const chips = ['word', 'sentence', 'none'].map((kind) =>
    h('button', { type: 'button', class: 'chip', value: kind, onclick: () => choose(kind) }, fill(WORDS[kind])));
  const show = () => chips.forEach((chip) => chip.setAttribute('aria-pressed', String(chip.value === marks())));
  const choose = (/** @type {string} */ kind) => {
    write(MARKS, kind);
    store.dispatchEvent(new Event('change')); // texts look anew
    show();
  };
  show();
  const label = fill(WORDS.mark);
  return h('div', { class: 'row', role: 'group', 'aria-label': label }, icon('text'), h('span', {}, label), ...chips);
}

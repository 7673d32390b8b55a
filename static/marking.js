/** The switch for what shows where the voice is: the word, the sentence, or nothing. */

import { h, icon } from './dom.js';
import { MARKS, marks, write } from './memory.js';
import { t } from './view-strings.js';

/** @param {Store} store */
export function marking(store) {
  const chips = /** @type {const} */ (['word', 'sentence', 'none']).map((kind) =>
    h('button', { type: 'button', class: 'chip', value: kind, onclick: () => choose(kind) }, t(kind)));
  const show = () => chips.forEach((chip) => chip.setAttribute('aria-pressed', String(chip.value === marks())));
  const choose = (/** @type {string} */ kind) => {
    write(MARKS, kind);
    store.dispatchEvent(new Event('change')); // texts look anew
    show();
  };
  show();
  const label = t('mark');
  return h('div', { class: 'row', role: 'group', 'aria-label': label }, icon('text'), h('span', {}, label), h('div', { class: 'chips' }, ...chips));
}

/** A line above the bar that says plainly what is wrong, and what can be done. */

import { h } from './dom.js';
import { list, t, told } from './strings.js';

/**
 * Fills and shows the line, or hides it.
 * @param {HTMLElement} line
 * @param {Store} store
 * @param {string} word something else to say, while there is no trouble
 * @param {(() => void) | null} retry speaks failed paragraphs again, where that is allowed
 */
export function showNotice(line, store, word, retry) {
  const trouble = current(store);
  const text = trouble ? wording(trouble, store) : word;
  const why = told(trouble?.paragraph, 'error');
  const state = `${text}${why}${trouble?.isHere}`;
  if (line.dataset.state === state) return;
  line.dataset.state = state;
  line.hidden = !text;
  line.replaceChildren(h('p', {}, text, why && h('small', {}, why)));
  if (trouble) line.append(...actions(trouble, store, retry));
}

/** @typedef {Trouble & {isHere?: boolean}} Seen */

/** Trouble of the moment, else a failed paragraph somewhere. @param {Store} store @returns {Seen | null} */
function current({ trouble, manifest }) {
  if (trouble) return { ...trouble, isHere: true };
  const failed = manifest?.paragraphs.find(({ state }) => state === 'failed');
  return failed ? { kind: 'failed', paragraph: failed } : null;
}

/** @param {Seen} trouble @param {Store} store */
function wording({ kind, paragraph, isHere }, { manifest }) {
  if (kind !== 'failed') return t(kind);
  if (isHere) return t('failedHere', { number: paragraph?.number ?? 0 });
  const numbers = manifest?.paragraphs.filter(({ state }) => state === 'failed').map(({ number }) => number) ?? [];
  return t(numbers.length > 1 ? 'failedMore' : 'failed', { number: list(numbers) });
}

/** @param {Seen} trouble @param {Store} store @param {(() => void) | null} retry */
function actions({ kind, isHere }, store, retry) {
  const action = (/** @type {string} */ text, /** @type {() => void} */ act) =>
    h('button', { type: 'button', class: 'chip', onclick: act }, text);
  if (kind === 'failed') {
    return [...(retry ? [action(t('retry'), retry)] : []), ...(isHere ? [action(t('skip'), () => store.skip())] : [])];
  }
  if (kind === 'broken') return [action(t('tryAgain'), () => store.play())];
  if (kind === 'noMp3') {
    return [h('a', { class: 'chip', href: store.place(store.manifest?.audio), download: '', target: '_blank' }, t('download'))];
  }
  return [];
}

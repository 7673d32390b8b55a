/** A line above the bar that says plainly what is wrong, and what can be done. */

import { h } from './dom.js';
import { t } from './strings.js';

/**
 * Fills and shows the line, or hides it.
 * @param {HTMLElement} line
 * @param {Store} store
 * @param {string} word something else to say, while there is no trouble
 * @param {() => void} retry speaks failed paragraphs again
 */
export function showNotice(line, store, word, retry) {
  const trouble = current(store);
  const text = trouble ? wording(trouble) : word;
  const why = trouble?.paragraph?.error ?? '';
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

/** @param {Seen} trouble */
function wording({ kind, paragraph, isHere }) {
  if (kind !== 'failed') return t(kind);
  return t(isHere ? 'failedHere' : 'failed', { number: paragraph?.number ?? 0 });
}

/** @param {Seen} trouble @param {Store} store @param {() => void} retry */
function actions({ kind, isHere }, store, retry) {
  const action = (/** @type {string} */ text, /** @type {() => void} */ act) =>
    h('button', { type: 'button', class: 'chip', onclick: act }, text);
  if (kind === 'failed') {
    return [action(t('retry'), retry), ...(isHere ? [action(t('skip'), () => store.skip())] : [])];
  }
  if (kind === 'broken') return [action(t('tryAgain'), () => store.play())];
  if (kind === 'noMp3') {
    return [h('a', { class: 'chip', href: store.base + store.manifest?.audio, download: '' }, t('download'))];
  }
  return [];
}

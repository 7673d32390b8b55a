/** One article or book as a row of the library, and lists that keep their rows and the focus. */

import { ROOT } from './api.js';
import { h, icon } from './dom.js';
import { heardShare } from './heard.js';
import { date, t } from './page-strings.js';
import { span } from './strings.js';

/** @typedef {import('./catalogue.js').Entry & {isPlaying: boolean, isHere: boolean, isQueued: boolean, isSaved: boolean, isOpen: boolean, here: string}} Shown */
/** @typedef {{play: (id: string) => void, enqueue: () => void, more: () => void, unfold: () => void}} Acts */

/** What a row is drawn from: the same, and it can stay. @param {Shown} shown */
export const signature = (shown) => JSON.stringify([shown, heardShare(shown).toFixed(3), shown.isOpen && shown.parts?.map(heardShare)]);

/** @param {Shown} shown @param {Acts} acts */
export function row(shown, { play, enqueue, more, unfold }) {
  const { id, title, isPlaying, isHere, isQueued, isOpen, parts } = shown;
  const add = tool(isQueued ? 'check' : 'add', t('keepNamed', { title }), enqueue);
  add.setAttribute('aria-pressed', String(isQueued));
  const opened = tool('more', t('moreOf', { title }), more);
  opened.setAttribute('aria-haspopup', 'dialog');
  const progress = h('i', { class: 'progress' });
  progress.style.width = `${heardShare(shown) * 100}%`;
  const name = parts
    ? h('button', { type: 'button', class: 'fold', 'aria-expanded': String(isOpen), onclick: unfold }, title, icon('down'))
    : h('a', { href: `${ROOT}/articles/${id}` }, title);
  return h('li', { 'data-id': id, 'aria-current': isHere && 'true' },
    playButton(title, isPlaying, () => play(id)),
    h('div', { class: 'what' }, name, h('small', {}, ...facts(shown)), progress),
    add, opened, isOpen && parts && h('ol', { class: 'chapters' }, ...parts.map((one) => chapter(one, shown, play))));
}

/** @param {Summary} one @param {Shown} book @param {(id: string) => void} play */
function chapter(one, { here, isPlaying }, play) {
  const isHere = one.id === here;
  const share = heardShare(one);
  const told = isHere ? t(isPlaying ? 'playing' : 'paused') : share === 1 ? t('heard') : span(one.duration);
  return h('li', { 'aria-current': isHere && 'true' },
    playButton(one.title, isHere && isPlaying, () => play(one.id)),
    h('a', { href: `${ROOT}/articles/${one.id}` }, one.title), h('small', {}, told));
}

/** @param {string} title @param {boolean} isPlaying @param {() => void} act */
export const playButton = (title, isPlaying, act) =>
  h('button', { class: 'round', type: 'button', 'aria-label': t(isPlaying ? 'halt' : 'listen', { title }), onclick: act }, icon(isPlaying ? 'pause' : 'play'));

/** @param {Icon} drawing @param {string} label @param {() => void} act */
export const tool = (drawing, label, act) =>
  h('button', { class: 'tool', type: 'button', 'aria-label': label, title: label, onclick: act }, icon(drawing));

/**
 * Puts rows into a list; those that are there already stay. What had the focus keeps it, or the
 * row that took its place gets it.
 * @param {Element | null} list @param {HTMLElement[]} rows
 */
export function renew(list, rows) {
  if (!list) return;
  const controls = (/** @type {Element | undefined} */ row) => [...(row?.querySelectorAll('a, button') ?? [])];
  const old = /** @type {HTMLElement[]} */ ([...list.children]);
  const focused = document.activeElement;
  const place = old.findIndex((row) => row.contains(focused));
  const control = controls(old[place]).indexOf(/** @type {Element} */ (focused));
  const kept = new Set(rows);
  for (const row of old) if (!kept.has(row)) row.remove();
  rows.forEach((row, at) => list.children[at] !== row && list.insertBefore(row, list.children[at] ?? null));
  if (place < 0 || document.activeElement === focused) return;
  const same = rows.find((row) => row.dataset.id === old[place].dataset.id);
  const next = controls(same ?? rows[Math.min(place, rows.length - 1)])[control];
  /** @type {HTMLElement | undefined} */ (next)?.focus({ preventScroll: true });
}

/** Where from, when, how long, how much is left, and what is up with it. @param {Shown} shown */
function facts(shown) {
  const { state, site, created_at: created, duration, isPlaying, isHere, isSaved, parts } = shown;
  const share = heardShare(shown);
  const length = share === 1 ? t('heard') : share ? t('remaining', { time: span(duration * (1 - share)) }) : span(duration);
  const states = { ready: '', speaking: t('inWork'), queued: t('queuedState'), failed: t('failedState') };
  const known = [
    isPlaying ? t('playing') : isHere && t('paused'), parts && t('chapterCount', { count: parts.length }), site,
    date(created, 'medium'), length, states[state], isSaved && t('offlineFilter'),
  ];
  return known.filter(Boolean).flatMap((fact, place) => [place ? ' · ' : '', h('span', {}, String(fact))]);
}

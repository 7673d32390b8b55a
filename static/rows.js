/** One article as a row of the library or the queue, and lists that keep the focus. */

import { ROOT } from './api.js';
import { h, icon } from './dom.js';
import { recall } from './memory.js';
import { date, t } from './page-strings.js';
import { span } from './strings.js';

/** @typedef {Summary & {isPlaying: boolean, isHere: boolean, isQueued: boolean, isSaved: boolean}} Shown */
/** @typedef {{play: () => void, enqueue: () => void, remove: () => void}} Acts */

/** @param {Shown} article @param {Acts} acts */
export function row(article, { play, enqueue, remove }) {
  const { id, title, isPlaying, isHere, isQueued } = article;
  const add = tool(isQueued ? 'check' : 'add', t('enqueue', { title }), enqueue);
  add.setAttribute('aria-pressed', String(isQueued));
  const progress = h('i', { class: 'progress' });
  progress.style.width = `${heardShare(article) * 100}%`;
  return h('li', { 'data-id': id, 'aria-current': isHere && 'true' },
    h('button', { class: 'round', type: 'button', 'aria-label': t(isPlaying ? 'halt' : 'listen', { title }), onclick: play }, icon(isPlaying ? 'pause' : 'play')),
    h('div', { class: 'what' }, h('a', { href: `${ROOT}/articles/${id}` }, title), h('small', {}, ...facts(article)), progress),
    add, tool('trash', t('remove', { title }), remove));
}

/** @param {Icon} drawing @param {string} label @param {() => void} act */
export const tool = (drawing, label, act) =>
  h('button', { class: 'tool', type: 'button', 'aria-label': label, title: label, onclick: act }, icon(drawing));

/**
 * Puts new rows into a list; what had the focus keeps it, or the row that took its place gets it.
 * @param {Element | null} list @param {HTMLElement[]} rows
 */
export function renew(list, rows) {
  const controls = (/** @type {Element | undefined} */ row) => [...(row?.querySelectorAll('a, button') ?? [])];
  const old = /** @type {HTMLElement[]} */ ([...(list?.children ?? [])]);
  const place = old.findIndex((row) => row.contains(document.activeElement));
  const control = controls(old[place]).indexOf(/** @type {Element} */ (document.activeElement));
  list?.replaceChildren(...rows);
  if (place < 0) return;
  const same = rows.find((row) => row.dataset.id === old[place].dataset.id);
  const next = controls(same ?? rows[Math.min(place, rows.length - 1)])[control];
  /** @type {HTMLElement | undefined} */ (next)?.focus({ preventScroll: true });
}

/** Share of an article that was heard, 0 to 1. @param {Summary} article */
export function heardShare({ id, duration }) {
  const time = recall(id)?.time ?? 0;
  return time > duration - 2 ? 1 : time / duration;
}

/** Where from, when, how long, how much is left, and what is up with it. @param {Shown} article */
function facts(article) {
  const { state, site, created_at: created, duration, isPlaying, isHere, isSaved } = article;
  const share = heardShare(article);
  const length = share === 1 ? t('heard') : share ? t('remaining', { time: span(duration * (1 - share)) }) : span(duration);
  const states = { ready: '', speaking: t('inWork'), queued: t('queuedState'), failed: t('failedState') };
  const known = [isPlaying ? t('playing') : isHere && t('paused'), site, date(created, 'medium'), length, states[state], isSaved && t('offlineFilter')];
  return known.filter(Boolean).flatMap((fact, place) => [place ? ' · ' : '', h('span', {}, String(fact))]);
}

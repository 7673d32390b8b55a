/** The queue on the page: what waits can be played, moved by hand and by keys, and taken out. */

import { ROOT } from './api.js';
import { h } from './dom.js';
import { t } from './page-strings.js';
import { playButton, renew, tool } from './rows.js';
import { span } from './strings.js';

/** @typedef {import('./queue.js').Waiting} Waiting */

/** Where a key moves what has `last` for its last place. @type {Record<string, (place: number, last: number) => number>} */
const KEYS = {
  ArrowUp: (place) => Math.max(0, place - 1),
  ArrowDown: (place, last) => Math.min(last, place + 1),
  Home: () => 0,
  End: (_, last) => last,
};

export class QueueList {
  #said = h('p', { class: 'unseen', role: 'status' });

  /** @param {HTMLElement} section @param {import('./queue.js').Queue} queue @param {(one: Waiting) => void} play */
  constructor(section, queue, play) {
    this.section = section;
    this.queue = queue;
    this.play = play;
    this.list = /** @type {HTMLElement} */ (section.querySelector('ol'));
    section.append(this.#said);
    queue.addEventListener('change', () => this.show());
    this.show();
  }

  show() {
    const { waiting } = this.queue;
    this.section.hidden = !waiting.length;
    renew(this.list, waiting.map((one, place) => this.#row(one, place, waiting.length)));
  }

  /** @param {Waiting} one @param {number} place @param {number} total */
  #row(one, place, total) {
    const { id, title, duration, name } = one;
    const handle = tool('move', t('move', { title, place: place + 1, total }), () => {});
    handle.classList.add('handle');
    const text = name ? h('span', { class: 'name' }, title) : h('a', { href: `${ROOT}/articles/${id}` }, title);
    const element = h('li', { 'data-id': id }, playButton(title, false, () => this.play(one)),
      h('div', { class: 'what' }, text, h('small', {}, duration ? span(duration) : '')), handle, tool('close', t('unqueue', { title }), () => this.queue.remove(id)));
    handle.addEventListener('keydown', (event) => this.#pressed(event, one));
    handle.addEventListener('pointerdown', (event) => this.#drag(event, element, handle));
    return element;
  }

  /** @param {Waiting} one @param {number} place */
  #move({ id, title }, place) {
    this.queue.move(id, place);
    this.#said.textContent = t('moved', { title, place: place + 1, total: this.queue.waiting.length });
  }

  /** @param {KeyboardEvent} event @param {Waiting} one */
  #pressed(event, one) {
    const { waiting } = this.queue;
    const place = waiting.findIndex(({ id }) => id === one.id);
    const goal = KEYS[event.key]?.(place, waiting.length - 1);
    if (goal === undefined) return;
    event.preventDefault();
    if (goal !== place) this.#move(one, goal);
  }

  /** @param {PointerEvent} start @param {HTMLElement} row @param {HTMLElement} handle */
  #drag(start, row, handle) {
    if (start.button) return;
    const rows = /** @type {HTMLElement[]} */ ([...this.list.children]);
    const from = rows.indexOf(row);
    const tops = rows.map((one) => one.offsetTop);
    let place = from;
    handle.setPointerCapture(start.pointerId);
    row.classList.add('moving');
    const move = (/** @type {PointerEvent} */ { clientY }) => {
      const by = clientY - start.clientY;
      place = nearest(tops, tops[from] + by);
      rows.forEach((one, at) => (one.style.translate = `0 ${at === from ? by : shift(at, from, place) * row.offsetHeight}px`));
    };
    const drop = (/** @type {PointerEvent} */ { type }) => {
      for (const name of ['pointermove', 'pointerup', 'pointercancel']) handle.removeEventListener(name, /** @type {EventListener} */ (name === 'pointermove' ? move : drop));
      row.classList.remove('moving');
      for (const one of rows) one.style.translate = '';
      const moved = this.queue.waiting[from];
      if (type === 'pointerup' && place !== from && moved) this.#move(moved, place);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', drop);
    handle.addEventListener('pointercancel', drop);
  }
}

/** @param {number[]} tops of all places @param {number} top */
const nearest = (tops, top) =>
  tops.reduce((best, one, place) => (Math.abs(one - top) < Math.abs(tops[best] - top) ? place : best), 0);

/** How many rows another makes way while one is moved. @param {number} at @param {number} from @param {number} to */
function shift(at, from, to) {
  if (at > from && at <= to) return -1;
  return at < from && at >= to ? 1 : 0;
}

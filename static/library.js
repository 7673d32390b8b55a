/** The library and the queue on the front page. */

import { ask, ROOT } from './api.js';
import { h, icon } from './dom.js';
import { forget, read, recall, write } from './memory.js';
import { date, problem, t } from './page-strings.js';
import { span } from './strings.js';

const QUEUE = 'vorleser:queue';
const PAGE = 50;

export class Library {
  /** @type {Summary[]} */
  #articles;

  /** @param {HTMLElement} shelf @param {HTMLElement} queue @param {(id: string) => void} play */
  constructor(shelf, queue, play) {
    this.shelf = shelf;
    this.queue = queue;
    this.play = play;
    this.search = /** @type {HTMLInputElement} */ (shelf.querySelector('[type=search]'));
    this.#articles = JSON.parse(shelf.querySelector('#articles')?.textContent ?? '[]');
    this.search.addEventListener('input', () => this.show());
    addEventListener('pageshow', () => this.show());
    this.show();
    if (this.#articles.length >= PAGE) this.refresh();
  }

  /** Fetches all articles; quietly, for what is shown stays true enough. */
  async refresh() {
    const found = [];
    let cursor = '';
    do {
      const page = await ask(`${ROOT}/api/articles?limit=100${cursor && `&cursor=${cursor}`}`).catch(() => null);
      if (!page) return;
      found.push(...page.articles);
      cursor = page.next;
    } while (cursor);
    this.#articles = found;
    this.show();
  }

  /** Puts an article that was just made on top. @param {Summary} article */
  add(article) {
    this.#articles = [article, ...this.#articles.filter(({ id }) => id !== article.id)];
    this.show();
  }

  /** Plays what stands next in the queue, if anything does. */
  playNext() {
    const [id, ...rest] = this.#queued();
    write(QUEUE, rest);
    this.show();
    if (id) this.play(id);
  }

  show() {
    const text = this.search.value.trim().toLocaleLowerCase();
    const hits = this.#articles.filter((article) => [article.title, article.site, article.byline].join(' ').toLocaleLowerCase().includes(text));
    this.search.hidden = this.#articles.length < 2;
    renew(this.shelf.querySelector('ul'), hits.map((article) => this.#row(article)));
    const nothing = /** @type {HTMLElement} */ (this.shelf.querySelector('#nothing'));
    nothing.hidden = hits.length > 0;
    nothing.textContent = text ? t('noHit', { text: this.search.value.trim() }) : t('nothing');
    this.#showQueue();
  }

  /** @returns {string[]} */
  #queued() {
    const known = new Set(this.#articles.map(({ id }) => id));
    return (read(QUEUE) ?? []).filter((/** @type {string} */ id) => known.has(id));
  }

  #showQueue() {
    const waiting = this.#queued().flatMap((id) => this.#articles.filter((article) => article.id === id));
    this.queue.hidden = !waiting.length;
    renew(this.queue.querySelector('ol'), waiting.map(({ id, title, duration }) =>
      h('li', { 'data-id': id }, h('a', { href: `${ROOT}/articles/${id}` }, title), h('small', {}, span(duration)),
        this.#button('close', t('unqueue', { title }), () => this.#setQueue(this.#queued().filter((other) => other !== id))))));
  }

  /** @param {string[]} ids */
  #setQueue(ids) {
    write(QUEUE, ids);
    this.show();
  }

  /** @param {Summary} article */
  #row(article) {
    const { id, title } = article;
    const isQueued = this.#queued().includes(id);
    const enqueue = () => this.#setQueue(isQueued ? this.#queued().filter((other) => other !== id) : [...this.#queued(), id]);
    const add = this.#button(isQueued ? 'check' : 'add', t('enqueue', { title }), enqueue);
    add.setAttribute('aria-pressed', String(isQueued));
    const progress = h('i', { class: 'progress' });
    progress.style.width = `${heardShare(article) * 100}%`;
    return h('li', { 'data-id': id },
      h('button', { class: 'round', type: 'button', 'aria-label': t('listen', { title }), onclick: () => this.play(id) }, icon('play')),
      h('div', { class: 'what' }, h('a', { href: `${ROOT}/articles/${id}` }, title), h('small', {}, ...facts(article)), progress),
      add, this.#button('trash', t('remove', { title }), () => this.#remove(article)));
  }

  /** @param {Icon} drawing @param {string} label @param {() => void} act */
  #button(drawing, label, act) {
    return h('button', { class: 'tool', type: 'button', 'aria-label': label, title: label, onclick: act }, icon(drawing));
  }

  /** @param {Summary} article */
  async #remove({ id, title }) {
    if (!confirm(t('sureRemove', { title }))) return;
    const said = /** @type {HTMLElement} */ (this.shelf.querySelector('#said'));
    try {
      await ask(`${ROOT}/api/articles/${id}`, { method: 'DELETE' });
    } catch (error) {
      return void (said.textContent = problem(error));
    }
    forget(id);
    this.#articles = this.#articles.filter((article) => article.id !== id);
    this.show();
    said.textContent = t('removed', { title });
  }
}

/**
 * Puts new rows into a list; what had the focus keeps it, or the row that took its place gets it.
 * @param {Element | null} list @param {HTMLElement[]} rows
 */
function renew(list, rows) {
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

/** @param {Summary} article */
function heardShare({ id, duration }) {
  const time = recall(id)?.time ?? 0;
  return time > duration - 2 ? 1 : time / duration;
}

/** Where from, when, how long, how much is left. @param {Summary} article */
function facts(article) {
  const { state, site, created_at: created, duration } = article;
  const share = heardShare(article);
  const length = share === 1 ? t('heard') : share ? t('remaining', { time: span(duration * (1 - share)) }) : span(duration);
  const states = { ready: '', speaking: t('inWork'), queued: t('queuedState'), failed: t('failedState') };
  const known = [site, date(created, 'medium'), length, states[state]].filter(Boolean);
  return known.flatMap((fact, place) => [place ? ' · ' : '', h('span', {}, fact)]);
}

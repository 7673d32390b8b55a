/** The library and the queue on the front page: what they show is true without loading anew. */

import { ask, ROOT } from './api.js';
import { h } from './dom.js';
import { Farewell } from './farewell.js';
import { forget, read, write } from './memory.js';
import { savedIds } from './offline.js';
import { problem, t } from './page-strings.js';
import { heardShare, renew, row, tool } from './rows.js';
import { span } from './strings.js';

const QUEUE = 'vorleser:queue';
const PAGE = 50;
const LOOK_AGAIN_MS = 3000; // while something is made
const TOLD_MS = 3000; // how far what plays is, at most so often

/** @typedef {(article: Summary, saved: Set<string>) => boolean} Fits */

const FILTERS = /** @type {const} @satisfies {[import('./page-strings.js').PageKey, Fits][]} */ ([
  ['all', () => true],
  ['unheard', (/** @type {Summary} */ article) => !heardShare(article)],
  ['begun', (/** @type {Summary} */ article) => heardShare(article) > 0 && heardShare(article) < 1],
  ['offlineFilter', (/** @type {Summary} */ { id }, /** @type {Set<string>} */ saved) => saved.has(id)],
]);

/** @param {Manifest} manifest */
const summary = ({ title, state, duration }) => ({ title, state, duration });

export class Library {
  /** @type {Summary[]} */
  #articles;
  #fits = /** @type {Fits} */ (FILTERS[0][1]);
  #shown = PAGE;
  /** @type {Set<string>} */
  #saved = new Set();
  #timer = 0;
  #toldAt = 0;
  #drawn = ''; // what of the player's state is shown
  #end = new IntersectionObserver(([end]) => end.isIntersecting && this.#showMore(), { rootMargin: '600px' });
  #farewell = new Farewell({ onSent: (id) => this.#forget(id), onFailed: (error) => this.#failed(error) });

  /** @param {HTMLElement} shelf @param {HTMLElement} queue @param {Player} player @param {(id: string) => void} play */
  constructor(shelf, queue, player, play) {
    this.shelf = shelf;
    this.queue = queue;
    this.player = player;
    this.play = play;
    this.search = /** @type {HTMLInputElement} */ (shelf.querySelector('[type=search]'));
    this.said = /** @type {HTMLElement} */ (shelf.querySelector('#said'));
    this.undo = h('button', { type: 'button', class: 'button', hidden: true, onclick: () => this.#takeBack() }, t('undo'));
    this.chips = FILTERS.map(([name], place) => h('button', { type: 'button', class: 'chip', onclick: () => this.#choose(place) }, t(name)));
    this.filters = h('div', { class: 'filters', role: 'group', 'aria-label': t('filters') }, ...this.chips);
    this.said.after(this.filters);
    this.said.after(this.undo);
    this.#articles = JSON.parse(shelf.querySelector('#articles')?.textContent ?? '[]');
    this.search.addEventListener('input', () => this.#showFirst());
    const end = h('i', {});
    shelf.querySelector('ul')?.after(end);
    this.#end.observe(end);
    addEventListener('pageshow', () => this.#lookAround());
    document.addEventListener('visibilitychange', () => this.#lookAgain());
    for (const name of ['manifest', 'change', 'time']) player.store.addEventListener(name, () => this.#follow());
    this.#choose(0);
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
    const text = this.search.value.trim();
    const hits = this.#hits(text.toLocaleLowerCase());
    const isMany = this.#articles.length > 1;
    this.search.hidden = this.filters.hidden = !isMany;
    const queued = this.#queued();
    renew(this.shelf.querySelector('ul'), hits.slice(0, this.#shown).map((article) => this.#row(article, queued)));
    const nothing = /** @type {HTMLElement} */ (this.shelf.querySelector('#nothing'));
    nothing.hidden = hits.length > 0;
    nothing.textContent = text ? t('noHit', { text }) : t(isMany ? 'noneSuch' : 'nothing');
    this.#showQueue(queued);
    this.#lookAgain();
  }

  /** @param {string} text in small letters */
  #hits(text) {
    return this.#articles.filter((article) =>
      article.id !== this.#farewell.id && this.#fits(article, this.#saved) &&
      (!text || `${article.title} ${article.site} ${article.byline}`.toLocaleLowerCase().includes(text)));
  }

  #showFirst() {
    this.#shown = PAGE;
    this.show();
  }

  #showMore() {
    if (this.#shown >= this.#articles.length) return;
    this.#shown += PAGE;
    this.show();
  }

  /** @param {number} place of a filter */
  #choose(place) {
    this.#fits = FILTERS[place][1];
    this.chips.forEach((chip, other) => chip.setAttribute('aria-pressed', String(other === place)));
    this.#lookAround();
    this.#showFirst();
  }

  /** What is saved in this browser may have changed. */
  async #lookAround() {
    this.#saved = await savedIds();
    this.show();
  }

  /** While articles are made, and somebody looks: how far they are. */
  #lookAgain() {
    clearTimeout(this.#timer);
    const isMaking = this.#articles.some(({ state }) => state === 'queued' || state === 'speaking');
    if (isMaking && !document.hidden) this.#timer = window.setTimeout(() => this.#askAgain(), LOOK_AGAIN_MS);
  }

  async #askAgain() {
    const page = await ask(`${ROOT}/api/articles?limit=${PAGE}`).catch(() => null);
    const fresh = new Map((page?.articles ?? []).map((/** @type {Summary} */ one) => [one.id, one]));
    const isOld = this.#articles.some(({ id, state }) => fresh.has(id) && fresh.get(id).state !== state);
    this.#articles = this.#articles.map((one) => fresh.get(one.id) ?? one);
    if (isOld) this.show();
    else this.#lookAgain();
  }

  /** What the player knows of its article is the newest. */
  #follow() {
    const { manifest, wanted } = this.player.store;
    const now = `${manifest?.id} ${wanted} ${manifest?.state} ${manifest?.duration}`;
    if (!manifest || !this.shelf.checkVisibility()) return;
    if (now === this.#drawn) return this.#tellTime(manifest.id);
    this.#drawn = now;
    this.#articles = this.#articles.map((one) => (one.id === manifest.id ? { ...one, ...summary(manifest) } : one));
    this.show();
  }

  /** How much of what plays was heard; all other rows stay as they are. @param {string} id */
  #tellTime(id) {
    if (performance.now() - this.#toldAt < TOLD_MS) return;
    this.#toldAt = performance.now();
    const old = this.shelf.querySelector(`[data-id="${id}"] .what`);
    const article = this.#articles.find((one) => one.id === id);
    const made = article && this.#row(article, []).querySelector('.what');
    if (made) old?.replaceChildren(...[.../** @type {Element} */ (old).children].slice(0, 1), ...[...made.children].slice(1));
  }

  /** @returns {string[]} */
  #queued() {
    const known = new Set(this.#articles.map(({ id }) => id));
    return (read(QUEUE) ?? []).filter((/** @type {string} */ id) => known.has(id) && id !== this.#farewell.id);
  }

  /** @param {string[]} queued */
  #showQueue(queued) {
    const waiting = queued.flatMap((id) => this.#articles.filter((article) => article.id === id));
    this.queue.hidden = !waiting.length;
    renew(this.queue.querySelector('ol'), waiting.map(({ id, title, duration }) =>
      h('li', { 'data-id': id }, h('a', { href: `${ROOT}/articles/${id}` }, title), h('small', {}, span(duration)),
        tool('close', t('unqueue', { title }), () => this.#setQueue(this.#queued().filter((other) => other !== id))))));
  }

  /** @param {string[]} ids */
  #setQueue(ids) {
    write(QUEUE, ids);
    this.show();
  }

  /** @param {Summary} article @param {string[]} queued */
  #row(article, queued) {
    const { id } = article;
    const { store } = this.player;
    const isHere = store.manifest?.id === id;
    const isPlaying = isHere && store.wanted;
    const isQueued = queued.includes(id);
    return row({ ...article, isHere, isPlaying, isQueued, isSaved: this.#saved.has(id) }, {
      play: () => (isPlaying ? store.pause() : this.play(id)),
      enqueue: () => this.#setQueue(isQueued ? queued.filter((other) => other !== id) : [...queued, id]),
      remove: () => this.#remove(article),
    });
  }

  /** @param {Summary} article */
  #remove({ id, title }) {
    this.#farewell.hold(id);
    this.undo.hidden = false;
    this.said.textContent = t('removed', { title });
    this.show();
  }

  #takeBack() {
    const { id } = this.#farewell;
    this.#farewell.takeBack();
    this.undo.hidden = true;
    this.said.textContent = t('backAgain');
    this.show();
    /** @type {HTMLElement | null} */ (this.shelf.querySelector(`[data-id="${id}"] a`))?.focus();
  }

  /** @param {string} id of an article that is deleted for good */
  #forget(id) {
    forget(id);
    this.undo.hidden = true;
    this.#articles = this.#articles.filter((article) => article.id !== id);
    this.show();
  }

  /** @param {unknown} error */
  #failed(error) {
    this.said.textContent = problem(error);
    this.refresh();
  }
}

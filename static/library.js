/** The library on the front page: what it shows is true without loading anew. */

import { ask, ROOT } from './api.js';
import { Catalogue } from './catalogue.js';
import { Choosing } from './choosing.js';
import { h } from './dom.js';
import { Farewell } from './farewell.js';
import { forget } from './memory.js';
import { savedArticles, unsave } from './offline.js';
import { current } from './onward.js';
import { problem, t } from './page-strings.js';
import { renew, row, signature, tool } from './rows.js';
import { pagePanel } from './sheet-host.js';

const PAGE = 50;
const LOOK_AGAIN_MS = 3000; // while something is made
const TOLD_MS = 3000; // how far what plays is, at most so often

/** @typedef {import('./catalogue.js').Entry} Entry */

/** @param {Manifest} manifest */
const summary = ({ title, state, duration }) => ({ title, state, duration });

export class Library {
  /** What the sheet is about. @type {Entry | Collection | null} */
  subject = null;
  panel = pagePanel(async (name) => (await import('./sheets.js')).SHEETS[name](this));
  #shown = PAGE;
  /** @type {Set<string>} */
  #saved = new Set();
  /** Rows that were drawn, and from what. @type {Map<string, {drawn: string, element: HTMLElement}>} */
  #rows = new Map();
  /** @type {Set<string>} books that are unfolded */
  #open = new Set();
  #timer = 0;
  #toldAt = 0;
  #drawn = ''; // what of the player's state is shown
  #end = new IntersectionObserver(([end]) => end.isIntersecting && this.#showMore(), { rootMargin: '600px' });
  #farewell = new Farewell({ onSent: (id) => this.#forget(id), onFailed: (error) => this.#failed(error) });

  /** @param {HTMLElement} shelf @param {Player} player @param {import('./queue.js').Queue} queue @param {(id: string) => void} play */
  constructor(shelf, player, queue, play) {
    this.shelf = shelf;
    this.player = player;
    this.queue = queue;
    this.play = play;
    this.catalogue = new Catalogue(JSON.parse(shelf.querySelector('#articles')?.textContent ?? '[]'));
    this.list = /** @type {HTMLElement} */ (shelf.querySelector('ul'));
    this.said = /** @type {HTMLElement} */ (shelf.querySelector('#said'));
    this.search = /** @type {HTMLInputElement} */ (shelf.querySelector('[type=search]'));
    this.choosing = new Choosing(this.search, () => this.open('collection', this.#collection() ?? null));
    this.undo = h('button', { type: 'button', class: 'button', hidden: true, onclick: () => this.#takeBack() }, t('undo'));
    this.said.after(this.undo, this.choosing.element);
    this.search.before(tool('podcast', t('subscribe'), () => this.open('subscribe', this.#collection() ?? null)));
    this.#listen();
    this.#comeBack();
    this.catalogue.refreshCollections();
    this.#begin();
  }

  /** The list that came with the page may be older than what was deleted in the page before. */
  async #begin() {
    await this.#farewell.resume();
    if (this.articles.length >= PAGE) this.catalogue.refresh();
  }

  #listen() {
    const end = h('i', {});
    this.list.after(end);
    this.#end.observe(end);
    this.choosing.addEventListener('change', () => this.#choose());
    this.catalogue.addEventListener('change', () => this.show());
    this.queue.addEventListener('change', () => this.show());
    for (const name of ['pageshow', 'storage']) addEventListener(name, () => this.#comeBack());
    document.addEventListener('visibilitychange', () => document.hidden || this.#comeBack());
    for (const name of ['manifest', 'change', 'time']) this.player.store.addEventListener(name, () => this.#follow());
  }

  /** Without what is about to be deleted. */
  get articles() {
    return this.catalogue.articles.filter(({ id }) => !this.#farewell.ids.includes(id));
  }

  /** A sheet about something. @param {string} name @param {Entry | Collection | null} subject */
  open(name, subject) {
    this.subject = subject;
    this.panel.show(name);
  }

  /** @param {string} text */
  say(text) {
    this.undo.hidden = true;
    this.said.textContent = text;
  }

  show() {
    this.choosing.offer(this.catalogue.collections.filter((one) => !one.is_book)); // one that was chosen may be gone
    const { text, collection, sort } = this.choosing;
    const fits = (/** @type {Summary} */ one) => !this.#farewell.ids.includes(one.id) && this.choosing.fits(one, this.#saved);
    const entries = this.catalogue.entries({ text, collection, sort, fits });
    this.search.hidden = this.choosing.element.hidden = this.articles.length < 2;
    renew(this.list, entries.slice(0, this.#shown).map((entry) => this.#row(entry)));
    this.#sayNothing(entries.length, text);
    this.#lookAgain();
  }

  /** @param {Entry} entry an article, or a book with all that is in it */
  remove(entry) {
    this.#farewell.hold((entry.parts ?? [entry]).map(({ id }) => id));
    this.say(t('removed', { title: entry.title }));
    this.undo.hidden = false;
    this.show();
  }

  /** @param {number} count @param {string} text */
  #sayNothing(count, text) {
    const nothing = /** @type {HTMLElement} */ (this.shelf.querySelector('#nothing'));
    const isLooking = !!text && this.catalogue.told !== text;
    nothing.hidden = count > 0 || isLooking;
    nothing.textContent = text ? t('noHit', { text }) : t(this.choosing.isOpen ? 'nothing' : 'noneSuch');
  }

  #choose() {
    this.catalogue.look(this.choosing.text);
    this.#shown = PAGE;
    this.show();
    this.#lookAround();
  }

  #showMore() {
    if (this.#shown >= this.articles.length) return;
    this.#shown += PAGE;
    this.show();
  }

  /** What was heard and saved in this browser may have changed. */
  #comeBack() {
    this.show();
    this.#lookAround();
  }

  async #lookAround() {
    const articles = await savedArticles();
    const saved = new Set(articles.map(({ id }) => id));
    const isSame = saved.size === this.#saved.size && [...saved].every((id) => this.#saved.has(id));
    this.#saved = saved;
    if (!isSame) this.catalogue.keep(articles);
  }

  /** While articles are made, and somebody looks: how far they are. */
  #lookAgain() {
    clearTimeout(this.#timer);
    const isMaking = this.catalogue.articles.some(({ state }) => state === 'queued' || state === 'speaking');
    if (isMaking && !document.hidden) this.#timer = window.setTimeout(() => this.#askAgain(), LOOK_AGAIN_MS);
  }

  async #askAgain() {
    const page = await ask(`${ROOT}/api/articles?limit=${PAGE}`).catch(() => null);
    const fresh = new Map((page?.articles ?? []).map((/** @type {Summary} */ one) => [one.id, one]));
    this.catalogue.articles = this.catalogue.articles.map((one) => fresh.get(one.id) ?? one);
  }

  /** What the player knows of its article is the newest. */
  #follow() {
    const { manifest, wanted } = this.player.store;
    const now = `${manifest?.id} ${wanted} ${manifest?.state} ${manifest?.duration}`;
    if (!manifest || !this.shelf.checkVisibility()) return;
    if (now === this.#drawn && performance.now() - this.#toldAt < TOLD_MS) return;
    this.#toldAt = performance.now();
    if (now === this.#drawn) return this.show();
    this.#drawn = now;
    this.catalogue.update(manifest.id, summary(manifest));
  }

  /** The collection that is chosen. */
  #collection() {
    return this.catalogue.collections.find(({ name }) => name === this.choosing.collection);
  }

  /** The row as it is, unless there is something new to draw. @param {Entry} entry */
  #row(entry) {
    const { id, parts } = entry;
    const { manifest, wanted } = this.player.store;
    const here = manifest?.id ?? '';
    const isHere = parts ? parts.some((one) => one.id === here) : here === id;
    const isSaved = this.#saved.has(id);
    const isQueued = this.queue.has(id);
    const shown = { ...entry, here: isHere ? here : '', isHere, isPlaying: isHere && wanted, isQueued, isSaved, isOpen: this.#open.has(id) };
    const drawn = signature(shown);
    const known = this.#rows.get(id);
    if (known?.drawn === drawn) return known.element;
    const element = row(shown, {
      play: (wished) => this.#toggle(wished === id && parts ? (isHere ? here : current(parts).id) : wished),
      enqueue: () => (this.queue.has(id) ? this.queue.remove(id) : this.queue.addLast(entry)),
      more: () => this.open('more', entry),
      unfold: () => this.#unfold(id),
    });
    this.#rows.set(id, { drawn, element });
    return element;
  }

  /** @param {string} id of an article */
  #toggle(id) {
    const { manifest, wanted } = this.player.store;
    if (manifest?.id === id && wanted) this.player.store.pause();
    else this.play(id);
  }

  /** @param {string} id of a book */
  #unfold(id) {
    if (!this.#open.delete(id)) this.#open.add(id);
    this.show();
  }

  #takeBack() {
    const [id] = this.#farewell.ids;
    this.#farewell.takeBack();
    this.say(t('backAgain'));
    this.show();
    /** @type {HTMLElement | null} */ (this.shelf.querySelector(`[data-id="${id}"] a`))?.focus();
  }

  /** @param {string} id of an article that is deleted for good */
  #forget(id) {
    forget(id);
    unsave(id).catch(() => {}); // nothing is kept where storage is forbidden
    this.queue.remove(id);
    this.undo.hidden = true;
    this.catalogue.articles = this.catalogue.articles.filter((article) => article.id !== id);
  }

  /** @param {unknown} error */
  #failed(error) {
    this.say(problem(error));
    this.catalogue.refresh();
  }
}

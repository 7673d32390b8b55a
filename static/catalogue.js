/** All articles of the library, its collections and books, and what is looked for among them. */

import { ask, ROOT } from './api.js';
import { read, write } from './memory.js';

const COLLECTIONS = 'vorleser:collections';
const AT_ONCE = 100;
const TYPED_MS = 150; // the service is asked when the typing rests

/** A book is one entry: its parts are its chapters. @typedef {Summary & {name?: string, parts?: Summary[]}} Entry */
/** @typedef {'newest' | 'oldest' | 'title'} Sort */
/** @typedef {{text: string, collection: string, sort: Sort, fits: (article: Summary) => boolean}} Choice */

/** Newest first. @param {Summary} one @param {Summary} other */
const byAge = (one, other) => other.created_at.localeCompare(one.created_at);

const BY_TITLE = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** As the service folds words: case, accents and the ways to write umlauts do not count. @param {string} text */
const folded = (text) =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/([aou])e+/g, '$1');

/** Fetches all pages of a list. @param {string} query @returns {Promise<Summary[]>} @throws {import('./api.js').Problem} */
export async function listed(query = '') {
  const found = [];
  let cursor = '';
  do {
    const page = await ask(`${ROOT}/api/articles?limit=${AT_ONCE}${query}${cursor && `&cursor=${cursor}`}`);
    found.push(...page.articles);
    cursor = page.next;
  } while (cursor);
  return found;
}

/** Event: `change`. */
export class Catalogue extends EventTarget {
  /** In the order of their titles; without the service as it told them last. @type {Collection[]} */
  collections = read(COLLECTIONS) ?? [];
  /** The text whose articles the service has told. */
  told = '';
  #articles;
  /** @type {Set<string>} ids of those that the service told of */
  #listed;
  /** @type {Summary[]} */
  #saved = [];
  /** @type {Set<string>} ids of those that the service has found by `told` */
  #hits = new Set();
  /** @type {WeakMap<Summary, string>} */
  #folded = new WeakMap();
  #timer = 0;

  /** @param {Summary[]} newest */
  constructor(newest) {
    super();
    this.#articles = newest;
    this.#listed = new Set(newest.map(({ id }) => id));
  }

  /** Newest first. */
  get articles() {
    return this.#articles;
  }

  /** What is saved in this browser stays findable: without a connection, and when it was deleted elsewhere. */
  set articles(articles) {
    const ids = new Set(articles.map(({ id }) => id));
    const missing = this.#saved.filter(({ id }) => !ids.has(id));
    this.#articles = missing.length ? [...articles, ...missing].sort(byAge) : articles;
    this.dispatchEvent(new Event('change'));
  }

  /** Fetches all; without the service what is there stays. */
  async refresh() {
    const all = await listed().catch(() => null);
    if (!all) return;
    this.#listed = new Set(all.map(({ id }) => id));
    this.articles = all;
  }

  /** @param {Summary[]} saved in this browser, for offline */
  keep(saved) {
    const gone = new Set(this.#saved.map(({ id }) => id));
    for (const { id } of saved) gone.delete(id);
    this.#saved = saved;
    this.articles = this.#articles.filter(({ id }) => !gone.has(id) || this.#listed.has(id));
  }

  async refreshCollections() {
    const found = await ask(`${ROOT}/api/collections`).catch(() => null);
    if (!found) return;
    this.collections = found.collections;
    write(COLLECTIONS, this.collections);
    this.dispatchEvent(new Event('change'));
  }

  /** Puts articles that were just made on top. @param {...Summary} made newest first */
  add(...made) {
    const ids = new Set(made.map(({ id }) => id));
    for (const id of ids) this.#listed.add(id);
    this.articles = [...made, ...this.articles.filter(({ id }) => !ids.has(id))];
  }

  /** @param {string} id @param {Partial<Summary>} news */
  update(id, news) {
    this.articles = this.articles.map((one) => (one.id === id ? { ...one, ...news } : one));
  }

  /** Has the service look into the texts as well; what titles and sites say is known at once. @param {string} text */
  look(text) {
    clearTimeout(this.#timer);
    if (text && text !== this.told) this.#timer = window.setTimeout(() => this.#search(text), TYPED_MS);
  }

  /** @param {string} text */
  async #search(text) {
    const turn = this.#timer;
    const found = await listed(`&q=${encodeURIComponent(text)}`).catch(() => []);
    if (turn !== this.#timer) return;
    this.told = text;
    this.#hits = new Set(found.map(({ id }) => id));
    this.dispatchEvent(new Event('change'));
  }

  /** @param {Choice} choice @returns {Entry[]} */
  entries({ text, collection, sort, fits }) {
    const words = folded(text).split(/\s+/).filter(Boolean);
    const hits = text && this.told === text ? this.#hits : null;
    const found = this.#articles.filter((one) =>
      (!collection || one.collections.includes(collection)) && fits(one) &&
      (hits?.has(one.id) || this.#names(one, words)));
    const entries = this.#bound(found);
    if (sort === 'oldest') return entries.reverse();
    return sort === 'title' ? entries.sort((one, other) => BY_TITLE.compare(one.title, other.title)) : entries;
  }

  /** Whether its title, site or author has all these. @param {Summary} article @param {string[]} words */
  #names(article, words) {
    if (!words.length) return true;
    let known = this.#folded.get(article);
    if (known === undefined) {
      known = folded([article.title, article.site, article.byline].filter(Boolean).join(' '));
      this.#folded.set(article, known);
    }
    return words.every((word) => known?.includes(word));
  }

  /** Puts the parts of a book together, where its newest stands. @param {Summary[]} articles @returns {Entry[]} */
  #bound(articles) {
    const books = this.collections.filter((one) => one.is_book);
    if (!books.length) return articles;
    const seen = new Set();
    return articles.flatMap((one) => {
      const book = books.find(({ name }) => one.collections.includes(name));
      if (!book) return [one];
      if (seen.has(book.name)) return [];
      seen.add(book.name);
      return [this.#book(book, one)];
    });
  }

  /** @param {Collection} book @param {Summary} newest @returns {Entry} */
  #book({ name, title }, newest) {
    const parts = this.#articles.filter(({ collections }) => collections.includes(name)).reverse();
    const states = new Set(parts.map(({ state }) => state));
    const state = /** @type {const} */ (['failed', 'speaking', 'queued']).find((one) => states.has(one)) ?? 'ready';
    const duration = parts.reduce((sum, one) => sum + one.duration, 0);
    return { ...newest, id: `book:${name}`, site: null, name, title, parts, state, duration };
  }
}

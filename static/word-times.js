/** When which words are heard, as far as the service knows by now. */

import { ask, Problem } from './api.js';

const AGAIN_MS = 1500; // at most so often, however fast words come

/** @typedef {number[]} Flat from, to (letters of the paragraph), at (1/100 s from its start), from, to, at, … */

export class WordTimes {
  /** @type {Map<number, Flat>} */
  #known = new Map();
  /** @type {Set<number>} paragraphs whose words have come since they were fetched */
  #told = new Set();
  #of = ''; // whose words these are
  #isFirst = true;
  #askedAt = -Infinity;
  /** @type {Promise<void> | null} */
  #asking = null;

  /** @param {Store} store @param {import('./news.js').News} news */
  constructor(store, news) {
    this.store = store;
    this.news = news;
    store.addEventListener('manifest', () => this.#heed());
  }

  /** A paragraph's words; undefined while they are not known. @param {number} number */
  of(number) {
    this.#keepTo();
    const isTold = this.#told.has(number) || this.#told.has(number + 1);
    if ((this.#isFirst || isTold) && performance.now() - this.#askedAt > AGAIN_MS) this.#ask();
    return this.#known.get(number);
  }

  /** The same, once what is being fetched has come. @param {number} number */
  async have(number) {
    this.of(number);
    await this.#asking;
    return this.#known.get(number);
  }

  /** Another article, or another edition of it, has other words. */
  #keepTo() {
    const { id, edition } = /** @type {Manifest} */ (this.store.manifest);
    const its = `/api/articles/${id}/words?edition=${edition}`;
    if (its === this.#of) return;
    this.#of = its;
    this.#known.clear();
    this.#told.clear();
    this.#isFirst = true;
    this.#askedAt = -Infinity;
    this.#asking = null;
  }

  #ask() {
    this.#askedAt = performance.now();
    this.#told.clear();
    this.#asking ??= this.#fetch(this.#of);
  }

  /** @param {string} address */
  async #fetch(address) {
    const answer = await ask(this.store.address(address)).catch((error) => error);
    if (address !== this.#of) return;
    this.#asking = null;
    this.#isFirst = answer instanceof Problem && !answer.status; // no connection: later
    for (const [number, words] of Object.entries(answer.paragraphs ?? {})) this.#known.set(Number(number), words);
    this.#heed();
  }

  /** Has the news tell of words for as long as some are to come. */
  #heed() {
    const { paragraphs } = /** @type {Manifest} */ (this.store.manifest);
    const isOver = paragraphs.every(({ number, state }) => state === 'failed' || this.#known.has(number));
    this.news.heed(isOver || !this.#of ? null : (number) => void this.#told.add(number));
  }
}

/** What of the library is shown, and in what order: search, filters, collection, sort. */

import { h } from './dom.js';
import { heardShare } from './heard.js';
import { read, write } from './memory.js';
import { t } from './page-strings.js';
import { tool } from './rows.js';

const SORT = 'vorleser:sort';
const SORTS = /** @type {const} */ (['newest', 'oldest', 'title']);

/** @typedef {(article: Summary, saved: Set<string>) => boolean} Fits */

const FILTERS = /** @type {const} @satisfies {[import('./page-strings.js').PageKey, Fits][]} */ ([
  ['all', () => true],
  ['unheard', (/** @type {Summary} */ article) => !heardShare(article)],
  ['begun', (/** @type {Summary} */ article) => heardShare(article) > 0 && heardShare(article) < 1],
  ['offlineFilter', (/** @type {Summary} */ { id }, /** @type {Set<string>} */ saved) => saved.has(id)],
]);

/** Event: `change`. */
export class Choosing extends EventTarget {
  fits = /** @type {Fits} */ (FILTERS[0][1]);
  #chips = FILTERS.map(([name], place) => h('button', { type: 'button', class: 'chip', onclick: () => this.#filter(place) }, t(name)));
  #sort = h('select', { 'aria-label': t('sort') }, ...SORTS.map((name) => h('option', { value: name }, t(name))));
  #collection = h('select', { 'aria-label': t('collection') });
  #shownCollections = '';

  /** @param {HTMLInputElement} search @param {() => void} openCollection */
  constructor(search, openCollection) {
    super();
    this.search = search;
    this.more = tool('more', t('collectionMore'), openCollection);
    this.more.setAttribute('aria-haspopup', 'dialog');
    this.picks = h('span', { class: 'picks' }, this.#collection, this.more);
    this.element = h('div', { class: 'filters' },
      h('div', { class: 'chips', role: 'group', 'aria-label': t('filters') }, ...this.#chips), this.picks, this.#sort);
    this.#sort.value = SORTS.find((one) => one === read(SORT)) ?? SORTS[0];
    this.#sort.addEventListener('change', () => {
      write(SORT, this.#sort.value);
      this.#tell();
    });
    this.#collection.addEventListener('change', () => this.#tell());
    search.addEventListener('input', () => this.#tell());
    this.#press(0);
    this.offer([]);
  }

  get text() {
    return this.search.value.trim();
  }

  /** Name of the collection, '' for all. */
  get collection() {
    return this.#collection.value;
  }

  get sort() {
    return /** @type {import('./catalogue.js').Sort} */ (this.#sort.value);
  }

  /** Everything is shown: there is nothing that could be chosen otherwise. */
  get isOpen() {
    return !this.text && !this.collection && this.fits === FILTERS[0][1];
  }

  /** @param {Collection[]} collections that one can choose */
  offer(collections) {
    const wanted = JSON.stringify(collections.map(({ name, title }) => [name, title]));
    this.picks.hidden = !collections.length;
    this.more.hidden = !this.collection;
    if (wanted === this.#shownCollections) return;
    this.#shownCollections = wanted;
    const { collection } = this;
    const options = collections.map(({ name, title }) => h('option', { value: name }, title));
    this.#collection.replaceChildren(h('option', { value: '' }, t('allCollections')), ...options);
    this.#collection.value = collections.some(({ name }) => name === collection) ? collection : '';
    this.more.hidden = !this.collection;
  }

  /** @param {number} place of a filter */
  #filter(place) {
    this.#press(place);
    this.#tell();
  }

  /** @param {number} place */
  #press(place) {
    this.fits = FILTERS[place][1];
    this.#chips.forEach((chip, other) => chip.setAttribute('aria-pressed', String(other === place)));
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

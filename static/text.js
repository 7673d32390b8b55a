/** The article's text: which sentence is read, and clicks that say where to read on. */

import { h } from './dom.js';
import { marks } from './memory.js';
import { t } from './strings.js';
import { nextStart, placeAt } from './timeline.js';

const SCROLL_MS = 900; // as long as a scroll may take
const FAR = 3; // screens: from there on the text would only rush by
/** @typedef {{x: number, y: number}} Point */

const TAGS = { text: 'p', quote: 'blockquote', 'list-item': 'li' };

/**
 * The text as elements, as the server writes them into an article's page.
 * @param {Manifest} manifest @param {{level?: 1 | 2}} [how] level of the title among the page's headings
 */
export function renderText(manifest, { level = 1 } = {}) {
  const tags = { ...TAGS, title: `h${level}`, heading: `h${level + 1}` };
  const article = h('div', { class: 'text', lang: manifest.language, 'data-id': manifest.id });
  for (const { number, kind, language, sentences } of manifest.paragraphs) {
    const content = sentences.flatMap(({ text }) => [h('span', {}, text.trimEnd()), text.slice(text.trimEnd().length)]);
    const isPause = !sentences.some(({ text }) => text.trim());
    const paragraph = h(/** @type {'p'} */ (tags[kind] ?? 'p'), { 'data-n': number, lang: language, hidden: isPause }, ...content);
    const last = article.lastElementChild;
    if (kind !== 'list-item') article.append(paragraph);
    else if (last?.tagName === 'UL') last.append(paragraph);
    else article.append(h('ul', {}, paragraph));
  }
  return article;
}

export class Text {
  /** @type {HTMLElement[][]} */
  #sentences = [];
  /** @type {HTMLElement | undefined} */
  #now;
  /** What is to be in view. @type {{getBoundingClientRect: () => DOMRect} | undefined} */
  #spot;
  /** @type {Element | null} */
  #nowParagraph = null;
  #timer = 0;
  #isFollowing = true;
  #isMarked = true;
  #ownScroll = -Infinity; // when this scrolled by itself
  #handScroll = -Infinity; // when the reader did
  #life = new AbortController();

  /**
   * @param {HTMLElement} root with `[data-n]` paragraphs of `span` sentences
   * @param {Store} store
   * @param {{scroller?: HTMLElement, onFollow: () => void, onPoint: (sentence: HTMLElement, point: Point | null) => void}} how
   *   point: a word of the sentence was meant, on the screen or by keyboard
   */
  constructor(root, store, { scroller, onFollow, onPoint }) {
    this.root = root;
    this.store = store;
    this.scroller = scroller;
    this.onFollow = onFollow;
    this.onPoint = onPoint;
    this.collect();
    const { signal } = this;
    root.addEventListener('click', (event) => this.#clicked(event), { signal });
    root.addEventListener('dblclick', (event) => this.#clickedTwice(event), { signal });
    root.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    for (const name of ['time', 'change']) store.addEventListener(name, () => this.update(), { signal });
    (scroller ?? window).addEventListener('scroll', () => this.#scrolled(), { passive: true, signal });
    for (const name of ['wheel', 'touchmove']) {
      (scroller ?? window).addEventListener(name, () => this.#takenInHand(), { passive: true, signal });
    }
    this.update();
  }

  /** Lets go of the store and the window. */
  close() {
    clearTimeout(this.#timer);
    this.#life.abort();
  }

  /** Aborted when this is closed. */
  get signal() {
    return this.#life.signal;
  }

  /** The reader has scrolled away from what is being read. */
  get isAway() {
    return !this.#isFollowing && !!this.#now;
  }

  /** Finds the sentences (again). */
  collect() {
    this.#sentences = [];
    for (const paragraph of this.root.querySelectorAll('[data-n]')) {
      this.#sentences[Number(paragraph.getAttribute('data-n')) - 1] = [...paragraph.querySelectorAll('span')];
    }
    this.#rove(this.#sentences.flat().find((one) => one.textContent));
  }

  /** Marks what is being read, and comes back when the next sentence begins. */
  update() {
    clearTimeout(this.#timer);
    const { store } = this;
    if (!store.manifest) return;
    const isFresh = !store.wanted && store.time === 0;
    const { paragraph, sentence } = placeAt(store.manifest, store.time);
    const { number, sentence: marked } = store.aim ?? { number: paragraph.number, sentence };
    this.#mark(isFresh ? undefined : this.#sentences[number - 1]?.[marked]);
    if (!store.wanted || store.isWaiting) return;
    const ms = ((nextStart(store.manifest, store.time) - store.time) * 1000) / store.rate;
    if (ms < 1000) this.#timer = window.setTimeout(() => this.update(), Math.max(10, ms - 20));
  }

  /** Goes to what is being read and stays with it. */
  follow() {
    this.#setFollowing(true);
    if (this.#spot) this.#scrollTo(this.#spot);
  }

  /** Keeps what is heard in view: the sentence, or a part of it. @param {{getBoundingClientRect: () => DOMRect} | undefined} [spot] */
  keepInView(spot = this.#now) {
    this.#spot = spot;
    if (spot && this.#isFollowing) this.#scrollTo(spot, { isNeeded: true });
  }

  /** Goes on from a sentence, and stays with the voice. @param {HTMLElement} sentence */
  stay(sentence) {
    this.#setFollowing(true);
    this.#rove(sentence);
  }

  /** @param {number} number of a paragraph */
  sentencesOf(number) {
    return this.#sentences[number - 1] ?? [];
  }

  /** Of the paragraph with a sentence. @param {Element} sentence */
  numberOf(sentence) {
    return Number(sentence.closest('[data-n]')?.getAttribute('data-n'));
  }

  /** @param {HTMLElement | undefined} sentence */
  #mark(sentence) {
    const isMarked = marks() !== 'none';
    if (sentence?.textContent === '') return; // in a pause alone what was read stays marked
    if (sentence === this.#now && isMarked === this.#isMarked) return;
    this.#now?.classList.remove('now');
    this.#now?.removeAttribute('aria-current');
    this.#now = sentence;
    this.#isMarked = isMarked;
    const paragraph = (isMarked && sentence?.closest('[data-n]')) || null;
    if (paragraph !== this.#nowParagraph) {
      this.#nowParagraph?.classList.remove('here');
      paragraph?.classList.add('here');
      this.#nowParagraph = paragraph;
    }
    if (!sentence) return;
    sentence.classList.toggle('now', isMarked);
    sentence.setAttribute('aria-current', 'true');
    if (!this.root.matches(':focus-within')) this.#rove(sentence);
    if (!this.root.hasAttribute('data-lit')) this.keepInView(sentence); // else clause by clause
  }

  /** Where the screen shows text: from, to. */
  #view() {
    if (this.scroller) {
      const { top, bottom } = this.scroller.getBoundingClientRect();
      return { top, bottom };
    }
    const bar = this.root.closest('vorleser-player')?.shadowRoot?.querySelector('.bar');
    return { top: 0, bottom: bar ? bar.getBoundingClientRect().top : innerHeight };
  }

  /** @param {{getBoundingClientRect: () => DOMRect}} element @param {{isNeeded?: boolean}} [how] needed: only when it is not in good view */
  #scrollTo(element, { isNeeded = false } = {}) {
    const view = this.#view();
    const height = view.bottom - view.top;
    const { top, bottom } = element.getBoundingClientRect();
    const isSeen = top > view.top + height * 0.08 && bottom < view.bottom - height * 0.12;
    const isInHand = performance.now() - this.#handScroll < SCROLL_MS;
    if (!this.root.checkVisibility() || (isNeeded && (isSeen || isInHand))) return;
    this.#ownScroll = performance.now();
    const by = top - view.top - height * 0.28;
    const isCalm = Math.abs(by) < height * FAR && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    (this.scroller ?? window).scrollBy({ top: by, behavior: isCalm ? 'smooth' : 'instant' });
  }

  /** The reader scrolls: where to is seen when it is done, and nothing pulls back meanwhile. */
  #takenInHand() {
    this.#ownScroll = -Infinity;
    this.#handScroll = performance.now();
  }

  #scrolled() {
    if (!this.#spot || performance.now() - this.#ownScroll < SCROLL_MS || !this.root.checkVisibility()) return;
    const view = this.#view();
    const { top, bottom } = this.#spot.getBoundingClientRect();
    this.#setFollowing(bottom > view.top && top < view.bottom);
  }

  /** @param {boolean} isFollowing */
  #setFollowing(isFollowing) {
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    this.onFollow();
  }

  /** @param {Event} event */
  #clicked(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const sentence = target.closest('span');
    const paragraph = sentence?.closest('[data-n]');
    if (!sentence || !paragraph || target.closest('a') || !getSelection()?.isCollapsed) return;
    this.play(sentence);
  }

  /** The second click means a word. @param {MouseEvent} event */
  #clickedTwice({ target, clientX, clientY }) {
    const sentence = /** @type {Element} */ (target).closest('span');
    if (sentence) this.onPoint(sentence, { x: clientX, y: clientY });
  }

  /** @param {HTMLElement} sentence */
  play(sentence) {
    const number = this.numberOf(sentence);
    this.stay(sentence);
    this.store.playSentence(number, this.#sentences[number - 1].indexOf(sentence));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const sentence = /** @type {HTMLElement} */ (event.target);
    if (event.key === 'Enter' && event.shiftKey) this.onPoint(sentence, null);
    else if (event.key === 'Enter') this.play(sentence);
    else if (event.key === 'ArrowDown') this.#step(sentence, 1);
    else if (event.key === 'ArrowUp') this.#step(sentence, -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {HTMLElement} sentence @param {number} step */
  #step(sentence, step) {
    const all = this.#sentences.flat().filter((one) => one.textContent); // a pause alone is not seen
    const next = all[all.indexOf(sentence) + step];
    if (!next) return;
    this.#rove(next);
    next.focus();
  }

  /** One sentence at a time is a stop of the tabulator key. @param {HTMLElement | undefined} sentence */
  #rove(sentence) {
    const old = this.root.querySelector('[tabindex]');
    if (old === sentence) return;
    for (const name of ['tabindex', 'role', 'title']) old?.removeAttribute(name);
    if (!sentence) return;
    sentence.tabIndex = 0;
    sentence.setAttribute('role', 'button');
    sentence.setAttribute('title', t('playFrom'));
  }
}

/** Reading on from a word: by a double click, a long press, or Shift and Enter. */

import { marks } from './memory.js';

const LONG_MS = 500;
const STILL_PX = 10; // a finger that moves farther scrolls

/** @typedef {{x: number, y: number}} Point */

export class Pointing {
  #timer = 0;
  #begun = /** @type {Point | null} */ (null);
  #isDone = false; // a long press was heeded: what the browser makes of it is not
  /** @type {import('./text.js').Text | null} */
  #text = null;

  /** @param {import('./words.js').Words} words */
  constructor(words) {
    this.words = words;
  }

  /** @param {import('./text.js').Text} text */
  watch(text) {
    this.#text = text;
    const { root, signal } = text;
    root.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    root.addEventListener('pointermove', (event) => this.#moved(event), { signal });
    for (const name of ['pointerup', 'pointercancel']) root.addEventListener(name, () => clearTimeout(this.#timer), { signal });
    root.addEventListener('contextmenu', (event) => this.#isDone && event.preventDefault(), { signal });
    root.addEventListener('click', (event) => this.#swallow(event), { signal, capture: true });
    root.addEventListener('keydown', (event) => this.#pressed(event), { signal, capture: true });
  }

  /** Plays from the word at a point, or else the one that is chosen. @param {HTMLElement} sentence @param {Point | null} point */
  async play(sentence, point) {
    const text = /** @type {import('./text.js').Text} */ (this.#text);
    const number = text.numberOf(sentence);
    const words = this.#wordsIn(sentence, (await this.words.times.have(number)) ?? []);
    const { store } = this.words;
    const paragraph = store.manifest?.paragraphs[number - 1];
    const word = point ? this.#nearest(number, words, point) : words[this.#chosen(sentence, words)];
    if (point) this.#selection?.removeAllRanges(); // a double click selects, too
    if (!word || !paragraph) return point ? undefined : text.play(sentence);
    text.stay(sentence);
    store.seek(paragraph.start + word[2] / 100);
    if (!store.wanted) store.play();
  }

  /** A sentence's words as from, to, at. @param {HTMLElement} sentence @param {import('./word-times.js').Flat} flat */
  #wordsIn(sentence, flat) {
    const number = /** @type {import('./text.js').Text} */ (this.#text).numberOf(sentence);
    const [from, to] = this.words.lettersOf(number)?.reach(sentence) ?? [0, 0];
    const all = Array.from({ length: flat.length / 3 }, (_, place) => flat.slice(3 * place, 3 * place + 3));
    return all.filter(([start]) => start >= from && start < to);
  }

  /** @param {number} number @param {number[][]} words @param {Point} point */
  #nearest(number, words, { x, y }) {
    const letters = this.words.lettersOf(number);
    const distance = (/** @type {DOMRect} */ { left, right, top, bottom }) =>
      Math.hypot(Math.max(left - x, 0, x - right), 4 * Math.max(top - y, 0, y - bottom)); // first of all the line
    const far = words.map(([from, to]) => Math.min(...[...(letters?.range(from, to)?.getClientRects() ?? [])].map(distance)));
    return words[far.indexOf(Math.min(...far))];
  }

  /** Index of the word that is selected, else lit, else the first. @param {HTMLElement} sentence @param {number[][]} words */
  #chosen(sentence, words) {
    const number = /** @type {import('./text.js').Text} */ (this.#text).numberOf(sentence);
    const selection = this.#selection;
    const isHere = sentence.contains(selection?.anchorNode ?? null);
    const range = isHere && selection?.rangeCount ? selection.getRangeAt(0) : null;
    const selected = range && this.words.lettersOf(number)?.at(range.startContainer, range.startOffset);
    const letter = selected ?? this.words.litLetter(number) ?? 0;
    return Math.max(0, words.filter(([from]) => from <= letter).length - 1);
  }

  /** @returns {Selection | null} */
  get #selection() {
    const scope = /** @type {any} */ (this.#text?.root.getRootNode());
    return scope?.getSelection ? scope.getSelection() : getSelection();
  }

  /** @param {PointerEvent} event */
  #down(event) {
    clearTimeout(this.#timer);
    this.#isDone = false;
    const target = /** @type {Element} */ (event.target).closest('span');
    if (event.pointerType === 'mouse' || !event.isPrimary || !target || marks() !== 'word') return;
    const point = { x: event.clientX, y: event.clientY };
    this.#begun = point;
    this.#timer = window.setTimeout(() => {
      this.#isDone = true;
      this.play(target, point);
    }, LONG_MS);
  }

  /** @param {PointerEvent} event */
  #moved({ clientX, clientY }) {
    const { x, y } = this.#begun ?? { x: clientX, y: clientY };
    if (Math.hypot(clientX - x, clientY - y) > STILL_PX) clearTimeout(this.#timer);
  }

  /** @param {Event} event */
  #swallow(event) {
    if (!this.#isDone) return;
    this.#isDone = false;
    event.stopImmediatePropagation();
    event.preventDefault();
  }

  /** Shift with an arrow chooses a word of the sentence that has the focus. @param {KeyboardEvent} event */
  #pressed(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const sentence = /** @type {HTMLElement} */ (event.target);
    if (!event.shiftKey || !step || !this.#text || sentence.localName !== 'span') return;
    const number = this.#text.numberOf(sentence);
    const words = this.#wordsIn(sentence, this.words.times.of(number) ?? []);
    const [from, to] = words[this.#chosen(sentence, words) + step] ?? [];
    const range = to === undefined ? null : this.words.lettersOf(number)?.range(from, to);
    if (range) this.#selection?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    event.preventDefault();
    event.stopPropagation();
  }
}

/**
 * The word that is heard lights up in the text: its sentence softly, its clause more, itself most.
 *
 * Paints with the CSS Custom Highlight API (drafts.csswg.org/css-highlight-api-1), so that the
 * page's elements and who reads the screen notice nothing; where it is missing, or the words are
 * not known, sentences are marked as ever. Fetched when the first sound is heard.
 */

import { Letters } from './letters.js';
import { marks } from './memory.js';
import { Pointing } from './pointing.js';
import { placeAt } from './timeline.js';
import { WordTimes } from './word-times.js';

const LEAD_S = 0.03; // until a frame is seen; and who was sent to a word may stand a bit before it
const AFTERGLOW_S = 0.2; // of a sentence's last word
const NAMES = /** @type {const} */ (['vorleser-clause', 'vorleser-word']);

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.text[data-lit] .now { --mark: color-mix(in srgb, var(--accent) 6%, transparent); }
::highlight(vorleser-clause) { background-color: color-mix(in srgb, var(--accent) 15%, transparent); }
::highlight(vorleser-word) { background-color: var(--accent); color: var(--on-accent); }
@media (forced-colors: active) {
  .text[data-lit] .now { forced-color-adjust: auto; background: none; color: inherit; text-decoration: underline; }
  ::highlight(vorleser-clause) { background-color: transparent; }
  ::highlight(vorleser-word) { background-color: Highlight; color: HighlightText; }
}
@media print {
  .text[data-lit] .now { --mark: #0000; }
  ::highlight(vorleser-clause), ::highlight(vorleser-word) { background-color: transparent; color: inherit; }
}
`);

export class Words {
  /** @type {import('./text.js').Text | null} */
  #text = null;
  /** @type {Letters | null} */
  #letters = null;
  #number = 0; // of the paragraph whose letters these are
  #litNumber = 0; // of the paragraph with the word that is lit
  #index = -1; // of that word
  #clause = ''; // that is lit: its paragraph, and where it begins
  #timer = 0;
  #frame = 0;
  /** @type {(Range | null)[]} */
  #ranges = [null, null];

  /** @param {Store} store @param {import('./news.js').News} news */
  constructor(store, news) {
    this.store = store;
    this.times = new WordTimes(store, news);
    this.pointing = new Pointing(this);
    for (const name of ['time', 'change', 'manifest']) store.addEventListener(name, () => this.look());
  }

  /** Follows in that text. @param {import('./text.js').Text | null} text */
  show(text) {
    if (text !== this.#text) {
      this.#darken();
      this.#letters = null;
      this.#text = text;
      if (text) this.pointing.watch(text);
    }
    this.look();
  }

  /** Lights what is heard, and comes back when that changes: no frame is asked for in which nothing does. */
  look() {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    if (document.hidden) return void (this.#frame = requestAnimationFrame(() => this.look())); // once it is seen again
    const { store } = this;
    if (!this.#isSeen) return this.#darken();
    const change = this.#follow();
    if (!store.wanted || store.isWaiting || change === Infinity) return;
    this.#timer = window.setTimeout(() => this.look(), ((change - store.time) * 1000) / store.rate);
  }

  /** The letters of a paragraph. @param {number} number */
  lettersOf(number) {
    if (this.#letters && number === this.#number) return this.#letters;
    const sentences = this.#text?.sentencesOf(number) ?? [];
    const paragraph = sentences[0]?.closest('[data-n]');
    this.#number = number;
    return (this.#letters = paragraph ? new Letters(paragraph, sentences) : null);
  }

  /** The first letter of the word that is lit in a paragraph, null if none is. @param {number} number */
  litLetter(number) {
    const words = number === this.#litNumber && this.#index >= 0 && this.times.of(number);
    return words ? words[3 * this.#index] : null;
  }

  /** Somebody wants to see words, and there is something to see. */
  get #isSeen() {
    const { manifest, wanted, time, aim } = this.store;
    const isBegun = !!manifest && !aim && (wanted || time > 0);
    return isBegun && !!CSS.highlights && marks() === 'word' && !!this.#text?.root.checkVisibility();
  }

  /** @returns {number} when another word is heard: seconds in the track, or Infinity */
  #follow() {
    const { time } = this.store;
    const manifest = /** @type {Manifest} */ (this.store.manifest);
    const { paragraph, sentence } = placeAt(manifest, time);
    const words = this.times.of(paragraph.number);
    const following = manifest.paragraphs[paragraph.number]?.start ?? Infinity;
    if (!words?.length || !this.lettersOf(paragraph.number)) {
      this.#darken();
      return following - LEAD_S;
    }
    const seen = time + LEAD_S;
    const index = lastBegun(words, (seen - paragraph.start) * 100);
    const over = (paragraph.sentences[sentence]?.end ?? Infinity) + AFTERGLOW_S;
    const next = paragraph.start + (words[3 * index + 5] ?? Infinity) / 100;
    this.#light(paragraph.number, words, seen > over ? -1 : index);
    return Math.min(next, following, seen > over ? Infinity : over) - LEAD_S;
  }

  /** @param {number} number @param {import('./word-times.js').Flat} words @param {number} index of the word, -1 for none */
  #light(number, words, index) {
    const text = /** @type {import('./text.js').Text} */ (this.#text);
    if (!text.root.hasAttribute('data-lit')) this.#dress(text.root);
    if (index === this.#index && number === this.#litNumber) return;
    const letters = /** @type {Letters} */ (this.lettersOf(number));
    const [from, to] = index < 0 ? [0, 0] : words.slice(3 * index, 3 * index + 2);
    this.#paint(1, index < 0 ? null : letters.range(from, to));
    if (index >= 0) this.#lightClause(number, letters, from);
    this.#index = index;
    this.#litNumber = number;
  }

  /** @param {number} number @param {Letters} letters @param {number} letter */
  #lightClause(number, letters, letter) {
    const [from, to] = letters.clause(letter);
    const clause = `${number}:${from}`;
    if (clause === this.#clause) return;
    this.#clause = clause;
    const range = letters.range(from, to);
    this.#paint(0, range);
    if (range) this.#text?.keepInView(range);
  }

  /** Where the styles count for that text. @param {HTMLElement} root */
  #dress(root) {
    root.setAttribute('data-lit', '');
    const scope = /** @type {Document | ShadowRoot} */ (root.getRootNode());
    if (!scope.adoptedStyleSheets.includes(sheet)) scope.adoptedStyleSheets.push(sheet);
  }

  #darken() {
    this.#litNumber = 0;
    this.#index = -1;
    this.#clause = '';
    NAMES.forEach((_, layer) => this.#paint(layer, null));
    if (!this.#text?.root.hasAttribute('data-lit')) return;
    this.#text.root.removeAttribute('data-lit');
    this.#text.keepInView();
  }

  /** The page's players share the layers. @param {number} layer @param {Range | null} range */
  #paint(layer, range) {
    const old = this.#ranges[layer];
    if (!old && !range) return;
    const name = NAMES[layer];
    if (!CSS.highlights.has(name)) CSS.highlights.set(name, Object.assign(new Highlight(), { priority: layer }));
    const highlight = /** @type {Highlight} */ (CSS.highlights.get(name));
    if (old) highlight.delete(old);
    if (range) highlight.add(range);
    this.#ranges[layer] = range;
  }
}

/** Index of the last word that has begun, -1 before the first. @param {import('./word-times.js').Flat} words @param {number} at */
export function lastBegun(words, at) {
  let [low, high] = [-1, words.length / 3 - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (words[3 * middle + 2] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Sound that is fetched before it is needed, so that who goes there need not wait. */

import { Deck } from './deck.js';
import { h } from './dom.js';

const ENOUGH_S = 4;
const ROUNDING_S = 0.1; // a file's end is not told to the sample

export class Ahead {
  #deck = new Deck(h('audio', {}));
  #url = '';

  /** Fetches a file from a place on. @param {string} url @param {number} seconds */
  fetch(url, seconds) {
    if (url === this.#url) return this.#deck.seek(seconds);
    this.#url = url;
    this.#deck.load(url, seconds);
  }

  /** So much of the file is there that it can play from that place. @param {string} url @param {number} seconds */
  has(url, seconds) {
    const { buffered, duration, readyState } = this.#deck.audio;
    const enough = Math.min(seconds + ENOUGH_S, duration - ROUNDING_S);
    const ranges = Array.from({ length: buffered.length }, (_, place) => [buffered.start(place), buffered.end(place)]);
    return url === this.#url && readyState > 2 && ranges.some(([from, to]) => from <= seconds && enough <= to);
  }

  /** Stops fetching. */
  drop() {
    if (!this.#url) return;
    this.#url = '';
    this.#deck.audio.removeAttribute('src');
    this.#deck.audio.load();
  }
}

/** Has a file fetched to its end, into the browser's cache, as far as a page may know. @param {string} url */
export const fetchWhole = (url) =>
  fetch(url, { mode: 'no-cors', credentials: 'same-origin' }).then((answer) => answer.blob()).catch(() => {});

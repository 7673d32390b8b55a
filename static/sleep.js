/** The sleep timer: lets the voice fade after some minutes, or stops at an end. */

import { chapters, indexAt } from './timeline.js';

const FADE_S = 8;
const TICK_MS = 250;
const EARLY_S = 0.15; // before the next chapter: the place is told four times a second
const JUMP_S = 2; // nobody listens that fast: the listener has gone there

export class SleepTimer extends EventTarget {
  /** @type {number | 'chapter' | 'article' | null} minutes, or at which end */
  choice = null;
  #until = 0; // by the clock
  #nextChapter = Infinity; // number of the paragraph that it begins with
  #timer = 0;
  #volume = /** @type {number | null} */ (null); // before the voice began to fade

  /** @param {Store} store */
  constructor(store) {
    super();
    this.store = store;
    store.addEventListener('time', () => this.moved());
  }

  /** Seconds until the timer stops the voice, null when it stands at an end or is off. */
  get secondsLeft() {
    return typeof this.choice === 'number' ? Math.max(0, (this.#until - Date.now()) / 1000) : null;
  }

  /** @param {SleepTimer['choice']} choice */
  set(choice) {
    this.#restore();
    clearInterval(this.#timer);
    this.choice = choice;
    const { manifest, time } = this.store;
    if (choice === 'chapter' && manifest) {
      const all = chapters(manifest);
      this.#nextChapter = all[indexAt(all, time) + 1]?.number ?? Infinity;
    }
    if (typeof choice === 'number') {
      this.#until = Date.now() + choice * 60_000;
      this.#timer = window.setInterval(() => this.#tick(), TICK_MS);
    }
    this.dispatchEvent(new Event('change'));
  }

  /** The place has moved: on into the next chapter, or away by the listener's own will. */
  moved() {
    const { manifest, time, wanted } = this.store;
    if (this.choice !== 'chapter' || !manifest) return;
    const past = time - (manifest.paragraphs[this.#nextChapter - 1]?.start ?? Infinity) + EARLY_S;
    if (past > JUMP_S) this.set('chapter');
    else if (past > 0 && wanted) this.#stop();
  }

  /** The article is over: was that the end to stop at? */
  atEnd() {
    const isBedtime = typeof this.choice === 'string';
    if (isBedtime) this.#stop();
    return isBedtime;
  }

  #tick() {
    const left = this.secondsLeft ?? 0;
    if (left <= 0) this.#stop();
    else if (left < FADE_S && this.store.wanted) {
      this.#volume ??= this.store.audio.volume;
      this.store.audio.volume = this.#volume * (left / FADE_S);
    }
  }

  #stop() {
    this.store.pause();
    this.set(null);
    this.dispatchEvent(new Event('slept'));
  }

  #restore() {
    if (this.#volume !== null) this.store.audio.volume = this.#volume;
    this.#volume = null;
  }
}

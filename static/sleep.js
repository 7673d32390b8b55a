/** The sleep timer: lets the voice fade after some minutes, or stops at an end. */

import { chapters, indexAt } from './timeline.js';

const FADE_S = 8;
const TICK_MS = 250;

export class SleepTimer extends EventTarget {
  /** @type {number | 'chapter' | 'article' | null} minutes, or at which end */
  choice = null;
  #until = 0; // by the clock
  #stopAt = Infinity; // in the track
  #timer = 0;
  #volume = /** @type {number | null} */ (null); // before the voice began to fade

  /** @param {Store} store */
  constructor(store) {
    super();
    this.store = store;
    store.addEventListener('time', () => {
      if (this.choice === 'chapter' && store.wanted && store.time >= this.#stopAt - 0.15) this.#stop();
    });
    store.addEventListener('ended', () => this.set(null));
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
      this.#stopAt = all[indexAt(all, time) + 1]?.start ?? Infinity;
    }
    if (typeof choice === 'number') {
      this.#until = Date.now() + choice * 60_000;
      this.#timer = window.setInterval(() => this.#tick(), TICK_MS);
    }
    this.dispatchEvent(new Event('change'));
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

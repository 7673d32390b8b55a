/** What becomes of an article while it is being made: server-sent events, or asking. */

import { Problem } from './api.js';
import { isInWork, madeShare } from './timeline.js';

const REFRESH_MS = 700; // at most so often, however many paragraphs become ready
const ASK_AGAIN_MS = 5000;

export class News {
  /** @type {EventSource | null} */
  #events = null;
  #timer = 0;
  #asked = 0;
  #began = { at: 0, share: 0 };

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    store.addEventListener('manifest', () => this.follow());
  }

  /** Seconds until all is made, as far as the pace tells; null when it does not yet. */
  get secondsLeft() {
    const share = this.store.manifest ? madeShare(this.store.manifest) : 0;
    const gained = share - this.#began.share;
    const seconds = (performance.now() - this.#began.at) / 1000;
    return gained > 0 && seconds > 2 ? ((1 - share) * seconds) / gained : null;
  }

  /** Follows while there is something to wait for. */
  follow() {
    const { manifest } = this.store;
    if (!manifest || !isInWork(manifest)) return this.stop();
    if (this.#events) return;
    this.#began = { at: performance.now(), share: madeShare(manifest) };
    this.#events = new EventSource(this.store.address(`/api/articles/${manifest.id}/events`));
    this.#events.addEventListener('paragraph', () => this.#soon());
    this.#events.addEventListener('article', () => this.#soon());
    this.#events.addEventListener('error', () => {
      if (this.#events?.readyState === EventSource.CLOSED) this.#askLater();
    });
  }

  stop() {
    this.#events?.close();
    this.#events = null;
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #soon() {
    if (this.#timer) return;
    const wait = Math.max(0, this.#asked + REFRESH_MS - performance.now());
    this.#timer = window.setTimeout(() => this.#refresh(), wait);
  }

  async #refresh() {
    this.#timer = 0;
    this.#asked = performance.now();
    try {
      await this.store.refresh();
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) this.#askLater();
    }
  }

  /** Without events: the service is away, or something between us swallows them. */
  #askLater() {
    this.#events?.close();
    this.#events = null;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#refresh(), ASK_AGAIN_MS);
  }
}

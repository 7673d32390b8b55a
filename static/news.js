/** What becomes of an article while it is being made: server-sent events, or asking. */

import { Problem } from './api.js';
import { after } from './reports.js';
import { isInWork, madeShare } from './timeline.js';

const REFRESH_MS = 700; // at most so often, however many paragraphs become ready
const NAMES = ['paragraph', 'article'];
const ASK_AGAIN_MS = 5000;

export class News {
  /** @type {EventSource | null} */
  #events = null;
  #id = ''; // of the article that is followed
  /** @type {Report[]} */
  #reports = [];
  #timer = 0;
  #shown = 0; // when reports were taken in last
  #began = { at: 0, share: 0 };
  /** @type {((number: number) => void) | null} */
  #onWords = null;

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    store.addEventListener('manifest', () => this.follow());
  }

  get isFollowing() {
    return !!this.#events;
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
    if (!manifest || !(isInWork(manifest) || this.#onWords)) return this.stop();
    if (this.#events && this.#id === manifest.id) return;
    this.stop();
    this.#id = manifest.id;
    this.#began = { at: performance.now(), share: madeShare(manifest) };
    this.#events = new EventSource(this.store.address(`/api/articles/${manifest.id}/events`));
    for (const name of NAMES) this.#events.addEventListener(name, (event) => this.#heard(JSON.parse(event.data)));
    this.#events.addEventListener('words', (event) => this.#onWords?.(JSON.parse(event.data).number));
    this.#events.addEventListener('error', () => {
      if (this.#events?.readyState === EventSource.CLOSED) this.#askLater();
    });
  }

  /** Tells of paragraphs whose words have come, until null is given. @param {((number: number) => void) | null} tell */
  heed(tell) {
    this.#onWords = tell;
    this.follow();
  }

  stop() {
    this.#events?.close();
    this.#events = null;
    this.#reports = [];
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  /** @param {Report} report */
  #heard(report) {
    this.#reports.push(report);
    const wait = Math.max(0, this.#shown + REFRESH_MS - performance.now());
    this.#timer ||= window.setTimeout(() => this.#takeIn(), wait);
  }

  /** Shows what the reports say; where they are of another text, that has to be fetched. */
  #takeIn() {
    this.#timer = 0;
    this.#shown = performance.now();
    const reports = this.#reports.splice(0);
    const old = /** @type {Manifest | null} */ (this.store.manifest);
    const manifest = reports.reduce((found, report) => found && after(found, report), old);
    if (manifest) this.store.show(manifest);
    else this.#refresh();
  }

  async #refresh() {
    this.#timer = 0;
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

/** Deleting that can be taken back: held by the page for ten seconds, and sent when that is left. */

import { ask, ROOT } from './api.js';

const HELD_MS = 10_000;

export class Farewell {
  /** Of the article that will be deleted. */
  id = '';
  #timer = 0;

  /** @param {{onSent: (id: string) => void, onFailed: (error: unknown) => void}} then */
  constructor(then) {
    this.then = then;
    addEventListener('pagehide', () => this.send({ isLeaving: true }));
  }

  /** Holds an article back; one that was held before is deleted now. @param {string} id */
  hold(id) {
    this.send();
    this.id = id;
    this.#timer = window.setTimeout(() => this.send(), HELD_MS);
  }

  takeBack() {
    clearTimeout(this.#timer);
    this.id = '';
  }

  /** @param {{isLeaving?: boolean}} [how] leaving: the request outlives the page */
  async send({ isLeaving = false } = {}) {
    const { id, then } = this;
    if (!id) return;
    this.takeBack();
    const asked = ask(`${ROOT}/api/articles/${id}`, { method: 'DELETE', isLeaving });
    then.onSent(id);
    await asked.catch((error) => error.status !== 404 && then.onFailed(error));
  }
}

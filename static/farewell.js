/** Deleting that can be taken back: held by the page for ten seconds, and sent when that is left. */

import { ask, ROOT } from './api.js';

const HELD_MS = 10_000;

export class Farewell {
  /** Of the articles that will be deleted. @type {string[]} */
  ids = [];
  #timer = 0;

  /** @param {{onSent: (id: string) => void, onFailed: (error: unknown) => void}} then */
  constructor(then) {
    this.then = then;
    addEventListener('pagehide', () => this.send({ isLeaving: true }));
  }

  /** Holds articles back; what was held before is deleted now. @param {string[]} ids */
  hold(ids) {
    this.send();
    this.ids = ids;
    this.#timer = window.setTimeout(() => this.send(), HELD_MS);
  }

  takeBack() {
    clearTimeout(this.#timer);
    this.ids = [];
  }

  /** @param {{isLeaving?: boolean}} [how] leaving: the request outlives the page */
  async send({ isLeaving = false } = {}) {
    const { ids, then } = this;
    this.takeBack();
    const asked = ids.map((id) => ask(`${ROOT}/api/articles/${id}`, { method: 'DELETE', isLeaving }));
    for (const id of ids) then.onSent(id);
    for (const one of asked) await one.catch((error) => error.status !== 404 && then.onFailed(error));
  }
}

/**
 * Deleting that can be taken back: held by the page for ten seconds, and sent when that is left.
 * A page's list is asked for before the one it replaces is left, and what that sends may get lost:
 * so the tab remembers what was not answered, and its next page deletes that first.
 */

import { ask, ROOT } from './api.js';

const HELD_MS = 10_000;
const OPEN = 'vorleser:deleting';

export class Farewell {
  /** Of the articles that will be deleted. @type {string[]} */
  ids = [];
  #open = new Set(remembered()); // held, or without an answer yet
  #timer = 0;

  /** @param {{onSent: (id: string) => void, onFailed: (error: unknown) => void}} then */
  constructor(then) {
    this.then = then;
    addEventListener('pagehide', () => this.send({ isLeaving: true }));
  }

  /** Deletes what the page before this one may not have. */
  resume() {
    this.ids = [...this.#open];
    return this.send();
  }

  /** Holds articles back; what was held before is deleted now. @param {string[]} ids */
  hold(ids) {
    this.send();
    this.ids = ids;
    for (const id of ids) this.#open.add(id);
    this.#remember();
    this.#timer = window.setTimeout(() => this.send(), HELD_MS);
  }

  takeBack() {
    for (const id of this.#let()) this.#open.delete(id);
    this.#remember();
  }

  /** @param {{isLeaving?: boolean}} [how] leaving: the request outlives the page */
  async send({ isLeaving = false } = {}) {
    const ids = this.#let();
    const asked = ids.map((id) => this.#delete(id, isLeaving));
    for (const id of ids) this.then.onSent(id);
    await Promise.all(asked);
  }

  /** @param {string} id @param {boolean} isLeaving whoever comes next has to look whether it came to that */
  async #delete(id, isLeaving) {
    await ask(`${ROOT}/api/articles/${id}`, { method: 'DELETE', isLeaving })
      .catch((error) => error.status !== 404 && this.then.onFailed(error));
    if (isLeaving) return;
    this.#open.delete(id);
    this.#remember();
  }

  /** What was held, which is so no longer. */
  #let() {
    const { ids } = this;
    clearTimeout(this.#timer);
    this.ids = [];
    return ids;
  }

  #remember() {
    try {
      sessionStorage.setItem(OPEN, JSON.stringify([...this.#open]));
    } catch {
      // storage is forbidden here: leaving alone has to do
    }
  }
}

/** @returns {string[]} */
function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(OPEN) ?? '[]');
  } catch {
    return [];
  }
}

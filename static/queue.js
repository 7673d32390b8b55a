/** What plays after what plays now: kept in this browser, and the same in all of its tabs. */

import { read, write } from './memory.js';

const KEY = 'vorleser:queue';

/** An article, or a book as a whole, whose collection is `name`. @typedef {{id: string, title: string, duration: number, name?: string}} Waiting */

/** Event: `change`. */
export class Queue extends EventTarget {
  constructor() {
    super();
    addEventListener('storage', ({ key }) => key === KEY && this.#tell());
  }

  /** In the order of playing. @returns {Waiting[]} */
  get waiting() {
    return (read(KEY) ?? []).map((/** @type {Waiting | string} */ one) =>
      typeof one === 'string' ? { id: one, title: '', duration: 0 } : one);
  }

  /** @param {string} id */
  has(id) {
    return this.waiting.some((one) => one.id === id);
  }

  /** @param {Waiting} one */
  addNext(one) {
    this.#keep([bare(one), ...this.#without(one.id)]);
  }

  /** @param {Waiting} one */
  addLast(one) {
    this.#keep([...this.#without(one.id), bare(one)]);
  }

  /** @param {string} id */
  remove(id) {
    this.#keep(this.#without(id));
  }

  /** @param {string} id @param {number} place from 0; past an end stands for that end */
  move(id, place) {
    const moved = this.waiting.find((one) => one.id === id);
    const rest = this.#without(id);
    if (moved) this.#keep([...rest.slice(0, Math.max(0, place)), moved, ...rest.slice(Math.max(0, place))]);
  }

  /** @param {string} id */
  #without(id) {
    return this.waiting.filter((one) => one.id !== id);
  }

  /** @param {Waiting[]} waiting */
  #keep(waiting) {
    write(KEY, waiting);
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {Waiting} one @returns {Waiting} */
const bare = ({ id, title, duration, name }) => ({ id, title, duration, ...(name ? { name } : {}) });

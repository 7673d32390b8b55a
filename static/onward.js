/** What plays by itself when something is over: a book's next chapter, else what waits. */

import { ask, Problem, ROOT } from './api.js';
import { listed } from './catalogue.js';
import { heardShare } from './heard.js';

export class Onward {
  #id = ''; // of the article whose book is known
  /** @type {Promise<Summary[]>} */
  #chapters = Promise.resolve([]);

  /**
   * @param {Player} player @param {import('./queue.js').Queue} queue
   * @param {(manifest: Manifest) => void} play puts what is next in the place of what is over
   */
  constructor(player, queue, play) {
    this.player = player;
    this.queue = queue;
    this.play = play;
    player.store.addEventListener('change', () => this.#lookAhead());
    player.addEventListener('vorleser-ended', (event) => {
      if (!(/** @type {CustomEvent} */ (event).detail.isBedtime)) this.#goOn();
    });
  }

  /** Takes something out of the queue; null where it was deleted meanwhile. @param {import('./queue.js').Waiting} waiting @throws {import('./api.js').Problem} */
  async take(waiting) {
    const manifest = await found(waiting);
    this.queue.remove(waiting.id);
    return manifest;
  }

  /** Learns of the book while there is time: nothing has to be asked when the chapter is over. */
  #lookAhead() {
    const { manifest, wanted } = this.player.store;
    if (!manifest || !wanted || manifest.id === this.#id) return;
    this.#id = manifest.id;
    this.#chapters = chaptersAround(manifest).catch(() => []);
  }

  async #goOn() {
    const chapters = await this.#chapters;
    const place = chapters.findIndex(({ id }) => id === this.#id);
    const next = place < 0 ? null : chapters[place + 1];
    try {
      if (next) return this.play(await manifestOf(next.id));
      for (const waiting of this.queue.waiting) {
        const manifest = await this.take(waiting);
        if (manifest) return this.play(manifest);
      }
    } catch {
      // the service is away: what waits goes on waiting
    }
  }
}

/** Null where it was deleted meanwhile. @param {import('./queue.js').Waiting} waiting @throws {import('./api.js').Problem} */
async function found({ id, name }) {
  try {
    return await manifestOf(name ? current(await listed(bookQuery(name))).id : id);
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 404) return null;
    throw error;
  }
}

/** Where a listener is in a book: the first chapter that was not heard, else the first. @param {Summary[]} chapters */
export const current = (chapters) => chapters.find((one) => heardShare(one) < 1) ?? chapters[0];

/** @param {string} name */
const bookQuery = (name) => `&collection=${name}&sort=oldest`;

/** @param {string} id @returns {Promise<Manifest>} */
const manifestOf = (id) => ask(`${ROOT}/api/articles/${id}?edition=finished`);

/** The chapters of the book that an article is in, in order. @param {Manifest} article @returns {Promise<Summary[]>} */
export async function chaptersAround({ collections }) {
  for (const name of collections ?? []) {
    const found = await ask(`${ROOT}/api/collections/${name}`).catch(() => null);
    if (found?.is_book) return listed(bookQuery(name));
  }
  return [];
}

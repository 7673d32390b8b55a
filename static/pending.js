/** What was added without a connection: it waits in this browser, also over a reload, and is sent when it can be. */

import { ask, Problem, ROOT } from './api.js';

const NAME = 'vorleser-pending';
const AGAIN_MS = 20_000;

/** A text, link or file on its way in. @typedef {{id: number, title: string, json?: object, file?: File, fields?: Record<string, string>, problem?: Said}} Waiting */

/** Events: `change`; `sent` (its `detail` is what came of it). */
export class Pending extends EventTarget {
  /** @type {Waiting[]} */
  all = [];
  #isSending = false;

  constructor() {
    super();
    for (const name of ['online', 'focus']) addEventListener(name, () => this.send());
    setInterval(() => this.send(), AGAIN_MS);
    this.#load();
  }

  /** Adds an article; without a connection it waits here, and null comes back. @param {Omit<Waiting, 'id' | 'title'>} request @throws {Problem} @returns {Promise<any>} */
  async post(request) {
    try {
      return await post(request);
    } catch (error) {
      if (!(error instanceof Problem) || error.status) throw error;
      this.all.push({ ...request, id: Date.now() + Math.random(), title: titleOf(request) });
      await this.#keep();
      return null;
    }
  }

  /** @param {number} id */
  async remove(id) {
    this.all = this.all.filter((one) => one.id !== id);
    await this.#keep();
  }

  /** Sends what waits, one after the other; what the service refuses stays, with the reason. */
  async send() {
    if (this.#isSending || !this.all.some(({ problem }) => !problem)) return;
    this.#isSending = true;
    await alone(() => this.#sendAll()).finally(() => (this.#isSending = false));
  }

  async #sendAll() {
    this.all = await load(this.all); // another tab may have sent them
    for (const one of this.all.filter(({ problem }) => !problem)) {
      try {
        const made = await post(one);
        await this.remove(one.id);
        this.dispatchEvent(new CustomEvent('sent', { detail: made }));
      } catch (error) {
        const { status = 0, said } = /** @type {Problem} */ (error);
        if (!status || status >= 500 || status === 429) return; // still away, or busy
        one.problem = said ?? { detail: String(status) };
        await this.#keep();
      }
    }
  }

  async #load() {
    this.all = await load(this.all);
    this.#tell();
    this.send();
  }

  async #keep() {
    this.#tell();
    await inStore('readwrite', (store) => store.put(this.all, NAME)).catch(() => {}); // forbidden: known until the page is left
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {Omit<Waiting, 'id' | 'title'>} request */
function post({ json, file, fields }) {
  if (!file) return ask(`${ROOT}/api/articles`, { method: 'POST', json });
  const form = new FormData();
  form.append('file', file);
  for (const [name, value] of Object.entries(fields ?? {})) form.append(name, value);
  return ask(`${ROOT}/api/articles`, { method: 'POST', form });
}

/** @param {{json?: any, file?: File}} request */
const titleOf = ({ json, file }) => file?.name ?? String(json?.url ?? json?.text).trim().split('\n')[0].slice(0, 120);

/** Only one tab at a time sends. @param {() => Promise<void>} act */
const alone = async (act) =>
  navigator.locks ? void (await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => lock && act())) : act();

/** @param {Waiting[]} known while there is no storage @returns {Promise<Waiting[]>} */
const load = (known) => inStore('readonly', (store) => store.get(NAME)).then((found) => found ?? [], () => known);

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} act @returns {Promise<any>} */
async function inStore(mode, act) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
  const database = await done(opening);
  try {
    return await done(act(database.transaction(NAME, mode).objectStore(NAME)));
  } finally {
    database.close();
  }
}

/** @param {IDBRequest} request @returns {Promise<any>} */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

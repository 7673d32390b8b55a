/** Articles kept in this browser, for the train; the service worker (sw.js) serves them. */

import { ask, ROOT } from './api.js';

const SHELF = 'vorleser-articles';

export const canSave = () => 'caches' in window && 'serviceWorker' in navigator;

/** @param {string} id */
const addresses = (id) => [`/articles/${id}/audio.mp3?tags=small`, `/api/articles/${id}?edition=finished`, `/articles/${id}`].map((path) => ROOT + path);

/** @param {string} id */
export async function isSaved(id) {
  return !!(await caches.match(addresses(id)[0], { cacheName: SHELF }));
}

/** @param {string} id @throws {TypeError} when the service cannot be reached */
export async function save(id) {
  await ask(addresses(id)[1]);
  const shelf = await caches.open(SHELF);
  await shelf.addAll(addresses(id).reverse());
}

/** @param {string} id */
export async function unsave(id) {
  const shelf = await caches.open(SHELF);
  await Promise.all(addresses(id).map((address) => shelf.delete(address)));
}

/** @returns {Promise<Set<string>>} the articles that are kept */
export async function savedIds() {
  if (!canSave()) return new Set();
  const kept = await caches.open(SHELF).then((shelf) => shelf.keys()).catch(() => []);
  return new Set(kept.map(({ url }) => /\/api\/articles\/([^/?]+)/.exec(url)?.[1] ?? ''));
}

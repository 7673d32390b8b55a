/** Articles kept in this browser, for the train; the service worker (sw.js) serves them. */

import { ask } from './api.js';

const SHELF = 'vorleser-articles';

export const canSave = () => 'caches' in window && 'serviceWorker' in navigator;

/** @param {string} id */
const addresses = (id) => [`/articles/${id}/audio.mp3`, `/api/articles/${id}?edition=finished`, `/articles/${id}`];

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

/** Articles kept in this browser, for the train; the service worker (sw.js) serves them. */

import { ask, ROOT } from './api.js';

const SHELF = 'vorleser-articles';

/** Not where storage is forbidden, nor on pages without TLS. */
export function canSave() {
  try {
    return !!caches && !!navigator.serviceWorker;
  } catch {
    return false;
  }
}

/** @param {string} id */
const addresses = (id) =>
  [`/articles/${id}/audio.mp3?tags=small`, `/api/articles/${id}?edition=finished`, `/api/articles/${id}/words`, `/articles/${id}`].map((path) => ROOT + path);

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

/** What is kept, as lists show it, newest first; also what the service has no more. @returns {Promise<Summary[]>} */
export async function savedArticles() {
  if (!canSave()) return [];
  try {
    const shelf = await caches.open(SHELF);
    const kept = (await shelf.keys()).filter(({ url }) => /\/api\/articles\/[^/?]+\?/.test(url));
    const found = await Promise.all(kept.map(async (one) => (await shelf.match(one))?.json()));
    return found.filter(Boolean).sort((one, other) => other.created_at.localeCompare(one.created_at));
  } catch {
    return []; // storage is forbidden here
  }
}

/** Serves the pages and the articles that were kept for offline, when the service is away. */

const SHELL = 'vorleser-shell';
const SHELF = 'vorleser-articles';
const PATIENCE_MS = 2000;
const ROOT = new URL('.', location.href).pathname.replace(/\/$/, '');

addEventListener('install', () => self.skipWaiting());
addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.endsWith('/events')) return;
  if (url.pathname.endsWith('.mp3')) event.respondWith(audio(request, keptAs(url)));
  else if (url.pathname + url.search === `${ROOT}/` || url.pathname.startsWith(`${ROOT}/static/`)) event.respondWith(fresh(request, SHELL));
  else event.respondWith(fresh(request));
});

/** Kept is what was finished, whichever number it had. */
function keptAs(url) {
  url.searchParams.delete('edition');
  return url.pathname + url.search;
}

/** Scripts and styles are named by their content; of each only the newest is kept. */
const keyOf = ({ url }) => url.replace(/\.[0-9a-f]{12}(\.\w+)$/, '$1');

/** From the service, and kept; else what was kept. */
async function fresh(request, keepIn) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected && keepIn) (await caches.open(keepIn)).put(keyOf(request), answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match(keyOf(request), { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

/** The service has another track by now: then what is kept is fetched anew, in the background. */
async function isOld(kept, url, path) {
  const now = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (!now || now.status >= 500 || now.headers.get('etag') === kept.headers.get('etag')) return false;
  const page = path.replace(/\/audio\.mp3.*/, '');
  caches.open(SHELF).then((shelf) => shelf.addAll([page, `${page.replace(ROOT, `${ROOT}/api`)}?edition=finished`, path])).catch(() => {});
  return true;
}

/** A kept track, or the part of it that is asked for; else whatever the service has. */
async function audio(request, path) {
  const kept = await caches.match(path, { cacheName: SHELF });
  if (!kept || (await isOld(kept, request.url, path))) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
  const blob = await kept.blob();
  const headers = { 'Content-Type': 'audio/mpeg', 'Accept-Ranges': 'bytes' };
  if (!range) return new Response(blob, { headers });
  const from = Number(range[1]);
  const to = range[2] ? Math.min(Number(range[2]), blob.size - 1) : blob.size - 1;
  if (from >= blob.size) return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${blob.size}` } });
  headers['Content-Range'] = `bytes ${from}-${to}/${blob.size}`;
  return new Response(blob.slice(from, to + 1), { status: 206, headers });
}

/** Serves the pages and the articles that were kept for offline, when the service is away. */

const SHELL = 'vorleser-shell';
const SHELF = 'vorleser-articles';
const PATIENCE_MS = 2000;

addEventListener('install', () => self.skipWaiting());
addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.endsWith('/events')) return;
  if (url.pathname.endsWith('.mp3')) event.respondWith(audio(request, url.pathname));
  else if (url.pathname + url.search === '/' || url.pathname.startsWith('/static/')) event.respondWith(fresh(request, SHELL));
  else event.respondWith(fresh(request));
});

/** From the service, and kept; else what was kept. */
async function fresh(request, keepIn) {
  try {
    const answer = await fetch(request);
    if (answer.ok && keepIn) (await caches.open(keepIn)).put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

/** The service has another track by now: then what is kept is fetched anew, in the background. */
async function isOld(kept, url, path) {
  const now = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (!now || now.status >= 500 || now.headers.get('etag') === kept.headers.get('etag')) return false;
  const page = path.replace('/audio.mp3', '');
  caches.open(SHELF).then((shelf) => shelf.addAll([page, `/api${page}?edition=finished`, path])).catch(() => {});
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

/** Serves the pages and the articles that were kept for offline, when the service is away, and a page that says so. */

const SHELL = 'vorleser-shell';
const SHELF = 'vorleser-articles';
const PATIENCE_MS = 2000;
const AWAY = [502, 503, 504]; // a proxy says so
const ROOT = new URL('.', location.href).pathname.replace(/\/$/, '');

addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keepHome().catch(() => {})); // a private library's is behind its sign-in
});
addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.endsWith('/events')) return;
  const isShell = url.pathname + url.search === `${ROOT}/` || url.pathname.startsWith(`${ROOT}/static/`);
  const keepIn = isShell ? SHELL : null;
  if (url.pathname.endsWith('.mp3')) event.respondWith(audio(request, keptAs(url)));
  else if (request.mode === 'navigate') event.respondWith(opened(request, keepIn));
  else event.respondWith(fresh(request, keepIn));
});

/** The front page with what it needs, so that it is there also for who has only seen an article. */
async function keepHome() {
  const shell = await caches.open(SHELL);
  const answer = await fetch(`${ROOT}/`);
  if (!answer.ok || answer.redirected) return;
  const page = await answer.clone().text();
  await shell.put(`${ROOT}/`, answer);
  const paths = [...page.matchAll(/"([^"]*\/static\/[^"]+\.(?:js|css|svg)(?:\?[^"]*)?)"/g)].map(([, path]) => path);
  await Promise.all([...new Set(paths)].map((path) => keepPart(shell, new URL(path, location.href))));
}

/** A script, style or drawing, and what it fetches later. */
async function keepPart(shell, url) {
  const answer = await fetch(url);
  if (!answer.ok) return;
  const text = await answer.clone().text();
  await shell.put(keyOf(url.href), answer);
  const later = [...text.matchAll(/import\('(\.\/[^']+)'\)/g)].map(([, path]) => new URL(path, url));
  await Promise.all(later.map((one) => keepPart(shell, one)));
}

/** A page; where there is no connection and it was not kept, one that says so. */
async function opened(request, keepIn) {
  const answer = await fresh(request, keepIn);
  return answer.type === 'error' ? offlinePage() : answer;
}

/** Kept is what was finished, whichever number it had. */
function keptAs(url) {
  url.searchParams.delete('edition');
  return url.pathname + url.search;
}

/** Scripts and styles are named by their content, drawings have a version; of each only the newest is kept. */
const keyOf = (url) => url.replace(/\?v=[^&]*$/, '').replace(/\.[0-9a-f]{12}(\.\w+)$/, '$1');

/** From the service, and kept; else what was kept. */
async function fresh(request, keepIn) {
  const answer = await fetch(request).catch(() => null);
  if (answer?.status === 404) return (await marked(await keptFor(request), 'gone')) ?? answer;
  if (!answer || AWAY.includes(answer.status)) return (await marked(await keptFor(request), 'away')) ?? answer ?? Response.error();
  if (answer.ok && !answer.redirected && keepIn) (await caches.open(keepIn)).put(keyOf(request.url), answer.clone());
  return answer;
}

/** What was kept, which says why it came. */
async function marked(kept, why) {
  if (!kept) return null;
  const headers = new Headers(kept.headers);
  for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name); // it is unpacked by now
  headers.set('X-Vorleser-Kept', why);
  return new Response(await kept.blob(), { status: kept.status, headers });
}

const keptFor = (request) => caches.match(keyOf(request.url), { ignoreSearch: true });

/** The service has another track by now: then what is kept is fetched anew, in the background. */
async function isOld(kept, url, path) {
  const now = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (!now || now.status >= 500 || now.status === 404 || now.headers.get('etag') === kept.headers.get('etag')) return false;
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

const GERMAN = {
  language: 'de', title: 'Keine Verbindung', home: 'Zur Startseite',
  text: 'Diese Seite ist nicht offline gespeichert. Sie öffnet sich von selbst, sobald die Verbindung wieder da ist.',
  saved: 'Offline verfügbar',
};
const ENGLISH = {
  language: 'en', title: 'No connection', home: 'To the front page',
  text: 'This page is not kept offline. It opens by itself as soon as the connection is back.',
  saved: 'Available offline',
};

/** Says that there is no connection, and what can be heard without one. */
async function offlinePage() {
  const wished = navigator.languages.find((tag) => /^(de|en)\b/i.test(tag)) ?? 'en';
  const words = /^de/i.test(wished) ? GERMAN : ENGLISH;
  const shelf = await caches.open(SHELF);
  const kept = (await shelf.keys()).filter(({ url }) => /\/api\/articles\/[^/?]+\?/.test(url));
  const articles = await Promise.all(kept.map(async (one) => (await shelf.match(one)).json()));
  const items = articles.map(({ id, title }) => `<li><a href="${ROOT}/articles/${id}">${escaped(title)}</a></li>`).join('');
  const list = items && `<h2>${words.saved}</h2><ul class="list">${items}</ul>`;
  return new Response(`<!doctype html><html lang="${words.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${words.title} · Vorleser</title><link rel="stylesheet" href="${ROOT}/static/page.css"></head><body>
<header class="head"><a class="brand" href="${ROOT}/">Vorleser</a></header>
<main id="main"><section class="card sign-in"><h1>${words.title}</h1><p>${words.text}</p>${list}
<p><a href="${ROOT}/">${words.home}</a></p></section></main>
<script>addEventListener('online', () => location.reload())</script></body></html>`,
  { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

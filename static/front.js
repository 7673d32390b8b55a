/** The front page: text, link or file in; the voice begins; the library and the queue below. */

import './vorleser-player.js';
import { ask, Problem, ROOT } from './api.js';
import { Compose } from './compose.js';
import { Library } from './library.js';
import { offerBookmarklet, prepare } from './page.js';
import { problem, t } from './page-strings.js';
import { Pending } from './pending.js';
import { showPending } from './pending-list.js';
import { QueueList } from './queue-list.js';
import { stageOf } from './stage.js';

prepare();

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));

const player = /** @type {Player} */ (find('vorleser-player'));
const { places, queue, onward } = stageOf(player);
const library = new Library(find('#library'), player, queue, play);
const pending = new Pending();
const compose = new Compose(player, {
  listen: (manifest) => places.listen(manifest),
  keep: (waiting) => queue.addLast(waiting),
  made,
  complain: (text) => places.say(text),
}, pending);
new QueueList(find('#queue'), queue, take);

document.querySelector('#example')?.addEventListener('click', (event) => {
  event.preventDefault();
  play(/** @type {HTMLElement} */ (event.currentTarget).dataset.id ?? '');
});
pending.addEventListener('sent', (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  made([...(detail.articles ?? [detail])].reverse());
});
showPending(find('#queue'), pending);
offerBookmarklet(find('#bookmarklet'));
if (compose.source.value && location.search) takeShared();

/** What another page or app handed over is not read before the person says so. */
function takeShared() {
  history.replaceState(null, '', `${ROOT}/`);
  compose.first.focus();
}

/** @param {Summary[]} articles that are in the library by now */
function made(articles) {
  library.catalogue.add(...articles);
  if (articles.length > 1) library.catalogue.refreshCollections();
}

/** @param {string} id */
function play(id) {
  const { manifest } = player.store;
  return listen(async () => (manifest?.id === id ? manifest : ask(`${ROOT}/api/articles/${id}?edition=finished`)));
}

/** @param {import('./queue.js').Waiting} waiting */
function take(waiting) {
  return listen(() => onward.take(waiting));
}

/** Plays what is got; what cannot be had leaves alone what plays. @param {() => Promise<Manifest | null>} get */
async function listen(get) {
  player.store.unlock();
  compose.complain('');
  try {
    const manifest = await get();
    if (manifest) await places.listen(manifest);
  } catch (error) {
    const isAway = error instanceof Problem && !error.status;
    compose.complain(isAway ? t('away') : problem(error));
  }
}

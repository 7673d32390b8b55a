/** The front page: text, link or file in; the voice begins; the library and the queue below. */

import './vorleser-player.js';
import { ask, ROOT } from './api.js';
import { Compose } from './compose.js';
import { Library } from './library.js';
import { Onward } from './onward.js';
import { offerBookmarklet, prepare } from './page.js';
import { problem } from './page-strings.js';
import { Queue } from './queue.js';
import { QueueList } from './queue-list.js';

prepare();

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));

const home = find('#home');
const player = /** @type {Player} */ (find('vorleser-player'));
const queue = new Queue();
const library = new Library(find('#library'), player, queue, play);
const onward = new Onward(player, queue, playOn);
const compose = new Compose(player, {
  listen,
  keep: (waiting) => queue.addLast(waiting),
  made: (made) => {
    library.catalogue.add(...made);
    if (made.length > 1) library.catalogue.refreshCollections();
  },
});
new QueueList(find('#queue'), queue, take);

document.querySelector('#example')?.addEventListener('click', (event) => {
  event.preventDefault();
  play(/** @type {HTMLElement} */ (event.currentTarget).dataset.id ?? '');
});
goWithoutStopping(find('.brand'), `${ROOT}/`);
goWithoutStopping(player.controls.title);
addEventListener('popstate', show);
offerBookmarklet(find('#bookmarklet'));
if (compose.source.value && location.search) takeShared();
show();

/** A link within this page: the voice goes on. @param {HTMLElement} link @param {string} [address] else what plays */
function goWithoutStopping(link, address) {
  link.addEventListener('click', (event) => {
    if (player.hidden || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = address ? undefined : player.getAttribute('article');
    history.pushState({ id }, '', address ?? `${ROOT}/articles/${id}`);
    show();
  });
}

/** What another page or app handed over is not read before the person says so. */
function takeShared() {
  history.replaceState(null, '', `${ROOT}/`);
  compose.first.focus();
}

/** @param {string} id */
async function play(id) {
  player.audio.load();
  if (player.getAttribute('article') === id) return listen(null, id);
  try {
    listen(await ask(`${ROOT}/api/articles/${id}?edition=finished`));
  } catch (error) {
    compose.complain(problem(error));
  }
}

/** @param {import('./queue.js').Waiting} waiting */
async function take(waiting) {
  player.audio.load();
  try {
    const manifest = await onward.take(waiting);
    if (manifest) listen(manifest);
  } catch (error) {
    compose.complain(problem(error));
  }
}

/** @param {Manifest | null} manifest null: the one that is there @param {string} [id] */
function listen(manifest, id = manifest?.id) {
  if (manifest) player.show(manifest);
  player.hidden = false;
  history.pushState({ id }, '', `${ROOT}/articles/${id}`);
  show();
  player.store.play();
  player.focusText();
}

/** What is next begins; only who reads what is over is taken along. @param {Manifest} manifest */
function playOn(manifest) {
  const isRead = home.hidden;
  player.show(manifest);
  player.hidden = false;
  if (isRead) history.replaceState({ id: manifest.id }, '', `${ROOT}/articles/${manifest.id}`);
  show();
  player.store.play();
}

/** Either the home page, with the bar of what plays below, or the text of what plays. */
function show() {
  const isReading = !!history.state?.id && history.state.id === player.getAttribute('article');
  home.hidden = isReading;
  player.toggleAttribute('folded', !isReading);
  document.title = isReading ? `${player.store.manifest?.title} · Vorleser` : 'Vorleser';
  if (isReading) scrollTo(0, 0);
}

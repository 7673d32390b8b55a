/** The front page: text, link or file in; the voice begins; the library and the queue below. */

import './vorleser-player.js';
import { ask, ROOT } from './api.js';
import { Library } from './library.js';
import { offerBookmarklet, prepare } from './page.js';
import { problem, t } from './page-strings.js';
import { placesOf } from './places.js';

prepare();

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));

const form = /** @type {HTMLFormElement} */ (find('#new'));
const source = /** @type {HTMLTextAreaElement} */ (find('#source'));
const voice = /** @type {HTMLSelectElement} */ (find('#voice'));
const file = /** @type {HTMLInputElement} */ (find('#file'));
const button = /** @type {HTMLButtonElement} */ (find('#read'));
const trouble = find('#trouble');
const player = /** @type {Player} */ (find('vorleser-player'));
const places = placesOf(player);
const library = new Library(find('#library'), find('#queue'), player, play);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = source.value.trim();
  if (!text) return complain(t('empty'));
  const url = addressIn(text);
  post({ json: { ...(url ? { url } : { text }), ...chosen() } });
});
source.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || addressIn(source.value.trim()))) return;
  event.preventDefault();
  form.requestSubmit();
});
file.addEventListener('change', () => file.files?.[0] && send(file.files[0]));
voice.addEventListener('change', hint);
document.querySelector('#example')?.addEventListener('click', (event) => {
  event.preventDefault();
  play(/** @type {HTMLElement} */ (event.currentTarget).dataset.id ?? '');
});
for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) addEventListener(name, dragged);
player.addEventListener('vorleser-ended', (event) => {
  if (!(/** @type {CustomEvent} */ (event).detail.isBedtime)) library.playNext();
});
offerBookmarklet(find('#bookmarklet'));
if (source.value && location.search) takeShared();
hint();

/** The address that a text is, also one without https; '' for any other text. @param {string} text */
function addressIn(text) {
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  return /^([\p{L}\d-]+\.)+\p{L}{2,}(:\d+)?([/?#]\S*)?$/iu.test(text) ? 'https://' + text : '';
}

/** What another page or app handed over is not read before the person says so. */
function takeShared() {
  history.replaceState(null, '', `${ROOT}/`);
  button.focus();
}

function chosen() {
  return voice.value ? { voice: voice.value } : {};
}

/** What the chosen voice means for the text. */
function hint() {
  const chosen = voice.selectedOptions[0];
  find('#voice-hint').textContent = chosen ? t(chosen.dataset.online === 'true' ? 'online' : 'local', { name: chosen.text }) : '';
}

/** @param {File} content */
function send(content) {
  const data = new FormData();
  data.append('file', content);
  if (voice.value) data.append('voice', voice.value);
  post({ form: data });
  file.value = '';
}

/** @param {{json?: unknown, form?: FormData}} request */
async function post(request) {
  complain('');
  player.audio.load(); // some browsers let a page play only from within the click
  form.ariaBusy = 'true';
  button.disabled = true;
  const word = /** @type {Element} */ (button.lastElementChild);
  word.textContent = t('busy');
  try {
    const manifest = await ask(`${ROOT}/api/articles`, { method: 'POST', ...request });
    source.value = '';
    places.listen(manifest);
    library.add(manifest);
  } catch (error) {
    complain(problem(error));
  } finally {
    form.ariaBusy = null;
    button.disabled = false;
    word.textContent = t('read');
  }
}

/** @param {string} id */
async function play(id) {
  player.audio.load();
  const { manifest } = player.store;
  try {
    await places.listen(manifest?.id === id ? manifest : await ask(`${ROOT}/api/articles/${id}?edition=finished`));
  } catch (error) {
    complain(problem(error));
  }
}

/** @param {string} text '' for: all is well */
function complain(text) {
  trouble.hidden = !text;
  trouble.textContent = text;
  if (text) source.focus();
}

/** @param {Event} event */
function dragged(event) {
  const { dataTransfer, type } = /** @type {DragEvent} */ (event);
  if (!dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  form.classList.toggle('drop', type === 'dragenter' || type === 'dragover');
  if (type === 'drop' && dataTransfer.files[0]) send(dataTransfer.files[0]);
}

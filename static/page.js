/** What all of the service's own pages need. */

import { keyring, ROOT } from './api.js';
import { better, renew } from './better-voice.js';
import { h } from './dom.js';
import { date, t, translate } from './page-strings.js';
import { language } from './strings.js';

export function prepare() {
  document.documentElement.lang = language;
  translate(document);
  for (const time of document.querySelectorAll('time')) time.textContent = date(time.dateTime);
  keyring.ask = askForKey;
  keyring.signIn = () => location.reload(); // the service leads to where one signs in, and back
  const place = /** @type {HTMLElement | null} */ (document.querySelector('#better'));
  if (place) {
    place.append(better(ROOT, () => renew(ROOT, document.querySelector('#voice'))));
    place.hidden = false; // what is in it stays hidden from who may not write
  }
  navigator.serviceWorker?.register(`${ROOT}/sw.js`).catch(() => {});
}

/**
 * A link for the bookmarks bar that brings the page one is on here, in a tab of its own;
 * on this page itself it does nothing.
 * @param {HTMLElement} hint
 */
export function offerBookmarklet(hint) {
  const open = `((u)=>open(u)||(location.href=u))(${JSON.stringify(`${location.origin}${ROOT}/?url=`)}+encodeURIComponent(location.href))`;
  const link = hint.querySelector('a');
  link?.setAttribute('href', `javascript:${encodeURIComponent(`void ${open}`)}`);
  link?.addEventListener('click', (event) => event.preventDefault());
  hint.hidden = false;
}

/** @returns {Promise<string | null>} the API key, null if the person has none */
function askForKey() {
  const input = h('input', { type: 'password', name: 'key', required: true, autocomplete: 'off', 'aria-label': t('keyLabel') });
  const dialog = h('dialog', { class: 'card', 'aria-label': t('keyTitle') },
    h('form', { method: 'dialog' }, h('h2', {}, t('keyTitle')), h('p', {}, t('keyHint')), input,
      h('div', { class: 'actions' },
        h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, t('cancel')),
        h('button', { class: 'button main', value: 'ok' }, t('ok')))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener('close', () => {
    dialog.remove();
    done(dialog.returnValue === 'ok' ? input.value.trim() : null);
  }));
}

/** What stands in the page's panel: what can be done with an article, a book, a collection. */

import { ask, ROOT } from './api.js';
import { h, icon } from './dom.js';
import { problem, t } from './page-strings.js';

/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./catalogue.js').Entry} Entry */

/** @type {Record<string, (library: Library) => View>} */
export const SHEETS = { more, rename, collections, collection, subscribe };

/** @param {Icon} drawing @param {string} text @param {() => void} act @param {string} [kind] */
const act = (drawing, text, act, kind = '') =>
  h('button', { type: 'button', class: `row ${kind}`, onclick: act }, icon(drawing), h('span', {}, text));

/** One field and what is done with it; errors are said below. @param {string} label @param {string} value @param {string} verb @param {(text: string) => Promise<void>} done */
function form(label, value, verb, done) {
  const input = h('input', { type: 'text', 'aria-label': label, placeholder: label, value, required: true, maxlength: 200, autocomplete: 'off' });
  const said = h('p', { class: 'hint', role: 'alert' });
  const fields = h('form', {}, input, h('button', { class: 'chip' }, verb));
  fields.addEventListener('submit', async (event) => {
    event.preventDefault();
    said.textContent = '';
    await done(input.value.trim()).then(() => (input.value = value), (error) => (said.textContent = problem(error)));
  });
  return [fields, said];
}

/** @param {Library} library @returns {View} */
function more(library) {
  const { queue, panel } = library;
  const entry = /** @type {Entry} */ (library.subject);
  const close = (/** @type {() => void} */ what) => () => {
    panel.dialog.close();
    what();
  };
  const said = (/** @type {import('./page-strings.js').PageKey} */ key) => library.say(t(key, { title: entry.title }));
  return {
    title: entry.title,
    content: [
      act('next', t('playNext'), close(() => (queue.addNext(entry), said('addedNext')))),
      act('add', t('playLast'), close(() => (queue.addLast(entry), said('addedLast')))),
      act('edit', t('rename'), () => panel.show('rename')),
      entry.parts
        ? act('podcast', t('subscribe'), () => panel.show('subscribe'))
        : act('list', t('collections'), () => panel.show('collections')),
      act('trash', t('remove'), close(() => library.remove(entry)), 'danger'),
    ],
  };
}

/** @param {Library} library @returns {View} */
function rename(library) {
  const { panel, catalogue } = library;
  const { name, id, title } = /** @type {Entry} */ (library.subject);
  const done = async (/** @type {string} */ text) => {
    if (name) await retitle(library, name, text);
    else catalogue.update(id, await ask(`${ROOT}/api/articles/${id}`, { method: 'PATCH', json: { title: text } }));
    panel.dialog.close();
  };
  const hint = h('p', { class: 'hint' }, t(name ? 'renameCollectionHint' : 'renameHint'));
  return { title: t('rename'), isBelow: true, content: [hint, ...form(t('title'), title, t('save'), done)] };
}

/** @param {Library} library @param {string} name of a collection @param {string} title */
async function retitle({ catalogue }, name, title) {
  await ask(`${ROOT}/api/collections/${name}`, { method: 'PATCH', json: { title } });
  await catalogue.refreshCollections();
}

/** @param {Library} library @returns {View} */
function collections(library) {
  const { catalogue } = library;
  const { id } = /** @type {Entry} */ (library.subject);
  const chosen = new Set(catalogue.articles.find((one) => one.id === id)?.collections);
  const list = h('div', {});
  const said = h('p', { class: 'hint', role: 'alert' });
  const put = async (/** @type {string} */ name, /** @type {boolean} */ isIn) => {
    chosen[isIn ? 'add' : 'delete'](name);
    const { collections } = await ask(`${ROOT}/api/articles/${id}`, { method: 'PATCH', json: { collections: [...chosen] } });
    catalogue.update(id, { collections });
    await catalogue.refreshCollections();
  };
  const show = () => list.replaceChildren(...catalogue.collections.filter((one) => !one.is_book).map(({ name, title }) => {
    const box = h('input', { type: 'checkbox', checked: chosen.has(name) });
    box.addEventListener('change', () => put(name, box.checked).catch((error) => {
      box.checked = !box.checked;
      said.textContent = problem(error);
    }));
    return h('label', { class: 'row' }, box, h('span', {}, title));
  }));
  const make = async (/** @type {string} */ title) => {
    const { name } = await ask(`${ROOT}/api/collections`, { method: 'POST', json: { title } });
    await put(name, true);
    show();
  };
  show();
  return { title: t('collections'), isBelow: true, content: [list, said, ...form(t('newCollection'), '', t('add'), make)] };
}

/** @param {Library} library @returns {View} */
function collection(library) {
  const { catalogue, panel } = library;
  const { name, title } = /** @type {Collection} */ (library.subject);
  const done = async (/** @type {string} */ text) => {
    await retitle(library, name, text);
    panel.dialog.close();
  };
  const dissolve = async () => {
    await ask(`${ROOT}/api/collections/${name}`, { method: 'DELETE' });
    panel.dialog.close();
    await Promise.all([catalogue.refreshCollections(), catalogue.refresh()]);
  };
  return {
    title,
    content: [
      act('podcast', t('subscribe'), () => panel.show('subscribe')),
      h('p', { class: 'hint' }, t('renameCollectionHint')), ...form(t('title'), title, t('rename'), done),
      act('trash', t('dissolve'), () => dissolve().catch((error) => library.say(problem(error))), 'danger'),
    ],
  };
}

/** @param {Library} library @returns {View} */
function subscribe(library) {
  const { name, title } = /** @type {{name?: string, title?: string}} */ (library.subject ?? {});
  const path = name ? `/feeds/${name}` : '/feed';
  const { feed = '' } = library.shelf.dataset;
  const plain = feed.replace('/feed.xml', `${path}.xml`);
  const body = h('div', {}, ...(library.shelf.dataset.private ? lock() : address(plain, `${ROOT}${path}.svg`)));
  /** A private library: podcast apps cannot sign in, so the address carries a key of its own. */
  function lock() {
    const make = act('add', t('makeKey'), async () => {
      const { token } = await ask(`${ROOT}/api/tokens`, { method: 'POST', json: { name: `Podcast ${title ?? ''}`.trim() } });
      body.replaceChildren(...address(`${plain}?token=${token}`, `${ROOT}${path}.svg?token=${token}`));
    });
    return [h('p', { class: 'hint' }, t('privateFeed')), make];
  }
  return { title: title ? `${t('subscribe')}: ${title}` : t('subscribe'), content: [body] };
}

/** @param {string} url @param {string} code where its QR code is */
function address(url, code) {
  const input = h('input', { readonly: true, value: url, 'aria-label': t('feedAddress') });
  const copy = h('button', { type: 'button', class: 'chip', onclick: async () => {
    input.select();
    await navigator.clipboard.writeText(url).catch(() => document.execCommand('copy'));
    copy.textContent = t('copied');
  } }, t('copy'));
  const isHereOnly = /^(localhost|127\.|\[::1)/.test(new URL(url).hostname);
  return [
    h('p', { class: 'hint' }, t('subscribeHint')),
    h('img', { class: 'code', src: code, alt: t('feedCode') }),
    h('div', { class: 'field' }, input, copy),
    isHereOnly && h('p', { class: 'hint' }, t('hereOnly')),
  ].filter((one) => one instanceof Node);
}

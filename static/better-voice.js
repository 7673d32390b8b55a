/** Better voices, fetched from the page by who may write; who only listens sees nothing of it. */

import { ask, keyOf } from './api.js';
import { h } from './dom.js';
import { fill, language, percent, tell, told } from './strings.js';

/** @satisfies {Record<string, [string, string]>} German, English */
const WORDS = {
  title: ['Eine natürlichere Stimme einrichten', 'Set up a more natural voice'],
  about: ['{title}: {size} MB, Lizenz {licence}', '{title}: {size} MB, licence {licence}'],
  fetch: ['{title} herunterladen', 'Download {title}'],
  again: ['Noch einmal versuchen', 'Try again'],
  coming: ['{title} wird geladen', '{title} is being fetched'],
  share: ['{percent} von {size} MB', '{percent} of {size} MB'],
  ready: ['{title} ist da und steht zur Wahl.', '{title} is here and can be chosen.'],
};
const EVERY_MS = 1000;

/**
 * @typedef {{name: string, title: string, licence: string, size: number, there: number,
 *   state: 'absent' | 'fetching' | 'ready' | 'failed', terms: string | null, error: string | null}} Offer
 */

/**
 * What can be fetched, hidden until it is known that there is something.
 * @param {string} base address of the service @param {() => void} onReady a voice has come
 */
export function better(base, onReady) {
  const content = h('div', {});
  const element = h('details', { class: 'better', hidden: true }, h('summary', {}, fill(WORDS.title)), content);
  const shown = new Map();
  const look = async () => {
    const offers = await offersOf(base);
    element.hidden = !offers.length;
    for (const offer of offers) {
      const before = shown.get(offer.name);
      if (before?.state === 'fetching' && offer.state === 'ready') onReady();
      if (offer.state === 'fetching') element.open = true;
      const told = before?.state === offer.state ? before : { state: offer.state, ...drawn(offer, start) };
      told.update(offer);
      if (told !== before) before ? before.node.replaceWith(told.node) : content.append(told.node);
      shown.set(offer.name, told);
    }
    const isComing = offers.some((one) => one.state === 'fetching');
    if (isComing && element.isConnected) setTimeout(look, EVERY_MS);
  };
  const start = async (/** @type {Offer} */ { name }, /** @type {HTMLElement} */ said) => {
    try {
      await ask(`${base}/api/voices/downloads`, { method: 'POST', json: { name } });
      await look();
    } catch (error) {
      said.textContent = tell(/** @type {import('./api.js').Problem} */ (error).said);
    }
  };
  look();
  return element;
}

/** Puts the voices that there are by now to choice. @param {string} base @param {HTMLSelectElement | null} select */
export async function renew(base, select) {
  /** @type {{voices: {id: string, name: string, online: boolean, available: boolean, default: boolean}[]}} */
  const { voices } = await ask(`${base}/api/voices`);
  const options = voices.map((one) => h('option', { value: one.id, selected: one.default, disabled: !one.available, 'data-online': one.online }, one.name));
  select?.replaceChildren(...options);
  select?.dispatchEvent(new Event('change'));
}

/** @param {string} base @returns {Promise<Offer[]>} none for who may not write, or where nothing answers */
async function offersOf(base) {
  const key = keyOf();
  const headers = key ? { Authorization: `Bearer ${key}` } : undefined;
  const answer = await fetch(`${base}/api/voices/downloads`, { headers, credentials: 'same-origin' }).catch(() => null);
  return answer?.ok ? (await answer.json()).downloads : [];
}

/**
 * An offer as it is now: what it is, how far it is, or that it has come.
 * @param {Offer} offer @param {(offer: Offer, said: HTMLElement) => void} start
 * @returns {{node: HTMLElement, update: (offer: Offer) => void}}
 */
function drawn(offer, start) {
  const { title, licence } = offer;
  const values = { title, licence, size: megabytes(offer.size) };
  if (offer.state === 'ready') {
    return { node: h('p', { class: 'hint', role: 'status' }, fill(WORDS.ready, values)), update: () => {} };
  }
  if (offer.state === 'fetching') return progress(offer);
  const said = h('p', { class: 'hint', role: 'alert' }, told(offer, 'error'));
  const button = h('button', { type: 'button', class: 'chip button', onclick: () => start(offer, said) },
    fill(offer.state === 'failed' ? WORDS.again : WORDS.fetch, values));
  const about = [fill(WORDS.about, values), told(offer, 'terms')].filter(Boolean).join('. ');
  return { node: h('div', {}, h('p', { class: 'hint' }, about), said, button), update: () => {} };
}

/** @param {Offer} offer */
function progress(offer) {
  const bar = h('progress', { max: 1, 'aria-label': fill(WORDS.coming, { title: offer.title }) });
  const text = h('span', {});
  const node = h('p', { class: 'hint' }, h('span', { role: 'status' }, fill(WORDS.coming, { title: offer.title })), ' ', bar, ' ', text);
  const update = (/** @type {Offer} */ { there, size }) => {
    bar.value = size ? there / size : 0;
    text.textContent = fill(WORDS.share, { percent: percent(Math.floor(bar.value * 100) / 100), size: megabytes(size) });
  };
  return { node, update };
}

/** @param {number} bytes */
const megabytes = (bytes) => new Intl.NumberFormat(language).format(Math.round(bytes / 1e6));

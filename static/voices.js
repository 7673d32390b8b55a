/** The voice's sheet: which voice reads the article, which ones parts of it, and better ones. */

import { ask } from './api.js';
import { better } from './better-voice.js';
import { h, icon } from './dom.js';
import { showNotice } from './notice.js';
import { sample } from './samples.js';
import { fill, language, tell, told } from './strings.js';
import { isInWork } from './timeline.js';
import { t } from './view-strings.js';

/** @satisfies {Record<string, [string, string]>} German, English */
const WORDS = {
  others: ['Weitere Stimmen in diesem Artikel', 'More voices in this article'],
  same: ['Wie der Artikel', 'As the article'],
  question: ['Fragen in anderer Stimme', 'Questions in another voice'],
  speaker: ['{name} in anderer Stimme', '{name} in another voice'],
  quote: ['Zitate in anderer Stimme', 'Quotations in another voice'],
  heading: ['Überschriften in anderer Stimme', 'Headings in another voice'],
  language: ['{name}: in anderer Stimme', '{name}: in another voice'],
  online: ['{name} (online: Text wird gesendet)', '{name} (online: text is sent)'],
  cast: ['Wird neu gesprochen.', 'Being spoken anew.'],
};

/** @typedef {{id: string, name: string, online: boolean, available: boolean}} Voice */

/** @param {Player} player @returns {View} */
export function voice(player) {
  const { store } = player;
  const list = h('div', {});
  const notice = h('p', { class: 'hint', role: 'status' }, about(store));
  const failure = failureOf(player, () => settle(store, notice));
  const fail = (/** @type {import('./api.js').Problem} */ error) => void (notice.textContent = tell(error.said) || t('offline'));
  const show = () =>
    ask(store.address('/api/voices')).then((/** @type {{voices: Voice[]}} */ { voices }) => {
      voices.sort((one, other) => Number(other.available) - Number(one.available));
      list.replaceChildren(...voices.map((one) => row(player, one, fail)), ...others(player, voices, notice, fail));
    }, fail);
  show();
  return { title: t('voice'), isBelow: true, content: [notice, failure, list, better(store.base, show)] };
}

/** What there is to know before one chooses. @param {Store} store */
const about = ({ manifest }) => told(manifest, 'note') || t('voiceHint');

/** Being spoken anew is told until it is over. @param {Store} store @param {HTMLElement} notice */
function settle(store, notice) {
  const isTold = notice.textContent === fill(WORDS.cast);
  if (isTold && store.manifest && !isInWork(store.manifest)) notice.textContent = about(store);
}

/** What failed and what can be done, as above the bar, which the sheet covers. @param {Player} player @param {() => void} onNews */
function failureOf({ store, panel }, onNews) {
  const line = h('div', { class: 'notice', role: 'status', hidden: true });
  const over = new AbortController();
  const update = () => {
    showNotice(line, store, '', null);
    onNews();
  };
  for (const name of ['change', 'manifest']) store.addEventListener(name, update, { signal: over.signal });
  panel.dialog.addEventListener('close', () => over.abort(), { once: true });
  showNotice(line, store, '', null);
  return line;
}

/** @param {Player} player @param {Voice} one @param {(error: any) => void} fail */
function row(player, { id, name, online, available }, fail) {
  const hint = available ? t(online ? 'online' : 'local', { name }) : t('unavailable');
  const choose = () => change(player, { voice: id }).then(() => player.panel.dialog.close(), fail);
  const chosen = option(name, id === player.store.manifest?.voice, choose, hint, !available);
  return available ? h('div', { class: 'pair' }, chosen, sample(player, { id, name })) : chosen;
}

/** @param {Player} player @param {{voice?: string, cast?: Record<string, string>}} wanted */
async function change({ store }, wanted) {
  const manifest = await ask(store.address(`/api/articles/${store.manifest?.id}`), { method: 'PATCH', json: wanted });
  store.show(manifest);
  if (location.pathname === manifest.page) history.replaceState(null, '', `?edition=${manifest.edition}${location.hash}`);
}

/**
 * What may be read by another voice, as far as the article has it.
 * @param {Player} player @param {Voice[]} voices @param {HTMLElement} notice @param {(error: any) => void} fail
 */
function others(player, voices, notice, fail) {
  const { manifest } = player.store;
  const parts = manifest ? partsOf(manifest) : [];
  const usable = voices.filter((one) => one.available);
  if (!parts.length || usable.length < 2) return [];
  const choices = parts.map(({ names, label }) => {
    const said = usable.map((one) => [one.id, one.online ? fill(WORDS.online, { name: one.name }) : one.name]);
    const options = [['', fill(WORDS.same)], ...said].map(([value, text]) => h('option', { value }, text));
    const chosen = h('select', { 'data-own': true }, ...options);
    chosen.value = manifest?.cast?.[names[0]] ?? '';
    chosen.addEventListener('change', () => {
      const cast = { ...player.store.manifest?.cast };
      for (const name of names) {
        if (chosen.value) cast[name] = chosen.value;
        else delete cast[name];
      }
      change(player, { cast }).then(() => {
        notice.textContent = fill(WORDS.cast);
        settle(player.store, notice);
      }, (error) => {
        chosen.value = player.store.manifest?.cast?.[names[0]] ?? '';
        fail(error);
      });
    });
    return h('label', { class: 'row' }, h('span', {}, label), chosen);
  });
  const isOpen = Object.keys(manifest?.cast ?? {}).length > 0;
  return [h('details', { class: 'better', open: isOpen }, h('summary', {}, fill(WORDS.others)), ...choices)];
}

/** @param {Manifest} manifest @returns {{names: string[], label: string}[]} */
function partsOf({ paragraphs }) {
  const has = (/** @type {(one: Paragraph) => boolean} */ is) => paragraphs.some(is);
  const all = (/** @type {(one: Paragraph) => string | undefined} */ of) => [...new Set(paragraphs.map(of))].filter((one) => one !== undefined);
  const speakers = all((one) => (one.role === 'question' ? undefined : (one.speaker ?? undefined)));
  const languages = all((one) => one.language?.split('-')[0].toLowerCase());
  const inWords = new Intl.DisplayNames(language, { type: 'language' });
  return [
    ...(has((one) => one.role === 'question') ? [{ names: ['question'], label: fill(WORDS.question) }] : []),
    ...(speakers.length > 1 ? speakers.map((name) => ({ names: [`speaker:${name}`], label: fill(WORDS.speaker, { name }) })) : []),
    ...(has((one) => one.kind === 'quote') ? [{ names: ['quote'], label: fill(WORDS.quote) }] : []),
    ...(has((one) => one.kind === 'heading') ? [{ names: ['heading', 'title'], label: fill(WORDS.heading) }] : []),
    ...languages.map((code) => ({ names: [`language:${code}`], label: fill(WORDS.language, { name: inWords.of(code) ?? code }) })),
  ];
}

/** @param {string} text @param {boolean} isChosen @param {() => void} act @param {string} [hint] @param {boolean} [isOff] */
export function option(text, isChosen, act, hint, isOff = false) {
  const label = h('span', {}, text, hint && h('small', {}, hint));
  return h('button', { type: 'button', class: 'row option', 'aria-pressed': String(isChosen), disabled: isOff, onclick: act }, label, isChosen && icon('check'));
}

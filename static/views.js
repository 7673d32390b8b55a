/** What stands in the panel: speed, sleep timer, voice, sharing, embedding, lines left out, keys. */

import { chapters, toChapters } from './chapters.js';
import { request } from './controls.js';
import { h, icon } from './dom.js';
import { marking } from './marking.js';
import { hasLetterKeys, write, LETTERS } from './memory.js';
import { canSave, isSaved, save, unsave } from './offline.js';
import { REASONS } from './reasons.js';
import { clock, leftOutTitle, span, tell, times } from './strings.js';
import { t } from './view-strings.js';
import { option, voice } from './voices.js';

const RATES = [0.75, 1, 1.25, 1.5, 2];
const MINUTES = [5, 10, 15, 30, 45, 60];

/** @type {Record<string, (player: Player) => View>} */
export const VIEWS = { more, chapters, speed, sleep, voice, embed, leftOut, keys };

/** @param {Player} player @returns {View} */
function more(player) {
  const { store } = player;
  const { manifest } = store;
  // on other people's pages browsers open a download in place of the page
  const target = player.isOwn ? null : '_blank';
  const link = h('a', { class: 'row', href: store.place(manifest?.audio), download: `${manifest?.title}.mp3`, target }, icon('download'), t('download'));
  const share = row('share', t('share', { time: clock(store.time) }), () => handOn(store, share));
  return {
    title: t('more'),
    content: [
      volume(player),
      marking(store),
      toChapters(player),
      row('moon', t('sleep'), () => player.panel.show('sleep')),
      player.isOwn && row('voice', t('voice'), () => player.panel.show('voice')),
      link,
      share,
      row('embed', t('embed'), () => player.panel.show('embed')),
      player.isOwn && canSave() && store.isReady && offline(player),
      row('keys', t('keys'), () => player.panel.show('keys')),
    ].filter((item) => item instanceof Node),
  };
}

/** Hands on a link to this place in the article. @param {Store} store @param {HTMLElement} said where to say so */
async function handOn({ manifest, base, time }, said) {
  const url = `${base}/articles/${manifest?.id}#t=${Math.floor(time)}`;
  if (navigator.share && matchMedia('(pointer: coarse)').matches) {
    return navigator.share({ title: manifest?.title, url }).catch(() => {});
  }
  await navigator.clipboard.writeText(url).catch(() => prompt(t('shared'), url));
  /** @type {HTMLElement} */ (said.lastChild).textContent = t('shared');
}

/** @param {Icon} drawing @param {string} text @param {() => void} act @param {Record<string, unknown>} [more] */
function row(drawing, text, act, more = {}) {
  return h('button', { type: 'button', class: 'row', onclick: act, ...more }, icon(drawing), h('span', {}, text));
}

/** @param {Player} player */
function volume({ store }) {
  const range = h('input', { type: 'range', min: 0, max: 1, step: 0.05, value: store.audio.volume, 'aria-label': t('volume'), 'data-own': true });
  range.addEventListener('input', () => request(range, 'volume', range.valueAsNumber));
  return h('label', { class: 'row' }, icon('volume'), range);
}

/** @param {Player} player */
function offline(player) {
  const { store } = player;
  const id = store.manifest?.id ?? '';
  const button = row('offline', t('saveOffline'), async () => {
    const text = /** @type {HTMLElement} */ (button.lastChild);
    if (await isSaved(id)) await unsave(id);
    else {
      text.textContent = t('saving');
      await Promise.all([save(id), player.light()]).catch(() => {});
    }
    show();
  });
  const show = async () => {
    const is = await isSaved(id);
    /** @type {HTMLElement} */ (button.lastChild).textContent = t(is ? 'savedOffline' : 'saveOffline');
    button.setAttribute('aria-pressed', String(is));
  };
  show();
  return button;
}

/** @param {Player} player @returns {View} */
function speed({ store }) {
  const shown = h('output', { class: 'big' }, times(store.rate));
  const range = h('input', { type: 'range', min: 0.5, max: 3, step: 0.05, value: store.rate, 'aria-label': t('speed'), 'data-own': true });
  const set = (/** @type {number} */ rate) => {
    request(range, 'rate', rate);
    range.valueAsNumber = store.rate;
    shown.textContent = times(store.rate);
    range.setAttribute('aria-valuetext', times(store.rate));
    for (const chip of chips) chip.setAttribute('aria-pressed', String(chip.value === String(store.rate)));
  };
  range.addEventListener('input', () => set(range.valueAsNumber));
  const chips = RATES.map((rate) => h('button', { type: 'button', class: 'chip', value: rate, 'aria-pressed': String(rate === store.rate), onclick: () => set(rate) }, times(rate)));
  return { title: t('speed'), content: [shown, range, h('div', { class: 'chips' }, ...chips)] };
}

/** @param {Player} player @returns {View} */
function sleep({ sleep: timer, panel }) {
  const left = timer.secondsLeft;
  const options = [
    [null, t('sleepOff')],
    ...MINUTES.map((minutes) => [minutes, span(minutes * 60, 'long')]),
    ['chapter', t('sleepChapter')],
    ['article', t('sleepArticle')],
  ];
  const rows = options.map(([choice, text]) =>
    option(String(text), timer.choice === choice, () => {
      timer.set(/** @type {typeof timer.choice} */ (choice));
      panel.dialog.close();
    }, timer.choice === choice && left !== null ? t('sleepLeft', { time: clock(left) }) : ''));
  return { title: t('sleep'), isBelow: true, content: rows };
}

/** @param {Player} player @returns {View} */
function embed({ store }) {
  const address = `${store.base}/articles/${store.manifest?.id}`;
  const code = `<script async src="${store.base}/embed.js"></script>
<vorleser-player article="${store.manifest?.id}" style="display:block;min-height:64px"><a href="${address}">${t('offer')}</a></vorleser-player>`;
  const area = h('textarea', { readonly: true, rows: 6, 'aria-label': t('embed'), spellcheck: 'false' });
  area.value = code;
  const copy = h('button', { type: 'button', class: 'chip', onclick: async () => {
    area.select();
    await navigator.clipboard.writeText(code).catch(() => document.execCommand('copy'));
    copy.textContent = t('copied');
  } }, t('copy'));
  return { title: t('embed'), isBelow: true, content: [h('p', { class: 'hint' }, t('embedHint')), area, copy] };
}

/** @param {Player} player @returns {View} */
function leftOut({ store }) {
  const lines = store.manifest?.left_out ?? [];
  const items = lines.map(({ text, why, ...more }) => h('li', {}, h('span', {}, text), h('small', {}, tell({ ...more, detail: why }, REASONS))));
  return {
    title: leftOutTitle(lines.length),
    content: [h('p', { class: 'hint' }, t('leftOutHint')), h('ul', { class: 'lines' }, ...items)],
  };
}

/** @param {Player} player @returns {View} */
function keys(player) {
  const known = /** @type {const} */ ([
    ['keySpace', 'keySpaceMeaning'], ['keyArrows', 'keyArrowsMeaning'], ['keyParagraphs', 'keyParagraphsMeaning'],
    ['keyVolume', 'keyVolumeMeaning'], ['keySpeed', 'speed'], ['keyDigits', 'keyDigitsMeaning'],
    ['keyWord', 'keyWordMeaning'], ['keyChoose', 'keyChooseMeaning'],
  ]);
  const list = known.flatMap(([key, meaning]) => [h('dt', {}, t(key)), h('dd', {}, t(meaning))]);
  const box = h('input', { type: 'checkbox', checked: hasLetterKeys() });
  box.addEventListener('change', () => write(LETTERS, box.checked));
  return {
    title: t('keys'),
    isBelow: true,
    content: [
      h('dl', {}, ...list, h('dt', {}, '?'), h('dd', {}, t('keyHelp'))),
      player.isOwn ? h('label', { class: 'row' }, box, t('keyLetters')) : h('p', { class: 'hint' }, t('keyInside')),
    ],
  };
}

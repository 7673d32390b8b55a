/** The sheet with the chapters: an article's headings, and the articles of a book. */

import { request } from './controls.js';
import { h, icon } from './dom.js';
import { heardShare } from './heard.js';
import { chaptersAround } from './onward.js';
import { clock, fill, span } from './strings.js';
import { chapters as headings, indexAt } from './timeline.js';

/** @satisfies {Record<string, [string, string]>} German, English */
const WORDS = {
  chapters: ['Kapitel', 'Chapters'],
  here: ['In diesem Kapitel', 'In this chapter'],
  heard: ['gehört', 'heard'],
};

/** What opens the sheet; hidden where there is nothing to choose from. @param {Player} player */
export function toChapters({ store, panel, isOwn }) {
  const { manifest } = store;
  const row = h('button', { type: 'button', class: 'row', hidden: true, onclick: () => panel.show('chapters') }, icon('list'), h('span', {}, fill(WORDS.chapters)));
  row.hidden = !manifest || headings(manifest).length < 2;
  if (manifest && isOwn) chaptersAround(manifest).then(({ length }) => (row.hidden &&= length < 2), () => {});
  return row;
}

/** @param {Player} player @returns {View} */
export function chapters(player) {
  const { store, panel, isOwn } = player;
  const manifest = /** @type {Manifest} */ (store.manifest);
  const all = headings(manifest);
  const here = indexAt(all, store.time);
  const own = all.map(({ text, start, sentences }, place) =>
    option(text ?? sentences.map((one) => one.text).join(''), clock(start), place === here, (row) => {
      request(row, 'seek', start);
      panel.dialog.close();
    }));
  const book = h('div', {});
  if (isOwn) chaptersAround(manifest).then((found) => book.replaceChildren(...ofBook(found, manifest, own)), () => {});
  return { title: fill(WORDS.chapters), isBelow: true, content: [book, h('div', {}, ...(all.length > 1 ? own : []))] };
}

/** @param {Summary[]} articles @param {Manifest} manifest @param {Element[]} own headings of the chapter that plays */
function ofBook(articles, { id, page }, own) {
  const rows = articles.map((one) =>
    h('a', { class: 'row', href: page.replace(id, one.id), 'aria-current': one.id === id && 'true' },
      h('span', {}, one.title), h('small', {}, heardShare(one) === 1 ? fill(WORDS.heard) : span(one.duration)), one.id === id && icon('check')));
  return rows.length && own.length > 1 ? [...rows, h('h3', { class: 'hint' }, fill(WORDS.here))] : rows;
}

/** @param {string} text @param {string} time @param {boolean} isHere @param {(row: HTMLElement) => void} act */
function option(text, time, isHere, act) {
  const row = h('button', { type: 'button', class: 'row option', 'aria-current': isHere && 'true' }, h('span', {}, text), h('small', {}, time), isHere && icon('check'));
  row.addEventListener('click', () => act(row));
  return row;
}

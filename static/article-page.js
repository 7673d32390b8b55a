/** An article's page: from whom, when, where it stands elsewhere, and its text; as the server writes it. */

import { h, icon } from './dom.js';
import { date, t } from './page-strings.js';
import { span } from './strings.js';
import { renderText } from './text.js';

/** @param {Manifest} manifest */
export function articlePage(manifest) {
  return h('article', { class: 'page', 'data-id': manifest.id }, meta(manifest), renderText(manifest));
}

/** @param {Manifest} manifest */
function meta({ byline, site, source_url: source, published_at: published, created_at: created }) {
  const origin = site || (source && new URL(source).hostname.replace(/^www\./, ''));
  const from = [byline, origin].filter(Boolean).join(' · ');
  const when = published ?? created;
  return h('p', { class: 'meta' },
    from && h('span', {}, from),
    h('time', { datetime: when }, date(when)),
    source && h('a', { href: source, rel: 'noopener nofollow' }, t('original')));
}

/** Offers to hear the article while another one plays. @param {Manifest} manifest @param {() => void} listen */
export const offer = ({ duration }, listen) =>
  h('button', { type: 'button', class: 'button offer', onclick: listen }, icon('play'), `${t('offer')} · ${span(duration)}`);

/** The page of an article that cannot be shown. @param {string} why */
export const emptyPage = (why) => h('article', { class: 'page' }, h('div', { class: 'text' }, h('h1', {}, why)));

/** Tells of what was done to the article elsewhere. @param {import('./elsewhere.js').News} news @param {() => void} renew */
export function telling(news, renew) {
  const said = news.isGone ? [t('gone'), news.isKept && t('onlyHere')] : [t('edited')];
  const button = !news.isGone && h('button', { type: 'button', class: 'button', onclick: renew }, t('showNew'));
  return told(said.filter(Boolean).join(' '), button || '');
}

/** A line above the text that is announced. @param {string} text @param {...(Node | string)} more */
export function told(text, ...more) {
  const line = h('p', { class: 'told card', role: 'status' });
  setTimeout(() => line.append(h('span', {}, text), ...more)); // what is there at once is not announced
  return line;
}

/**
 * Home and the articles' pages, which are one page to the listener: what plays goes on while
 * places change, and address, title and content agree.
 */

import { ask, Problem, ROOT } from './api.js';
import { articlePage, emptyPage, offer, telling, told } from './article-page.js';
import { watchElsewhere } from './elsewhere.js';
import { problem, t, translate } from './page-strings.js';

const ARTICLE = new RegExp(`^${ROOT}/articles/([^/]+)$`);

/** The article whose page an address is: '' for home, null for any other place. @param {URL | Location} address */
function articleOf({ origin, pathname }) {
  if (origin !== location.origin) return null;
  return pathname === `${ROOT}/` ? '' : ARTICLE.exec(pathname)?.[1] ?? null;
}

/** @param {Element} home */
const sourceIn = (home) => /** @type {HTMLTextAreaElement} */ (home.querySelector('#source'));

/** @param {URL | Location} address */
const bare = ({ pathname, search }) => pathname + search;

export class Places {
  #shown = bare(location);
  #turn = 0; // tells late answers from the present
  /** @type {Manifest | null} of the page that is shown */
  #manifest = null;
  /** @type {HTMLElement | null} */
  #page;
  #edition = 0; // of the article whose page is shown

  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.#page = player.querySelector('.page');
    this.#edition = player.store.manifest?.edition ?? 0;
    history.scrollRestoration = 'manual';
    addEventListener('click', (event) => this.#clicked(event));
    addEventListener('popstate', () => this.#back());
    player.store.addEventListener('manifest', () => this.#renew());
    watchElsewhere(() => this.#current, (news) => this.#tell(news));
    /** @type {any} */ (window).launchQueue?.setConsumer(
      (/** @type {{targetURL?: string}} */ { targetURL }) => targetURL && this.go(new URL(targetURL)));
    this.#agree();
  }

  get isHome() {
    return articleOf(location) === '';
  }

  /** The article of what plays, or would. */
  get #playing() {
    return this.player.store.manifest?.id ?? this.player.getAttribute('article') ?? '';
  }

  /** To another place; the sound stays. @param {URL} address */
  async go(address) {
    if (bare(address) === this.#shown) return scrollTo(0, 0);
    await this.#enter(address, () => {
      history.replaceState({ ...history.state, y: scrollY }, '');
      history.pushState({}, '', articleOf(address) ? address : `${ROOT}/`);
    });
  }

  /** Shows an article's page and plays it. @param {Manifest} manifest */
  async listen(manifest) {
    this.player.show(manifest);
    await this.go(new URL(`${ROOT}/articles/${manifest.id}`, location.href));
    this.player.store.play();
    this.#focusText();
  }

  /** Puts the focus where the article begins, for who reads the screen by ear or keyboard. */
  #focusText() {
    const headline = /** @type {HTMLElement | null} */ (this.player.querySelector('.text h1'));
    if (!headline) return;
    headline.tabIndex = -1;
    headline.focus({ preventScroll: true });
  }

  /** Plays what is next; only who reads along at the end of what is over is taken along. @param {Manifest} manifest */
  async playOn(manifest) {
    const isRead = !!this.#playing && articleOf(location) === this.#playing && !this.player.isAway;
    this.player.show(manifest);
    const address = new URL(`${ROOT}/articles/${manifest.id}`, location.href);
    if (isRead) await this.#enter(address, () => history.replaceState({}, '', address));
    this.player.store.play();
  }

  /** The browser is at another address already. */
  async #back() {
    if (bare(location) === this.#shown) return;
    const { y = 0 } = history.state ?? {};
    await this.#enter(new URL(location.href), () => {});
    scrollTo(0, y);
  }

  /** Shows a place as soon as it is there. @param {URL} address @param {() => void} arrive writes the address */
  async #enter(address, arrive) {
    const turn = (this.#turn += 1);
    const id = articleOf(address);
    const found = await (id ? this.#find(id, address.search) : this.#findHome(address.search));
    if (turn !== this.#turn) return;
    if (!found) return location.assign(address);
    arrive();
    this.#shown = bare(location);
    this.#manifest = found.manifest;
    this.#edition = found.manifest?.edition ?? 0;
    this.#put(found.element, !!id);
    if (found.manifest && !this.player.store.wanted) this.player.show(found.manifest);
    this.player.readAlong();
    this.#agree();
    scrollTo(0, 0);
    if (!id) await import('./front.js').catch(() => location.reload()); // without a connection it may not be here
    if (!id && address.search) /** @type {HTMLElement} */ (document.querySelector('#read')).focus(); // nothing is read unasked
  }

  /** @param {HTMLElement} element @param {boolean} isPage */
  #put(element, isPage) {
    if (element === this.#page) return;
    this.#page?.remove();
    this.#page = isPage ? element : null;
    if (isPage) this.player.append(element);
    else if (!element.isConnected) this.player.before(element);
    element.addEventListener('click', (event) => this.#begin(event), { capture: true });
  }

  /** A sentence is read on click, also of a page whose article does not play yet. @param {Event} event */
  #begin({ target }) {
    const manifest = this.#manifest;
    if (manifest && manifest.id !== this.#playing && /** @type {Element} */ (target).closest('.text span')) this.player.show(manifest);
  }

  /** @typedef {{element: HTMLElement, manifest: Manifest | null}} Found */

  /** An article's page, or one that says why not. @param {string} id @param {string} search @returns {Promise<Found>} */
  async #find(id, search) {
    const known = this.player.store.manifest;
    try {
      const manifest = known?.id === id ? known : await ask(`${ROOT}/api/articles/${id}${search || '?edition=finished'}`);
      return { element: articlePage(manifest), manifest };
    } catch (error) {
      const isGone = error instanceof Problem && error.status === 404;
      return { element: emptyPage(isGone ? t('gone') : problem(error)), manifest: null };
    }
  }

  /** Home, which may not have been here yet; null where it is not to be had. @param {string} search @returns {Promise<Found | null>} */
  async #findHome(search) {
    const here = /** @type {HTMLElement | null} */ (document.querySelector('#home'));
    if (here && !search) return { element: here, manifest: null };
    const answer = await fetch(`${ROOT}/${search}`).catch(() => null);
    const text = answer?.ok ? await answer.text() : '';
    const fresh = /** @type {HTMLElement | null} */ (new DOMParser().parseFromString(text, 'text/html').querySelector('#home'));
    if (!fresh) return null;
    if (here) sourceIn(here).value = sourceIn(fresh).value;
    else translate(fresh);
    return { element: here ?? document.importNode(fresh, true), manifest: null };
  }

  /** Title and bar say what is shown, and what plays where that is something else. */
  #agree() {
    const { player } = this;
    const id = articleOf(location);
    const home = /** @type {HTMLElement | null} */ (document.querySelector('#home'));
    if (home) home.hidden = !!id;
    player.hidden = !id && !this.#playing;
    player.toggleAttribute('folded', id !== this.#playing);
    const shown = this.#current;
    document.title = id ? `${shown?.title ?? this.#page?.querySelector('h1')?.textContent} · Vorleser` : `Vorleser: ${t('tagline').replace(/\.$/, '')}`;
    this.#page?.querySelector('.offer')?.remove();
    if (id && shown && id !== this.#playing) this.#page?.querySelector('.meta')?.after(offer(shown, () => this.listen(shown)));
  }

  /** The article whose page is shown. */
  get #current() {
    const { manifest } = this.player.store;
    return articleOf(location) === manifest?.id ? manifest : this.#manifest;
  }

  /** The player has other news of its article, or another article. */
  #renew() {
    const { manifest } = this.player.store;
    const isOther = manifest && this.#page && manifest.id === articleOf(location) && manifest.edition !== this.#edition;
    if (isOther) {
      if (this.#edition) this.#show(manifest);
      this.#edition = manifest.edition;
    }
    this.#agree();
  }

  /** @param {Manifest} manifest of the article whose page is shown, in words that may be others by now */
  #show(manifest) {
    const fresh = articlePage(manifest);
    const words = (/** @type {Element | null} */ page) => page?.querySelector('.text')?.textContent;
    if (words(fresh) === words(this.#page)) return;
    this.#put(fresh, true);
    this.player.readAlong();
  }

  /** @param {import('./elsewhere.js').News} news */
  #tell(news) {
    const renew = () => {
      if (news.isGone) return;
      this.#manifest = news.fresh;
      if (this.#playing === news.fresh.id) this.player.show(news.fresh);
      else this.#show(news.fresh);
      this.#page?.querySelector('.told')?.remove();
    };
    this.#say(telling(news, renew));
  }

  /** Says something to who is on an article's page; home has its own places for that. @param {string} text */
  say(text) {
    this.#say(told(text));
  }

  /** @param {HTMLElement} line */
  #say(line) {
    this.#page?.querySelector('.told')?.remove();
    this.#page?.prepend(line);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
    if (!(link instanceof HTMLAnchorElement) || link.hasAttribute('download')) return;
    const address = new URL(link.href, location.href);
    if (articleOf(address) === null || (address.hash && bare(address) === this.#shown)) return;
    event.preventDefault();
    this.go(address);
  }
}

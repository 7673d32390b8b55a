/**
 * `<vorleser-player article="ID">`: reads an article aloud and shows where it is.
 *
 * Attributes: `article` (id), `base` (address of the service, else where this file came from),
 * `layout` (`full`: all controls at once; else one bar of 64 px that grows when it is used),
 * `docked` (a bar at the bottom of the window, keys for the whole page),
 * `token` (for a private library), `src-page` (reads the page that it stands on). A child
 * `<script type="application/json">` may carry the manifest, a `.text` inside the article's text, a
 * link stands there for readers without scripts. Attributes that it sets: `playing`, `waiting`,
 * `state`, `open` (has grown). Event: `vorleser-ended` (`isBedtime`: the sleep timer wanted this end).
 */

import { ask, Problem } from './api.js';
import { commandOf, COMMANDS } from './commands.js';
import { Controls } from './controls.js';
import { h, icon, say } from './dom.js';
import { showInSystem } from './media-session.js';
import { hasLetterKeys, recall, recallRate, remember } from './memory.js';
import { News } from './news.js';
import { showNotice } from './notice.js';
import { Panel } from './panel.js';
import { SleepTimer } from './sleep.js';
import { Store } from './store.js';
import { language, leftOutTitle, t, tell } from './strings.js';
import { sheet } from './styles.js';
import { renderText, Text } from './text.js';

const HOME = new URL('..', import.meta.url).href.replace(/\/$/, '');
const REMEMBER_MS = 3000;
const RESUME_S = 2; // heard less of it: begins at the beginning

export class VorleserPlayer extends HTMLElement {
  static observedAttributes = ['article'];
  audio = h('audio', { preload: 'none' });
  store = new Store(this.audio, HOME);
  news = new News(this.store);
  sleep = new SleepTimer(this.store);
  controls = new Controls(this.store, this.news);
  panel = new Panel(async (name) => (await import('./views.js')).VIEWS[name](this));
  #notice = h('div', { class: 'notice', part: 'notice', role: 'status', hidden: true });
  #toPlace = h('button', { type: 'button', class: 'to-place', hidden: true, onclick: () => this.#text?.follow() }, icon('target'), t('toPlace'));
  #live = h('p', { class: 'unseen', role: 'status' });
  #leftOut = h('button', { type: 'button', class: 'left-out', part: 'left-out', onclick: () => this.panel.show('leftOut') });
  #reader = h('div', { class: 'reader', part: 'text', hidden: true });
  #text = /** @type {Text | null} */ (null);
  #bar;
  #size = new ResizeObserver(() => this.#makeRoom());
  #id = ''; // of the article whose place and text are shown
  #wantedId = ''; // of the article that was asked for last
  #rememberedAt = 0;
  #word = ''; // above the bar, while there is no trouble
  #early = ''; // what was asked for before there was a manifest
  /** @type {Promise<import('./words.js').Words> | undefined} */
  #words;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.#bar = h('section', { class: 'bar', part: 'bar', lang: language, 'aria-label': t('player') }, this.#toPlace, this.#notice, this.#live, this.controls.element);
    root.append(h('slot'), this.#reader, this.#bar, this.panel.dialog, this.audio);
    root.addEventListener('vorleser-request', (event) => this.#asked(/** @type {CustomEvent} */ (event).detail));
    this.store.addEventListener('manifest', () => this.#arrived());
    this.store.addEventListener('change', () => this.#reflect());
    this.store.addEventListener('time', () => this.#listened());
    this.store.addEventListener('ended', () => this.#ended());
    // once there is sound; the sheets are there, also offline
    this.audio.addEventListener('playing', () => this.light().then(() => import('./views.js')).catch(() => {}), { once: true });
    this.sleep.addEventListener('change', () => this.#showSleep());
    this.sleep.addEventListener('slept', () => this.#tell(t('slept')));
    showInSystem(this.store, `${HOME}/static/icon-512.png`);
  }

  connectedCallback() {
    this.#find();
    (this.isDocked ? document : this.controls.element).addEventListener('keydown', this.#pressed);
    if (this.isDocked) this.#size.observe(this.#bar);
    addEventListener('hashchange', this.#toHash);
    addEventListener('pagehide', this.#remember);
    this.controls.text.hidden = this.isDocked;
    if (this.hasAttribute('src-page')) this.controls.title.textContent = document.title;
    this.controls.update();
    this.#load();
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.#pressed);
    this.#size.disconnect();
    removeEventListener('hashchange', this.#toHash);
    removeEventListener('pagehide', this.#remember);
    this.#remember();
    this.store.pause();
    this.news.stop();
  }

  attributeChangedCallback() {
    if (!this.isConnected) return;
    this.#find(); // on a page that was there first, this comes before connectedCallback
    this.#load();
  }

  /** Where the service is, and by what it lets this player in. */
  #find() {
    this.store.base = (this.getAttribute('base') ?? HOME).replace(/\/$/, '');
    this.store.token = this.getAttribute('token') ?? '';
  }

  get isDocked() {
    return this.hasAttribute('docked');
  }

  /** On the service's own pages, where writing may be allowed. */
  get isOwn() {
    return this.isDocked && new URL(this.store.base, location.href).origin === location.origin;
  }

  /** The listener reads elsewhere in the text than the voice. */
  get isAway() {
    return !!this.#text?.isAway;
  }

  /** Shows an article whose manifest is known. @param {Manifest} manifest */
  show(manifest) {
    this.store.show(manifest);
  }

  play() {
    this.#asked({ name: 'toggle', value: 0 });
  }

  async #load() {
    const id = this.getAttribute('article');
    if (!id || id === this.#wantedId) return;
    this.#wantedId = id;
    const given = this.querySelector('script[type="application/json"]')?.textContent;
    const manifest = given ? JSON.parse(given) : null;
    if (manifest?.id === id) return this.show(manifest);
    await this.#fetch(() => ask(this.store.address(`/api/articles/${id}?edition=finished`)));
    const name = this.#early;
    this.#early = '';
    this.toggleAttribute('waiting', this.store.isWaiting);
    if (name && this.store.manifest) this.#asked({ name, value: 0 });
  }

  /** Asked for before the manifest is there: it is done once that has come. @param {string} name */
  #wait(name) {
    if (!this.hasAttribute('article')) return;
    this.#early = name;
    this.#prepare();
    this.#load();
  }

  /** Shows that it waits. */
  #prepare() {
    this.toggleAttribute('waiting', true);
    this.store.unlock();
  }

  /** @param {() => Promise<Manifest>} get */
  async #fetch(get) {
    try {
      this.show(await get());
    } catch (error) {
      const status = error instanceof Problem ? error.status : 0;
      const known = status === 404 ? t('gone') : status === 422 ? t('unreadable') : '';
      this.#tell(known || tell(/** @type {Problem} */ (error).said) || t('offline'));
      if (status !== 404) this.#wantedId = '';
      if (status === 0) addEventListener('online', () => this.#load(), { once: true });
    }
  }

  /** @param {{name: string, value: number}} asked */
  #asked({ name, value }) {
    const isEarly = !this.store.manifest;
    if (name === 'toggle' || name === 'grow') this.#grow(name);
    if (name === 'grow') return;
    if (isEarly && name === 'toggle' && this.hasAttribute('src-page')) this.#readPage();
    else if (isEarly && (name === 'toggle' || name === 'text')) this.#wait(name);
    else if (name === 'text') this.#toggleReader();
    else if (name in COMMANDS) COMMANDS[/** @type {import('./commands.js').Command} */ (name)](this.store, value);
    else this.panel.show(name);
  }

  /** From the small bar to all controls. @param {string} why */
  #grow(why) {
    if (this.isDocked || this.hasAttribute('open')) return;
    this.setAttribute('open', '');
    if (why === 'grow') this.controls.play.focus();
  }

  /** With `src-page`: has the page that the element stands on read, and plays it. */
  async #readPage() {
    this.#prepare();
    const url = location.href.replace(/#.*/, '');
    await this.#fetch(() => ask(this.store.address('/api/articles'), { method: 'POST', json: { url } }));
    this.toggleAttribute('waiting', false);
    this.store.play();
  }

  /** A manifest has come: of a new article, or news of the same. */
  #arrived() {
    const manifest = /** @type {Manifest} */ (this.store.manifest);
    this.setAttribute('state', manifest.state);
    if (manifest.id === this.#id) return;
    this.#id = this.#wantedId = manifest.id;
    this.#word = '';
    this.setAttribute('article', manifest.id);
    this.store.rate = recallRate(manifest.id);
    this.readAlong();
    this.#resume(manifest);
    this.sleep.moved();
  }

  /** Follows in the text of what plays, where it stands on the page. */
  readAlong() {
    const { manifest } = this.store;
    this.#text?.close();
    this.#text = null;
    this.#leftOut.textContent = leftOutTitle(manifest?.left_out.length ?? 0);
    this.#leftOut.hidden = !manifest?.left_out.length;
    if (!this.isDocked) {
      this.controls.print.append(this.#leftOut);
      return void this.#reader.replaceChildren();
    }
    const root = /** @type {HTMLElement | null} */ (this.querySelector(`.text[data-id="${manifest?.id}"]`));
    root?.after(this.#leftOut);
    if (root) this.#followIn(root);
    else this.#showAway();
  }

  /** @param {HTMLElement} root @param {HTMLElement} [scroller] */
  #followIn(root, scroller) {
    this.#text = new Text(root, this.store, {
      scroller,
      onFollow: () => this.#showAway(),
      onPoint: (sentence, point) => this.light().then((words) => words.pointing.play(sentence, point)).catch(() => {}),
    });
    if (this.#words) this.light().catch(() => {});
  }

  /** Words light up in the text that is there. */
  async light() {
    const words = await (this.#words ??= import('./words.js').then(({ Words }) => new Words(this.store, this.news)));
    words.show(this.#text);
    return words;
  }

  #toggleReader() {
    const manifest = /** @type {Manifest} */ (this.store.manifest);
    this.#reader.hidden = !this.#reader.hidden;
    this.controls.text.setAttribute('aria-expanded', String(!this.#reader.hidden));
    if (!this.#reader.firstChild) {
      this.#reader.append(renderText(manifest, { level: 2 }));
      this.#followIn(this.#reader, this.#reader);
    }
    this.#text?.update();
    this.#text?.follow();
  }

  /** The bar lies over the page's end, and must not hide what has the focus. */
  #makeRoom() {
    const height = `${this.#bar.offsetHeight}px`;
    this.style.paddingBottom = height;
    document.documentElement.style.scrollPaddingBottom = `calc(${height} + 1rem)`;
  }

  #showAway() {
    this.#toPlace.hidden = !this.#text?.isAway || (!this.isDocked && this.#reader.hidden);
  }

  /** Where the address says, else where the listener stopped. @param {Manifest} manifest */
  #resume(manifest) {
    const heard = recall(manifest.id);
    if (this.isDocked && this.#toHash()) return;
    if (heard && heard.time > RESUME_S && heard.time < manifest.duration - RESUME_S) this.store.seek(heard.time);
  }

  /** Goes to the place in `#t=83`; false if the address names none. */
  #toHash = () => {
    const seconds = /[#&]t=(\d+(?:\.\d+)?)/.exec(location.hash)?.[1];
    if (seconds && this.isDocked) this.store.seek(Number(seconds));
    return !!seconds;
  };

  #listened() {
    if (this.sleep.choice !== null) this.#showSleep();
    if (this.store.wanted && performance.now() - this.#rememberedAt > REMEMBER_MS) this.#remember();
  }

  #remember = () => {
    const { manifest, time, duration, rate } = this.store;
    if (!manifest || time < RESUME_S) return;
    this.#rememberedAt = performance.now();
    remember(manifest.id, { time, duration, rate });
  };

  #reflect() {
    const { store } = this;
    if (!store.wanted && this.hasAttribute('playing')) this.#remember();
    this.toggleAttribute('playing', store.wanted);
    this.toggleAttribute('waiting', store.isWaiting);
    if (store.wanted) this.#word = '';
    say(this.#live, store.isAwaited ? t('waiting') : '');
    showNotice(this.#notice, store, this.#word, this.isOwn ? () => this.#retry() : null);
  }

  async #retry() {
    const { manifest } = this.store;
    await this.#fetch(() => ask(this.store.address(`/api/articles/${manifest?.id}/retry`), { method: 'POST' }));
  }

  #ended() {
    this.#remember();
    const isBedtime = this.sleep.atEnd();
    this.dispatchEvent(new CustomEvent('vorleser-ended', { bubbles: true, composed: true, detail: { isBedtime } }));
  }

  #showSleep() {
    this.controls.showSleep(this.sleep.secondsLeft, this.sleep.choice !== null);
  }

  /** @param {string} text stands above the bar until play is pressed */
  #tell(text) {
    this.#word = text;
    this.#reflect();
  }

  #pressed = (/** @type {Event} */ event) => {
    const press = /** @type {KeyboardEvent} */ (event);
    if (this.panel.dialog.open || !this.store.manifest) return;
    const isInside = press.composedPath().includes(this.controls.element);
    const hasLetters = !this.isDocked || hasLetterKeys();
    const command = commandOf(press, { isInside, hasLetters });
    if (command) this.#asked({ name: command[0], value: command[1] });
    else if (press.key === '?' && (hasLetters || isInside)) this.panel.show('keys');
    else return;
    event.preventDefault();
  };
}

customElements.define('vorleser-player', VorleserPlayer);

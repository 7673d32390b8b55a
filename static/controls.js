/** The bar: buttons, seek bar, times. It asks by `vorleser-request` events and shows the store. */

import { h, icon, say } from './dom.js';
import { clock, percent, span, spokenClock, t, times } from './strings.js';
import { chapters, indexAt, isInWork } from './timeline.js';

/** @param {HTMLElement} from @param {string} name @param {number} [value] */
export function request(from, name, value = 0) {
  from.dispatchEvent(new CustomEvent('vorleser-request', { bubbles: true, composed: true, detail: { name, value } }));
}

/**
 * A button with a drawing.
 * @param {Icon} drawing @param {Key} label @param {string} part
 * @param {(button: HTMLButtonElement) => void} act @param {string} [inside]
 */
function button(drawing, label, part, act, inside) {
  const made = h('button', { type: 'button', part: `button ${part}`, class: part, 'aria-label': t(label), title: t(label) }, icon(drawing, inside));
  made.addEventListener('click', () => act(made));
  return made;
}

/** @param {string} name @param {number} [value] @returns {(from: HTMLElement) => void} */
const asking = (name, value) => (from) => request(from, name, value);

export class Controls {
  #isDragging = false;
  #shown = ''; // of the place
  play = button('play', 'play', 'play', asking('toggle'));
  mute = button('volume', 'mute', 'mute', asking('mute'));
  text = button('text', 'text', 'read', asking('text'));
  more = button('more', 'more', 'more', asking('more'));
  grow = button('down', 'grow', 'grow', asking('grow'));
  offer = h('p', { class: 'offer', 'aria-hidden': 'true' }, t('offer'));
  speed = h('button', { type: 'button', part: 'button speed', class: 'speed' });
  sleep = h('button', { type: 'button', class: 'sleep', hidden: true }, icon('moon'), h('span'));
  title = h('a', { class: 'title', part: 'title', target: '_blank' });
  print = h('div', { class: 'print' }, h('p', { class: 'ai', part: 'disclosure' }, t('aiVoice')));
  now = h('span', { class: 'now' }, '0:00');
  status = h('span', { class: 'status' });
  left = h('span', { class: 'left' });
  times = h('div', { class: 'times', part: 'times' }, this.now, this.status, this.left);
  range = h('input', { type: 'range', min: 0, max: 1, step: 0.1, value: 0, 'aria-label': t('seek') });
  tip = h('output', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
  rail = h('div', { class: 'rail' });
  marks = h('div', { class: 'marks' });
  seek = h('div', { class: 'seek', part: 'seek' }, this.rail, this.marks, this.range, this.tip);
  element = h('div', { class: 'controls' },
    h('div', { class: 'about' }, this.offer, this.title, this.print, this.times),
    this.seek,
    h('div', { class: 'transport' },
      button('previous', 'previous', 'previous', asking('step', -1)),
      button('back', 'back', 'back', asking('skip', -15), '15'),
      this.play,
      button('forward', 'forward', 'forward', asking('skip', 15), '15'),
      button('next', 'next', 'next', asking('step', 1))),
    this.speed,
    h('div', { class: 'side' }, this.sleep, this.text, this.mute, this.more),
    this.grow);

  /** @param {Store} store @param {import('./news.js').News} news */
  constructor(store, news) {
    this.store = store;
    this.news = news;
    for (const name of ['change', 'manifest']) store.addEventListener(name, () => this.update());
    store.addEventListener('manifest', () => this.#drawChapters());
    store.addEventListener('time', () => this.#showTime());
    this.speed.addEventListener('click', () => request(this.speed, 'speed'));
    this.offer.addEventListener('click', () => this.play.click());
    this.grow.setAttribute('aria-expanded', 'false');
    this.sleep.addEventListener('click', () => request(this.sleep, 'sleep'));
    this.range.addEventListener('input', () => {
      this.#isDragging = true;
      this.#paint(this.range.valueAsNumber);
    });
    this.range.addEventListener('change', () => {
      this.#isDragging = false;
      request(this.range, 'seek', this.range.valueAsNumber);
    });
    this.seek.addEventListener('pointermove', (event) => this.#hover(event));
    this.seek.addEventListener('pointerleave', () => (this.tip.hidden = true));
  }

  update() {
    const { store } = this;
    const { manifest } = store;
    this.#face(this.play, store.wanted ? 'pause' : 'play', store.wanted ? 'pause' : 'play');
    const isSilent = store.audio.muted || !store.audio.volume;
    this.#face(this.mute, isSilent ? 'muted' : 'volume', isSilent ? 'unmute' : 'mute');
    say(this.speed, times(store.rate));
    this.speed.setAttribute('aria-label', `${t('speed')} ${times(store.rate)}`);
    if (!manifest) return;
    say(this.title, manifest.title);
    say(this.offer, `${t('offer')} · ${span(manifest.duration)}`);
    this.title.href = `${store.base}/articles/${manifest.id}`;
    say(this.status, this.#statusText());
    this.#showTime();
  }

  /** @param {number | null} seconds @param {boolean} isOn the sleep timer */
  showSleep(seconds, isOn) {
    this.sleep.hidden = !isOn;
    const text = seconds === null ? '' : clock(seconds);
    say(/** @type {Element} */ (this.sleep.lastElementChild), text);
    this.sleep.setAttribute('aria-label', `${t('sleep')} ${text && t('sleepLeft', { time: text })}`);
  }

  #statusText() {
    const { manifest, isAwaited } = this.store;
    if (!manifest || !isInWork(manifest)) return '';
    if (isAwaited) return t('waiting');
    const done = manifest.paragraphs.filter(({ state }) => state === 'ready').length;
    const share = percent(done / manifest.paragraphs.length);
    const left = this.news.secondsLeft;
    return left === null ? t('making', { percent: share }) : t('makingLeft', { percent: share, time: span(left) });
  }

  /** @param {HTMLButtonElement} button @param {Icon} drawing @param {Key} label */
  #face(button, drawing, label) {
    if (button.dataset.face === drawing) return;
    button.dataset.face = drawing;
    button.replaceChildren(icon(drawing));
    button.setAttribute('aria-label', t(label));
    button.title = t(label);
  }

  #showTime() {
    if (!this.#isDragging) this.#paint(this.store.time);
  }

  /** Draws only what the eye can tell from what is drawn. @param {number} time */
  #paint(time) {
    const { duration } = this.store;
    if (!duration) return;
    const about = this.store.manifest?.duration_is_estimate ? '≈ ' : '−';
    const [now, left, done] = [clock(time), about + clock(duration - Math.floor(time)), `${((time / duration) * 100).toFixed(1)}%`];
    const shown = [now, left, done, duration].join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.range.max = String(duration);
    if (!this.#isDragging) this.range.valueAsNumber = time;
    this.rail.style.setProperty('--done', done);
    say(this.now, now);
    say(this.left, left);
    const [place, total] = [spokenClock(time), spokenClock(duration)];
    this.range.setAttribute('aria-valuetext', t('seekText', { time: place, total }));
  }

  /** Chapter marks, and how far the article is made. */
  #drawChapters() {
    const { manifest, duration } = this.store;
    if (!manifest) return;
    this.times.style.setProperty('--clock', `${clock(duration).length + 2}ch`); // its text must not move
    const missing = manifest.paragraphs.find(({ state }) => state !== 'ready');
    this.rail.style.setProperty('--made', `${((missing?.start ?? duration) / duration) * 100}%`);
    const marks = chapters(manifest).slice(1).map(({ start }) => {
      const mark = h('i');
      mark.style.left = `${(start / duration) * 100}%`;
      return mark;
    });
    this.marks.replaceChildren(...marks);
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    const { manifest, duration } = this.store;
    if (!manifest || event.pointerType === 'touch') return;
    const { left, width } = this.range.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    const all = chapters(manifest);
    const chapter = all[indexAt(all, share * duration)];
    this.tip.hidden = false;
    say(this.tip, all.length > 1 && chapter ? `${clock(share * duration)}  ${chapter.text}` : clock(share * duration));
    const half = this.tip.offsetWidth / 2;
    this.tip.style.left = `${Math.min(width - half, Math.max(half, share * width))}px`;
  }
}

/**
 * The one place that knows what plays: a manifest, an `<audio>`, and what the listener wants.
 *
 * While an article is being made its paragraphs play one after another from their own files,
 * so that every finished sentence can be reached and a lost connection costs nothing. Once it
 * is ready the whole track takes over, in the silence behind the paragraph that plays, as soon
 * as what follows there has been fetched.
 *
 * Events: `manifest` (its content changed), `change` (something else that the listener sees),
 * `time` (the place moved), `ended`.
 */

import { Ahead, fetchWhole } from './ahead.js';
import { Problem } from './api.js';
import { Deck } from './deck.js';
import { Patience } from './patience.js';
import { Subject } from './subject.js';
import { pauseAfter, placeAt, WHOLE } from './timeline.js';

const NOTHING = -1;
const BEGINNING_S = 3; // of a paragraph, where back means the one before
const END_S = 0.2; // so close to the end, play means: from the beginning

export class Store extends Subject {
  /** @type {Trouble | null} */
  trouble = null;
  /** The listener wants sound, whether or not there is any yet. */
  wanted = false;
  #file = NOTHING; // number of the paragraph whose file is loaded, or WHOLE
  #place = 0; // in the track, while no file says better
  /** Between two paragraphs' files. @type {{since: number, seconds: number} | null} */
  #silence = null;
  /** What was asked for and is not made yet. @type {{number: number, sentence: number} | null} */
  aim = null;
  /** Where it is by its words, when another voice is going to say them. @type {import('./timeline.js').Place | null} */
  #held = null;
  #turn = 0; // tells late answers from the present
  #patience = new Patience();
  #deck;
  #ahead = new Ahead(); // the whole track, while a paragraph's file plays
  #others = 'BroadcastChannel' in window ? new BroadcastChannel('vorleser') : null;

  /** @param {HTMLAudioElement} audio @param {string} base address of the service */
  constructor(audio, base) {
    super(base);
    this.audio = audio;
    this.#deck = new Deck(audio);
    const reactions = {
      timeupdate: () => this.tell('time'),
      seeked: () => this.tell('time'),
      playing: () => this.#sounds(),
      pause: () => this.#stopped(),
      waiting: () => this.#wait(),
      progress: () => this.#fed(),
      ended: () => this.#fileEnded(),
      error: () => this.#file !== NOTHING && this.#recover(),
      volumechange: () => this.tell('change'),
    };
    for (const [name, react] of Object.entries(reactions)) audio.addEventListener(name, react);
    this.#others?.addEventListener('message', () => this.wanted && this.pause());
    addEventListener('online', () => this.trouble?.kind === 'offline' && this.#recover());
  }

  /** Seconds in the track. */
  get time() {
    const { seconds, since } = this.#silence ?? { seconds: 0, since: 0 };
    if (seconds) return this.#place + Math.min(seconds, ((performance.now() - since) / 1000) * this.rate);
    if (this.#file === NOTHING) return this.#place;
    return this.origin(this.#file) + this.#deck.time;
  }

  /** Sound is wanted and none comes yet. */
  get isWaiting() {
    return this.wanted && !this.trouble && !this.#silence && !this.#deck.isSounding;
  }

  /** What is wanted has still to be spoken. */
  get isAwaited() {
    return this.isWaiting && !!this.manifest && placeAt(this.manifest, this.time).paragraph.state !== 'ready';
  }

  get rate() {
    return this.#deck.rate;
  }

  /** 0.5 to 3, in steps of a twentieth. */
  set rate(rate) {
    this.#deck.rate = Math.min(3, Math.max(0.5, Math.round(rate * 20) / 20));
    this.tell('change', 'time');
  }

  /** Takes a manifest, or a newer one of the same article. @param {Manifest} manifest */
  show(manifest) {
    const old = this.manifest;
    const isSame = old?.id === manifest.id;
    const place = old && isSame ? this.#held ?? placeAt(old, this.time) : null;
    if (old && !isSame) this.pause();
    this.take(manifest);
    if (old && (!isSame || old.edition !== manifest.edition)) this.#reload(place);
    else this.#prepare();
    this.tell('manifest', 'change', 'time');
  }

  /** Forgets the loaded file, which is no longer right. @param {import('./timeline.js').Place | null} place to be at, null for the beginning */
  #reload(place) {
    this.#file = NOTHING;
    this.trouble = null;
    this.#ahead.drop();
    const paragraph = place && this.manifest?.paragraphs[place.paragraph.number - 1]; // the text may be shorter now
    this.#held = paragraph ? place : null;
    this.#place = paragraph ? paragraph.sentences[place.sentence]?.start ?? paragraph.start : 0;
    if (this.wanted) this.play();
    else this.audio.removeAttribute('src');
  }

  /** Fetches the manifest again. @throws {Problem} */
  async refresh() {
    this.show(await this.fetch());
  }

  /** Some browsers let a page play later only if this comes within the click; what is loaded is left alone. */
  unlock() {
    if (!this.audio.hasAttribute('src')) this.audio.load();
  }

  play() {
    if (!this.manifest) return;
    if (this.#held) return void this.playSentence(this.#held.paragraph.number, this.#held.sentence);
    this.#want();
    const place = this.time >= this.duration - END_S ? 0 : this.time;
    const isNew = this.#file === NOTHING || this.audio.error || this.audio.ended;
    if (isNew || place !== this.time) this.#open(place);
    else this.#start();
    this.tell('change');
  }

  pause() {
    this.#place = this.time;
    this.wanted = false;
    this.aim = null;
    if (this.trouble?.kind === 'offline') this.trouble = null;
    this.#rest();
    this.audio.pause();
    this.tell('change', 'time');
  }

  /** @param {number} time seconds in the track */
  seek(time) {
    if (!this.manifest) return;
    this.trouble = this.aim = this.#held = null;
    this.#patience.renew();
    this.#place = Math.min(Math.max(0, time), Math.max(0, this.duration - END_S / 2));
    if (this.#file !== NOTHING || this.wanted) this.#open(this.#place);
    this.tell('time', 'change');
  }

  /** To another paragraph; back means first to the beginning of this one. @param {1 | -1} by */
  step(by) {
    if (!this.manifest) return;
    const { paragraph } = placeAt(this.manifest, this.time);
    const isInside = by < 0 && this.time - paragraph.start > BEGINNING_S;
    const target = isInside ? paragraph : this.manifest.paragraphs[paragraph.number - 1 + by];
    if (target || by < 0) this.seek(target?.start ?? 0);
  }

  /**
   * Plays from a sentence; one that is not made yet is made ahead of everything else.
   * @param {number} number of the paragraph @param {number} sentence from 0
   */
  async playSentence(number, sentence) {
    const paragraph = () => /** @type {Paragraph} */ (this.manifest?.paragraphs[number - 1]);
    const start = () => paragraph().sentences[sentence]?.start ?? paragraph().start;
    const isKnown = this.isReady || paragraph().state === 'ready' || !sentence;
    this.#want();
    this.#open(isKnown ? start() : paragraph().start, { isHeld: !isKnown });
    const aim = (this.aim = isKnown || this.trouble ? null : { number, sentence });
    this.tell('change', 'time');
    if (!aim) return;
    await new Promise((done) => this.audio.addEventListener('loadedmetadata', done, { once: true }));
    if (aim === this.aim) await this.refresh().catch(() => {});
    if (aim === this.aim) this.seek(start());
  }

  /** Leaves out the paragraph that could not be spoken, because the listener says so. */
  skip() {
    const next = this.manifest?.paragraphs[this.trouble?.paragraph?.number ?? 0];
    if (!this.trouble?.paragraph) return;
    this.#want();
    if (next) this.#open(next.start);
    else this.#finish();
    this.tell('change', 'time');
  }

  /** Lets the audio and the other players go. */
  close() {
    this.pause();
    this.#file = NOTHING;
    this.#ahead.drop();
    this.audio.removeAttribute('src');
    this.#others?.close();
  }

  #want() {
    this.wanted = true;
    this.trouble = this.aim = this.#held = null;
    this.#patience.renew();
    this.#others?.postMessage('plays');
  }

  /**
   * Goes to a place in the track, in whatever file has it now.
   * @param {number} time @param {{isHeld?: boolean}} [how] held: does not play yet
   */
  #open(time, { isHeld = false } = {}) {
    if (!this.manifest) return;
    this.#rest();
    const { paragraph } = placeAt(this.manifest, time);
    if (!this.isReady && paragraph.state === 'failed') return this.#fail(paragraph);
    const file = this.isReady && this.#file !== paragraph.number ? WHOLE : paragraph.number;
    const longest = paragraph.state === 'ready' ? paragraph.duration - 0.02 : 0;
    const local = file === WHOLE ? time : Math.max(0, Math.min(time - paragraph.start, longest));
    this.#go(file, local);
    if (!isHeld) this.#start();
    this.#wait();
  }

  /** @param {number} file @param {number} local seconds in it */
  #go(file, local) {
    if (file === this.#file && !this.audio.error) return this.#deck.seek(local);
    this.#file = file;
    this.#deck.load(this.sound(file), local);
  }

  async #start() {
    if (!this.wanted || (await this.#deck.play())) return;
    this.wanted = false;
    this.#say({ kind: 'blocked' });
  }

  #sounds() {
    this.#patience.rest();
    this.#patience.renew();
    this.trouble = null;
    this.tell('change', 'time');
    if (this.#file === WHOLE) this.#ahead.drop();
    this.#prepare();
  }

  /** While a paragraph plays: fetches the next one, and then the whole track from there on. */
  async #prepare() {
    const file = this.#file;
    const isNeeded = () => this.wanted && file > 0 && file === this.#file;
    const next = this.manifest?.paragraphs[file];
    if (!isNeeded() || next?.state !== 'ready') return;
    await fetchWhole(this.sound(next.number)); // first: on a slow line they would share it
    if (isNeeded() && this.isReady) this.#ahead.fetch(this.sound(WHOLE), this.end(file));
  }

  /** The system pauses too: headphones pulled out, a phone call. */
  #stopped() {
    if (!this.audio.paused || this.audio.ended || this.audio.error || this.#silence) return;
    if (this.audio.readyState < 2) return; // a new file has been asked for
    this.wanted = false;
    this.tell('change', 'time');
  }

  /** A load that still gets bytes is left alone, however slow it is. */
  #fed() {
    this.#patience.fed();
    if (this.isWaiting) this.#wait();
  }

  /** Waits for sound, but not for ever. */
  #wait() {
    this.tell('change');
    if (!this.isWaiting) return;
    this.#patience.wait(() => this.isWaiting && this.#recover());
  }

  #rest() {
    this.#turn += 1;
    this.#silence = null;
    this.#patience.rest();
  }

  #fileEnded() {
    const { manifest } = this;
    if (!manifest || !this.wanted) return;
    const done = manifest.paragraphs[this.#file - 1];
    const next = done && manifest.paragraphs[done.number];
    if (!next) return this.#finish();
    this.#place = this.end(done.number);
    if (this.isReady && this.#ahead.has(this.sound(WHOLE), this.#place)) return this.#handOver(done);
    if (next.state === 'failed') return this.#fail(next);
    this.#breathe(next, pauseAfter(manifest, done.number));
  }

  /** The silence between two paragraphs' files. @param {Paragraph} next @param {number} seconds */
  #breathe(next, seconds) {
    this.#rest();
    this.#go(next.number, 0);
    const go = () => {
      this.#silence = null;
      this.#start();
      this.#wait();
    };
    if (document.hidden) return go(); // the timers of a hidden page come late
    this.#silence = { since: performance.now(), seconds };
    this.#patience.wait(go, (seconds * 1000) / this.rate);
  }

  /** From a paragraph's file to the whole track. @param {Paragraph} done */
  #handOver(done) {
    const since = performance.now();
    const silence = pauseAfter(/** @type {Manifest} */ (this.manifest), done.number);
    this.#rest();
    this.#go(WHOLE, this.#place);
    this.#start();
    this.#wait();
    const turn = this.#turn;
    this.audio.addEventListener('loadedmetadata', () => {
      const gone = ((performance.now() - since) / 1000) * this.rate;
      if (turn === this.#turn) this.#deck.seek(this.#place + Math.min(silence, gone));
    }, { once: true });
  }

  #finish() {
    this.#place = this.duration;
    this.#file = NOTHING;
    this.wanted = false;
    this.#rest();
    this.tell('change', 'time', 'ended');
  }

  /** @param {Paragraph} paragraph could not be spoken */
  #fail(paragraph) {
    this.#place = paragraph.start;
    this.#giveUp({ kind: 'failed', paragraph });
    this.tell('time');
  }

  /** Finds out why no sound comes, and goes on at the same place when it can. */
  async #recover() {
    const place = (this.#place = this.time);
    if (!this.wanted) return void (this.#file = NOTHING);
    this.#rest();
    const turn = this.#turn;
    const trouble = await this.#inquire();
    if (turn !== this.#turn || !this.manifest) return;
    if (!trouble && this.trouble?.kind === 'offline') this.#patience.renew(); // those were the net's
    const { paragraph } = placeAt(this.manifest, place);
    if (trouble?.kind === 'offline') return this.#retryLater(trouble);
    if (trouble) return this.#giveUp(trouble);
    if (!this.isReady && paragraph.state === 'failed') return this.#fail(paragraph);
    if ((this.#patience.isFed || (!this.isReady && paragraph.state !== 'ready')) && !this.audio.error) {
      this.trouble = null;
      return this.#wait();
    }
    if (this.#patience.isOver) return this.#giveUp({ kind: 'broken' });
    this.#retryLater(null);
  }

  /** What the service says: null if all is well. @returns {Promise<Trouble | null>} */
  async #inquire() {
    if (!this.audio.canPlayType('audio/mpeg')) return { kind: 'noMp3' };
    try {
      await this.refresh();
    } catch (error) {
      return { kind: error instanceof Problem && error.status === 404 ? 'gone' : 'offline' };
    }
    return null;
  }

  /** @param {Trouble | null} trouble that may pass */
  #retryLater(trouble) {
    const place = this.#place;
    this.#patience.tryAgain(() => {
      if (trouble) return void this.#recover();
      this.#file = NOTHING;
      this.#open(place);
    }, trouble ? 500 : 0);
    this.#say(trouble);
  }

  /** @param {Trouble} trouble */
  #giveUp(trouble) {
    this.#rest();
    this.wanted = false;
    this.#file = NOTHING;
    this.audio.pause();
    this.#say(trouble);
  }

  /** @param {Trouble | null} trouble */
  #say(trouble) {
    this.trouble = trouble;
    this.tell('change');
  }
}

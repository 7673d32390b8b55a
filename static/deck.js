/** One `<audio>` that can be sent to a place in a file before the file is there. */
export class Deck {
  #goal = /** @type {number | null} */ (null);
  #rate = 1;

  /** @param {HTMLAudioElement} audio */
  constructor(audio) {
    this.audio = audio;
    audio.addEventListener('loadedmetadata', () => this.#aim());
  }

  /** Seconds in the file: where it plays, or where it is going to begin. */
  get time() {
    return this.#goal ?? this.audio.currentTime;
  }

  /** Plays right now, as far as the browser can tell. */
  get isSounding() {
    return !this.audio.paused && this.audio.readyState > 2;
  }

  /** Loads a file and stands still at a place in it. @param {string} url @param {number} seconds */
  load(url, seconds) {
    this.audio.src = url;
    this.audio.preload = 'auto';
    this.rate = this.#rate;
    this.seek(seconds);
  }

  /** @param {number} seconds */
  seek(seconds) {
    this.#goal = seconds;
    this.#aim();
  }

  /** Starts; false if the browser does not let pages play without a click. */
  async play() {
    try {
      await this.audio.play();
    } catch (error) {
      return /** @type {Error} */ (error).name !== 'NotAllowedError';
    }
    return true;
  }

  get rate() {
    return this.#rate;
  }

  set rate(rate) {
    this.#rate = rate;
    this.audio.defaultPlaybackRate = rate; // a new file would begin at normal pace
    this.audio.playbackRate = rate;
    this.audio.preservesPitch = true;
  }

  #aim() {
    if (this.#goal === null || this.audio.readyState < 1) return;
    const goal = this.#goal;
    this.#goal = null;
    if (Math.abs(this.audio.currentTime - goal) > 0.005) this.audio.currentTime = goal;
  }
}

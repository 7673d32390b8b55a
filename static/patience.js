/** How long no sound is borne, and how often it is asked for again. */

const MS = 5000; // without a byte, before asking the service what is up
const LONGEST_BREAK_MS = 15000;
const TRIES = 4; // for a file of which the service says that it is fine

export class Patience {
  #tries = 0;
  #timer = 0;
  #fedAt = 0; // when bytes of sound came last

  get isOver() {
    return this.#tries >= TRIES;
  }

  /** Bytes come, however slowly. */
  get isFed() {
    return performance.now() - this.#fedAt < MS;
  }

  fed() {
    this.#fedAt = performance.now();
  }

  /** All is well, or new. */
  renew() {
    this.#tries = 0;
  }

  /** Nothing more is waited for. */
  rest() {
    clearTimeout(this.#timer);
  }

  /** @param {() => void} act @param {number} [ms] */
  wait(act, ms = MS) {
    this.rest();
    this.#timer = window.setTimeout(act, ms);
  }

  /** The first time at once, then ever later. @param {() => void} act @param {number} least in ms */
  tryAgain(act, least) {
    const ms = this.#tries ? Math.min(LONGEST_BREAK_MS, 250 * 2 ** this.#tries) : 0;
    this.#tries += 1;
    this.wait(act, Math.max(least, ms));
  }
}

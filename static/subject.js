/** The article that is heard: its manifest, and where the service has what belongs to it. */

import { ask } from './api.js';
import { addressOf } from './timeline.js';

export class Subject extends EventTarget {
  /** @type {Manifest | null} */
  manifest = null;
  token = ''; // for private libraries, where no cookie helps

  /** @param {string} base address of the service */
  constructor(base) {
    super();
    this.base = base;
  }

  /** @param {Manifest} manifest */
  take(manifest) {
    this.manifest = manifest;
  }

  get duration() {
    return this.manifest?.duration ?? 0;
  }

  /** The whole article can be had as one file. */
  get isReady() {
    return this.manifest?.state === 'ready';
  }

  /** Where the service answers to a path of its own. @param {string} path */
  address(path) {
    return this.base + path + (this.token && `${path.includes('?') ? '&' : '?'}token=${encodeURIComponent(this.token)}`);
  }

  /** Where what the manifest names is, which is a path of the host. @param {string} [path] */
  place(path = '') {
    return new URL(path, new URL(this.base, location.href)).href;
  }

  /** Where the sound is. @param {number} file number of a paragraph, or WHOLE */
  sound(file) {
    return this.place(addressOf(/** @type {Manifest} */ (this.manifest), file));
  }

  /** When a file begins, in seconds of the track. @param {number} file */
  origin(file) {
    return file > 0 ? this.manifest?.paragraphs[file - 1]?.start ?? 0 : 0;
  }

  /** When a paragraph ends, in seconds of the track. @param {number} file */
  end(file) {
    return this.origin(file) + (this.manifest?.paragraphs[file - 1]?.duration ?? 0);
  }

  /** The manifest as it is now, of the edition that is heard. @returns {Promise<Manifest>} @throws {import('./api.js').Problem} */
  fetch() {
    const { id, edition, finished_edition: finished } = /** @type {Manifest} */ (this.manifest);
    const wanted = edition === finished ? '?edition=finished' : ''; // else the newest, which this tab has
    return ask(this.address(`/api/articles/${id}${wanted}`));
  }

  /** @param {...string} names of events */
  tell(...names) {
    for (const name of names) this.dispatchEvent(new Event(name));
  }
}

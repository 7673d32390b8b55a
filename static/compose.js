/** The form: text, link or files in; read aloud now, or kept for later while something plays. */

import { h, icon } from './dom.js';
import { inFull } from './in-full.js';
import { problem, t } from './page-strings.js';

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));

/** The address that a text is, also one without https; '' for any other text. @param {string} text */
function addressIn(text) {
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  return /^([\p{L}\d-]+\.)+\p{L}{2,}(:\d+)?([/?#]\S*)?$/iu.test(text) ? 'https://' + text : '';
}

/** An error that says which file it is about. @param {File} file @param {string} said */
const about = ({ name }, said) => (said.includes(name) ? said : `${name}: ${said}`);

export class Compose {
  form = /** @type {HTMLFormElement} */ (find('#new'));
  source = /** @type {HTMLTextAreaElement} */ (find('#source'));
  voice = /** @type {HTMLSelectElement} */ (find('#voice'));
  file = /** @type {HTMLInputElement} */ (find('#file'));
  first = /** @type {HTMLButtonElement} */ (find('#read'));
  second = /** @type {HTMLButtonElement} */ (find('#keep'));
  trouble = find('#trouble');
  kept = find('#kept');
  #extras = inFull(/** @type {HTMLInputElement} */ (find('#in-full')));

  /**
   * @param {Player} player
   * @param {{listen: (manifest: Manifest) => void, keep: (waiting: import('./queue.js').Waiting) => void, made: (made: Summary[]) => void, complain: (text: string) => void}} then
   * @param {import('./pending.js').Pending} pending takes what cannot be sent now
   */
  constructor(player, then, pending) {
    this.player = player;
    this.then = then;
    this.pending = pending;
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#take({ isKept: this.isPlaying });
    });
    this.second.addEventListener('click', () => this.#take({ isKept: !this.isPlaying }));
    this.source.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || addressIn(this.source.value.trim()))) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.file.addEventListener('change', () => this.#takeFiles(this.file.files));
    this.voice.addEventListener('change', () => this.#hint());
    player.store.addEventListener('change', () => this.#face());
    for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) addEventListener(name, (event) => this.#dragged(/** @type {DragEvent} */ (event)));
    this.#hint();
  }

  /** What comes is kept then: nothing that plays is cut off unasked. */
  get isPlaying() {
    return this.player.store.wanted;
  }

  /** @param {string} text '' for: all is well */
  complain(text) {
    this.trouble.hidden = !text;
    this.trouble.textContent = text;
    if (!text) return;
    this.source.focus();
    this.then.complain(text);
  }

  /** How it is to be read: by what voice, and what besides the text. */
  get #manner() {
    const extras = this.#extras();
    return { ...(this.voice.value ? { voice: this.voice.value } : {}), ...(extras.length ? { extras } : {}) };
  }

  /** The main button does what fits: plays while all is quiet, keeps while something plays. */
  #face() {
    const isKeeping = String(this.isPlaying);
    if (this.form.ariaBusy || this.first.dataset.isKeeping === isKeeping) return;
    this.first.dataset.isKeeping = isKeeping;
    const [main, other] = this.isPlaying ? /** @type {const} */ (['keep', 'readNow']) : /** @type {const} */ (['read', 'keep']);
    this.first.replaceChildren(icon(this.isPlaying ? 'add' : 'play'), h('span', {}, t(main)));
    this.second.textContent = t(other);
  }

  /** @param {{isKept: boolean}} how */
  #take(how) {
    const text = this.source.value.trim();
    if (!text) return this.complain(t('empty'));
    const url = addressIn(text);
    const asked = { ...(url ? { url } : { text }), ...this.#manner };
    this.#during(() => this.#post({ json: asked }, how).then(() => (this.source.value = '')));
  }

  /** All of them, one after the other; the first plays unless something does. @param {FileList | null | undefined} files */
  #takeFiles(files) {
    const all = [...(files ?? [])];
    this.file.value = '';
    this.#during(async () => {
      const failed = /** @type {string[]} */ ([]);
      for (const [place, file] of all.entries()) {
        const fields = Object.fromEntries(Object.entries(this.#manner).map(([name, value]) => [name, String(value)]));
        await this.#post({ file, fields }, { isKept: this.isPlaying || place > 0 }).catch((error) => failed.push(all.length > 1 ? about(file, problem(error)) : problem(error)));
      }
      if (failed.length) this.complain(failed.join('\n'));
    });
  }

  /** @param {() => Promise<unknown>} work */
  async #during(work) {
    this.complain('');
    this.kept.textContent = '';
    this.player.store.unlock();
    this.form.ariaBusy = 'true';
    this.first.disabled = this.second.disabled = true;
    /** @type {Element} */ (this.first.lastElementChild).textContent = t('busy');
    delete this.first.dataset.isKeeping;
    await work().catch((error) => this.complain(problem(error)));
    this.form.ariaBusy = null;
    this.first.disabled = this.second.disabled = false;
    this.#face();
  }

  /** @param {{json?: object, file?: File, fields?: Record<string, string>}} request @param {{isKept: boolean}} how @throws {import('./api.js').Problem} */
  async #post(request, { isKept }) {
    const manifest = await this.pending.post(request);
    if (!manifest) return void (this.kept.textContent = t('pendingSaid'));
    const { book, articles = [manifest] } = manifest;
    this.then.made([...articles].reverse());
    if (!isKept) return this.then.listen(manifest);
    const duration = articles.reduce((/** @type {number} */ sum, /** @type {Summary} */ one) => sum + one.duration, 0);
    this.then.keep(book ? { id: `book:${book.name}`, ...book, duration } : manifest);
    this.kept.textContent = t('addedLast', { title: book?.title ?? manifest.title });
  }

  /** What the chosen voice means for the text. */
  #hint() {
    const chosen = this.voice.selectedOptions[0];
    find('#voice-hint').textContent = chosen ? t(chosen.dataset.online === 'true' ? 'online' : 'local', { name: chosen.text }) : '';
  }

  /** @param {DragEvent} event */
  #dragged(event) {
    const { dataTransfer, type } = event;
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.form.classList.toggle('drop', type === 'dragenter' || type === 'dragover');
    if (type === 'drop') this.#takeFiles(dataTransfer.files);
  }
}

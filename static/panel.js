/** The sheet with everything that is not needed all the time, and so is fetched when it is. */

import { h, icon } from './dom.js';
import { t } from './strings.js';

export class Panel {
  /** @type {(name: string) => Promise<View>} */
  #views;
  #name = '';

  /** @param {(name: string) => Promise<View>} views */
  constructor(views) {
    this.#views = views;
    this.body = h('div', { class: 'body' });
    this.heading = h('h2', { tabindex: -1 });
    this.backward = h('button', { class: 'quiet', 'aria-label': t('goBack'), onclick: () => this.show('more') }, icon('left'));
    const close = h('button', { class: 'quiet', 'aria-label': t('close'), onclick: () => this.dialog.close() }, icon('close'));
    this.dialog = h('dialog', { class: 'panel', part: 'panel' }, h('header', {}, this.backward, this.heading, close), this.body);
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener('close', () => this.body.replaceChildren());
  }

  /** @param {string} name */
  async show(name) {
    this.#name = name;
    const view = await this.#views(name).catch(() => ({ title: t('offline'), content: [], isBelow: false }));
    if (name !== this.#name) return; // another one was asked for meanwhile
    this.#write(view);
    if (!this.dialog.open) this.dialog.showModal();
    this.heading.focus();
  }

  /** @param {View} view */
  #write(view) {
    this.heading.textContent = view.title;
    this.backward.hidden = !view.isBelow;
    this.dialog.setAttribute('aria-label', view.title);
    this.body.replaceChildren(...view.content);
  }
}

/** The list of what waits for a connection, below the form. */

import { h } from './dom.js';
import { t } from './page-strings.js';
import { renew, tool } from './rows.js';
import { tell } from './strings.js';

/** @param {Element} before where it stands @param {import('./pending.js').Pending} pending */
export function showPending(before, pending) {
  const list = h('ul', { class: 'list' });
  const heading = h('h2', { id: 'pending-title' }, t('pending'));
  const shelf = h('section', { id: 'pending', class: 'shelf', 'aria-labelledby': 'pending-title', hidden: true }, heading, list);
  before.before(shelf);
  const show = () => {
    shelf.hidden = !pending.all.length;
    renew(list, pending.all.map(({ id, title, problem }) => h('li', { 'data-id': id },
      h('div', { class: 'what' }, title, h('small', {}, problem ? tell(problem) : t('pendingHint'))),
      tool('trash', t('unpend', { title }), () => pending.remove(id)))));
  };
  pending.addEventListener('change', show);
  show();
}

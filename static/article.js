/** An article's page: the player over the server's text, and what plays on when that is over. */

import './vorleser-player.js';
import { ROOT } from './api.js';
import { Onward } from './onward.js';
import { prepare } from './page.js';
import { Queue } from './queue.js';

prepare();

const player = /** @type {Player} */ (document.querySelector('vorleser-player'));
new Onward(player, new Queue(), (manifest) => {
  player.show(manifest);
  history.replaceState(null, '', `${ROOT}/articles/${manifest.id}`);
  document.title = `${manifest.title} · Vorleser`;
  player.store.play();
});

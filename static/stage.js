/** What home and the articles' pages share, made once: the places, the queue, and what plays on by itself. */

import { Onward } from './onward.js';
import { Places } from './places.js';
import { Queue } from './queue.js';

/** @typedef {{places: Places, queue: Queue, onward: Onward}} Stage */

/** @type {Stage | undefined} */
let stage;

/** @param {Player} player */
function begin(player) {
  const [places, queue] = [new Places(player), new Queue()];
  return { places, queue, onward: new Onward(player, queue, (manifest) => places.playOn(manifest)) };
}

/** @param {Player} player */
export const stageOf = (player) => (stage ??= begin(player));

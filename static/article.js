/** An article's page: the player over the server's text, and the way to other places. */

import './vorleser-player.js';
import { prepare } from './page.js';
import { placesOf } from './places.js';

prepare();
placesOf(/** @type {Player} */ (document.querySelector('vorleser-player')));

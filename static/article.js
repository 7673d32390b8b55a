/** An article's page: the player over the server's text, the way to other places, and what plays on. */

import './vorleser-player.js';
import { prepare } from './page.js';
import { stageOf } from './stage.js';

prepare();
stageOf(/** @type {Player} */ (document.querySelector('vorleser-player')));

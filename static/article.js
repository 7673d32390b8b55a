/** An article's page: the player over the server's text. */

import './vorleser-player.js';
import { prepare } from './page.js';

prepare();

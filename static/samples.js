/** How a voice sounds, heard before it is chosen; what plays is silent meanwhile. */

import { h, icon } from './dom.js';
import { fill } from './strings.js';

/** @satisfies {Record<string, [string, string]>} German, English */
const WORDS = {
  hear: ['Hörprobe', 'Sample'],
  stop: ['Hörprobe anhalten', 'Stop the sample'],
};

/** @type {{audio: HTMLAudioElement, stop: () => void} | null} */
let sounding = null;

/** A button that plays a voice's sample, and stops it. @param {Player} player @param {{id: string, name: string}} voice */
export function sample({ store, panel }, { id, name }) {
  const button = h('button', { type: 'button', class: 'quiet', 'aria-description': name, onclick: () => (sounding?.audio === audio ? stop() : start()) });
  const audio = h('audio', { preload: 'none', src: store.address(`/api/voices/${encodeURIComponent(id)}/sample.mp3`) });
  const face = (/** @type {boolean} */ isOn) => {
    const label = fill(isOn ? WORDS.stop : WORDS.hear);
    button.replaceChildren(icon(isOn ? 'pause' : 'volume'));
    button.setAttribute('aria-label', label);
    button.title = label;
  };
  const stop = () => {
    audio.pause();
    audio.currentTime = 0;
    sounding = null;
    face(false);
  };
  const start = () => {
    sounding?.stop();
    store.pause();
    sounding = { audio, stop };
    face(true);
    audio.play().catch(() => sounding?.audio === audio && stop());
  };
  audio.addEventListener('ended', stop);
  panel.dialog.addEventListener('close', () => sounding?.audio === audio && stop(), { once: true });
  face(false);
  return button;
}

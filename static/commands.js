/** What buttons and keys can ask of the player, by name, and the keys. */

const RATE_STEP = 0.1;

/** @satisfies {Record<string, (store: Store, value: number) => void>} */
export const COMMANDS = {
  toggle: (store) => (store.wanted ? store.pause() : store.play()),
  skip: (store, seconds) => store.seek(store.time + seconds),
  seek: (store, seconds) => store.seek(seconds),
  jump: (store, share) => store.seek(store.duration * share),
  step: (store, by) => store.step(by < 0 ? -1 : 1),
  rate: (store, rate) => void (store.rate = rate),
  faster: (store, steps) => void (store.rate += steps * RATE_STEP),
  mute: ({ audio }) => void (audio.muted = !audio.muted),
  volume: ({ audio }, volume) => {
    audio.muted = false;
    audio.volume = Math.min(1, Math.max(0, volume));
  },
  louder: ({ audio }, by) => COMMANDS.volume(/** @type {Store} */ ({ audio }), audio.volume + by),
};

/** @typedef {keyof typeof COMMANDS} Command */

/** @type {Record<string, [Command, number]>} */
const KEYS = {
  ' ': ['toggle', 0], k: ['toggle', 0],
  arrowleft: ['skip', -5], arrowright: ['skip', 5],
  j: ['skip', -15], l: ['skip', 15],
  p: ['step', -1], n: ['step', 1],
  '<': ['faster', -1], '>': ['faster', 1], ',': ['faster', -1], '.': ['faster', 1],
  m: ['mute', 0],
};

/** Keys that scroll a page; they are ours only while the focus is in the controls. */
const KEYS_INSIDE = /** @type {typeof KEYS} */ ({ arrowup: ['louder', 0.1], arrowdown: ['louder', -0.1] });

/** On a seek bar all arrows seek. */
const KEYS_ON_BAR = /** @type {typeof KEYS} */ ({ arrowup: ['skip', 5], arrowdown: ['skip', -5] });

/**
 * The command of a key press, null if it is not ours.
 * @param {KeyboardEvent} event @param {{isInside: boolean, hasLetters: boolean}} where
 * @returns {[Command, number] | null}
 */
export function commandOf(event, { isInside, hasLetters }) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  const isRange = target instanceof HTMLInputElement && target.type === 'range';
  if (!isRange && target.matches?.('input, textarea, select, [contenteditable]')) return null;
  if (event.key === ' ' && target.matches?.('button, a, summary, [role=button]')) return null;
  const key = event.key.toLowerCase();
  if (isRange && target.dataset.own) return null;
  const isNamed = key.length > 1 || key === ' ';
  if (!hasLetters && !isNamed && !isInside) return null;
  if (/^[0-9]$/.test(key)) return ['jump', Number(key) / 10];
  return (isRange && KEYS_ON_BAR[key]) || KEYS[key] || (isInside && KEYS_INSIDE[key]) || null;
}

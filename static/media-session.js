/** The lock screen, headphones and media keys. */

const SKIP_S = 15;

/** @param {Store} store @param {string} icon address of a square picture for what has none */
export function showInSystem(store, icon) {
  if (!('mediaSession' in navigator)) return;
  const session = navigator.mediaSession;
  /** @type {Partial<Record<MediaSessionAction, (details: MediaSessionActionDetails) => void>>} */
  const actions = {
    play: () => store.play(),
    pause: () => store.pause(),
    stop: () => store.pause(),
    seekbackward: ({ seekOffset }) => store.seek(store.time - (seekOffset || SKIP_S)),
    seekforward: ({ seekOffset }) => store.seek(store.time + (seekOffset || SKIP_S)),
    seekto: ({ seekTime }) => store.seek(seekTime ?? 0),
    previoustrack: () => store.step(-1),
    nexttrack: () => store.step(1),
  };
  const claim = () => {
    for (const [name, act] of Object.entries(actions)) {
      try {
        session.setActionHandler(/** @type {MediaSessionAction} */ (name), act);
      } catch {
        // not every browser knows every action
      }
    }
  };
  store.addEventListener('change', () => {
    const { manifest, wanted, duration, rate, time } = store;
    if (!manifest || (store.audio.paused && !wanted && session.playbackState !== 'playing')) return;
    if (wanted && session.metadata?.title !== manifest.title) {
      claim();
      session.metadata = new MediaMetadata({
        title: manifest.title,
        artist: manifest.byline ?? manifest.site ?? 'Vorleser',
        album: manifest.site ?? 'Vorleser',
        artwork: [artwork(store, icon)],
      });
    }
    session.playbackState = wanted ? 'playing' : 'paused';
    if (duration > 0) session.setPositionState({ duration, playbackRate: rate, position: Math.min(time, duration) });
  });
}

/** The lead picture, which the service fetches and makes small. @param {Store} store @param {string} icon @returns {MediaImage} */
function artwork(store, icon) {
  const { id, picture } = /** @type {Manifest} */ (store.manifest);
  if (!picture) return { src: icon, sizes: '512x512', type: 'image/png' };
  return { src: new URL(store.address(`/articles/${id}/picture.jpg`), location.href).href, sizes: '512x512', type: 'image/jpeg' };
}

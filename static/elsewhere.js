/** What becomes of an article elsewhere: who has its page open is told when it was changed or deleted. */

import { ROOT } from './api.js';

const LOOK_MS = 30_000;

/** @typedef {{isGone: true, isKept: boolean} | {isGone: false, fresh: Manifest}} News kept: in this browser, for offline */

/**
 * Looks when the page is come back to, and now and then while it is seen.
 * @param {() => Manifest | null} current whose page is open @param {(news: News) => void} tell
 */
export function watchElsewhere(current, tell) {
  const look = async () => {
    const known = current();
    const news = known && !document.hidden && (await newsOf(known));
    if (news && current() === known) tell(news);
  };
  for (const name of ['focus', 'online']) addEventListener(name, look);
  addEventListener('pageshow', ({ persisted }) => persisted && look()); // else it is new
  document.addEventListener('visibilitychange', look);
  setInterval(look, LOOK_MS);
}

/** @param {Manifest} known @returns {Promise<News | null>} null: nothing new, or nobody to ask */
async function newsOf({ id, edition, finished_edition: finished }) {
  const query = edition === finished ? '?edition=finished' : ''; // else the newest, which this tab follows
  const answer = await fetch(`${ROOT}/api/articles/${id}${query}`).catch(() => null);
  const kept = answer?.headers.get('X-Vorleser-Kept');
  if (answer?.status === 404 || kept === 'gone') return { isGone: true, isKept: !!kept };
  const fresh = answer?.ok && !kept && (await answer.json());
  return fresh && fresh.edition !== edition ? { isGone: false, fresh } : null;
}

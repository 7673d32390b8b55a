/** The manifest, and what stands where in it. Times are seconds in the track. */

/** @typedef {{paragraph: Paragraph, sentence: number}} Place sentence counts from 0 */

const ROUNDING_S = 0.03; // a player that was sent to 3.61 may stand at 3.599

/**
 * Index of the last item that has begun, 0 before the first.
 * @param {{start: number}[]} items in order
 * @param {number} time
 */
export function indexAt(items, time) {
  let [low, high] = [0, items.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (items[middle].start <= time + ROUNDING_S) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** @param {Manifest} manifest @param {number} time @returns {Place} */
export function placeAt(manifest, time) {
  const paragraph = manifest.paragraphs[indexAt(manifest.paragraphs, time)];
  return { paragraph, sentence: indexAt(paragraph.sentences, time) };
}

/** When the next sentence begins after a time. @param {Manifest} manifest @param {number} time */
export function nextStart(manifest, time) {
  const { paragraph, sentence } = placeAt(manifest, time);
  const following = paragraph.sentences[sentence + 1] ?? manifest.paragraphs[paragraph.number];
  return following ? following.start : Infinity;
}

/** Title and headings. @param {Manifest} manifest */
export const chapters = (manifest) =>
  manifest.paragraphs.filter(({ kind }) => kind === 'title' || kind === 'heading');

export const WHOLE = 0; // stands for the whole track where a paragraph's number could be

/**
 * Where the sound of a paragraph or the whole track is, at the service.
 * @param {Manifest} manifest @param {number} file number of a paragraph, or WHOLE
 */
export function addressOf({ audio, paragraphs }, file) {
  if (file === WHOLE) return `${audio}${audio.includes('?') ? '&' : '?'}tags=small`;
  const { state, clip } = paragraphs[file - 1];
  return state === 'ready' && clip ? clip : audio.replace(/audio\.mp3/, `paragraphs/${file}.mp3`);
}

/** Silence between a paragraph and the next. @param {Manifest} manifest @param {number} number */
export function pauseAfter(manifest, number) {
  const [one, next] = manifest.paragraphs.slice(number - 1, number + 1);
  return next ? Math.max(0, next.start - one.start - one.duration) : 0;
}

/** Some paragraph will still be spoken, even if another failed. @param {Manifest} manifest */
export const isInWork = (manifest) =>
  manifest.paragraphs.some(({ state }) => state === 'queued' || state === 'speaking');

/** Share of the article that is spoken, by time. @param {Manifest} manifest */
export function madeShare(manifest) {
  const made = manifest.paragraphs.filter(({ state }) => state === 'ready');
  return made.reduce((sum, { duration }) => sum + duration, 0) / (manifest.duration || 1);
}

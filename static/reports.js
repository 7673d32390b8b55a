/** A manifest kept true by the service's events, so that it is fetched once. */

import { pauseAfter } from './timeline.js';

const FRAME_S = 0.024; // of MP3: lengths and pauses are so many of them

/** @param {number} seconds */
const inMs = (seconds) => Math.round(seconds * 1000) / 1000;

/**
 * The manifest after a report; null where that is of another text than this one.
 * @param {Manifest} manifest @param {Report} report @returns {Manifest | null}
 */
export function after(manifest, report) {
  if (!report.number) return ofAll(manifest, report);
  const old = manifest.paragraphs[report.number - 1];
  if (!old || (report.clip && report.clip !== old.clip)) return null;
  if (report.sentences && report.sentences.length !== old.sentences.length) return null;
  const isSettled = old.state === 'ready' || old.state === 'failed';
  if (!report.clip && isSettled) return manifest; // it came late
  return laidOut(manifest, { ...old, ...report, sentences: times(old, report) });
}

/** @param {Paragraph} old @param {Report} report */
const times = ({ sentences }, report) =>
  sentences.map((sentence, place) => ({ ...sentence, ...report.sentences?.[place] }));

/** @param {Manifest} manifest @param {Report} report */
function ofAll(manifest, { state, total }) {
  const isDone = manifest.paragraphs.every((one) => one.state === 'ready');
  if (total !== manifest.paragraphs.length || isDone !== (state === 'ready')) return null;
  return { ...manifest, state, finished_edition: isDone ? manifest.edition : manifest.finished_edition };
}

/** With a paragraph that has become another; those behind it move. @param {Manifest} manifest @param {Paragraph} changed */
function laidOut(manifest, changed) {
  let start = 0;
  const paragraphs = manifest.paragraphs.map((old) => {
    const one = moved(old.number === changed.number ? changed : old, start);
    const frames = Math.round(pauseAfter(manifest, old.number) / FRAME_S);
    start = inMs(one.start + one.duration + frames * FRAME_S);
    return one;
  });
  const last = paragraphs[paragraphs.length - 1];
  return {
    ...manifest,
    paragraphs,
    duration: inMs(last.start + last.duration),
    duration_is_estimate: paragraphs.some(({ state }) => state !== 'ready'),
  };
}

/** @param {Paragraph} paragraph @param {number} start @returns {Paragraph} */
function moved(paragraph, start) {
  const by = start - paragraph.start;
  if (!by) return paragraph;
  const sentences = paragraph.sentences.map((one) => ({ ...one, start: inMs(one.start + by), end: inMs(one.end + by) }));
  return { ...paragraph, start, sentences };
}

/** How much of an article was heard. */

import { recall } from './memory.js';

const END_S = 2; // so close to the end, it was heard

/** 0 to 1. @param {{id: string, duration: number, parts?: {id: string, duration: number}[]}} article @returns {number} */
export function heardShare({ id, duration, parts }) {
  if (parts) return Math.min(1, parts.reduce((sum, one) => sum + heardShare(one) * one.duration, 0) / duration);
  const time = recall(id)?.time ?? 0;
  return time > duration - END_S ? 1 : time / duration;
}

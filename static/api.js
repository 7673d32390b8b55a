/** The service, as this page talks to it. */

const KEY = 'vorleser:key';

/** The path that the service is under, '' at its host's root. */
export const ROOT = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

/** An answer that is no success, and what it says for the listener (RFC 9457). */
export class Problem extends Error {
  /** @param {number} status 0 stands for: no answer at all @param {Said} [said] */
  constructor(status, said) {
    super(said?.detail);
    this.status = status;
    this.said = said;
  }
}

/**
 * Asks the person for an API key, or to sign in; the service's own pages replace it.
 * @type {{ask: () => Promise<string | null>, signIn: () => void}}
 */
export const keyring = { ask: async () => null, signIn: () => {} };

/**
 * The JSON (or null) behind an address.
 * @param {string} url
 * @param {{method?: string, json?: unknown, form?: FormData, isLeaving?: boolean}} [request] leaving: outlives the page
 * @returns {Promise<any>}
 * @throws {Problem}
 */
export async function ask(url, request = {}) {
  const answer = await send(url, request);
  const text = await answer.text().catch(() => '');
  if (answer.status === 401 && said(text)?.code === 'reading-key-needed') keyring.signIn();
  else if (answer.status === 401) {
    const key = await keyring.ask();
    if (key) {
      localStorage.setItem(KEY, key);
      return ask(url, request);
    }
  }
  if (!answer.ok) throw new Problem(answer.status, said(text) ?? { detail: `${answer.status} ${answer.statusText}` });
  return text ? JSON.parse(text) : null;
}

/**
 * @param {string} url
 * @param {{method?: string, json?: unknown, form?: FormData, isLeaving?: boolean}} request
 */
function send(url, { method = 'GET', json, form, isLeaving }) {
  /** @type {Record<string, string>} */
  const headers = {};
  const isOwn = new URL(url, location.href).origin === location.origin;
  const key = method === 'GET' || !isOwn ? null : keyOf();
  if (json && isOwn) headers['Content-Type'] = 'application/json'; // elsewhere it would need a preflight
  if (key) headers.Authorization = `Bearer ${key}`;
  const body = json ? JSON.stringify(json) : form;
  return fetch(url, { method, headers, body, credentials: 'same-origin', keepalive: isLeaving }).catch(() => {
    throw new Problem(0);
  });
}

/** The API key that this browser keeps, if there is one. */
export const keyOf = () => localStorage.getItem(KEY);

/** @param {string} text @returns {Said | null} */
function said(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

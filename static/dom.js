/** Elements made without markup strings, so that pages which demand trusted types stay happy. */

/** @typedef {Node | string | null | undefined | false} Child */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element with attributes, listeners (functions, by `on…` names) and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [given] true sets an empty attribute; false, null leave it out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else if (value !== false && value != null) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child || child === '').map((child) => child || ''));
  return element;
}

// Own drawings on a 24 × 24 grid; `*` before a path fills it, else it is a line.
const PATHS = {
  play: '*M8 4.8v14.4a.6.6 0 0 0 .9.5l11-7.2a.6.6 0 0 0 0-1L8.9 4.3a.6.6 0 0 0-.9.5z',
  pause: '*M7 4.5h3.2v15H7zM13.8 4.5H17v15h-3.2z',
  back: 'M4.5 4v5h5M4.9 9a8 8 0 1 1-.9 4',
  forward: 'M19.5 4v5h-5M19.1 9a8 8 0 1 0 .9 4',
  previous: 'M6.5 6v12M17.5 6.5v11L9.5 12z',
  next: 'M17.5 6v12M6.5 6.5v11l8-5.5z',
  more: '*M4 12a1.7 1.7 0 1 0 3.4 0A1.7 1.7 0 1 0 4 12zM10.3 12a1.7 1.7 0 1 0 3.4 0 1.7 1.7 0 1 0-3.4 0zM16.6 12a1.7 1.7 0 1 0 3.4 0 1.7 1.7 0 1 0-3.4 0z',
  volume: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11',
  muted: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  voice: 'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
  download: 'M12 4v11M7.5 10.5 12 15l4.5-4.5M5 19.5h14',
  share: 'M12 15V4M8 7.5 12 3.5l4 4M6 11.5v8h12v-8',
  embed: 'M8.5 7.5 4 12l4.5 4.5M15.5 7.5 20 12l-4.5 4.5',
  keys: 'M3.5 7h17v10.5h-17zM7 10.5h.1M10.3 10.5h.1M13.7 10.5h.1M17 10.5h.1M8.5 14.2h7',
  list: 'M5 7h14M5 12h14M5 17h8',
  text: 'M5 6h14M5 10h14M5 14h14M5 18h9',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  left: 'M14.5 6 8.5 12l6 6',
  down: 'M6 9.5l6 6 6-6',
  offline: 'M6.5 17.5a4 4 0 0 1-.3-8 6 6 0 0 1 11.6 1.2 3.5 3.5 0 0 1-.3 6.8zM12 10.5v5M9.8 13.5 12 15.7l2.2-2.2',
  trash: 'M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7',
  target: 'M12 4v4M12 16v4M4 12h4M16 12h4M12 12h.1',
  add: 'M5 7h10M5 12h10M5 17h5M16.5 13.5v6M13.5 16.5h6',
  move: 'M5 9.5h14M5 14.5h14',
  edit: 'M5 19l.8-3.6L16.5 4.7l2.8 2.8L8.6 18.2zM14 7.2l2.8 2.8',
  podcast: 'M12 12.2h.1M8.6 15.2a4.8 4.8 0 1 1 6.8 0M6 18a8.6 8.6 0 1 1 12 0M12 14.5v5.5',
  check: 'M5.5 12.5l4.5 4.5 9-10',
};

/** @typedef {keyof typeof PATHS} Icon */

/**
 * A drawing, hidden from readers of the screen: its button carries the name.
 * @param {Icon} name
 * @param {string} [label] up to three characters in the middle
 */
export function icon(name, label) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of [['viewBox', '0 0 24 24'], ['aria-hidden', 'true']]) {
    svg.setAttribute(key, value);
  }
  const drawing = PATHS[name];
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', drawing.replace('*', ''));
  path.setAttribute('class', drawing[0] === '*' ? 'fill' : 'line');
  svg.append(path);
  if (label) {
    const text = document.createElementNS(SVG, 'text');
    text.setAttribute('x', '12');
    text.setAttribute('y', '16');
    text.textContent = label;
    svg.append(text);
  }
  return svg;
}

/** Shows a text unless it stands there already. @param {Element} element @param {string} text */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The panel of a page itself, that looks like the player's. */

import { h } from './dom.js';
import { Panel } from './panel.js';
import { sheet } from './styles.js';

const fields = new CSSStyleSheet();
fields.replaceSync(`
  form { display: flex; gap: 8px; padding: 4px 12px 12px; }
  input:not([type=checkbox]) { flex: 1; min-width: 0; min-height: 44px; padding: 6px 14px; border: 1px solid var(--soft); border-radius: 10px; background: none; }
  form .chip { min-height: 44px; border-radius: 22px; white-space: nowrap; }
  .field { display: flex; gap: 8px; padding: 0 12px 12px; align-items: center; }
  .code { display: block; width: min(15rem, 70%); height: auto; aspect-ratio: 1; margin: 2px auto 8px; border-radius: 12px; background: #fff; }
  .danger, .danger svg { color: var(--accent); }
  @media (min-width: 640px) { :host([docked]) .panel { margin: auto; } }
`);

/** @param {(name: string) => Promise<View>} views */
export function pagePanel(views) {
  const panel = new Panel(views);
  const host = h('div', { class: 'sheets', docked: true });
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet, fields];
  root.append(panel.dialog);
  (document.querySelector('main') ?? document.body).append(host);
  return panel;
}

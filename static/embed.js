/** One script tag on any page turns `<vorleser-player article="ID">` into the player. */
(() => {
  const tag = document.currentScript ?? document.querySelector('script[src*="/embed.js"]');
  const home = /** @type {HTMLScriptElement} */ (tag).src;
  const place = new CSSStyleSheet(); // keeps the player's place until it is there
  place.replaceSync(`
    vorleser-player:not(:defined) { display: block; min-height: 64px }
    vorleser-player[layout=full]:not(:defined) { min-height: 158px }
    @media (max-width: 660px) { vorleser-player[layout=full]:not(:defined) { min-height: 215px } }
  `);
  document.adoptedStyleSheets.push(place);
  import(new URL('static/vorleser-player.js', home).href);
})();

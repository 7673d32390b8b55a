/** One script tag on any page turns `<vorleser-player article="ID">` into the player. */
(() => {
  const tag = document.currentScript ?? document.querySelector('script[src*="/embed.js"]');
  const home = /** @type {HTMLScriptElement} */ (tag).src;
  import(new URL('static/vorleser-player.js', home).href);
})();

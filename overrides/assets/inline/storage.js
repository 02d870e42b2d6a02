/* Where site data is blocked, reading it is an error that would stop the theme: there, what is kept
   lasts as long as the page. */
(() => {
  "use strict";
  for (const name of /** @type {const} */ (["localStorage", "sessionStorage"])) {
    try {
      window[name].getItem("");
    } catch {
      const kept = new Map();
      const value = {
        getItem: (/** @type {unknown} */ key) => kept.get(String(key)) ?? null,
        setItem: (/** @type {unknown} */ key, /** @type {unknown} */ text) =>
          void kept.set(String(key), String(text)),
        removeItem: (/** @type {unknown} */ key) => void kept.delete(String(key)),
        clear: () => kept.clear(),
        key: (/** @type {number} */ index) => [...kept.keys()][index] ?? null,
        get length() {
          return kept.size;
        },
      };
      Object.defineProperty(window, name, { configurable: true, value });
    }
  }
})();

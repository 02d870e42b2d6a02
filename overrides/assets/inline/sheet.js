/* The styles of a page stand in it. Those of what scripts add come at the first sign of a reader. */
(() => {
  "use strict";
  const sheet = /** @type {HTMLScriptElement} */ (document.currentScript).dataset.sheet || "";
  if (!sheet) return; // under serve every page links all sheets
  const signs = ["pointerover", "pointerdown", "keydown", "focusin", "scroll"];

  function follow() {
    for (const sign of signs) removeEventListener(sign, follow, true);
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = sheet;
    link.onerror = wait; // for the next sign
    document.head.append(link);
  }

  function wait() {
    for (const sign of signs) addEventListener(sign, follow, { capture: true, passive: true });
  }
  wait();
})();

/* Light, dark, or as the system says: settled before the first paint, then by the button in the
   header. The choice is kept as the theme keeps it. */
(() => {
  "use strict";
  const KEY = "__palette";
  const AS_SYSTEM = "(prefers-color-scheme)";
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function kept() {
    try {
      return __md_get(KEY) || {};
    } catch {
      return {}; // something else was kept under this name
    }
  }

  /** Show what was chosen, in as much of the page as is there. */
  function show() {
    const { index, color } = kept();
    const own = color?.media !== AS_SYSTEM && color?.scheme;
    const scheme = own || (dark.matches ? "slate" : "default");
    for (const part of [document.documentElement, document.body]) {
      if (part && part.dataset.mdColorScheme !== scheme) part.dataset.mdColorScheme = scheme;
    }
    const told = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=color-scheme]"));
    const side = scheme === "slate" ? "dark" : "light";
    if (told.content !== side) told.content = side; // said again, it styles the whole page again
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (document.getElementsByName(KEY));
    const chosen = inputs[index] || inputs[0];
    inputs.forEach((input) => {
      input.checked = input === chosen;
      /** @type {HTMLElement} */ (input.nextElementSibling).hidden = input !== chosen;
    });
    if (document.readyState === "complete") tint();
  }

  /** Give the browser's own bars the colour of the page. */
  function tint() {
    /** @type {HTMLMetaElement | null} */
    let bar = document.querySelector("meta[name=theme-color]");
    if (!bar) {
      bar = document.createElement("meta");
      bar.name = "theme-color";
      document.head.append(bar);
    }
    bar.content = getComputedStyle(document.body).getPropertyValue("--paper").trim();
  }

  /** @param {HTMLInputElement} input */
  function choose(input) {
    const inputs = [...document.getElementsByName(KEY)];
    /** @type {Record<string, string | null>} */
    const color = {};
    for (const part of ["media", "scheme", "primary", "accent"]) {
      color[part] = input.getAttribute("data-md-color-" + part);
    }
    __md_set(KEY, { index: inputs.indexOf(input), color });
    show();
  }

  show();
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("change", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.name === KEY) choose(input);
  });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (event.key !== "Enter" || target.name !== KEY) return;
    const inputs = [...document.getElementsByName(KEY)];
    const next = inputs[(inputs.indexOf(target) + 1) % inputs.length];
    next.click();
    next.focus();
  });
  dark.addEventListener("change", show);
  addEventListener("load", tint);
  /* Another tab chose, or this page was kept or made ready before a choice. */
  addEventListener("storage", show);
  addEventListener("pageshow", ({ persisted }) => persisted && show());
  document.addEventListener("prerenderingchange", show);
  document.addEventListener("site:scheme", show);
})();

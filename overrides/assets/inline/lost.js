/* A host has one page for lost readers. It speaks the language of the address: what the others say
   goes, and the search is that edition's. Runs after the text, and again after the theme's settings. */
(() => {
  "use strict";
  /** @type {NodeListOf<HTMLElement>} */
  const sections = document.querySelectorAll("section[data-folder]");
  const parts = [...sections];
  if (!parts.length) return; // this edition's own page, which nobody is led to by a host
  const path = location.pathname.slice(__md_scope.pathname.length);
  const own =
    parts.find(({ dataset }) => dataset.folder && path.startsWith(dataset.folder)) || parts[0];
  for (const part of parts) if (part !== own) part.remove();
  document.documentElement.lang = own.lang;
  document.title = /** @type {string} */ (own.dataset.title);
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const homes = document.querySelectorAll(".md-logo");
  const start = /** @type {HTMLAnchorElement} */ (own.querySelector("a"));
  for (const home of homes) home.href = start.href;
  /** @type {HTMLElement | null} */
  const config = document.getElementById("__config");
  if (config) config.textContent = /** @type {string} */ (own.dataset.config);
})();

/* The line that offers this page in the reader's language, before it is drawn. */
(() => {
  "use strict";
  const { wanted } = document.documentElement.dataset;
  /** @type {NodeListOf<HTMLElement>} */
  const lines = document.querySelectorAll("[data-offer]");
  for (const line of lines) line.hidden = line.dataset.offer !== wanted;
})();

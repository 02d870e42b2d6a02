/* The line that offers this page in the reader's language, before it is drawn. */
(() => {
  "use strict";
  const { wanted } = document.documentElement.dataset;
  for (const line of document.querySelectorAll("[data-offer]"))
    line.hidden = line.dataset.offer !== wanted;
})();

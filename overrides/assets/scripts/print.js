/* Before print, open the lists of sources; after it, close those that were closed. */
(() => {
  "use strict";
  /** @returns {NodeListOf<HTMLDetailsElement>} */
  const closed = () => document.querySelectorAll("details.fn:not([open])");
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...closed()];
    for (const list of opened) list.open = true;
  });
  addEventListener("afterprint", () => {
    for (const list of opened.splice(0)) list.open = false;
  });
})();

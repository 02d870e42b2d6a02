/* Before print, open the lists of sources; after it, close those that were closed. */
(() => {
  "use strict";
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.fn:not([open])")];
    for (const list of opened) list.open = true;
  });
  addEventListener("afterprint", () => {
    for (const list of opened.splice(0)) list.open = false;
  });
})();

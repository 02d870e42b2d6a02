/* Before print, open the lists of sources; after it, close those that were closed. */
(function () {
  "use strict";
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.fn:not([open])")];
    opened.forEach((list) => (list.open = true));
  });
  addEventListener("afterprint", () => opened.splice(0).forEach((list) => (list.open = false)));
})();

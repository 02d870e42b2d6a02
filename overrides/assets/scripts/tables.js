// Tools of a table come with their first use, or with an address that names a view of a table.
(() => {
  "use strict";
  /** @param {string} event @param {Element | null} figure @param {Element} [at] */
  function tell(event, figure, at) {
    const part = /** @type {HTMLElement | null} */ (figure?.querySelector(".cmp-k"));
    window.told(["%later/tables%"], event, { at, part });
  }

  document.addEventListener("click", ({ target, detail }) => {
    const button = /** @type {Element} */ (target).closest(".cmp-b");
    const figure = button?.closest("figure");
    // The second half of a double click would close what the first has opened.
    if (figure && detail < 2) tell("site:table", figure, figure);
  });

  function here() {
    const table = /^#(table-[^?]+)\?/.exec(location.hash)?.[1];
    if (table) tell("site:view", document.getElementById(table));
  }
  addEventListener("hashchange", here);
  here();
})();

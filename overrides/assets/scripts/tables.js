// Tools of a table come with their first use, or with an address that names a view of a table.
(() => {
  "use strict";
  const tools = () => window.later("%later/tables%");

  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest(".cmp-b");
    const figure = button?.closest("figure");
    if (button) window.told(tools(), "site:table", figure);
  });

  function here() {
    if (/^#table-[^?]+\?/.test(location.hash)) window.told(tools(), "site:view");
  }
  addEventListener("hashchange", here);
  here();
})();

// Tools of a table come with their first use, or with an address that names a view of a table.
(() => {
  "use strict";
  /** @param {Element | null} figure */
  function tell(event, figure, at) {
    const words = /** @type {HTMLElement | null} */ (figure?.querySelector(".cmp-k"));
    figure?.querySelector(":scope > [role=alert]")?.remove();
    window.told(window.later("%later/tables%"), event, at, () => {
      // A button that does nothing would be a riddle.
      const said = document.createElement("p");
      said.setAttribute("role", "alert");
      said.textContent = words?.dataset.lost || "";
      words?.after(said);
    });
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

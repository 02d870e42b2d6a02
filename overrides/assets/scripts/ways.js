// The questions of a decision come with the first answer, or with an address that names answers.
(() => {
  "use strict";
  /** All ways and reasons stand in the page, only hidden. @param {Element} part of a decision */
  function showAll(part) {
    const section = /** @type {Element} */ (part.closest(".choose"));
    const button = /** @type {HTMLElement} */ (section.querySelector(".choose-more button"));
    const all = /** @type {Element} */ (section.querySelector(".choose-all"));
    button.setAttribute("aria-expanded", String(all.classList.toggle("shown")));
    const hide = String(button.dataset.hide);
    button.dataset.hide = button.textContent;
    button.textContent = hide;
  }
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest(".choose-more button");
    if (button) showAll(button);
  });

  function here() {
    const asked = /^#(choose-[^?]+)\?/.exec(location.hash)?.[1];
    // Where the questions do not come, all ways are shown, as without script.
    if (asked) {
      const section = document.getElementById(asked);
      window.told(["%later/choose%"], "site:choose", {
        part: section?.querySelector(".choose-now"),
        lost() {
          if (section?.querySelector(".choose-all:not(.shown)")) showAll(section);
        },
      });
    }
    // What is linked to among all ways is shown first.
    const target = document.getElementById(window.decoded(location.hash));
    const all = target?.closest(".choose-all:not(.shown)");
    if (!all) return;
    showAll(all);
    target?.scrollIntoView();
  }
  addEventListener("hashchange", here);
  here();
})();

/* The filter of the Notes page: a link to what it hides shows everything again. */
(() => {
  "use strict";
  const all = /** @type {HTMLInputElement} */ (document.querySelector(".filter [value=all]"));
  if (!all) return;

  /** @param {string} hash */
  function show(hash) {
    const target = document.getElementById(window.decoded(hash));
    if (!target || target.checkVisibility({ contentVisibilityAuto: false })) return;
    all.checked = true;
    target.scrollIntoView();
    document.dispatchEvent(new Event("site:land"));
  }

  const here = () => show(location.hash);
  addEventListener("hashchange", here);
  addEventListener("pageshow", here); // the browser may bring back what was chosen before
  document.addEventListener("click", (event) => {
    /** @type {HTMLAnchorElement | null} */
    const link = /** @type {Element} */ (event.target).closest("a[href*='#']");
    if (link && link.pathname === location.pathname) show(link.hash); // the same place again, too
  });
})();

// Questions come to the end of a page with their first use, or with an address that names one.
(() => {
  "use strict";
  /** @type {HTMLAnchorElement} */
  const link = document.querySelector("[data-practice]");
  const ready = () => window.later("%later/practice%");

  function bring() {
    return Promise.all([ready(), window.later(new URL(link.dataset.practice, document.baseURI))]);
  }

  function here() {
    if (/^#practice(-|$)/.test(location.hash) && link?.isConnected)
      window.told(bring(), "site:practice");
  }

  link?.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.told(bring(), "site:practice", document, () => {
      location.href = link.href;
    });
  });
  addEventListener("hashchange", here);
  here();
  if (document.querySelector(".quiz")) ready().catch(() => {});
})();

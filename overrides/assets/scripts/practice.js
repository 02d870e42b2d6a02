// Questions come to the end of a page with their first use, or with an address that names one.
(() => {
  "use strict";
  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector("[data-practice]");
  const QUIZ = "%later/practice%";
  let lost = false;

  /** @param {HTMLElement} link */
  function bring(link) {
    const names = [QUIZ, new URL(String(link.dataset.practice), document.baseURI)];
    window.told(names, "site:practice", {
      part: link,
      lost() {
        lost = true;
        link.scrollIntoView({ block: "center" });
      },
    });
  }

  function here() {
    if (/^#practice(-|$)/.test(location.hash) && link?.isConnected) bring(link);
  }

  link?.addEventListener("click", (event) => {
    // What did not come once stands on a page of its own, where the link leads.
    if (lost || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    bring(link);
  });
  addEventListener("hashchange", here);
  here();
  /** @type {HTMLElement | null} */
  const quiz = document.querySelector(".quiz");
  if (quiz) window.told([QUIZ], "site:quiz", { part: quiz });
})();

// Two languages side by side: what does it comes with its first use, or with an address that asks
// for it. A file may not read another, so that a copy on a disk has no such button.
(() => {
  "use strict";
  if (location.protocol === "file:") return;
  const wide = matchMedia("(min-width: 76.25em)"); // as styles/25-editions.css
  const asked = new URLSearchParams(location.search).get("beside");
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll("[data-beside]");

  for (const button of buttons) {
    button.hidden = false;
    const name = [...button.childNodes];
    const lost = () => {
      button.textContent = String(button.dataset.lost);
    };
    const show = () => {
      button.replaceChildren(...name);
      window.told(["%later/beside%"], "site:beside", { at: button, lost });
    };
    button.addEventListener("click", show);
    button.addEventListener("site:lost", lost);
    if (button.dataset.with === asked && wide.matches) show();
  }
})();

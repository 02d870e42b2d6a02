// Two languages side by side: what does it comes with its first use, or with an address that asks
// for it. A file may not read another, so that a copy on a disk has no such button.
(() => {
  "use strict";
  if (location.protocol === "file:") return;
  const wide = matchMedia("(min-width: 76.25em)"); // as styles/25-editions.css
  const asked = new URLSearchParams(location.search).get("beside");
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll("[data-beside]");

  const show = (button, lost) =>
    window.told(window.later("%later/beside%"), "site:beside", button, lost);

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () =>
      show(button, () => location.assign(button.dataset.beside)),
    );
    // Who only followed a link stays where it leads, whatever does not come.
    if (button.dataset.with === asked && wide.matches) show(button);
  }
})();

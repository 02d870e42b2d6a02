/* Keys and layers of the theme, where the page has more than the theme knows of. */
(() => {
  "use strict";
  /* The theme goes on by link[rel=next]. Where a page is published it is a mere meta, since Firefox
     would fetch that page at once, and becomes the link when its key is pressed. */
  /** @type {HTMLMetaElement | null} */
  const next = document.querySelector("meta[name=next]");
  addEventListener(
    "keydown",
    ({ key }) => {
      if (!next || !"n.".includes(key) || document.querySelector("link[rel=next]")) return;
      const link = document.createElement("link");
      link.rel = "next";
      link.href = next.content;
      document.head.append(link);
    },
    true,
  );

  /* Search and navigation open by a switch: an open note, which lies above all, makes way. */
  document.addEventListener("change", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (!target.matches("[data-md-toggle]") || !target.checked) return;
    /** @type {NodeListOf<HTMLElement>} */
    const notes = document.querySelectorAll("[popover]:popover-open");
    for (const note of notes) note.hidePopover();
  });
})();

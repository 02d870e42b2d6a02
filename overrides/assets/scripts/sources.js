/* The number beside an answer of a table shows its sources, filled from the list below the table.
   Where a browser knows no popovers, the number stays what it is: a link to that list. */
(() => {
  "use strict";
  if (!HTMLElement.prototype.showPopover) return;
  /** @type {HTMLElement | undefined} */
  let built;
  /** @type {HTMLElement} */
  let number;
  let wasOpen = false;

  function build() {
    const note = document.createElement("div");
    note.className = "cl cs";
    note.popover = "auto";
    note.setAttribute("role", "note");
    note.addEventListener("toggle", (event) => {
      if (event.newState === "closed") number.removeAttribute("aria-expanded");
    });
    return note;
  }

  /** @param {Element} item */
  function copied(item) {
    const source = document.createElement("div");
    source.className = "read";
    source.append(...item.cloneNode(true).childNodes);
    return source;
  }

  /** @param {HTMLElement} note @param {HTMLElement} list */
  function fill(note, list) {
    const numbers = number.textContent.match(/\d+/g) || [];
    const wanted = numbers.map((n) => list.children[Number(n) - 1]);
    note.replaceChildren(...wanted.map(copied));
    if (number.dataset.holds) {
      const holds = document.createElement("div");
      holds.textContent = number.dataset.holds;
      note.append(holds);
    }
    note.setAttribute("aria-label", String(list.getAttribute("aria-label")));
    const cell = number.closest("td[id]");
    if (cell && list.dataset.link) {
      const link = document.createElement("a");
      link.className = "cl-w";
      link.href = "#" + cell.id;
      link.textContent = list.dataset.link;
      note.append(link);
    }
    number.closest("figure, .choose")?.append(note);
  }

  const asked = (/** @type {Event} */ event) =>
    /** @type {HTMLAnchorElement | null | undefined} */ (
      /** @type {Element} */ (event.target).closest?.("a.src")
    );

  // By the time of the click, pressing has closed what was open.
  addEventListener(
    "pointerdown",
    (event) => {
      wasOpen = !!built?.matches(":popover-open") && asked(event) === number;
    },
    true,
  );
  addEventListener("click", (event) => {
    const target = asked(event);
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const item = document.getElementById(target.hash.slice(1));
    const list = item?.parentElement;
    if (!list) return;
    event.preventDefault();
    const note = built || build();
    built = note;
    const again = target === number && (wasOpen || note.matches(":popover-open"));
    wasOpen = false;
    if (note.matches(":popover-open")) note.hidePopover();
    if (again) return;
    // One closes and the next opens within one step: of that, no event tells.
    number?.removeAttribute("aria-expanded");
    number = target;
    fill(note, list);
    number.setAttribute("aria-expanded", "true");
    note.showPopover({ source: number });
  });
})();

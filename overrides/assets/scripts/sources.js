/* The number beside an answer of a table shows its sources, filled from the list below the table.
   Where a browser knows no popovers, the number stays what it is: a link to that list. */
(() => {
  "use strict";
  if (!HTMLElement.prototype.showPopover) return;
  let note, number, wasOpen;

  function build() {
    note = document.createElement("div");
    note.className = "cl cs";
    note.popover = "auto";
    note.setAttribute("role", "note");
    note.addEventListener("toggle", (event) => {
      if (event.newState === "closed") number.removeAttribute("aria-expanded");
    });
  }

  function copied(item) {
    const source = document.createElement("div");
    source.className = "read";
    source.append(...item.cloneNode(true).childNodes);
    return source;
  }

  function fill(list) {
    const wanted = number.textContent.match(/\d+/g).map((n) => list.children[n - 1]);
    note.replaceChildren(...wanted.map(copied));
    if (number.dataset.holds) {
      const holds = document.createElement("div");
      holds.textContent = number.dataset.holds;
      note.append(holds);
    }
    note.setAttribute("aria-label", list.getAttribute("aria-label"));
    const cell = number.closest("td[id]");
    if (cell && list.dataset.link) {
      const link = document.createElement("a");
      link.className = "cl-w";
      link.href = "#" + cell.id;
      link.textContent = list.dataset.link;
      note.append(link);
    }
    number.closest("figure, .choose").append(note);
  }

  const asked = (event) => event.target.closest?.("a.src");

  // By the time of the click, pressing has closed what was open.
  addEventListener(
    "pointerdown",
    (event) => {
      wasOpen = note?.matches(":popover-open") && asked(event) === number;
    },
    true,
  );
  addEventListener("click", (event) => {
    const target = asked(event);
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const item = document.getElementById(target.hash.slice(1));
    if (!item) return;
    event.preventDefault();
    if (!note) build();
    const again = target === number && (wasOpen || note.matches(":popover-open"));
    wasOpen = false;
    if (note.matches(":popover-open")) note.hidePopover();
    if (again) return;
    // One closes and the next opens within one step: of that, no event tells.
    number?.removeAttribute("aria-expanded");
    number = target;
    fill(item.parentElement);
    number.setAttribute("aria-expanded", "true");
    note.showPopover({ source: number });
  });
})();

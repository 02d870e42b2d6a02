// Find a question among those of all tables; two names say which columns of a table are shown.
(() => {
  "use strict";
  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("form.pair");
  for (const form of forms) {
    const [first, second] = form.querySelectorAll("select");
    second.append(...first.cloneNode(true).childNodes);
    form.hidden = false;
    // Nothing is compared with itself.
    const apart = () => {
      for (const [one, other] of [
        [first, second],
        [second, first],
      ])
        for (const option of one.options)
          option.disabled = option.value !== "" && option.value === other.value;
    };
    // The address says which two are shown, whoever wrote it: this form, a link, or a reader.
    const tell = () => {
      const [table, view] = location.hash.split("?");
      const shown = table === `#${form.dataset.table}` && new URLSearchParams(view).get("columns");
      [first.value, second.value = ""] = new Set((shown || "").split(","));
      apart();
    };
    for (const event of ["hashchange", "site:shown"]) addEventListener(event, tell);
    tell();
    form.addEventListener("change", () => {
      apart();
      const chosen = [...new Set([first.value, second.value])].filter(Boolean).join(",");
      location.hash = `#${form.dataset.table}${chosen ? `?columns=${chosen}` : ""}`;
    });
  }

  const tools = /** @type {HTMLElement} */ (document.querySelector(".find-rows"));
  if (!tools) return;
  tools.hidden = false;
  const field = /** @type {HTMLInputElement} */ (tools.querySelector("input"));
  const told = /** @type {Element} */ (tools.querySelector("[role=status]"));
  /** @type {NodeListOf<HTMLElement>} */
  const heads = document.querySelectorAll(".all-rows dt");
  // "Who patches the host?" is asked by its longer words, each by its beginning.
  const words = (/** @type {string} */ text) => {
    const plain = text.normalize("NFKC").toLowerCase();
    /** @type {string[]} */
    const all = plain.match(/[\p{L}\p{N}]+/gu) || [];
    const long = all.filter((word) => /[^a-z]/.test(word) || word.length > 3);
    return (long.length ? long : all).map((word) => word.slice(0, 6));
  };
  field.addEventListener("input", () => {
    const sought = words(field.value);
    tools.nextElementSibling?.classList.toggle("shown", sought.length > 0);
    let found = false;
    for (const head of heads) {
      const list = /** @type {HTMLElement} */ (head.nextElementSibling);
      const about = `${head.textContent} ${head.dataset.also}`.toLowerCase();
      let shown = false;
      for (const link of list.querySelectorAll("a")) {
        const text = `${link.textContent} ${about}`.toLowerCase();
        link.hidden = !sought.every((word) => text.includes(word));
        shown = shown || !link.hidden;
      }
      head.hidden = list.hidden = !shown;
      found = found || shown;
    }
    told.textContent = found ? "" : String(field.dataset.none);
  });
})();

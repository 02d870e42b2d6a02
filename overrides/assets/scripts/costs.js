// Where no price was read, the reader's own completes the bill: one field a price, sums that follow.
(() => {
  "use strict";
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = document.querySelectorAll(".cost .own input");
  const shown = (/** @type {HTMLElement} */ figure, /** @type {number} */ amount) =>
    new Intl.NumberFormat(figure.dataset.locale, {
      style: "currency",
      currency: figure.dataset.currency,
    }).format(amount);

  /** The number in a field, however its writer parts decimals; NaN if there is none. A field for
      numbers alone drops a comma in silence: five cents would be five dollars.
      @param {HTMLInputElement} field */
  function priceIn(field) {
    const typed = field.value.normalize("NFKC").trim();
    return /^\d{1,9}([.,]\d*)?$|^[.,]\d+$/.test(typed) ? Number(typed.replace(",", ".")) : NaN;
  }

  /** @param {HTMLElement} figure */
  function compute(figure) {
    for (const bill of figure.querySelectorAll("tbody")) {
      const own = [...bill.querySelectorAll("input")];
      if (!own.length) continue;
      let sum = Number(bill.dataset.known);
      for (const field of own) {
        const cost = Math.round(priceIn(field) * Number(field.dataset.quantity) * 100) / 100;
        const output = /** @type {HTMLElement} */ (field.closest("tr")?.querySelector("output"));
        const unread = output.dataset.unread || output.textContent;
        output.dataset.unread = unread;
        output.textContent = Number.isNaN(cost) ? unread : shown(figure, cost);
        sum += cost || 0;
      }
      const total = /** @type {Element} */ (bill.querySelector(".sum output"));
      total.textContent = shown(figure, sum);
    }
  }

  const figureOf = (/** @type {Element} */ field) =>
    /** @type {HTMLElement} */ (field.closest("figure"));
  for (const field of fields) {
    field.hidden = false;
    field.addEventListener("input", () => {
      const figure = figureOf(field);
      // The same price in another bill is the same number.
      for (const other of figure.querySelectorAll("input")) {
        if (other.dataset.price === field.dataset.price) other.value = field.value;
      }
      compute(figure);
    });
  }
  // Who comes back finds the prices that were typed, and so the sums.
  addEventListener("pageshow", () => {
    const typed = [...fields].filter((field) => field.value);
    for (const figure of new Set(typed.map(figureOf))) compute(figure);
  });
})();

/* Small helps around Material's search box. */
(() => {
  "use strict";
  const input = /** @type {HTMLInputElement} */ (
    document.querySelector("[data-md-component=search-query]")
  );
  const result = document.querySelector("[data-md-component=search-result]");
  if (!input || !result) return;
  const { translations } = JSON.parse(
    /** @type {HTMLElement} */ (document.getElementById("__config")).textContent,
  );

  const ask = () => input.dispatchEvent(new KeyboardEvent("keyup", { key: "Unidentified" }));

  /* Material listens for keys only: text that is pasted, dictated or composed must count too. */
  input.addEventListener("input", ask);

  /* An open note lies above everything, results too. */
  input.addEventListener("focus", () => {
    if (!CSS.supports("selector(:popover-open)")) return;
    /** @type {NodeListOf<HTMLElement>} */
    const notes = document.querySelectorAll(":popover-open");
    for (const note of notes) note.hidePopover();
  });

  /* "Nothing found" and "not loaded" are drawn as a result; the line above must not count it. */
  const count = /** @type {Element} */ (result.querySelector(".md-search-result__meta"));
  const list = /** @type {Element} */ (result.querySelector(".md-search-result__list"));
  new MutationObserver(() => {
    const note = list.querySelector(".search-note");
    if (!note) return;
    const sentence = list.querySelector(".search-retry")
      ? note.textContent
      : translations["search.result.none"];
    if (count.textContent !== sentence) count.textContent = sentence;
  }).observe(list, { childList: true });

  /* Ask again in place. The value must differ, or Material takes it for the same query. */
  result.addEventListener(
    "click",
    (event) => {
      const link = /** @type {Element} */ (event.target).closest("a");
      if (!link || !link.querySelector(".search-retry")) return;
      event.preventDefault();
      event.stopPropagation();
      input.value = input.value.endsWith(" ") ? input.value.trimEnd() : input.value + " ";
      input.focus();
      ask();
    },
    true,
  );
})();

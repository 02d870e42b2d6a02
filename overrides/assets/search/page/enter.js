/* Enter opens the first result of what stands in the box. Pressed before that is drawn, it waits for
   it: the theme would open what the list still shows. Typing on, any other key, and leaving the box
   take it back. */
(() => {
  "use strict";
  const standIn = window.searchStandIn;
  const input = /** @type {HTMLInputElement} */ (
    document.querySelector("[data-md-component=search-query]")
  );
  if (!standIn || !input) return;
  let drawn = "";
  let waiting = false;

  /* A key that an input method takes for itself, such as Enter to end a syllable, is no command.
     Most browsers send it while a composition runs. Safari ends the composition first, and tells
     by the key code alone. */
  addEventListener(
    "keydown",
    (event) => {
      if (event.target !== input) return;
      const composed = event.isComposing || event.keyCode === 229;
      waiting = event.key === "Enter" && !composed && input.value !== drawn;
      if (waiting) event.preventDefault();
      if (waiting || composed) event.stopImmediatePropagation();
    },
    true,
  );

  const takeBack = () => {
    waiting = false;
  };
  input.addEventListener("input", takeBack);
  input.addEventListener("blur", takeBack);

  standIn.addEventListener("message", (event) => {
    const { data } = /** @type {MessageEvent} */ (event);
    if (!("query" in data)) return;
    // The theme may hear of it after us.
    setTimeout(() => {
      drawn = data.query;
      if (!waiting || input.value !== drawn) return;
      waiting = false;
      if (!data.data.nothing)
        input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    });
  });
})();

// "Copy as Markdown": the page's twin goes to the clipboard. From a file it stays hidden.
(() => {
  "use strict";
  var button = /** @type {HTMLButtonElement} */ (document.querySelector("[data-copy]"));
  if (!button || !navigator.clipboard || !/^https?:$/.test(location.protocol)) return;
  var { copy, copied, lost } = /** @type {Record<string, string>} */ (button.dataset);
  button.hidden = false;
  button.addEventListener("click", () => {
    fetch(copy)
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
      .then(
        (text) =>
          navigator.clipboard.writeText(text).then(
            () => {
              button.textContent = copied;
            },
            () => {
              location.href = copy; // to be copied by hand
            },
          ),
        () => {
          button.textContent = lost;
        },
      );
  });
})();

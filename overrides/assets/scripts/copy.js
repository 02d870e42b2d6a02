// "Copy as Markdown": the page's twin goes to the clipboard. From a file it stays hidden.
(() => {
  "use strict";
  /** @type {HTMLButtonElement} */
  var button = document.querySelector("[data-copy]");
  if (!button || !navigator.clipboard || !/^https?:$/.test(location.protocol)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    fetch(button.dataset.copy)
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
      .then(
        (text) =>
          navigator.clipboard.writeText(text).then(
            () => {
              button.textContent = button.dataset.copied;
            },
            () => {
              location.href = button.dataset.copy; // to be copied by hand
            },
          ),
        () => {
          button.textContent = button.dataset.lost;
        },
      );
  });
})();

// "Copy as Markdown": the page's twin goes to the clipboard. From a file it stays hidden.
(function () {
  "use strict";
  var button = document.querySelector("[data-copy]");
  if (!button || !navigator.clipboard || !/^https?:$/.test(location.protocol)) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    fetch(button.dataset.copy)
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(function (text) { return navigator.clipboard.writeText(text); })
      .then(function () { button.textContent = button.dataset.copied; }, function () { location.href = button.dataset.copy; });
  });
})();

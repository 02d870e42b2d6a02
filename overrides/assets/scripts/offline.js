// Keep the site for reading without a network, and say quietly when that is done.
// Nothing happens under `mkdocs serve`, from a file, on Save-Data, or where it is unsupported.
(function () {
  "use strict";
  var mark = document.querySelector(".offline[data-root]");
  if (!mark || !/^https?:$/.test(location.protocol)) return;
  var root = mark.dataset.root;

  var manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = root + "manifest.webmanifest";
  document.head.append(manifest);

  var saving = navigator.connection && navigator.connection.saveData;
  if (saving || !("serviceWorker" in navigator)) return;

  function say(text, action) {
    mark.textContent = text;
    mark.hidden = false;
    if (!action) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "tx";
    button.textContent = action.text;
    button.addEventListener("click", action.run);
    mark.append(" ", button);
  }

  function ready() { say(mark.dataset.ready); }

  function watch(registration) {
    if (registration.waiting && navigator.serviceWorker.controller) {
      say(mark.dataset.update, {
        text: mark.dataset.switch,
        run: function () { registration.waiting.postMessage("switch"); }
      });
    } else if (registration.active) ready();
  }

  // A tab never mixes releases: when the worker changes, the page is loaded anew from it.
  var had = !!navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", function () {
    if (had) location.reload();
    had = true;
  });

  window.addEventListener("load", function () {
    // After the page has settled: the reader comes first.
    setTimeout(function () {
      navigator.serviceWorker.register(root + "sw.js", { updateViaCache: "none" }).then(function (registration) {
        watch(registration);
        registration.addEventListener("updatefound", function () {
          var next = registration.installing;
          next.addEventListener("statechange", function () {
            if (next.state === "installed" || next.state === "activated") watch(registration);
          });
        });
      }, function () { /* no worker: the site goes on as it is, online */ });
    }, 1500);
  });
})();

// What keeps the site for reading offline comes last, when the page has settled. Only a published
// build fills in the name of that script; from a file, nothing is kept.
(() => {
  "use strict";
  var name = "%OFFLINE%";
  if (name[0] === "%" || location.protocol === "file:") return;
  var script = document.createElement("script");
  script.src = new URL(name, /** @type {HTMLScriptElement} */ (document.currentScript).src).href;

  // A tab never mixes releases: when its worker changes, the page is loaded anew. The first worker
  // changes nothing.
  var workers = navigator.serviceWorker;
  var had = !!workers?.controller;
  if (workers)
    workers.addEventListener("controllerchange", () => {
      if (had) location.reload();
      had = true;
    });

  window.addEventListener("load", () => {
    setTimeout(() => {
      document.head.append(script);
    }, 1000);
  });
})();

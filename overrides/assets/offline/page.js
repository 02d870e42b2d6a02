// Keep the site for reading without a network, and say quietly how much of it is kept. Where bytes
// are dear (data saving) or projects come and go (this machine itself), only if the reader asks.
// The build fills in the words. scripts/offline.js loads this when the page has settled.
(() => {
  "use strict";
  /** @type {HTMLElement | null} */
  var mark = document.querySelector(".offline");
  if (!mark) return;
  /** @type {Record<string, Record<string, string>>} */
  var spoken = /** @type {any} */ ("%WORDS%");
  var words = spoken[mark.dataset.language];
  var folder = mark.dataset.folder; // of this edition
  // This script stands in assets/, right below the site's root.
  var script = /** @type {HTMLScriptElement} */ (document.currentScript);
  var root = new URL("../", script.src).href;

  var manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = root + folder + "manifest.webmanifest";
  document.head.append(manifest);

  var workers = navigator.serviceWorker;
  if (!workers || !self.DecompressionStream) return;
  var saving = !!navigator.connection?.saveData;
  var local = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);
  var registration = null;
  var state = null;
  var asked = false;
  var pressed = false; // asked for by the reader, who is told if it does not come
  var failed = false;

  function say(text, label, run) {
    mark.textContent = text;
    mark.hidden = !text && !label;
    if (!label) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "tx";
    button.textContent = label;
    button.addEventListener("click", run);
    mark.append(" ", button);
  }

  function size(text, bytes) {
    return text.replace("{size}", (bytes / 1e6).toFixed(1));
  }

  function idle(run) {
    if (self.requestIdleCallback) requestIdleCallback(run, { timeout: 3000 });
    else setTimeout(run, 1000);
  }

  function order(what) {
    var worker = registration.active;
    if (worker) worker.postMessage(what);
  }

  function keepAll() {
    asked = pressed = true;
    say(words.keeping);
    order("keep");
  }

  function keepOthers() {
    pressed = true;
    say(words.keeping);
    order("keepOthers");
  }

  function lost() {
    return pressed && state.lost;
  }

  // One sentence at a time, the one that matters most.
  function show() {
    if (state?.gone)
      say(words.gone, words.switch, () => {
        location.reload();
      });
    else if (registration.waiting && workers.controller) {
      say(words.update, words.switch, () => {
        registration.waiting.postMessage("switch");
      });
    } else if (!registration.active) say(failed ? words.failed : "");
    else if (state && state.failures > 1) say(words.stuck);
    else if (state?.whole && !state.others) say(words.ready);
    else if (state?.whole)
      say(lost() ? words.failed : words.ready, size(words.others, state.others), keepOthers);
    else if (state) rest();
  }

  // Not all of it is here yet: it follows by itself, or a button offers it.
  function rest() {
    var text = lost() ? words.failed : state.section ? words.section : "";
    var unasked = state.mayFetchAll && !saving && !local;
    if (unasked && !asked) {
      asked = true;
      idle(() => {
        order("keep");
      });
      say(text);
    } else say(text, size(words.keep, state.missing), keepAll);
  }

  function start() {
    workers.register(root + "sw.js", { scope: root, updateViaCache: "none" }).then(
      (found) => {
        registration = found;
        function watch(worker) {
          if (!worker) return;
          worker.addEventListener("statechange", () => {
            failed = worker.state === "redundant";
            if (worker.state === "activated") order(asked ? "keep" : "state");
            if (worker.state === "installed" || failed) order("state");
            show();
          });
        }
        watch(found.installing);
        found.addEventListener("updatefound", () => {
          watch(found.installing);
        });
        show();
        order("state");
      },
      () => {
        /* no worker: the site goes on as it is, online */
      },
    );
  }

  workers.addEventListener("message", (event) => {
    if (!event.data || !event.data.offline || state?.gone) return;
    state = event.data.offline;
    if (registration || state.gone) show();
  });

  function leave() {
    state = { gone: true };
    show();
  }

  function offer() {
    fetch(root + "assets/offline/size.json")
      .then((answer) => answer.json())
      .then(
        (all) => {
          say("", size(words.keep, all.bytes[folder]), () => {
            asked = true;
            say(words.keeping);
            start();
          });
        },
        () => {
          /* not to be had: nothing is offered */
        },
      );
  }

  idle(() => {
    workers.getRegistration(root).then(
      (found) => {
        var known = found && found.scope === root;
        var by = workers.controller;
        var served = by
          ? by.scriptURL === root + "sw.js"
          : /** @type {PerformanceNavigationTiming} */ (
              performance.getEntriesByType("navigation")[0]
            ).workerStart > 0;
        if (served && !known) {
          // The worker that gave this page has been removed since. Is the page still there? A worker
          // that is on its way out answers GET only.
          fetch(location.href, { method: "HEAD", cache: "no-store" }).then((answer) => {
            if (answer.ok) location.reload();
            else leave();
          }, leave);
        } else if ((saving || local) && !known) offer();
        else start();
      },
      () => {
        /* the reader refuses workers: nothing is kept, nothing is said */
      },
    );
  });
})();

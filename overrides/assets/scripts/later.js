// What is not needed until something is used: a script that is fetched then, once.
(() => {
  "use strict";
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  /** @type {Record<string, Promise<unknown>>} */
  const loading = {};

  const addressOf = (/** @type {string | URL} */ name) => new URL(name, here).href;

  window.later = (name) => {
    const address = addressOf(name);
    loading[address] =
      loading[address] ||
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = () => {
          delete loading[address];
          script.remove();
          reject();
        };
        document.head.append(script);
      });
    return loading[address];
  };

  /** Say above a part of the page that something did not come, in the words of that part, and offer
      to ask for it again. */
  const lines = new Map();
  window.missed = (part, again) => {
    lines.get(part)?.remove();
    if (!again) return;
    const line = document.createElement("span");
    const button = document.createElement("button");
    line.className = "lost";
    line.setAttribute("role", "alert");
    button.type = "button";
    button.className = "tx";
    const words = /** @type {Record<string, string>} */ (part.dataset);
    button.textContent = words.retry;
    button.addEventListener("click", again);
    line.append(words.lost, " ", button);
    part.before(line);
    lines.set(part, line);
  };

  // What has come is told of its use, and says that it has taken the event: some hosts answer with a
  // page of theirs for what is not there. What has not come is asked for again with the next use. Who
  // presses twice while it is on its way wants it once.
  const awaited = new Map();
  window.told = (names, event, { at = document, part = null, lost = () => {} } = {}) => {
    if (awaited.get(event) === at) return;
    awaited.set(event, at);
    if (part) window.missed(part);
    const use = () => {
      if (at.dispatchEvent(new Event(event, { bubbles: true, cancelable: true }))) throw event;
    };
    Promise.all(names.map(window.later))
      .finally(() => awaited.delete(event))
      .then(use)
      .catch(() => {
        for (const name of names) delete loading[addressOf(name)];
        if (part) window.missed(part, () => window.told(names, event, { at, part, lost }));
        lost();
      });
  };
})();

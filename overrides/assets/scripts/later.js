// What is not needed until something is used: a script that is fetched then, once.
(() => {
  "use strict";
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const loading = {};

  window.later = (name) => {
    const address = new URL(name, here).href;
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

  // What has come is told of its use; what has not is asked for again with the next. Who presses
  // twice while it is on its way wants it once.
  const awaited = new Map();
  window.told = (coming, event, at = document, lost = () => {}) => {
    if (awaited.get(event) === at) {
      coming.catch(() => {}); // said where it was asked for first
      return;
    }
    awaited.set(event, at);
    coming
      .finally(() => awaited.delete(event))
      .then(() => at.dispatchEvent(new Event(event, { bubbles: true })), lost);
  };
})();

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

  // What has come is told of its use; what has not is asked for again with the next.
  window.told = (coming, event, at = document, lost = () => {}) =>
    coming.then(() => at.dispatchEvent(new Event(event, { bubbles: true })), lost);
})();

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
})();

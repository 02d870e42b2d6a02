/* Stands in for the worker that Material starts with each page: page/start.js makes it answer. It
   is written into each page, before Material's bundle. */
(() => {
  "use strict";
  const Native = window.Worker;
  const sentences = /** @type {any} */ (document.currentScript).dataset;
  /** @type {any} */ (window).Worker = class extends EventTarget {
    /** @param {string} url */
    constructor(url) {
      super();
      /** @type {any[]} */
      this.early = [];
      window.searchStandIn = Object.assign(this, { Native, sentences, url });
    }

    /** @param {SearchMessage} message */
    postMessage(message) {
      this.early.push(message);
    }
  };
})();

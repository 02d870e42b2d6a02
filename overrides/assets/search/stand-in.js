/* Stands in for the worker that Material starts with each page: page/start.js makes it answer. It
   is written into each page, before Material's bundle. */
(function () {
  "use strict";
  const Native = window.Worker;
  const sentences = document.currentScript.dataset;
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      window.searchStandIn = Object.assign(this, { Native, sentences, url, early: [] });
    }

    postMessage(message) {
      this.early.push(message);
    }
  };
})();

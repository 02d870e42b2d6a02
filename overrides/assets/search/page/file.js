/* Opened from a file, a page may not start a worker. This stands in for it: the engine runs as a
   script of the page. It must run before Material's bundle, so it is written into the page. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.waiting = [];
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => {
        /* A worker never answers within the call; Material counts on that. */
        this.engine = self.searchEngine((data) => setTimeout(() =>
          this.dispatchEvent(new MessageEvent("message", { data }))));
        this.waiting.splice(0).forEach(this.engine);
      };
      document.head.append(script);
    }
    postMessage(message) {
      if (this.engine) this.engine(message);
      else this.waiting.push(message);
    }
    terminate() {}
  };
})();

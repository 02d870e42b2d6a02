/* Stands in for the worker that Material starts with each page. It says at once that the search is
   ready, and starts the real worker when somebody opens the box. It is written into each page,
   before Material's bundle.

   Worker and index are named by their content, so that they always fit together. A page that was
   opened before the last release names files that may be gone: then it looks up what the page is
   now, and goes on with the worker that is named there. */
(function () {
  "use strict";
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  const OPEN = 4;
  const FAILED = 5;
  const BOX = "[data-md-component=search-query]";
  const sentences = document.currentScript.dataset;
  const Native = window.Worker;

  const asHtml = (text) => {
    const element = document.createElement("span");
    element.textContent = text;
    return element.innerHTML;
  };

  /* Opened from a file, a page may not start a worker: there the engine is a script of the page. */
  function scriptEngine(url) {
    const waiting = [];
    const engine = { postMessage: (message) => waiting.push(message), terminate() {} };
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => {
      const handle = self.searchEngine((data) => engine.onmessage({ data }));
      engine.postMessage = handle;
      waiting.forEach(handle);
    };
    script.onerror = () => engine.onerror(new Event("error"));
    document.head.append(script);
    return engine;
  }

  /* The address of the worker that this page names now. */
  async function currentWorker() {
    const answer = await fetch(location.href, { cache: "no-cache" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return new URL(JSON.parse(page.getElementById("__config").textContent).search, answer.url).href;
  }

  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.url = new URL(url, location.href).href;
      this.query = "";
      this.engine = null;
      document.addEventListener("focusin", (event) => {
        if (event.target.matches(BOX)) this.open();
      });
      this.tell({ type: READY });
    }

    /* A worker never answers within the call; Material counts on that. */
    tell(data) {
      setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data })));
    }

    postMessage(message) {
      if (message.type !== QUERY) return;
      this.query = String(message.data);
      if (this.query.trim()) this.open();
      if (this.engine) this.engine.postMessage(message);
      else this.tell({ type: RESULT, data: { items: [] } });
    }

    open() {
      if (this.engine) return;
      try {
        this.engine = location.protocol === "file:" ? scriptEngine(this.url) : new Native(this.url);
      } catch (error) {
        console.warn(error);
        this.fail();
        return;
      }
      this.engine.onmessage = ({ data }) => (data.type === FAILED ? this.mend() : this.tell(data));
      this.engine.onerror = () => this.mend();
      this.engine.postMessage({ type: OPEN });
    }

    async mend() {
      this.engine.onmessage = this.engine.onerror = null;
      this.engine.terminate();
      const url = await currentWorker().catch(() => this.url);
      this.engine = null;
      if (url === this.url) {
        this.fail();
        return;
      }
      this.url = url;
      this.postMessage({ type: QUERY, data: this.query });
    }

    /* One result says so; box.js asks again when it is chosen. */
    fail() {
      if (!this.query.trim()) return;
      this.tell({ type: RESULT, data: { items: [[{
        location: location.pathname + "?q=" + encodeURIComponent(this.query.slice(0, 160).replace(/[\ud800-\udfff]/g, "")),
        title: '<span class="search-note">' + asHtml(sentences.failed) + "</span>",
        text: '<span class="search-retry">' + asHtml(sentences.retry) + "</span>",
        score: 10,
        terms: {},
      }]] } });
    }

    terminate() {}
  };
})();

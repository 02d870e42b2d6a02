/* Starts the search when somebody opens its box, and keeps it going.

   The stand-in of the worker says at once that the search is ready. Worker and indexes are named
   by their content, so that they always fit together. A page that was opened before the last
   release names files that may be gone: then it looks up what the page is now, and goes on with
   the worker that is named there. */
(() => {
  "use strict";
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  const OPEN = 4;
  const FAILED = 5;
  const standIn = /** @type {SearchStandIn} */ (window.searchStandIn);
  const input = /** @type {HTMLInputElement} */ (
    document.querySelector("[data-md-component=search-query]")
  );
  if (!standIn || !input) return;
  let url = new URL(standIn.url, location.href).href;
  /** @type {any} */
  let engine = null;
  let query = "";
  let answered = false;

  /* A worker never answers within the call; Material counts on that. */
  const tell = (/** @type {SearchMessage} */ data) =>
    setTimeout(() => standIn.dispatchEvent(new MessageEvent("message", { data })));

  /* Opened from a file, a page may not start a worker: there the engine is a script of the page. */
  function scriptEngine() {
    /** @type {SearchMessage[]} */
    const waiting = [];
    /** @type {any} */
    const made = {
      postMessage: (/** @type {SearchMessage} */ message) => waiting.push(message),
      terminate() {},
    };
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => {
      const handle = self.searchEngine((data) => made.onmessage?.({ data }));
      made.postMessage = handle;
      waiting.forEach(handle);
    };
    script.onerror = () => made.onerror(new Event("error"));
    document.head.append(script);
    return made;
  }

  /* Until the first index is there, the line above the results says so. Material's own line comes
     with an answer. */
  const sayLoading = () =>
    setTimeout(() => {
      const line = document.querySelector(".md-search-result__meta");
      if (line && !answered && query.trim()) line.textContent = standIn.sentences.loading;
    });

  function open() {
    if (engine) return;
    answered = false;
    try {
      engine = location.protocol === "file:" ? scriptEngine() : new standIn.Native(url);
    } catch (error) {
      console.warn(error);
      fail();
      return;
    }
    engine.onmessage = (/** @type {MessageEvent<SearchMessage>} */ { data }) => {
      if (data.type === FAILED) {
        mend();
        return;
      }
      answered = true;
      tell(data);
    };
    engine.onerror = mend;
    engine.postMessage({ type: OPEN });
  }

  /** @param {SearchMessage} message */
  function ask(message) {
    query = String(message.data);
    if (query.trim()) open();
    if (engine) {
      engine.postMessage(message);
      sayLoading();
    } else if (!query.trim()) tell({ type: RESULT, query, data: { items: [] } });
  }

  /* The address of the worker that this page names now. */
  async function currentWorker() {
    // Past the cache: a host that compares times may call the page of an old release current.
    const answer = await fetch(location.href, { cache: "reload" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const config = /** @type {HTMLElement} */ (page.getElementById("__config"));
    return new URL(JSON.parse(config.textContent).search, answer.url).href;
  }

  async function mend() {
    engine.onmessage = engine.onerror = null;
    engine.terminate();
    const current = await currentWorker().catch(() => url);
    engine = null;
    if (current === url) {
      fail();
      return;
    }
    url = current;
    ask({ type: QUERY, data: query });
  }

  const asHtml = (/** @type {string} */ kind, /** @type {string} */ text) => {
    const element = document.createElement("span");
    element.className = kind;
    element.textContent = text;
    return element.outerHTML;
  };

  /* One result says so; box.js asks again when it is chosen. */
  function fail() {
    if (!query.trim()) return;
    tell({
      type: RESULT,
      query,
      data: {
        nothing: true,
        items: [
          [
            {
              location: location.pathname + "?" + new URLSearchParams({ q: query.slice(0, 160) }),
              title: asHtml("search-note", standIn.sentences.failed),
              text: asHtml("search-retry", standIn.sentences.retry),
              score: 10,
              terms: {},
            },
          ],
        ],
      },
    });
  }

  standIn.postMessage = (message) => {
    if (message.type === QUERY) ask(message);
  };
  input.addEventListener("focus", open);
  if (document.activeElement === input) open();
  tell({ type: READY });
  standIn.early.forEach(standIn.postMessage);
})();

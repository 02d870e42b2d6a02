/* The edge: messages in and out, and the index, fetched when somebody opens the search. */

const QUERY = 2;
const RESULT = 3;
const OPEN = 4;
const FAILED = 5;

/* Where the index stands, from the site's root: filled in by the build. */
const INDEX = "%CONCEPTS%";
const ROOT = "../../../";
const PATIENCE = 20000;

/** What a query yields: groups to draw, and perhaps the rest of the word that is being typed. */
function answer(library, text) {
  let ranked = rank(library, text);
  if (!ranked.exact) {
    const other = otherLayout(text);
    const again = other && (library.isName(other) || ranked.query.strange) ? rank(library, other) : null;
    if (again && (again.exact || (again.sure >= 0.75 && again.sure > ranked.sure + 0.15))) ranked = again;
  }
  if (!isAnswered(ranked)) return { items: showNothing(library, ranked, text) };
  return { items: showPages(library, ranked, MOST_GROUPS.found), suggest: suggest(library, ranked, text) };
}

/** The query as if the other keyboard layout had been on, or null. */
function otherLayout(text) {
  const short = text.slice(0, LONGEST_QUERY);
  return HANGUL.test(short) ? keysOf(short) : readAsHangul(short);
}

/** An engine: a function that takes messages and calls `reply` with its own. `load` gets the
    index, and is called again once if it fails: what is in the browser's cache may be broken. */
function engine(load, reply) {
  let library = null;
  let loading = null;
  let latest = "";

  function respond() {
    let data = { items: [] };
    try {
      if (latest.trim()) data = answer(library, latest);
    } catch (error) {
      console.warn(error);
    }
    reply({ type: RESULT, data });
  }

  const read = (again) => load(again).then((index) => { library = new Library(index); });

  function open() {
    loading = loading || read(false).catch(() => read(true)).then(respond, (error) => {
      console.warn(error);
      loading = null;
      reply({ type: FAILED });
    });
  }

  return (message) => {
    if (message.type === OPEN) open();
    if (message.type !== QUERY) return;
    latest = String(message.data).replace(/[\x00-\x1f\x7f-\x9f]+/g, " ");
    if (library) respond();
    else open();
  };
}

/** Fetch the index from a worker; give up after a while, so that the reader can ask again. */
function fetchIndex(url, again) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  return fetch(url, { signal: stop.signal, cache: again ? "reload" : "default" })
    .then((response) => {
      if (!response.ok) throw new Error("search index: " + response.status);
      return response.json();
    })
    .finally(() => clearTimeout(timer));
}

/** Load the index as a script: a page opened from a file may not fetch. */
function scriptIndex(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    self.searchConcepts = null;
    script.src = url;
    script.onload = () => (self.searchConcepts ? resolve(self.searchConcepts) : reject(new Error("search index: empty")));
    script.onerror = () => reject(new Error("search index: not loaded"));
    document.head.append(script);
  });
}

if (typeof document === "undefined" && typeof self !== "undefined") {
  const handle = engine((again) => fetchIndex(new URL(ROOT + INDEX + ".json", self.location), again), (data) => self.postMessage(data));
  self.addEventListener("message", (event) => handle(event.data));
} else if (typeof document !== "undefined") {
  const source = document.currentScript.src;
  self.searchEngine = (reply) => engine(() => scriptIndex(new URL(ROOT + INDEX + ".js", source).href), reply);
}

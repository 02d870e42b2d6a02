/* The edge: Material's messages in and out, and the index, fetched at the first real query. */

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

const INDEX = "../../../search/concepts";
const PATIENCE = 20000;

/** What a query yields: groups to draw, and perhaps the rest of the word that is being typed. */
function answer(library, text, words) {
  let ranked = rank(library, text);
  if (!ranked.exact) {
    const other = otherLayout(text);
    const again = other && (library.isName(other) || ranked.query.strange) ? rank(library, other) : null;
    if (again && (again.exact || (again.sure >= 0.75 && again.sure > ranked.sure + 0.15))) ranked = again;
  }
  if (!isAnswered(ranked)) return { items: showNothing(library, ranked, text, words) };
  return { items: showPages(library, ranked, MOST_GROUPS.found), suggest: suggest(library, ranked, text) };
}

/** The query as if the other keyboard layout had been on, or null. */
function otherLayout(text) {
  const short = text.slice(0, LONGEST_QUERY);
  return HANGUL.test(short) ? keysOf(short) : readAsHangul(short);
}

/** An engine: a function that takes Material's messages and calls `reply` with its own. An empty
    query yields nothing and loads nothing. */
function engine(load, reply) {
  let words = {};
  let library = null;
  let loading = null;
  let latest = "";
  let attempt = 0;

  function respond() {
    let data = { items: [] };
    try {
      if (latest.trim()) data = answer(library, latest, words);
    } catch (error) {
      console.warn(error);
    }
    reply({ type: RESULT, data });
  }

  function ask() {
    if (library) return respond();
    if (!loading) {
      loading = load(attempt)
        .then((index) => {
          library = new Library(index);
        })
        .catch((error) => {
          console.warn(error);
          loading = null;
          attempt += 1;
        })
        .then(() => {
          if (library || !latest.trim()) respond();
          else reply({ type: RESULT, data: { items: showFailure(latest, words) } });
        });
    }
    return undefined;
  }

  return (message) => {
    if (message.type === SETUP) {
      words = message.data.config.words || {};
      reply({ type: READY });
    } else if (message.type === QUERY) {
      latest = String(message.data).replace(/[\x00-\x1f\x7f-\x9f]+/g, " ");
      if (latest.trim()) ask();
      else respond();
    }
  };
}

/** Fetch the index from a worker; give up after a while, so that the reader can ask again.
    A second attempt must not be served the broken copy of the first. */
function fetchIndex(url, attempt) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  return fetch(url, { signal: stop.signal, cache: attempt ? "reload" : "default" })
    .then((response) => {
      if (!response.ok) throw new Error("search index: " + response.status);
      return response.json();
    })
    .finally(() => clearTimeout(timer));
}

/** Load the index as a script: a page opened from a file may not fetch. */
function scriptIndex(url, attempt) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = attempt ? url + "?" + attempt : url;
    script.onload = () => (self.searchConcepts ? resolve(self.searchConcepts) : reject(new Error("search index: empty")));
    script.onerror = () => reject(new Error("search index: not loaded"));
    document.head.append(script);
  });
}

if (typeof document === "undefined" && typeof self !== "undefined") {
  const handle = engine((attempt) => fetchIndex(new URL(INDEX + ".json", self.location), attempt), (data) => self.postMessage(data));
  self.addEventListener("message", (event) => handle(event.data));
} else if (typeof document !== "undefined") {
  const source = document.currentScript.src;
  self.searchEngine = (reply) => engine((attempt) => scriptIndex(new URL(INDEX + ".js", source).href, attempt), reply);
}

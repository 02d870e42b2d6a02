/* The edge: messages in and out, and the index, fetched when somebody opens the search. */

const QUERY = 2;
const RESULT = 3;
const OPEN = 4;
const FAILED = 5;

/* Where the indexes stand, from the site's root: filled in by the build. */
/** @type {Record<string, string>} */
const INDEXES = { concepts: "%CONCEPTS%", texts: "%TEXTS%" };
const ROOT = "../../../";
const PATIENCE = 20000; // ms without a byte

/** The pages for a query, read in the other keyboard layout if that makes more of it.
 * @param {Library} library
 * @param {string} text */
function understand(library, text) {
  const ranked = rank(library, text);
  const other = ranked.exact ? null : otherLayout(text);
  if (!other || !(library.isName(other) || ranked.query.strange)) return ranked;
  const again = rank(library, other);
  return again.exact || again.sure > ranked.sure ? again : ranked;
}

/** What a query yields: groups to draw, and perhaps the rest of the word that is being typed.
 * @param {Library} library
 * @param {Texts | null} texts
 * @param {string} typed
 * @returns {Answer} */
function answer(library, texts, typed) {
  const failure = failureIn(library, typed);
  const text = failure
    ? wordsOf(normal(failure.title), true)
        .map(({ surface }) => surface)
        .join(" ")
    : typed;
  const ranked = failure ? lead(rank(library, text), failure) : understand(library, text);
  const written = texts ? texts.find(text) : [];
  const isWritten = written.length > 0 && written[0].close;
  if (!isAnswered(ranked) && !isWritten)
    return { items: showNothing(library, ranked, text), nothing: true };
  return {
    items: showAnswer(library, texts, ranked, written),
    suggest: suggest(library, ranked, text),
  };
}

/** The query as if the other keyboard layout had been on, or null.
 * @param {string} text */
function otherLayout(text) {
  const short = text.slice(0, LONGEST_QUERY);
  return HANGUL.test(short) ? keysOf(short) : readAsHangul(short);
}

/** Whether the reader asks for little to be loaded: then the texts wait for a query. */
function savesData() {
  return Boolean(navigator.connection?.saveData);
}

/** An engine: a function that takes messages and calls `reply` with its own. `load` gets one of
    the two indexes by its name, and is called again once if it fails or gives what cannot be read:
    what is in the browser's cache may be broken. The texts come after the concepts; without them,
    the search still works.
 * @param {(name: string, again: boolean) => Promise<any>} load
 * @param {(message: SearchMessage) => void} reply
 * @returns {(message: SearchMessage) => void} */
function engine(load, reply) {
  /** @type {Library | null} */
  let library = null;
  /** @type {Texts | null} */
  let texts = null;
  /** @type {Promise<void> | null} */
  let loading = null;
  let asked = "";
  let latest = "";
  let found = true;

  /** @type {<T>(name: string, use: (index: any) => T) => Promise<T>} */
  const read = (name, use) =>
    load(name, false)
      .then(use)
      .catch(() => load(name, true).then(use));

  function respond() {
    /** @type {Answer} */
    let data = { items: [] };
    found = true;
    try {
      if (library && latest.trim()) data = answer(library, texts, latest);
      found = !data.nothing;
    } catch (error) {
      console.warn(error);
    }
    reply({ type: RESULT, data, query: asked });
  }

  async function readConcepts() {
    const known = await read("concepts", (index) => new Library(index));
    library = known;
    respond();
    return known;
  }

  /** @param {Library} known */
  async function readTexts(known) {
    texts = await read("texts", (index) => new Texts(index, known));
    if (latest.trim()) respond();
  }

  async function open() {
    const known = library || (await readConcepts().catch(console.warn));
    if (!known) reply({ type: FAILED });
    else if (latest.trim() || !savesData())
      await readTexts(known).catch((error) => {
        console.warn(error);
        // Half of an index does not know that nothing is there.
        if (!found) reply({ type: FAILED });
      });
  }

  const start = () => {
    loading =
      loading ||
      open().finally(() => {
        loading = null;
      });
  };

  return (message) => {
    if (message.type === OPEN) start();
    if (message.type !== QUERY) return;
    asked = String(message.data);
    latest = asked.replace(/[\x00-\x1f\x7f-\x9f]+/g, " ");
    if (library) respond();
    if (!library || !texts) start();
  };
}

/** Fetch the index from a worker; give up where nothing comes for a while, so that the reader can
    ask again. A slow network is waited for, however long it takes: to begin anew would cost more.
 * @param {string | URL} url
 * @param {boolean} again
 * @returns {Promise<any>} */
async function fetchIndex(url, again) {
  const stop = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), PATIENCE);
  };
  wait();
  try {
    const response = await fetch(url, { signal: stop.signal, cache: again ? "reload" : "default" });
    if (!response.ok) throw new Error("search index: " + response.status);
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return JSON.parse(text + decoder.decode());
      text += decoder.decode(value, { stream: true });
      wait();
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Load an index as a script: a page opened from a file may not fetch.
 * @param {string} url
 * @returns {Promise<any>} */
function scriptIndex(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    self.searchIndex = null;
    script.src = url;
    script.onload = () =>
      self.searchIndex ? resolve(self.searchIndex) : reject(new Error("search index: empty"));
    script.onerror = () => reject(new Error("search index: not loaded"));
    document.head.append(script);
  });
}

if (typeof document === "undefined" && typeof self !== "undefined") {
  const handle = engine(
    (name, again) => fetchIndex(new URL(ROOT + INDEXES[name] + ".json", self.location.href), again),
    (data) => self.postMessage(data),
  );
  self.addEventListener("message", (event) => handle(event.data));
} else if (typeof document !== "undefined") {
  const source = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  self.searchEngine = (reply) =>
    engine((name) => scriptIndex(new URL(ROOT + INDEXES[name] + ".js", source).href), reply);
}

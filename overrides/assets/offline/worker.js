/* The site, kept by the browser. CONTRIBUTING.md tells what is kept when, and how it goes away.
   The build fills in what stands between percent signs: the packs by name, whether all of them may
   be fetched unasked, and the path that the host's page for lost readers was built for.

   A pack is one file on the host and one cache in the browser, under the same name. Since the name
   holds a hash of the content, releases share the packs that have not changed, and never mix. */

/** @type {Record<string, {section: string, first: boolean, edition: string, bytes: number, integrity: string, files: string[]}>} */
const PACKS = /** @type {any} */ ("%PACKS%");
/** @type {boolean} */
const MAY_FETCH_ALL = /** @type {any} */ ("%ALL%");
const BASE = "%BASE%";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = worker.registration.scope;
const HOME = new URL(SCOPE).pathname;
/* Other projects of the same host have another path, and other caches. */
const PREFIX = "notes:" + HOME + ":";
const STATE = PREFIX + "state";
const PATIENCE = 10000; // ms; how long a host may take to say that it is still there
const FAREWELL = 5000; // ms; how long a page that opens still finds its parts in the copy

/** Which pack holds a file. A map, since a page may be called "constructor".
    @type {Map<string, string>} */
const FILES = new Map(
  Object.entries(PACKS).flatMap(([name, pack]) => pack.files.map((file) => [file, name])),
);

/* ---- What is remembered from one start of the worker to the next ---- */

/** @returns {Promise<{packs?: string[], failures?: number, stamp?: string}>} */
async function recall() {
  const kept = await caches.match("state", { cacheName: STATE });
  return kept ? kept.json() : {};
}

/** @param {object} news */
async function remember(news) {
  const state = { ...(await recall()), ...news };
  await (await caches.open(STATE)).put("state", new Response(JSON.stringify(state)));
}

/* ---- Packs ---- */

/** Names of all caches of this site, those of earlier editions of this worker among them. */
async function ownCaches() {
  return (await caches.keys()).filter((key) => key.includes(":" + HOME + ":"));
}

/** Delete every cache but those of some packs.
    @param {string[]} packs */
async function tidy(packs) {
  const stay = new Set([STATE, ...packs.map((name) => PREFIX + name)]);
  for (const key of await ownCaches()) if (!stay.has(key)) await caches.delete(key);
}

/** @param {string} name */
async function isHeld(name) {
  if (!(await caches.has(PREFIX + name))) return false;
  const held = await (await caches.open(PREFIX + name)).keys();
  return held.length === PACKS[name].files.length;
}

/** A pack as bytes. A cache on the way may hold a damaged copy: the second try goes past it.
    @param {string} name */
async function fetched(name) {
  const { integrity } = PACKS[name];
  const address = SCOPE + "assets/offline/" + name + ".pack";
  const ask = async (/** @type {RequestCache} */ cache) => {
    const answer = await fetch(address, { cache, integrity, credentials: "same-origin" });
    if (!answer.ok) throw new Error(address + ": " + answer.status);
    return answer;
  };
  const answer = await ask("default").catch(() => ask("reload"));
  const plain = /** @type {ReadableStream} */ (answer.body).pipeThrough(
    new DecompressionStream("gzip"),
  );
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/** @type {Map<string, Promise<void>>} */
const underWay = new Map();

/** Fetch a pack, unless it is there or on its way.
    @param {string} name */
function keep(name) {
  const work = async () => {
    if (await isHeld(name)) return;
    const files = unpacked(await fetched(name));
    const cache = await caches.open(PREFIX + name);
    for (const [path, parts] of files) {
      await cache.put(
        addressOf(path),
        new Response(new Blob(/** @type {BlobPart[]} */ (parts)), {
          headers: { "Content-Type": typeOf(path) },
        }),
      );
    }
  };
  const running = underWay.get(name) || work().finally(() => underWay.delete(name));
  underWay.set(name, running);
  return running;
}

/** The packs of an edition; the shell of the first one is everybody's.
    @param {string} edition */
function packsOf(edition) {
  return Object.keys(PACKS).filter(
    (name) => PACKS[name].edition === edition || PACKS[name].section === "shell",
  );
}

/** Fetch what is missing, one pack after the other: the reader's own requests come first.
    @param {string[]} names */
async function keepAll(names) {
  for (const name of names) await keep(name);
}

/** Which edition a page is of: its folder, empty for the first.
    @param {string} address */
function editionAt(address) {
  return editionOf(pathIn(address, SCOPE) || "");
}

/** @param {string} path below the site's root */
function editionOf(path) {
  return (
    Object.values(PACKS).find(({ edition }) => edition && path.startsWith(edition))?.edition || ""
  );
}

/** @param {string} address */
function packRead(address) {
  const path = pathIn(address, SCOPE);
  const found = path === null ? null : fileOf(path, FILES);
  return found ? FILES.get(found.file) : undefined;
}

/* ---- From release to release ---- */

worker.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const before = await recall();
      try {
        // What a release that never got whole has left behind; the one that serves keeps its own.
        if (before.packs) await tidy([...before.packs, ...Object.keys(PACKS)]);
        const held = (await ownCaches())
          .filter((key) => key.startsWith(PREFIX))
          .map((key) => key.slice(PREFIX.length, key.lastIndexOf(".")));
        const open = await worker.clients.matchAll({ includeUncontrolled: true, type: "window" });
        const reading = open.flatMap((client) => packRead(client.url) || []);
        for (const name of wanted(PACKS, new Set(reading), new Set(held))) await keep(name);
        await remember({ failures: 0 });
      } catch (error) {
        console.warn("offline:", error);
        await remember({ failures: (before.failures || 0) + 1 }).catch(() => {});
        throw error;
      }
    })(),
  );
});

// Only a whole release gets here. Until every tab of the old one is closed, or the reader asks for
// the new one, the old one serves.
worker.addEventListener("activate", (event) => {
  clearInterval(asking);
  event.waitUntil(
    (async () => {
      await tidy(Object.keys(PACKS));
      await remember({ packs: Object.keys(PACKS) });
      await worker.clients.claim();
    })(),
  );
});

/** Whether the host still has this site. If not, no other page is opened by this worker.
    @returns {Promise<boolean>} whether the site is gone */
async function lookAtHost() {
  let answer;
  try {
    answer = await fetch(SCOPE + "sw.js", {
      method: "HEAD",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return false; // no network, or no host: what this worker is for
  }
  if (isGone(answer)) {
    await worker.registration.unregister();
    return true;
  }
  const stamp = answer.headers.get("etag") || answer.headers.get("last-modified") || "";
  if (answer.ok && stamp !== (await recall()).stamp) {
    // A host that goes back to an older release may answer "not modified" for ever, since its files
    // are older than ours. Read past every cache once, and the browser, which looks for a new worker
    // after each page, compares with the truth. (To ask for that here would hold up the new one: it
    // may not start while this one is busy.)
    const script = await (await fetch(SCOPE + "sw.js", { cache: "reload" })).text();
    const same = Object.keys(PACKS).every((name) => script.includes(name));
    await remember(same ? { stamp, failures: 0 } : { stamp });
  }
  return false;
}

/** Tell the pages, and delete the copy. What is open now may still be taking its style from it. */
async function leave() {
  for (const client of await worker.clients.matchAll({ type: "window" }))
    client.postMessage({ offline: { gone: true } });
  await new Promise((done) => {
    setTimeout(done, FAREWELL);
  });
  for (const key of await ownCaches()) await caches.delete(key);
}

/** @type {Promise<boolean> | null} */
let looking = null;

function look() {
  looking =
    looking ||
    lookAtHost()
      .catch(() => false)
      .finally(() => {
        looking = null;
      });
  return looking;
}

/* ---- What pages are told, and ask for ---- */

/** @param {Client} client @param {boolean} lost whether what was asked for did not come */
async function tell(client, lost = false) {
  const names = packsOf(editionAt(client.url));
  const held = new Set();
  for (const name of Object.keys(PACKS)) if (await isHeld(name)) held.add(name);
  const missing = names.filter((name) => !held.has(name));
  const others = Object.keys(PACKS).filter((name) => !held.has(name) && !names.includes(name));
  const weight = (/** @type {string[]} */ packs) =>
    packs.reduce((sum, name) => sum + PACKS[name].bytes, 0);
  const { failures = 0 } = await recall();
  client.postMessage({
    offline: {
      whole: missing.length === 0,
      section:
        names.every((name) => held.has(name) || !PACKS[name].first) &&
        held.has(packRead(client.url)),
      missing: weight(missing),
      others: weight(others),
      mayFetchAll: MAY_FETCH_ALL,
      failures,
      lost,
    },
  });
}

async function tellAll(lost = false) {
  for (const client of await worker.clients.matchAll({ type: "window" })) await tell(client, lost);
}

/** @type {number | undefined} */
let asking;

/** @param {string[]} names */
async function fetchAll(names) {
  let lost = false;
  try {
    await keepAll(names);
  } catch (error) {
    console.warn("offline:", error);
    lost = true;
  }
  await tellAll(lost);
}

/** @type {Record<string, (client: Client) => void | Promise<void>>} */
const ORDERS = {
  switch: () => {
    worker.skipWaiting();
    // Chromium puts it off by half a minute if the old worker was busy a moment ago: ask again.
    asking = setInterval(() => worker.skipWaiting(), 1000);
  },
  state: async (client) => {
    if (await (looking || false)) client.postMessage({ offline: { gone: true } });
    else await tell(client);
  },
  keep: (client) => fetchAll(packsOf(editionAt(client.url))),
  keepOthers: () => fetchAll(Object.keys(PACKS)),
};

worker.addEventListener("message", (event) => {
  const order = Object.hasOwn(ORDERS, event.data) && ORDERS[event.data];
  if (order) event.waitUntil(Promise.resolve(order(/** @type {Client} */ (event.source))));
});

/* ---- Answers ---- */

const isSavingData = () => !!navigator.connection?.saveData;

/** The page for what is not there (404), or not here (503: no network, and no copy). Its addresses
    start at the path that it was built for; here they start where the site stands.
    @param {404 | 503} status @param {string} path below the site's root */
async function gap(status, path) {
  const kept = (/** @type {string} */ name) =>
    caches.match(addressOf(name), { cacheName: PREFIX + FILES.get(name) });
  const page = (await kept(editionOf(path) + "404.html")) || (await kept("404.html"));
  if (!page) return null;
  let text = (await page.text()).replace(
    /((?:href=|src=|"base": ?|"search": ?)"?)(\/(?!\/)[^\s">]*)/g,
    (all, before, address) =>
      address.startsWith(BASE) ? before + HOME + address.slice(BASE.length) : all,
  );
  if (status === 503) {
    text = text
      .replace(/data-gap="?notfound"?/g, "hidden")
      .replace(/(data-gap="?unkept"?) hidden/g, "$1");
  }
  return new Response(text, { status, headers: { "Content-Type": TYPES.html } });
}

/** The home page of an edition that is kept, if there is one. */
async function otherHome() {
  for (const edition of new Set(Object.values(PACKS).map((pack) => pack.edition))) {
    const name = edition + "index.html";
    if (await caches.match(addressOf(name), { cacheName: PREFIX + FILES.get(name) })) return name;
  }
  return "";
}

/** @param {FetchEvent} event @param {{file: string, folder: boolean} | null} found @param {string} path */
async function answered(event, found, path) {
  const { request } = event;
  const pack = found && FILES.get(found.file);
  if (found) {
    const kept = await caches.match(addressOf(found.file), { cacheName: PREFIX + pack });
    if (kept && !found.folder) return kept;
    if (kept) {
      const url = new URL(request.url);
      return Response.redirect(url.origin + url.pathname + "/" + url.search);
    }
  }
  if (request.mode !== "navigate") return fetch(request);
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    // Who keeps another edition than the first has its home page.
    const home = found?.file === "index.html" && (await otherHome());
    if (home) return Response.redirect(SCOPE + home);
    return (await gap(503, path)) || Response.error();
  }
  // A section that is opened is kept, unless the reader is counting bytes.
  if (pack && answer.ok && !isSavingData())
    event.waitUntil(
      keep(pack).then(
        () => tellAll(),
        () => {},
      ),
    );
  // Everything else is the host's to say: a redirect, a page for those who must log in, a failure.
  return (answer.status === 404 && (await gap(404, path))) || answer;
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const path = pathIn(request.url, SCOPE);
  if (path === null || !isOurs(path, FILES)) return;
  const isPage = request.mode === "navigate";
  const found = fileOf(path, FILES);
  if (!found && !isPage) return;
  if (isPage) event.waitUntil(look().then((gone) => (gone ? leave() : undefined)));
  event.respondWith(answered(event, found, path));
});

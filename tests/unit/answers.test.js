// What the service worker answers, keeps and deletes, and what it leaves to the host and to the
// other projects of the host. Run by test_scripts.py.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { gzipSync } = require("node:zlib");
const { runInThisContext } = require("node:vm");

const read = (name) =>
  readFileSync(join(__dirname, "../../overrides/assets/offline", name), "utf8");
const SCOPE = "https://host.test/notes/";
const LOST =
  '<a href="/old/index.html"><a href=/old/ko/x.html><a href="//other.test/old/"><a href="/else/">' +
  '<script>{"base": "/old/"}</script><div data-gap="notfound"></div><div data-gap="unkept" hidden></div>' +
  '<script>{"base":"/old/","search":"/old/s.js"}</script><p data-gap=notfound></p><p data-gap=unkept hidden></p>';
const TEXTS = {
  "shell.1": { "404.html": LOST, "assets/site.css": "b{}" },
  "home.1": { "index.html": "home", "glossary.html": "glossary" },
  "ecs.1": { "ecs/index.html": "ecs", "ecs/a b.html": "a b" },
  "ko.shell.1": { "ko/404.html": `ko ${LOST}` },
  "ko.home.1": { "ko/index.html": "ko home" },
};
const pack = (name) => ({
  section: name.slice(0, name.lastIndexOf(".")),
  files: Object.keys(TEXTS[name]),
  first: name.includes("shell"),
  edition: name.startsWith("ko.") ? "ko/" : "",
  bytes: 10,
  integrity: `sha256-${name}`,
});
const PACKS = Object.fromEntries(Object.keys(TEXTS).map((name) => [name, pack(name)]));

/** A pack as the build writes it, small enough to be one chunk a file. */
function packed(files) {
  const listed = Object.entries(files).map(([path, text]) => [path, Buffer.byteLength(text)]);
  return gzipSync(`${JSON.stringify(listed)}\n${Object.values(files).join("")}`);
}

const workerOf = runInThisContext(
  `((self, caches, navigator, fetch, console, setInterval, clearInterval, setTimeout) => { ${read("places.js")}
  ${read("worker.js").replace('"%PACKS%"', JSON.stringify(PACKS)).replace('"%ALL%"', "true").replace("%BASE%", "/old/")} })`,
);

const OTHERS = [
  "notes:/:shell.1",
  "notes:/other/:shell.1",
  "notes:/notes/ko/:shell.1",
  "notes:/other/notes/:shell.1",
  "theirs",
];

/** A worker on a host. `held` are the packs that it has, `host` answers what it asks for. */
async function started({
  held = [],
  host = () => null,
  connection = { saveData: false },
  reading = [],
  controlled = true,
} = {}) {
  const stores = new Map();
  const keyOf = (address) =>
    new URL(typeof address === "string" ? address : address.url, SCOPE).href;
  const open = async (name) => {
    const store = stores.get(name) || new Map();
    stores.set(name, store);
    return {
      keys: async () => [...store.keys()],
      put: async (address, answer) => void store.set(keyOf(address), answer),
      match: async (address) => store.get(keyOf(address))?.clone(),
    };
  };
  const caches = {
    open,
    has: async (name) => stores.has(name),
    keys: async () => [...stores.keys()],
    delete: async (name) => stores.delete(name),
    match: async (address, { cacheName }) => stores.get(cacheName)?.get(keyOf(address))?.clone(),
  };
  for (const name of OTHERS) await (await open(name)).put("x", new Response("theirs"));
  for (const name of held) {
    const cache = await open(`notes:/notes/:${name}`);
    const texts = TEXTS[name] || { [`${name}.html`]: "old" };
    for (const [path, text] of Object.entries(texts))
      await cache.put(path.split("/").map(encodeURIComponent).join("/"), new Response(text));
  }
  const listeners = {};
  const asked = [];
  const did = [];
  const clients = reading.map((path) => ({
    url: SCOPE + path,
    heard: [],
    postMessage({ offline }) {
      this.heard.push(offline);
    },
  }));
  const self = {
    registration: { scope: SCOPE, unregister: async () => did.push("unregister") },
    clients: {
      matchAll: async ({ includeUncontrolled }) =>
        controlled || includeUncontrolled ? clients : [],
      claim: async () => did.push("claim"),
    },
    skipWaiting: () => did.push("skipWaiting"),
    addEventListener: (name, listener) => {
      listeners[name] = listener;
    },
  };
  const fetch = async (request, options = {}) => {
    const path = keyOf(request).replace(SCOPE, "");
    asked.push([path, options.cache || options.method || ""]);
    const answer = host(path, options);
    if (!answer) throw new Error("no network");
    return answer;
  };
  workerOf(
    self,
    caches,
    { connection },
    fetch,
    { warn() {} },
    (act) => act() || act,
    (act) => did.push(act ? "asked enough" : ""),
    (act) => act(),
  );
  const all = async (waiting) => {
    for (let length = -1; length !== waiting.length; ) {
      length = waiting.length;
      await Promise.all(waiting);
    }
  };
  /** What the worker gives for an address: its answer, or nothing where it leaves that to the browser. */
  async function get(path, { mode = "navigate", method = "GET", range = false } = {}) {
    const request = {
      url: keyOf(path),
      method,
      mode,
      headers: new Headers(range ? { range: "x" } : {}),
    };
    const waiting = [];
    let answer;
    listeners.fetch({
      request,
      respondWith: (promise) => {
        answer = promise;
      },
      waitUntil: (promise) => waiting.push(promise),
    });
    const found = answer && (await answer);
    await all(waiting);
    return found;
  }
  async function happens(name, event = {}) {
    const waiting = [];
    listeners[name]({ ...event, waitUntil: (promise) => waiting.push(promise) });
    await all(waiting);
  }
  const order = (data, source = clients[0]) => happens("message", { data, source });
  const kept = () =>
    [...stores.keys()].filter((name) => name.startsWith("notes:/notes/:")).map((n) => n.slice(14));
  const state = async () =>
    JSON.parse((await (await (await open("notes:/notes/:state")).match("state"))?.text()) || "{}");
  return { get, happens, order, kept, state, asked, did, clients, stores };
}

const ALL = Object.keys(PACKS);
/** A host that has everything. */
function online(path) {
  const name = /^assets\/offline\/(.*)\.pack$/.exec(path)?.[1];
  if (name) return new Response(packed(TEXTS[name]));
  const type = path === "sw.js" ? "text/javascript" : "text/html";
  return new Response(`host ${path}`, { headers: { "content-type": type, etag: "1" } });
}
const textOf = async (answer) => answer && (await answer.text());

test("what is kept is given, whatever the network", async () => {
  const { get } = await started({ held: ALL });
  for (const [path, text] of [
    ["", "home"],
    ["index.html?h=x#y", "home"],
    ["glossary", "glossary"],
    ["ecs/", "ecs"],
    ["ecs/a%20b.html", "a b"],
    ["ko/", "ko home"],
  ])
    assert.equal(await textOf(await get(path)), text, path);
  assert.equal(await textOf(await get("assets/site.css", { mode: "no-cors" })), "b{}");
  const slash = await get("ecs?h=x");
  assert.deepEqual([slash.status, slash.headers.get("location")], [302, `${SCOPE}ecs/?h=x`]);
});

test("what is not this site's is none of its business", async () => {
  const { get, asked } = await started({ held: ALL, host: online });
  for (const [path, given] of [
    ["glossary.html", { method: "POST" }],
    ["glossary.html", { method: "HEAD" }],
    ["glossary.html", { range: true }],
    ["https://host.test/other/index.html"],
    ["https://elsewhere.test/notes/index.html"],
    ["other-project/index.html"],
    ["%E0%A4%A"],
    ["assets/unknown.js", { mode: "no-cors" }],
  ])
    assert.equal(await get(path, given), undefined, path);
  assert.deepEqual(asked, []);
});

test("what is not kept comes from the host, and its section is kept with it", async () => {
  const { get, kept, clients } = await started({
    held: ["shell.1"],
    host: online,
    reading: ["ecs/index.html"],
  });
  assert.equal(await textOf(await get("ecs/index.html")), "host ecs/index.html");
  assert.deepEqual(kept().sort(), ["ecs.1", "shell.1", "state"]);
  assert.equal(clients[0].heard.at(-1).section, true, "and the page is told");
  assert.equal(await textOf(await get("ecs/index.html")), "ecs");
});

test("a part of a page that is not kept comes from the host, and keeps nothing", async () => {
  const { get, kept } = await started({ host: online });
  assert.equal(
    await textOf(await get("assets/site.css", { mode: "no-cors" })),
    "host assets/site.css",
  );
  assert.deepEqual(kept(), []);
});

test("who saves data keeps no section by reading it", async () => {
  const { get, kept } = await started({ host: online, connection: { saveData: true } });
  await get("ecs/index.html");
  assert.deepEqual(kept(), ["state"]);
  const other = await started({ host: online, connection: null }); // as most browsers are
  await other.get("ecs/index.html");
  assert.deepEqual(other.kept().sort(), ["ecs.1", "state"]);
});

for (const status of [401, 403, 500, 503]) {
  test(`a host that says ${status} is heard, and nothing of it is kept`, async () => {
    const { get, kept } = await started({
      held: ["shell.1"],
      host: (path) => (path.endsWith(".html") ? new Response("", { status }) : online(path)),
    });
    assert.equal((await get("ecs/index.html")).status, status);
    assert.deepEqual(kept().sort(), ["shell.1", "state"]);
  });
}

test("a page that is nowhere is a gap, with addresses of where the site stands now", async () => {
  const { get } = await started({
    held: ["shell.1", "ko.shell.1"],
    host: (path) => (path === "sw.js" ? online(path) : new Response("theirs", { status: 404 })),
  });
  const answer = await get("no/where.html".replace("no/", "ecs/"));
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get("content-type"), /^text\/html/);
  const text = await answer.text();
  for (const part of [
    '<a href="/notes/index.html">',
    "<a href=/notes/ko/x.html>",
    '<a href="//other.test/old/">',
    '<a href="/else/">',
    '"base": "/notes/"',
    '<div data-gap="notfound">',
    '<div data-gap="unkept" hidden>',
    '"base":"/notes/","search":"/notes/s.js"',
  ])
    assert.ok(text.includes(part), part);
  assert.match(
    await textOf(await get("ko/nowhere.html")),
    /^ko /,
    "in the language of the address",
  );
  const first = await started({
    held: ["shell.1"],
    host: () => new Response("", { status: 404, headers: { "content-type": "text/javascript" } }),
  });
  assert.match(await textOf(await first.get("ko/nowhere.html")), /^<a /, "or in the first");
});

test("without a network, what is not kept is said to be so", async () => {
  const { get } = await started({ held: ["shell.1"] });
  const answer = await get("ecs/index.html");
  assert.equal(answer.status, 503);
  const text = await answer.text();
  assert.ok(text.includes('<div data-gap="unkept">'), text);
  assert.ok(text.includes("<div hidden>"), "and not that the page is a gap");
  assert.ok(text.includes("<p hidden></p><p data-gap=unkept>"), "however it was minified");
  for (const path of ["", "index.html", "nowhere.html"])
    assert.equal((await get(path)).status, 503, path);
});

test("without a network and without that page, nothing is made up", async () => {
  const { get } = await started({});
  assert.equal((await get("ecs/index.html")).type, "error");
});

test("without a network, who keeps another edition is shown its home page", async () => {
  const { get } = await started({ held: ["ko.shell.1", "ko.home.1"] });
  const answer = await get("");
  assert.deepEqual([answer.status, answer.headers.get("location")], [302, `${SCOPE}ko/index.html`]);
  assert.notEqual((await get("glossary.html")).status, 302, "but for no other page");
});

/* ---- From release to release ---- */

test("a release keeps what every page needs and what is read, and takes over nothing of others", async () => {
  const { happens, kept, stores, state, did } = await started({
    host: online,
    reading: ["ecs/index.html", "%E0%A4%A"],
    controlled: false, // the first visit is nobody's yet
  });
  await happens("install");
  assert.deepEqual(kept().sort(), ["ecs.1", "shell.1", "state"]);
  await happens("activate");
  assert.deepEqual((await state()).packs, ALL);
  assert.ok(did.includes("claim"));
  for (const name of OTHERS) assert.ok(stores.has(name), name);
});

test("an old release goes when the new one takes over, not before; what they share stays", async () => {
  const { happens, kept, stores } = await started({
    held: ["shell.0", "ecs.0", "home.1", "half.0"],
    host: online,
  });
  stores.set(
    "notes:/notes/:state",
    new Map([[`${SCOPE}state`, new Response('{"packs":["shell.0","ecs.0","home.1"]}')]]),
  );
  await happens("install");
  assert.deepEqual(kept().sort(), ["ecs.0", "ecs.1", "home.1", "shell.0", "shell.1", "state"]);
  await happens("activate");
  assert.deepEqual(kept().sort(), ["ecs.1", "home.1", "shell.1", "state"]);
  for (const name of OTHERS) assert.ok(stores.has(name), name);
});

test("a release that fails says so, counts it, and ends; the next that is whole forgets it", async () => {
  let down = true;
  const { happens, state } = await started({
    host: (path) =>
      down && path.includes("shell") ? new Response("", { status: 503 }) : online(path),
  });
  for (const count of [1, 2]) {
    await assert.rejects(happens("install"), /shell\.1\.pack: 503/);
    assert.equal((await state()).failures, count);
  }
  down = false;
  await happens("install");
  assert.equal((await state()).failures, 0);
});

test("a pack that a cache has damaged is asked for once more, past it", async () => {
  const tries = [];
  const { happens, kept } = await started({
    host: (path, { cache, integrity, credentials }) => {
      tries.push([path, cache, integrity, credentials]);
      return cache === "default" ? null : online(path);
    },
  });
  await happens("install");
  assert.deepEqual(kept().sort(), ["shell.1", "state"]);
  const address = "assets/offline/shell.1.pack";
  assert.deepEqual(tries, [
    [address, "default", "sha256-shell.1", "same-origin"], // some sites are for those who log in
    [address, "reload", "sha256-shell.1", "same-origin"],
  ]);
});

test("a file keeps its type, and a file of a pack that is half there is fetched with it", async () => {
  const { order, get, stores, asked } = await started({
    held: ALL,
    host: online,
    reading: ["index.html"],
  });
  stores.get("notes:/notes/:home.1").delete(`${SCOPE}glossary.html`);
  await order("keep");
  assert.deepEqual(asked, [["assets/offline/home.1.pack", "default"]], "what is whole is not");
  const answer = await get("glossary.html");
  assert.equal(await answer.clone().text(), "glossary");
  assert.equal(answer.headers.get("content-type"), "text/html; charset=utf-8");
});

test("orders of a page: its edition, the others, the state; others are none", async () => {
  const { order, kept, clients, did } = await started({ host: online, reading: ["index.html"] });
  await order("state");
  assert.deepEqual(kept(), []);
  await order("keep");
  assert.deepEqual(kept().sort(), ["ecs.1", "home.1", "shell.1"]);
  assert.deepEqual([clients[0].heard.at(-1).whole, clients[0].heard.at(-1).others], [true, 20]);
  await order("keepOthers");
  assert.deepEqual(kept().sort(), [...ALL].sort());
  assert.equal(clients[0].heard.at(-1).others, 0);
  const before = clients[0].heard.length;
  for (const none of ["constructor", "toString", "", null, { a: 1 }]) await order(none);
  assert.equal(clients[0].heard.length, before);
  await order("switch");
  assert.deepEqual(did, ["skipWaiting", "skipWaiting"], "again, since Chromium may put it off");
});

test("a page of another edition keeps that, and what every page needs", async () => {
  const { order, kept, clients } = await started({ host: online, reading: ["ko/index.html"] });
  await order("keep");
  assert.deepEqual(kept().sort(), ["ko.home.1", "ko.shell.1", "shell.1"]);
  assert.deepEqual([clients[0].heard.at(-1).whole, clients[0].heard.at(-1).others], [true, 20]);
});

test("a section without what every page needs is not ready", async () => {
  const { order, clients } = await started({ held: ["home.1"], reading: ["index.html"] });
  await order("state");
  assert.equal(clients[0].heard.at(-1).section, false);
});

test("what cannot be fetched is told as it is, and what came stays", async () => {
  const { order, kept, clients } = await started({
    host: (path) => (path.includes("ecs") ? null : online(path)),
    reading: ["index.html"],
  });
  await order("keep");
  assert.deepEqual(kept().sort(), ["home.1", "shell.1"]);
  assert.deepEqual([clients[0].heard.at(-1).whole, clients[0].heard.at(-1).missing], [false, 10]);
});

/* ---- A site that is gone ---- */

for (const [how, status, type] of [
  ["removed", 404, ""],
  ["gone", 410, ""],
  ["another one in its place", 200, "text/html"],
]) {
  test(`${how}: pages are told, the copy goes, and only this one`, async () => {
    const { get, kept, did, clients, stores } = await started({
      held: ALL,
      host: () => new Response("", { status, headers: { "content-type": type } }),
      reading: ["index.html"],
    });
    assert.equal(
      await textOf(await get("index.html")),
      "home",
      "the page that opens is still shown",
    );
    assert.deepEqual(did, ["unregister"]);
    assert.deepEqual(clients[0].heard, [{ gone: true }]);
    assert.deepEqual(kept(), []);
    for (const name of OTHERS) assert.ok(stores.has(name), name);
  });
}

test("who asks while the host is looked at hears that the site is gone", async () => {
  let answer;
  const { get, order, clients } = await started({
    held: ALL,
    host: () =>
      new Promise((done) => {
        answer = () => done(new Response("", { status: 404 }));
      }),
    reading: ["index.html"],
  });
  const [page, state] = [get("index.html"), order("state")];
  answer();
  await Promise.all([page, state]);
  assert.ok(clients[0].heard.length > 0);
  assert.ok(clients[0].heard.every(({ gone }) => gone));
});

test("a host that is down, or asks who one is, has not lost the site", async () => {
  for (const status of [401, 403, 429, 500, 503]) {
    const { get, did, kept } = await started({
      held: ALL,
      host: () => new Response("", { status }),
    });
    await get("index.html");
    assert.deepEqual([did, kept().sort()], [[], [...ALL].sort()], String(status));
  }
  for (const host of [() => null, (path, { method }) => (method ? online(path) : null)]) {
    const { get, did, kept } = await started({ held: ALL, host });
    await get("index.html");
    assert.deepEqual(did, [], "nor one that goes away while it is asked");
    assert.deepEqual(kept().sort(), [...ALL].sort());
  }
});

test("the worker's script is read past every cache once, when the host's has changed", async () => {
  let etag = "1";
  const { get, asked, state } = await started({
    held: ALL,
    host: (path) =>
      new Response(path === "sw.js" ? ALL.join() : "", {
        headers: { "content-type": "text/javascript", etag },
      }),
  });
  const looks = async () => {
    asked.splice(0);
    await get("index.html");
    return asked;
  };
  const head = ["sw.js", "no-store"];
  assert.deepEqual(await looks(), [head, ["sw.js", "reload"]]);
  assert.deepEqual(await state(), { stamp: "1", failures: 0 });
  assert.deepEqual(await looks(), [head]);
  etag = "2";
  assert.deepEqual(await looks(), [head, ["sw.js", "reload"]]);
  assert.deepEqual(await looks(), [head]);
});

test("a release that shares some packs with the one that serves is not that one", async () => {
  for (const [script, failures] of [
    ["shell.1 home.1 home.2", 2],
    [ALL.join(), 0],
  ]) {
    const ways = [];
    const { get, state, stores } = await started({
      held: ALL,
      host: (_, { method, redirect }) => {
        ways.push([method, redirect]);
        const headers = { "content-type": "text/javascript", "last-modified": "today" };
        return new Response(method ? "" : script, { headers });
      },
    });
    const kept = new Response('{"failures":2}');
    stores.set("notes:/notes/:state", new Map([[`${SCOPE}state`, kept]]));
    await get("index.html");
    assert.deepEqual(await state(), { failures, stamp: "today" });
    assert.deepEqual(ways, [
      ["HEAD", "manual"],
      [undefined, undefined],
    ]);
  }
});

test("parts of a page ask the host nothing about the site", async () => {
  const { get, asked } = await started({ held: ALL, host: online });
  await get("assets/site.css", { mode: "no-cors" });
  assert.deepEqual(asked, []);
});

/* ---- What stands in the worker's place when no copy is wanted ---- */

test("the worker that removes a copy removes this one, and shows the pages from the host", async () => {
  const did = [];
  const listeners = {};
  const kept = ["notes:/notes/:shell.1", "older:/notes/:x", "notes:/notes/:state", ...OTHERS];
  const page = (url, goes = true) => ({
    url,
    navigate: async (address) => {
      did.push(`navigate ${address}`);
      if (!goes) throw new Error("closed meanwhile");
    },
  });
  const self = {
    registration: { scope: SCOPE, unregister: async () => did.push("unregister") },
    clients: { matchAll: async () => [page("https://host.test/notes/a", false), page(SCOPE)] },
    skipWaiting: () => did.push("skipWaiting"),
    addEventListener: (name, listener) => {
      listeners[name] = listener;
    },
  };
  const caches = {
    keys: async () => [...kept],
    delete: async (name) => kept.splice(kept.indexOf(name), 1),
  };
  const ends = [];
  runInThisContext(`((self, caches, setInterval, clearInterval) => { ${read("remove.js")} })`)(
    self,
    caches,
    (act) => act() && 7,
    (timer) => ends.push(timer),
  );
  listeners.install();
  assert.deepEqual(did.splice(0), ["skipWaiting", "skipWaiting"]);
  const waiting = [];
  listeners.activate({ waitUntil: (promise) => waiting.push(promise) });
  await Promise.all(waiting);
  assert.deepEqual(did, ["unregister", "navigate https://host.test/notes/a", `navigate ${SCOPE}`]);
  assert.deepEqual(kept, OTHERS);
  assert.deepEqual(ends, [7]);
});

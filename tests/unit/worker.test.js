// What the service worker tells pages of its copy. Run by test_scripts.py.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { runInThisContext } = require("node:vm");

const read = (name) =>
  readFileSync(join(__dirname, "../../overrides/assets/offline", name), "utf8");
const SCOPE = "https://host.test/notes/";
const pack = (section, files, first = false, edition = "") => ({
  section,
  files,
  first,
  edition,
  bytes: 10 * files.length,
  integrity: "",
});
const PACKS = {
  "shell.1": pack("shell", ["404.html", "assets/site.css"], true),
  "search.1": pack("search", ["search/concepts.json", "search/texts.json"], true),
  "home.1": pack("home", ["index.html", "glossary.html"]),
  "ecs.1": pack("ecs", ["ecs/index.html", "ecs/roles.html"]),
  "ko.home.1": pack("ko.home", ["ko/index.html", "ko/glossary.html"], false, "ko/"),
};
const workerOf = runInThisContext(
  `((self, caches, navigator) => { ${read("places.js")}
  ${read("worker.js").replace('"%PACKS%"', JSON.stringify(PACKS)).replace('"%ALL%"', "true")} })`,
);

/** A worker whose caches hold these files of packs; what a page at `path` is told of them. */
async function told(held, path) {
  const stores = new Map(
    Object.entries(held).map(([name, files]) => [
      `notes:/notes/:${name}`,
      new Map(files.map((file) => [SCOPE + file, {}])),
    ]),
  );
  const caches = {
    has: async (name) => stores.has(name),
    keys: async () => [...stores.keys()],
    match: async () => undefined,
    open: async (name) => ({ keys: async () => [...(stores.get(name) || []).keys()] }),
  };
  const listeners = {};
  const self = {
    registration: { scope: SCOPE },
    addEventListener: (name, listener) => {
      listeners[name] = listener;
    },
  };
  workerOf(self, caches, {});
  const said = [];
  const source = { url: SCOPE + path, postMessage: ({ offline }) => said.push(offline) };
  const waiting = [];
  listeners.message({ data: "state", source, waitUntil: (promise) => waiting.push(promise) });
  await Promise.all(waiting);
  return said[0];
}

const allOf = (...names) => Object.fromEntries(names.map((name) => [name, PACKS[name].files]));
const FIRST = allOf("shell.1", "search.1", "home.1", "ecs.1");

test("a whole edition is whole, and the other is what is left", async () => {
  const said = await told(FIRST, "index.html");
  assert.deepEqual([said.whole, said.section, said.missing, said.others], [true, true, 0, 20]);
});

test("a section is kept with what all pages need", async () => {
  const said = await told(allOf("shell.1", "search.1", "home.1"), "glossary.html");
  assert.deepEqual([said.whole, said.section, said.missing], [false, true, 20]);
  const other = await told(allOf("shell.1", "search.1", "home.1"), "ecs/roles.html");
  assert.equal(other.section, false);
});

for (const name of Object.keys(PACKS)) {
  test(`${name} with a file too few is missing`, async () => {
    const half = { ...FIRST, ...allOf("ko.home.1"), [name]: PACKS[name].files.slice(0, 1) };
    const path = name.startsWith("ko") ? "ko/index.html" : "index.html";
    const said = await told(half, path);
    assert.deepEqual([said.whole, said.missing], [false, PACKS[name].bytes]);
  });
}

test("nothing kept is all missing", async () => {
  const said = await told({}, "index.html");
  assert.deepEqual([said.whole, said.section, said.missing, said.others], [false, false, 80, 20]);
});

/** Which caches are left, by their keys, once this release serves. */
async function leftAfterRelease(keys) {
  const left = new Set(keys);
  const state = { match: async () => undefined, put: async () => {} };
  const caches = {
    keys: async () => [...left],
    delete: async (key) => left.delete(key),
    match: async () => undefined,
    open: async () => state,
  };
  const listeners = {};
  const self = {
    registration: { scope: SCOPE },
    clients: { claim: async () => {} },
    addEventListener: (name, listener) => {
      listeners[name] = listener;
    },
  };
  workerOf(self, caches, {});
  let done;
  listeners.activate({
    waitUntil: (promise) => {
      done = promise;
    },
  });
  await done;
  return [...left];
}

test("a release clears away what is its site's, and nothing of a site around, within or beside it", async () => {
  const own = ["notes:/notes/:state", ...Object.keys(PACKS).map((name) => `notes:/notes/:${name}`)];
  const others = [
    ...["/", "/notes/old/", "/notes/notes/", "/old/notes/", "/notes2/", "/other/"].flatMap(
      (home) => [`notes:${home}:state`, `notes:${home}:ecs.0`],
    ),
    "somebody's own",
  ];
  const gone = ["notes:/notes/:ecs.0", "notes:/notes/:tea.1", "copy:/notes/:ecs.1"];
  assert.deepEqual(await leftAfterRelease([...own, ...gone, ...others]), [...own, ...others]);
});

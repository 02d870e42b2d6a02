// How a page starts its search, and goes on when the index or the release is gone. Run by
// test_scripts.py.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { runInThisContext } = require("node:vm");

const ASSETS = join(__dirname, "../../overrides/assets/search");
const read = (name) => readFileSync(join(ASSETS, name), "utf8");
const [READY, QUERY, RESULT, OPEN, FAILED] = [1, 2, 3, 4, 5];
const PAGE = "https://a.test/notes/ecs/index.html";
const WORKER = "https://a.test/notes/assets/search.1.js";
const NEWER = "https://a.test/notes/assets/search.2.js";

/** Whatever was to come has come. */
async function settled() {
  for (let step = 0; step < 4; step += 1) await new Promise((done) => setTimeout(done));
}

/** A page as Material starts it: what its search box is told, and which workers were started. */
function started({ focused = false, early = [], throws = false, file = false, now = WORKER }) {
  const workers = [];
  const window = {};
  const fetched = [];
  class Native {
    constructor(url) {
      if (throws) throw new Error("no workers here");
      Object.assign(this, { url, told: [], ended: false });
      workers.push(this);
    }
    postMessage(message) {
      this.told.push(message);
    }
    terminate() {
      this.ended = true;
    }
  }
  window.Worker = Native;
  const input = new EventTarget();
  const head = { append: (script) => head.scripts.push(script), scripts: [] };
  const document = {
    head,
    currentScript: { dataset: { failed: "Not loaded", retry: "Again" } },
    querySelector: () => input,
    createElement: (name) =>
      name === "script"
        ? {}
        : {
            get outerHTML() {
              return `<span class="${this.className}">${this.textContent}</span>`;
            },
          },
    activeElement: focused ? input : null,
  };
  const given = {
    window,
    self: window,
    document,
    location: file
      ? {
          href: "file:///notes/ecs/index.html",
          protocol: "file:",
          pathname: "/notes/ecs/index.html",
        }
      : { href: PAGE, protocol: "https:", pathname: "/notes/ecs/index.html" },
    fetch: async (address, options) => {
      fetched.push([address, options.cache]);
      if (!now) throw new Error("no network");
      return { url: address, text: async () => JSON.stringify({ search: now }) };
    },
    DOMParser: class {
      parseFromString(textContent) {
        return { getElementById: () => ({ textContent }) };
      }
    },
    console: { warn() {} },
  };
  const run = (name) =>
    runInThisContext(`(({ ${Object.keys(given).join(", ")} }) => { ${read(name)} })`)(given);
  run("stand-in.js");
  const standIn = new window.Worker(file ? "../assets/search.1.js" : WORKER);
  const heard = [];
  standIn.addEventListener("message", ({ data }) => heard.push(data));
  for (const message of early) standIn.postMessage(message);
  run("page/start.js");
  const ask = (data) => standIn.postMessage({ type: QUERY, data });
  const focus = () => input.dispatchEvent(new Event("focus"));
  return { standIn, workers, heard, ask, focus, fetched, window, scripts: head.scripts };
}

const types = (messages) => messages.map(({ type }) => type);

test("a page says that it is ready, and starts nothing until somebody wants it", async () => {
  const { workers, heard, focus } = started({});
  await settled();
  assert.deepEqual(heard, [{ type: READY }]);
  assert.equal(workers.length, 0);
  focus();
  focus();
  assert.deepEqual(
    workers.map(({ url, told }) => [url, told]),
    [[WORKER, [{ type: OPEN }]]],
  );
});

test("who was in the box before the script came is served at once", () => {
  assert.equal(started({ focused: true }).workers.length, 1);
});

test("what was asked before the script came is asked", () => {
  const query = { type: QUERY, data: "tea" };
  const { workers } = started({ early: [{ type: 0, data: {} }, query] });
  assert.deepEqual(workers[0].told, [{ type: OPEN }, query], "and nothing else");
});

test("nothing asked is nothing found, and starts nothing", async () => {
  const { workers, heard, ask } = started({});
  ask(" ");
  await settled();
  assert.deepEqual(heard[1], { type: RESULT, query: " ", data: { items: [] } });
  assert.equal(workers.length, 0);
});

test("answers come after the call", async () => {
  const { workers, heard, ask } = started({});
  ask("tea");
  const found = { type: RESULT, data: { items: ["x"] } };
  workers[0].onmessage({ data: found });
  assert.deepEqual(types(heard), []);
  await settled();
  assert.deepEqual(heard[1], found);
});

const said = ({ data }) => data.items.flat().map(({ title, text }) => [title, text]);
const TOLD = [
  ['<span class="search-note">Not loaded</span>', '<span class="search-retry">Again</span>'],
];

for (const [how, fails] of [
  ["the index", (worker) => worker.onmessage({ data: { type: FAILED } })],
  ["the worker", (worker) => worker.onerror(new Event("error"))],
]) {
  for (const now of [WORKER, null]) {
    test(`${how} does not come${now ? "" : ", nor the page"}: it is said, and asked anew`, async () => {
      const { workers, heard, ask, fetched } = started({ now });
      ask("tea & <b>");
      fails(workers[0]);
      await settled();
      assert.deepEqual(fetched, [[PAGE, "reload"]], "past what a cache may hold of an old release");
      assert.equal(workers[0].ended, true);
      assert.deepEqual(said(heard[1]), TOLD);
      const [[item]] = heard[1].data.items;
      assert.equal(item.location, "/notes/ecs/index.html?q=tea+%26+%3Cb%3E");
      ask("tea ");
      assert.deepEqual(workers[1].told, [{ type: OPEN }, { type: QUERY, data: "tea " }]);
    });
  }

  test(`${how} of an old release is gone: that of the new one goes on`, async () => {
    const { workers, heard, ask } = started({ now: "../assets/search.2.js" });
    ask("tea");
    fails(workers[0]);
    assert.equal(workers[0].onmessage, null, "what it says now is nobody's");
    ask("teapot"); // typed on meanwhile
    await settled();
    assert.deepEqual(types(heard), [READY]);
    assert.equal(workers[1].url, NEWER);
    assert.deepEqual(workers[1].told, [{ type: OPEN }, { type: QUERY, data: "teapot" }]);
  });
}

test("who only opened the box hears of no failure, and can ask", async () => {
  const { workers, heard, focus, ask } = started({});
  focus();
  workers[0].onmessage({ data: { type: FAILED } });
  await settled();
  assert.deepEqual(types(heard), [READY]);
  ask("tea");
  assert.equal(workers.length, 2);
});

test("where no worker may start, it is said", async () => {
  const { heard, ask } = started({ throws: true });
  ask("tea");
  await settled();
  assert.deepEqual(said(heard.find(({ data }) => data?.items.length)), TOLD);
});

test("a file runs the engine in the page, and keeps what is asked until it is there", async () => {
  const { scripts, window, heard, ask, workers } = started({ file: true });
  ask("te");
  ask("tea");
  assert.equal(workers.length, 0);
  assert.equal(scripts[0].src, "file:///notes/assets/search.1.js");
  const told = [];
  window.searchEngine = (reply) => {
    reply({ type: RESULT, data: { items: ["x"] } });
    return (message) => told.push(message);
  };
  scripts[0].onload();
  assert.deepEqual(types(told), [OPEN, QUERY, QUERY]);
  ask("teas");
  assert.deepEqual(told.at(-1), { type: QUERY, data: "teas" });
  await settled();
  assert.deepEqual(heard.at(-1), { type: RESULT, data: { items: ["x"] } });
});

test("a file whose engine is not there says so", async () => {
  const { scripts, heard, ask } = started({ file: true, now: null });
  ask("tea");
  scripts[0].onerror();
  await settled();
  assert.deepEqual(said(heard.at(-1)), TOLD);
});

test("an answer says to what, a failure that nothing was found, and nothing takes its place", async () => {
  const { heard, ask } = started({ now: null, throws: true });
  ask(" ");
  ask("tea");
  await settled();
  assert.deepEqual(
    heard.filter(({ type }) => type === RESULT).map(({ query, data }) => [query, data.nothing]),
    [
      [" ", undefined],
      ["tea", true],
    ],
  );
});

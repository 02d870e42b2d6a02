// What a page says of its copy, state by state. Run by test_scripts.py.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { runInThisContext } = require("node:vm");

const NAMES = "gone switch update failed stuck ready others section keep keeping".split(" ");
const WORDS = Object.fromEntries(NAMES.map((name) => [name, `(${name})`]));
WORDS.others += " {size}";
WORDS.keep += " {size}";
const file = join(__dirname, "../../overrides/assets/offline/page.js");
const source = readFileSync(file, "utf8").replace('"%WORDS%"', JSON.stringify({ en: WORDS }));
const page = runInThisContext(
  `((document, navigator, location, self, requestIdleCallback, setTimeout, fetch, performance) => { ${source} })`,
);

class Element {
  constructor() {
    this.dataset = { language: "en", folder: "" };
    this.parts = [];
  }
  set textContent(text) {
    this.parts = [text];
  }
  get textContent() {
    return this.parts.map((part) => (typeof part === "string" ? part : part.textContent)).join("");
  }
  append(...parts) {
    this.parts.push(...parts);
  }
  addEventListener(_, run) {
    this.press = run;
  }
}

/** A worker whose states a test goes through. */
class Stand extends EventTarget {
  constructor(asked) {
    super();
    this.postMessage = (what) => asked.push(what);
  }
  becomes(state) {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

async function settled() {
  for (let step = 0; step < 5; step += 1) await new Promise((done) => setImmediate(done));
}

/** A page of a host: what it says, what it asks of its worker and of the host. */
async function opened({
  host = "a.test",
  active = true,
  waiting = false,
  installing = false,
  known = true,
  scope = `https://${host}/`,
  refused = "",
  controlled = `https://${host}/sw.js`,
  workerStart = 0,
  saveData = false,
  connection = { saveData },
  reads = true,
  idles = true,
  folder = "",
  here = true,
  answers = {},
} = {}) {
  const mark = new Element();
  mark.dataset.folder = folder;
  const asked = [];
  const found = Object.assign(new EventTarget(), { scope: `https://${host}/` });
  for (const [name, there] of Object.entries({ active, waiting, installing }))
    found[name] = there ? new Stand(asked) : null;
  let hear = () => {};
  const no = (what) => {
    if (refused === what) throw new Error(what);
  };
  const serviceWorker = {
    controller: controlled ? { scriptURL: controlled } : null,
    register: async (address, { scope, updateViaCache }) => {
      no("register");
      asked.push(`register ${address} ${scope} ${updateViaCache}`);
      return found;
    },
    getRegistration: async () => {
      no("getRegistration");
      return known ? Object.assign(found, { scope }) : undefined;
    },
    addEventListener: (_, listener) => {
      hear = listener;
    },
  };
  const idle = (run) => run();
  const links = [];
  page(
    {
      querySelector: () => (here ? mark : null),
      createElement: () => new Element(),
      head: { append: (link) => links.push([link.rel, link.href]) },
      currentScript: { src: `https://${host}/assets/offline.1.js` },
    },
    { serviceWorker, connection },
    { hostname: host, href: `https://${host}/x.html`, reload: () => asked.push("reload") },
    { DecompressionStream: reads, requestIdleCallback: idles ? idle : undefined },
    idle,
    idle,
    async (address, { method = "" } = {}) => {
      asked.push(`${method} ${address}`.trim());
      const answer = answers[method || "GET"];
      if (!answer) throw new Error("no network");
      return answer;
    },
    { getEntriesByType: () => [{ workerStart }] },
  );
  await settled();
  return {
    mark,
    asked,
    found,
    links,
    hear: (offline) => hear({ data: { offline } }),
    other: (data) => hear({ data }),
    text: () => mark.textContent,
    press: () => mark.parts.at(-1).press(),
  };
}

/** What a page says once the worker has told its state, and what it asks for. */
async function says({ state, ...given }) {
  const page = await opened(given);
  page.asked.splice(0);
  if (state) page.hear(state);
  return { ...page, text: page.text(), hidden: page.mark.hidden };
}

const KEPT = { whole: true, section: true, missing: 0, others: 0, failures: 0, mayFetchAll: true };
const PART = { ...KEPT, whole: false, missing: 2_000_000 };

const CASES = [
  ["all is kept", { state: KEPT }, "(ready)", []],
  [
    "the other edition is left",
    { state: { ...KEPT, others: 1_500_000 } },
    "(ready) (others) 1.5",
    [],
  ],
  ["a newer release waits", { state: KEPT, waiting: true }, "(update) (switch)", []],
  ["one release failed", { state: { ...KEPT, failures: 1 } }, "(ready)", []],
  ["release after release failed", { state: { ...KEPT, failures: 2 } }, "(stuck)", []],
  ["and not all is kept", { state: { ...PART, failures: 3 } }, "(stuck)", []],
  ["the site is gone", { state: { gone: true } }, "(gone) (switch)", []],
  ["the rest follows by itself", { state: PART }, "(section)", ["keep"]],
  ["bytes are dear", { state: PART, saveData: true }, "(section) (keep) 2.0", []],
  ["on this machine", { state: PART, host: "localhost" }, "(section) (keep) 2.0", []],
  ["a large site", { state: { ...PART, mayFetchAll: false } }, "(section) (keep) 2.0", []],
  [
    "nothing of this page",
    { state: { ...PART, section: false }, saveData: true },
    " (keep) 2.0",
    [],
  ],
  ["no worker yet", { state: KEPT, active: false }, "", []],
];

for (const [name, given, text, asked] of CASES) {
  test(name, async () => {
    const said = await says(given);
    assert.equal(said.text, text);
    assert.equal(Boolean(said.hidden), text === "");
    assert.deepEqual(said.asked, asked);
  });
}

test("a button asks for what it says", async () => {
  const said = await says({ state: PART, saveData: true });
  said.mark.parts.at(-1).press();
  assert.deepEqual(said.asked, ["keep"]);
  assert.equal(said.mark.textContent, "(keeping)");
  const other = await says({ state: { ...KEPT, others: 1 } });
  other.mark.parts.at(-1).press();
  assert.deepEqual(other.asked, ["keepOthers"]);
});

test("what a reader asked for and did not come is said, and offered again", async () => {
  const page = await says({ state: PART, saveData: true });
  page.hear({ ...PART, lost: true });
  assert.equal(page.mark.textContent, "(section) (keep) 2.0", "nobody asked for it");
  page.press();
  page.hear({ ...PART, lost: true });
  assert.equal(page.mark.textContent, "(failed) (keep) 2.0");
  page.press();
  page.hear(KEPT);
  assert.equal(page.mark.textContent, "(ready)");
  const other = await says({ state: { ...KEPT, others: 1_500_000 } });
  other.press();
  other.hear({ ...KEPT, others: 1_500_000, lost: true });
  assert.equal(other.mark.textContent, "(failed) (others) 1.5");
});

const REGISTERED = "register https://a.test/sw.js https://a.test/ none";

test("the worker is asked for the state, and looked for past every cache", async () => {
  const page = await opened();
  assert.deepEqual(page.asked, [REGISTERED, "state"]);
  assert.deepEqual(page.links, [["manifest", "https://a.test/manifest.webmanifest"]]);
  const other = await opened({ folder: "ko/" });
  assert.deepEqual(other.links, [["manifest", "https://a.test/ko/manifest.webmanifest"]]);
  const slow = await opened({ idles: false, connection: null });
  assert.deepEqual(slow.asked, [REGISTERED, "state"], "browsers that know neither");
});

test("where nothing can be kept, nothing is said", async () => {
  for (const given of [{ reads: false }, { refused: "register" }, { refused: "getRegistration" }]) {
    const page = await opened(given);
    assert.deepEqual([page.text(), page.asked], ["", []], JSON.stringify(given));
  }
  assert.deepEqual((await opened({ here: false })).links, []);
});

test("a newer release takes over when it is asked to", async () => {
  const page = await opened({ waiting: true });
  page.hear(KEPT);
  page.asked.splice(0);
  page.press();
  assert.deepEqual(page.asked, ["switch"]);
  const first = await opened({ waiting: true, controlled: "" });
  first.hear(KEPT);
  assert.equal(
    first.text(),
    "(ready)",
    "where none was there before, there is none to take over from",
  );
});

test("a worker on its way is followed, also one that comes later", async () => {
  const page = await opened({ active: false, installing: true });
  const worker = page.found.installing;
  assert.equal(page.text(), "");
  page.asked.splice(0);
  page.found.active = worker;
  worker.becomes("activated");
  assert.deepEqual(page.asked, ["state"]);
  page.hear(PART); // the rest is asked for by itself, once
  page.hear({ ...PART, missing: 1_000_000 });
  assert.deepEqual(page.asked, ["state", "keep"]);
  assert.equal(page.text(), "(section) (keep) 1.0", "and offered where that did not do");

  page.found.installing = new Stand(page.asked);
  page.found.dispatchEvent(new Event("updatefound"));
  page.asked.splice(0);
  page.found.waiting = page.found.installing;
  page.found.installing.becomes("installed");
  assert.deepEqual(page.asked, ["state"]);
  assert.equal(page.text(), "(update) (switch)");
  page.asked.splice(0);
  page.found.installing.becomes("activated");
  assert.deepEqual(page.asked, ["keep"], "what was asked for is asked of the new one");
});

test("a first worker that fails is told of, a later one only if it goes on", async () => {
  const page = await opened({ active: false, installing: true });
  page.found.installing.becomes("redundant");
  assert.equal(page.text(), "(failed)");
  const later = await opened({ installing: true });
  later.hear(KEPT);
  later.asked.splice(0);
  later.found.installing.becomes("redundant");
  assert.deepEqual([later.text(), later.asked], ["(ready)", ["state"]]);
});

test("who counts bytes, or works on this machine, is offered the copy and what it takes", async () => {
  const size = (bytes) => ({ GET: { json: async () => ({ bytes }) } });
  for (const [given, address] of [
    [{ saveData: true }, "https://a.test/"],
    [{ host: "localhost" }, "https://localhost/"],
    [{ host: "notes.localhost" }, "https://notes.localhost/"],
    [{ host: "127.0.12.1" }, "https://127.0.12.1/"],
  ]) {
    const page = await opened({
      ...given,
      known: false,
      controlled: "",
      answers: size({ "": 2_500_000 }),
    });
    assert.equal(page.text(), " (keep) 2.5", JSON.stringify(given));
    assert.equal(page.mark.hidden, false);
    assert.deepEqual(page.asked, [`${address}assets/offline/size.json`]);
    page.press();
    assert.equal(page.text(), "(keeping)");
    await settled();
    assert.equal(page.asked[1], `register ${address}sw.js ${address} none`);
  }
  const korean = { saveData: true, known: false, controlled: "", folder: "ko/" };
  const page = await opened({ ...korean, answers: size({ "": 1, "ko/": 1_000_000 }) });
  assert.equal(page.text(), " (keep) 1.0");
  assert.equal((await opened({ saveData: true, known: false, controlled: "" })).text(), "");
  for (const host of ["localhost.test", "mylocalhost", "127.test"])
    assert.ok(
      (await opened({ host, known: false, controlled: "" })).asked[0].startsWith("register"),
    );
});

test("a page that a removed worker gave is shown anew, or told that its site is gone", async () => {
  const removed = { known: false };
  const there = await opened({ ...removed, answers: { HEAD: { ok: true } } });
  assert.deepEqual(there.asked, ["HEAD https://a.test/x.html", "reload"]);
  for (const answers of [{ HEAD: { ok: false } }, {}]) {
    const page = await opened({ ...removed, answers });
    assert.deepEqual(page.asked, ["HEAD https://a.test/x.html"]);
    assert.equal(page.text(), "(gone) (switch)");
    page.press();
    assert.equal(page.asked[1], "reload");
    page.hear(KEPT);
    assert.equal(page.text(), "(gone) (switch)", "that is the last word");
  }
  const first = await opened({ ...removed, controlled: "", workerStart: 12 });
  assert.equal(first.asked[0], "HEAD https://a.test/x.html");
  // A worker of the whole host is another project's, however this page came.
  const below = { scope: "https://a.test/up/", answers: { HEAD: { ok: true } } };
  assert.ok((await opened(below)).asked.includes("reload"));
  for (const other of ["", "https://a.test/other/sw.js"])
    assert.equal((await opened({ ...removed, controlled: other })).asked[0], REGISTERED, other);
});

test("what others say to the page is not for this line", async () => {
  const page = await opened();
  for (const data of [null, "", { x: 1 }]) page.other(data);
  assert.equal(page.text(), "");
});

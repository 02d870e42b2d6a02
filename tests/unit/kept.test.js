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
  `((document, navigator, location, self, requestIdleCallback) => { ${source} })`,
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

/** A page of a host; what it says once the worker has told its state, and what it asks for. */
async function says({ state, waiting = null, active = true, host = "a.test", saveData = false }) {
  const mark = new Element();
  const asked = [];
  const worker = { addEventListener() {}, postMessage: (what) => asked.push(what) };
  const found = {
    waiting,
    active: active ? worker : null,
    installing: null,
    addEventListener() {},
  };
  found.scope = `https://${host}/`;
  let hear = () => {};
  const serviceWorker = {
    controller: { scriptURL: `https://${host}/sw.js` },
    register: async () => found,
    getRegistration: async () => found,
    addEventListener: (_, listener) => {
      hear = listener;
    },
  };
  const idle = (run) => run();
  page(
    {
      querySelector: () => mark,
      createElement: () => new Element(),
      head: { append() {} },
      currentScript: { src: `https://${host}/assets/offline.1.js` },
    },
    { serviceWorker, connection: { saveData } },
    { hostname: host, reload: () => asked.push("reload") },
    { DecompressionStream: true, requestIdleCallback: idle },
    idle,
  );
  for (let step = 0; step < 5; step += 1) await null;
  asked.splice(0);
  if (state) hear({ data: { offline: state } });
  return { text: mark.textContent, hidden: mark.hidden, asked, mark };
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
  ["a newer release waits", { state: KEPT, waiting: {} }, "(update) (switch)", []],
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

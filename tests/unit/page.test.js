// What scripts of a page do where no page is needed to see it: what comes later and what does not
// come, what is kept, which edition a reader gets. Run by test_scripts.py.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { runInThisContext } = require("node:vm");

const ASSETS = join(__dirname, "../../overrides/assets");

/** Run a script of the page; `given` are the names that it finds there. */
function run(file, given, change = (/** @type {string} */ text) => text) {
  const source = change(readFileSync(join(ASSETS, file), "utf8"));
  return runInThisContext(`(({ ${Object.keys(given).join(", ")} }) => { ${source} })`)(given);
}

/** Whatever was to come has come. */
const settled = () => new Promise((done) => setImmediate(done));

/** An element that tells what is appended to it. */
class Element extends EventTarget {
  constructor(more = {}) {
    super();
    Object.assign(this, { dataset: {}, children: [], ...more });
  }
  append(...parts) {
    for (const part of parts) if (part instanceof Element) part.parent = this;
    this.children.push(...parts);
  }
  remove() {
    this.parent.children = this.parent.children.filter((part) => part !== this);
  }
  click() {
    this.dispatchEvent(new Event("click"));
  }
  setAttribute(name, value) {
    this[name] = value;
  }
}

const CURRENT = "https://a.test/notes/assets/site.1.js";

/** A document with a head, and what its scripts look up by a selector. */
function documentOf(found = {}, dataset = {}) {
  const made = new Element({
    head: new Element(),
    currentScript: { src: CURRENT, dataset },
    createElement: () => new Element(),
    querySelector: (selector) => found[selector] || null,
    querySelectorAll: (selector) => found[selector] || [],
  });
  return made;
}

/* ---- scripts/later.js ---- */

function laterOf() {
  const document = documentOf();
  const window = {};
  run("scripts/later.js", { document, window });
  return { ...window, scripts: () => document.head.children, document };
}

test("a script comes once, from beside the one that asks for it", async () => {
  const { later, scripts } = laterOf();
  const first = later("tables.1.js");
  assert.equal(later("tables.1.js"), first);
  assert.equal(later(new URL("tables.1.js", CURRENT)), first, "by its address as well");
  later("choose.1.js");
  assert.deepEqual(
    scripts().map(({ src }) => src),
    ["https://a.test/notes/assets/tables.1.js", "https://a.test/notes/assets/choose.1.js"],
  );
  scripts()[0].onload();
  await first;
  assert.equal(later("tables.1.js"), first, "nor again when it is there");
});

test("a script that did not come is asked for again", async () => {
  const { later, scripts } = laterOf();
  for (let time = 0; time < 2; time += 1) {
    const coming = later("tables.1.js");
    assert.equal(scripts().length, 1, "what failed is gone");
    scripts()[0].onerror();
    await assert.rejects(coming);
  }
  const coming = later("tables.1.js");
  scripts()[0].onload();
  await coming;
});

/** A part of a page that takes what it is told, as a script does that has come. */
function taking(event, heard) {
  const part = new Element({ lines: [] });
  part.before = (line) => {
    part.lines.push(line);
    line.remove = () => part.lines.splice(part.lines.indexOf(line), 1);
  };
  part.addEventListener(event, (told) => {
    told.preventDefault();
    heard.push([part, told.bubbles]);
  });
  return part;
}

test("who asks twice is told once, each in its place", async () => {
  const { told, scripts } = laterOf();
  const heard = [];
  const [one, other] = [taking("site:table", heard), taking("site:table", heard)];
  told(["tables.1.js"], "site:table", { at: one });
  told(["tables.1.js"], "site:table", { at: one });
  told(["tables.1.js"], "site:table", { at: other });
  assert.equal(scripts().length, 1);
  scripts()[0].onload();
  await settled();
  assert.deepEqual(heard, [
    [one, true],
    [other, true],
  ]);
  told(["tables.1.js"], "site:table", { at: one });
  await settled();
  assert.equal(heard.length, 3, "and with the next use again");
});

test("the document is told where nothing else is named, once all has come", async () => {
  const { told, document, scripts } = laterOf();
  let heard = 0;
  document.addEventListener("site:practice", (event) => {
    event.preventDefault();
    heard++;
  });
  told(["practice.1.js", "questions.1.js"], "site:practice");
  scripts()[0].onload();
  await settled();
  assert.equal(heard, 0);
  scripts()[1].onload();
  await settled();
  assert.equal(heard, 1);
});

const FAILURES = {
  "never came": (script) => script.onerror(),
  "is a page of the host's": (script) => script.onload(),
};

for (const [what, fail] of Object.entries(FAILURES)) {
  test(`what ${what} is said once, and a button asks again`, async () => {
    const { told, scripts } = laterOf();
    const heard = [];
    const at = new Element();
    const part = taking("site:table", heard);
    part.dataset = { lost: "Not loaded.", retry: "Try again" };
    let lost = 0;
    const ask = () => told(["tables.1.js"], "site:table", { at, part, lost: () => lost++ });
    ask();
    ask();
    for (let time = 1; time < 3; time += 1) {
      fail(scripts().at(-1));
      await settled();
      assert.equal(lost, time);
      assert.equal(part.lines.length, 1);
      const [sentence, , button] = part.lines[0].children;
      assert.deepEqual([sentence, button.textContent], ["Not loaded.", "Try again"]);
      button.click();
      assert.equal(part.lines.length, 0, "while it is on its way");
    }
    at.addEventListener("site:table", (event) => event.preventDefault());
    scripts().at(-1).onload();
    await settled();
    assert.deepEqual([lost, part.lines.length], [2, 0]);
  });
}

/* ---- scripts/offline.js ---- */

/** A page of a host, with a worker or not; what it does when another worker takes over. */
function hostedOf({ protocol = "https:", name = "offline.1.js", workers = true, led = false }) {
  const document = documentOf();
  const window = new EventTarget();
  const timers = [];
  const serviceWorker = workers
    ? Object.assign(new EventTarget(), { controller: led ? {} : null })
    : undefined;
  let reloads = 0;
  run(
    "scripts/offline.js",
    {
      document,
      window,
      navigator: { serviceWorker },
      location: { protocol, reload: () => reloads++ },
      setTimeout: (act) => timers.push(act),
    },
    (text) => text.replace("%OFFLINE%", name),
  );
  const changed = () => serviceWorker.dispatchEvent(new Event("controllerchange"));
  const load = () => {
    window.dispatchEvent(new Event("load"));
    for (const act of timers) act();
    return document.head.children.map(({ src }) => src);
  };
  return { changed, load, reloads: () => reloads };
}

test("what keeps the site comes when the page has settled, from a host alone", () => {
  assert.deepEqual(hostedOf({}).load(), ["https://a.test/notes/assets/offline.1.js"]);
  assert.deepEqual(hostedOf({ workers: false }).load().length, 1);
  assert.deepEqual(hostedOf({ protocol: "file:" }).load(), []);
  assert.deepEqual(hostedOf({ name: "%OFFLINE%" }).load(), [], "under serve there is none");
});

test("another release shows the page anew; the first worker does not", () => {
  const first = hostedOf({});
  first.changed();
  assert.equal(first.reloads(), 0);
  first.changed();
  assert.equal(first.reloads(), 1);
  const led = hostedOf({ led: true });
  led.changed();
  assert.equal(led.reloads(), 1);
});

/* ---- scripts/copy.js ---- */

/** A button that copies a page: what is on the clipboard then, what it says, where it leads. */
async function copied({ ok = true, answers = true, writes = true, clipboard = true, protocol }) {
  const button = new Element({ hidden: true, textContent: "Copy" });
  button.dataset = { copy: "page.md", copied: "Copied", lost: "Again?" };
  const location = { protocol: protocol || "https:", href: "" };
  let held = "";
  const writeText = async (text) => {
    if (!writes) throw new Error("refused");
    held = text;
  };
  run("scripts/copy.js", {
    document: documentOf({ "[data-copy]": button }),
    location,
    navigator: clipboard ? { clipboard: { writeText } } : {},
    fetch: async () => {
      if (!answers) throw new Error("no network");
      return { ok, status: 404, text: async () => "# Page" };
    },
  });
  const shown = !button.hidden;
  button.click();
  await settled();
  return [shown, held, button.textContent, location.href];
}

test("a page is copied, or opened where it cannot be", async () => {
  assert.deepEqual(await copied({}), [true, "# Page", "Copied", ""]);
  assert.deepEqual(await copied({ protocol: "http:" }), [true, "# Page", "Copied", ""]);
  assert.deepEqual(await copied({ ok: false }), [true, "", "Again?", ""]);
  assert.deepEqual(await copied({ answers: false }), [true, "", "Again?", ""]);
  assert.deepEqual(await copied({ writes: false }), [true, "", "Copy", "page.md"]);
  const absent = [false, "", "Copy", ""];
  assert.deepEqual(await copied({ clipboard: false }), absent);
  assert.deepEqual(await copied({ protocol: "file:" }), absent);
});

/* ---- inline/sheet.js ---- */

/** A page whose other styles are at an address: its window, and what its head gets. */
function sheetOf(sheet) {
  const document = documentOf({}, { sheet });
  document.createElement = (name) => new Element({ name });
  const window = new EventTarget();
  const ways = [];
  run("inline/sheet.js", {
    document,
    addEventListener: (name, act, options) => {
      ways.push(options);
      window.addEventListener(name, act, options);
    },
    // Node does not know the short form of the options, as browsers do.
    removeEventListener: (name, act, capture) => window.removeEventListener(name, act, { capture }),
  });
  const links = () => document.head.children.map(({ name, rel, href }) => [name, rel, href]);
  return { links, ways, sign: (name) => window.dispatchEvent(new Event(name)) };
}

for (const first of ["pointerover", "pointerdown", "keydown", "focusin", "scroll"]) {
  test(`the other styles come with the first ${first}, once`, () => {
    const { links, ways, sign } = sheetOf("../assets/all.css");
    assert.deepEqual(links(), []);
    sign(first);
    const once = [["link", "stylesheet", "../assets/all.css"]];
    assert.deepEqual(links(), once);
    for (const next of [first, "keydown", "scroll", "pointerover"]) sign(next);
    assert.deepEqual(links(), once);
    // A part that scrolls tells nobody above it; and nothing waits for this script.
    assert.ok(ways.every(({ capture, passive }) => capture && passive));
  });
}

test("under serve there are no other styles", () => {
  const { links, sign } = sheetOf("");
  sign("keydown");
  assert.deepEqual(links(), []);
});

/* ---- inline/storage.js ---- */

function storageOf(value) {
  const window = {};
  for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { configurable: true, get: value });
  run("inline/storage.js", { window });
  return window;
}

test("where nothing may be kept, it lasts as long as the page", () => {
  const window = storageOf(() => {
    throw new Error("blocked");
  });
  for (const kept of [window.localStorage, window.sessionStorage]) {
    assert.deepEqual([kept.length, kept.key(0), kept.getItem("a")], [0, null, null]);
    kept.setItem("a", 1);
    kept.setItem("b", "");
    assert.deepEqual([kept.length, kept.key(1), kept.getItem("a")], [2, "b", "1"]);
    assert.equal(kept.getItem("b"), "", "nothing kept is not kept nothing");
    kept.removeItem("a");
    assert.deepEqual([kept.length, kept.getItem("a")], [1, null]);
    kept.clear();
    assert.equal(kept.length, 0);
  }
  window.localStorage.setItem("a", "1");
  assert.equal(window.sessionStorage.getItem("a"), null, "the two are two");
});

test("where it may be, the browser keeps it", () => {
  const own = { getItem: () => null };
  const window = storageOf(() => own);
  assert.equal(window.localStorage, own);
  assert.equal(window.sessionStorage, own);
});

/* ---- inline/editions.js ---- */

class Storage {}

/** A page of an English site with Korean and Chinese: which edition is wanted, where it leads; and
    where the link to another edition leads that is pressed. */
function editionOf({
  languages = ["en-GB"],
  kept = null,
  home = true,
  from = "",
  protocol = "https:",
  full = false,
  blocked = false,
  language = "en",
  hash = "#c",
  link = null,
  headings = [],
  scrollY = 0,
  named = null,
  alternates = [],
}) {
  const store = new Map([["__edition", kept]]);
  const all = ["en=/", "ko=/ko/", "zh-Hans=/s/", "zh-Hant=/t/"];
  const ways = all.filter((way) => !way.startsWith(language));
  const document = documentOf(
    { "article :is(h2, h3)[id]": headings, "link[rel=alternate]": alternates },
    { language, ways: ` ${ways.join(" ")} ` },
  );
  if (home) document.currentScript.dataset.home = "";
  Object.assign(document, { referrer: from, documentElement: { dataset: {} } });
  document.getElementById = (id) => (named?.id === id ? named : null);
  let led = null;
  run("inline/editions.js", {
    document,
    navigator: { languages },
    localStorage: blocked ? {} : new Storage(),
    Storage,
    __md_scope: new URL("https://a.test/notes/?x#y"),
    __md_get: (key) => {
      if (kept === "{") throw new SyntaxError(kept);
      return store.get(key) ?? null;
    },
    __md_set: (key, value) => full || store.set(key, value),
    innerHeight: 900,
    scrollY,
    location: {
      protocol,
      search: "?a=b",
      hash,
      replace: (address) => {
        led = address;
      },
    },
  });
  if (link) {
    const press = Object.assign(new Event("click"), {});
    Object.defineProperty(press, "target", { value: link });
    document.dispatchEvent(press);
  }
  return [document.documentElement.dataset.wanted, led, store.get("__edition")];
}

const EDITIONS = [
  ["the first of the languages that there is", { languages: ["de", "ko-KR", "en"] }, "ko"],
  ["a language of another region", { languages: ["zh-TW"] }, "zh-Hans"],
  ["a language as it is called", { languages: ["ZH-hant", "ko"] }, "zh-Hant"],
  ["of who names none", { languages: undefined }, "en"],
  ["one that begins alike is another", { languages: ["kok", "en"] }, "en"],
  ["none that there is", { languages: ["de", "fr"] }, "en"],
  ["what was chosen", { languages: ["en"], kept: "ko" }, "ko"],
  ["what was chosen, the first too", { languages: ["ko"], kept: "en" }, "en"],
  ["what is no longer there", { languages: ["ko"], kept: "fr" }, "ko"],
  ["what somebody else has kept", { languages: ["ko"], kept: "{" }, "ko"],
];
for (const [name, given, wanted] of EDITIONS) {
  test(`an edition: ${name}`, () => {
    assert.equal(editionOf(given)[0], wanted);
  });
}

/** A link to the Korean edition, in the header or in the line that offers it. */
function linkTo(edition, inHeader = true) {
  const link = { dataset: { edition }, hash: "" };
  const found = { "a[data-edition]": edition && link, ".md-header": inHeader && link };
  return Object.assign(link, { closest: (selector) => found[selector] || null });
}
const at = (id, top) => ({ id, getBoundingClientRect: () => ({ top }) });

test("who goes to another edition has chosen it, and reads on where they are", () => {
  const headings = [at("a", -500), at("b", 299), at("c", 300), at("d", 2000)];
  for (const [given, hash] of [
    [{ headings, scrollY: 700 }, "b"],
    [{ headings: headings.slice(2), scrollY: 700, hash: "#x" }, "#x"], // nothing was passed yet
    [{ headings, scrollY: 0, hash: "" }, ""], // nothing was scrolled
    [{ headings, scrollY: 0, hash: "#x" }, "#x"],
    // What the address names is nearer than any heading above it, and may say what it shows.
    [{ headings, scrollY: 700, hash: "#tea?find=a", named: at("tea", 10) }, "#tea?find=a"],
    [{ headings, scrollY: 700, hash: "#tea", named: at("tea", 800) }, "b"],
  ]) {
    const link = linkTo("ko");
    assert.equal(editionOf({ ...given, link })[2], "ko");
    assert.equal(link.hash, hash, JSON.stringify(given));
  }
  const offer = linkTo("ko", false);
  assert.equal(editionOf({ headings, scrollY: 700, link: offer })[2], "ko");
  assert.equal(offer.hash, "", "what is offered is the page");
  const other = linkTo("");
  assert.equal(editionOf({ headings, scrollY: 700, link: other, kept: "en" })[2], "en");
});

test("the theme asks no other edition for its list of pages", () => {
  const alternates = [{ rel: "alternate" }];
  editionOf({ alternates });
  assert.notEqual(alternates[0].rel, "alternate");
  assert.equal(alternates[0].rel.trim(), "alternate", "to machines it is one");
});

test("only the home page follows a reader, from outside, where a choice can be kept", () => {
  const korean = { languages: ["ko-KR"] };
  assert.equal(editionOf(korean)[1], "/ko/?a=b#c");
  assert.equal(editionOf({ ...korean, from: "https://b.test/notes/" })[1], "/ko/?a=b#c");
  assert.equal(editionOf({ ...korean, protocol: "http:" })[1], "/ko/?a=b#c");
  for (const stays of [
    { languages: ["en"] },
    { ...korean, home: false },
    { ...korean, from: "https://a.test/notes/ecs/" },
    { ...korean, protocol: "file:" },
    { ...korean, full: true },
    { ...korean, kept: "{" },
    { ...korean, blocked: true },
    { ...korean, language: "ko" },
  ])
    assert.equal(editionOf(stays)[1], null, JSON.stringify(stays));
});

/* ---- later/marks/marks.js ---- */

/** A text that can be parted, as the DOM's, in a list that stands for the article. */
class Text {
  constructor(data, list) {
    // What stands in a tag here is in an element of that name: "<svg>tea".
    const [, inside] = /^<(\w+)>/.exec(data) || [];
    const closest = (selector) => selector.split(", ").includes(inside) || null;
    Object.assign(this, { data, list, parentElement: { closest } });
  }
  splitText(at) {
    const rest = new Text(this.data.slice(at), this.list);
    this.data = this.data.slice(0, at);
    this.list.splice(this.list.indexOf(this) + 1, 0, rest);
    return rest;
  }
  replaceWith(mark) {
    this.list.splice(this.list.indexOf(this), 1, mark);
  }
}

/** Texts of a page that a search for words has led to; what is marked stands in brackets. */
function markedIn(query, ...texts) {
  const list = [];
  list.push(...texts.map((text) => new Text(text, list)));
  const found = [...list];
  let at = -1;
  const document = documentOf({ article: {} });
  document.createElement = (name) => ({
    append(text) {
      this.text = text.data;
    },
    setAttribute(attribute) {
      this.own = name === "mark" && attribute === "data-md-highlight"; // as the theme styles it
    },
  });
  document.createTreeWalker = () => ({
    nextNode() {
      at += 1;
      this.currentNode = found[at];
      return found[at];
    },
  });
  run("later/marks/marks.js", {
    document,
    location: { search: `?${new URLSearchParams({ h: query })}` },
    NodeFilter: { SHOW_TEXT: 4 },
  });
  return list
    .map((part) => (part instanceof Text ? part.data : part.own && `[${part.text}]`))
    .join("");
}

test("every place of every word is marked", () => {
  const cases = [
    ["tea", "Tea, iced tea and teapots", "[Tea], iced [tea] and [tea]pots"],
    ["tea pot", "tea pot, pot of tea", "[tea] [pot], [pot] of [tea]"],
    ["tea", "(tea)/tea-tea", "([tea])/[tea]-[tea]"],
    ["pots", "teapots, teapots", "tea[pots], tea[pots]"],
    ["pots", "teapots and pots", "teapots and [pots]"], // where it begins, if it does anywhere
    ["차", "녹차, 차", "녹차, [차]"],
    ["a-b", "a-b a-c", "[a-b] a-c"],
    ["a.b", "a.b axb", "[a.b] axb"],
    ["tea tea", "tea", "[tea]"],
    ["x", "tea", "tea"],
    ["", "tea", "tea"],
    ["- +", "a - b + c", "a - b + c"],
  ];
  for (const [query, text, marked] of cases) assert.equal(markedIn(query, text), marked, query);
  assert.equal(markedIn("tea", "a tea", "b tea, tea"), "a [tea]b [tea], [tea]");
  assert.equal(markedIn("pots", "pots", "teapots"), "[pots]teapots");
  for (const drawn of ["svg", "script", "style", "button"])
    assert.equal(markedIn("tea", `<${drawn}>tea`, "tea"), `<${drawn}>tea[tea]`);
});

test("a page without an article has nothing to mark", () => {
  const location = { search: "?h=tea" };
  run("later/marks/marks.js", { document: documentOf(), location, NodeFilter: {} });
});

test("a long query marks its first twelve words", () => {
  const words = [..."abcdefghijklmn"].map((letter) => letter.repeat(3));
  const marked = markedIn(words.join(" "), words.join(" "));
  assert.equal(marked.match(/\[/g).length, 12);
});

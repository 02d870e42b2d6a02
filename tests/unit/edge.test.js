// The edge of the search engine: what it asks for, when it asks again. Run by test_scripts.py.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { runInThisContext } = require("node:vm");

const source = readFileSync(join(__dirname, "../../overrides/assets/search/worker.js"), "utf8");
// What reads an index and what answers are other files: here, an index is good or broken, and an
// answer is what was asked.
const engineOf = runInThisContext(`((navigator, console) => {
  class Library { constructor(index) { if (index !== "concepts") throw new Error("broken"); } }
  class Texts { constructor(index) { if (index !== "texts") throw new Error("broken"); } }
  const [failureIn, isAnswered, showNothing] = [() => null, () => false, () => []];
  ${source.replace("function answer(", "function unused(")}
  const answer = (library, texts, typed) => ({
    items: [typed, texts ? "texts" : "concepts"],
    nothing: typed === "rare" && !texts,
  });
  return engine;
})`);
const [QUERY, RESULT, OPEN, FAILED] = [2, 3, 4, 5];
const quiet = { warn: () => {} };

/** Start an engine. `files` gives what the next load of a name brings; `asked` tells of each. */
function started(files, saveData = false) {
  const asked = [];
  const told = [];
  const load = async (name, again) => {
    asked.push(again ? `${name} again` : name);
    const found = files(name, again);
    if (!found) throw new Error("no network");
    return found;
  };
  const send = engineOf({ connection: { saveData } }, quiet)(load, (message) => told.push(message));
  const settled = () => new Promise((done) => setImmediate(done));
  const tell = async (type, data) => {
    send({ type, data });
    for (let step = 0; step < 5; step += 1) await settled();
    return told.splice(0);
  };
  return { tell, asked };
}
const results = (messages) =>
  messages.filter(({ type }) => type === RESULT).map(({ data }) => data.items.join());

test("a box that opens loads the concepts, then the texts, each once", async () => {
  const { tell, asked } = started((name) => name);
  await tell(OPEN);
  assert.deepEqual(asked, ["concepts", "texts"]);
  assert.deepEqual(results(await tell(QUERY, "tea")), ["tea,texts"]);
  assert.deepEqual(asked, ["concepts", "texts"]);
});

for (const name of ["concepts", "texts"]) {
  for (const bad of ["broken", null]) {
    test(`${name} that are ${bad || "not there"} are asked for once more, past the cache`, async () => {
      const { tell, asked } = started((wanted, again) =>
        wanted === name && !again ? bad : wanted,
      );
      await tell(OPEN);
      assert.ok(asked.includes(`${name} again`), String(asked));
      assert.deepEqual(results(await tell(QUERY, "tea")), ["tea,texts"]);
    });
  }
}

test("without a network it says so, and the next query tries again", async () => {
  let online = false;
  const { tell } = started((name) => (online ? name : null));
  assert.deepEqual(
    (await tell(QUERY, "tea")).map(({ type }) => type),
    [FAILED],
  );
  assert.deepEqual(
    (await tell(QUERY, "tea")).map(({ type }) => type),
    [FAILED],
  );
  online = true;
  assert.equal(results(await tell(QUERY, "leaf")).pop(), "leaf,texts");
});

test("where only the concepts come they answer, and the next query asks for the texts", async () => {
  let online = false;
  const { tell } = started((name) => (online || name === "concepts" ? name : null));
  assert.equal(results(await tell(QUERY, "tea")).pop(), "tea,concepts");
  online = true;
  assert.equal(results(await tell(QUERY, "tea")).pop(), "tea,texts");
});

test("half of an index does not say that nothing is there", async () => {
  let online = false;
  const { tell } = started((name) => (online || name === "concepts" ? name : null));
  assert.equal((await tell(QUERY, "rare")).pop().type, FAILED);
  assert.equal((await tell(QUERY, "tea")).pop().type, RESULT);
  assert.equal((await tell(QUERY, "rare")).pop().type, FAILED);
  online = true;
  assert.equal(results(await tell(QUERY, "rare")).pop(), "rare,texts");
});

test("who saves data loads the texts with the first query", async () => {
  const { tell, asked } = started((name) => name, true);
  await tell(OPEN);
  assert.deepEqual(asked, ["concepts"]);
  assert.equal(results(await tell(QUERY, "tea")).pop(), "tea,texts");
});

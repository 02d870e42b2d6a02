// A decision, walked: the same ways as the build walks. Run by test_scripts.py.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { runInThisContext } = require("node:vm");

const source = readFileSync(join(__dirname, "../../overrides/assets/later/choose/walk.js"), "utf8");
const { answersOf, fragmentOf, walk } = runInThisContext(
  `(() => { ${source}; return { answersOf, fragmentOf, walk }; })()`,
);

// Every way through a decision, as Python has walked it: the answers, and who is left.
const { decisions } = JSON.parse(process.env.WAYS);

for (const { id, candidates, questions, ways } of decisions) {
  test(`${id}: each way ends where the build says`, () => {
    for (const { given, left } of ways) {
      const found = walk(candidates, questions, new Map(Object.entries(given)));
      assert.deepEqual([...found.left], left);
      assert.equal(found.next, null);
      assert.equal(found.stale, false);
      assert.equal(found.steps.length, Object.keys(given).length);
    }
  });

  test(`${id}: part of the answers leads to a question, and who falls was left`, () => {
    for (const { given } of ways) {
      const answers = Object.entries(given);
      const part = walk(candidates, questions, new Map(answers.slice(0, -1)));
      assert.equal(part.next.id, answers.at(-1)[0]);
      const fallen = part.steps.flatMap(({ fell }) => [...fell]);
      assert.equal(new Set(fallen).size + part.left.length, candidates.length);
    }
  });

  test(`${id}: an answer that nobody asks for is stale, the others hold`, () => {
    for (const { given, left } of ways) {
      const found = walk(candidates, questions, new Map([...Object.entries(given), ["x", "y"]]));
      assert.equal(found.stale, true);
      assert.deepEqual([...found.left], left);
    }
    const [first] = questions;
    assert.equal(walk(candidates, questions, new Map([[first.id, "?"]])).next.id, first.id);
  });
}

test("an address gives the answers that it was made from", () => {
  for (const given of [
    [["a", "b"]],
    [
      ["a-b", "c"],
      ["d", "e-f"],
    ],
  ]) {
    const found = answersOf(fragmentOf("choose-tea", given));
    assert.equal(found.decision, "choose-tea");
    assert.deepEqual(
      [...found.given].map((pair) => [...pair]),
      given,
    );
  }
  assert.equal(fragmentOf("choose-tea", []), "#choose-tea");
  for (const other of ["", "#choose-tea", "#table-tea?columns=a", "#x?a=b"]) {
    assert.equal(answersOf(other), null);
  }
});

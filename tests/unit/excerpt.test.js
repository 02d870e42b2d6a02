// What is shown of a text around what was found in it. Run by test_scripts.py.
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const { search, conceptsIndex, textsIndex } = require("./search-site.js");

const MOST = 190; // letters of a text that are shown
const BEFORE = 60; // letters before the first hit

/** What is shown of `text`, the second of three, when these words of it were found. */
function shown(text, ...words) {
  const around = ["The first one.", text, "The last one."];
  const whole = around.join("\n");
  const start = around[0].length + 1;
  const starts = [0, start, start + text.length + 1];
  const hits = words.map((word) => ({
    at: start + text.indexOf(word),
    length: word.length,
    met: 1,
  }));
  const place = { texts: new Map([[1, hits]]) };
  return search.Texts.prototype.excerpt.call({ whole, plain: whole, starts }, place);
}

/** Words of four letters and a space, up to a length. */
const filled = (length) => "abcd ".repeat(Math.ceil(length / 5)).slice(0, length);

test("a text that fits is shown whole, wherever its word stands", () => {
  for (const length of [20, BEFORE + 4, 100, MOST]) {
    const text = `${filled(length - 5)} kett`.slice(-length);
    assert.equal(shown(text, "kett"), text.replace("kett", "<mark>kett</mark>"), `${length}`);
  }
});

test("a longer text begins shortly before the first hit, at a word, and ends at one", () => {
  const text = `${filled(150)}kettle ${filled(150)}end`;
  const html = shown(text, "kettle");
  assert.match(html, /^\u2026abcd .*abcd <mark>kettle<\/mark> abcd .*abcd\u2026$/);
  const [before, after] = html
    .replaceAll("\u2026", "")
    .split(/<\/?mark>kettle<\/?mark>|<mark>kettle<\/mark>/);
  assert.ok(before.length <= BEFORE && before.length > BEFORE - 10, before);
  assert.ok(before.length + "kettle".length + after.length <= MOST);
});

test("a longer text whose hit stands early begins at its beginning, one at its end ends there", () => {
  const early = shown(`${filled(30)}kettle ${filled(200)}`, "kettle");
  assert.match(early, /^abcd .*<mark>kettle<\/mark> .*abcd\u2026$/);
  const late = shown(`${filled(250)}kettle`, "kettle");
  assert.match(late, /^\u2026abcd .*<mark>kettle<\/mark>$/);
  assert.ok(!`${early}${late}`.includes("one."), "nothing of the texts around");
});

test("hits are marked in the order of the text, one within another once, none that is cut off", () => {
  assert.equal(
    shown("a pot, then a cup", "cup", "pot"),
    "a <mark>pot</mark>, then a <mark>cup</mark>",
  );
  assert.equal(shown("a teapot of tea", "teapot", "pot"), "a <mark>teapot</mark> of tea");
  const far = shown(`kettle ${filled(220)}spout`, "kettle", "spout");
  assert.match(far, /^<mark>kettle<\/mark> [abcd ]+\u2026$/);
  assert.equal(shown("<b> & pot", "pot"), "&lt;b&gt; &amp; <mark>pot</mark>");
});

test("what says nothing in any of its words is no piece that is sought", () => {
  const texts = new search.Texts(textsIndex(), new search.Library(conceptsIndex()));
  const empty = ["how", "how-is", "the-oolong", "oolong", "뭐", "-"].filter((piece) =>
    texts.isEmpty(piece),
  );
  assert.deepEqual(empty, ["how", "how-is", "뭐"]);
});

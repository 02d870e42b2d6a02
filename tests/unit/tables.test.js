// A view of a table as an address, as CSV, as Markdown. Run by test_scripts.py.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { runInThisContext } = require("node:vm");

const source = readFileSync(join(__dirname, "../../overrides/assets/later/tables/view.js"), "utf8");
const { viewOf, fragmentOf, isShown, csvOf, markdownOf } = runInThisContext(
  `(() => { ${source}; return { viewOf, fragmentOf, isShown, csvOf, markdownOf }; })()`,
);
const plain = (value) => JSON.parse(JSON.stringify(value));

test("an address gives the view that it was made from", () => {
  for (const columns of [[], ["a"], ["a", "b-c"]]) {
    for (const differing of [true, false]) {
      for (const find of ["", "x", "a&b=c#d?e", "차 100% +", " two  words "]) {
        const view = { columns, differing, find };
        const fragment = fragmentOf("table-tea", view);
        const whole = !columns.length && !differing && !find;
        assert.deepEqual(plain(viewOf(fragment)), whole ? null : { table: "table-tea", view });
      }
    }
  }
});

test("other fragments are no views", () => {
  for (const other of ["", "#", "#table-tea", "#tea-row", "#tea-row.green", "#other?columns=a"]) {
    assert.equal(viewOf(other), null);
  }
});

test("what nobody has written is the whole table", () => {
  const view = { columns: [], differing: false, find: "" };
  assert.deepEqual(plain(viewOf("#table-tea?columns=,,&rows=all&x=y")), {
    table: "table-tea",
    view,
  });
});

test("half of a letter has no address", () => {
  const view = { columns: [], differing: false, find: "tea \ud83c" };
  assert.equal(fragmentOf("table-tea", view), "#table-tea?find=tea%20");
});

test("a row is found by its name and by what shows of it", () => {
  const view = { columns: [], differing: false, find: "GPU " };
  assert.equal(isShown("gpus", ["yes", "no"], view), true);
  assert.equal(isShown("memory", ["a gpu too", "no"], view), true);
  assert.equal(isShown("memory", ["yes", "no"], view), false);
  const pasted = { ...view, find: "한글  차".normalize("NFD") };
  assert.equal(isShown("memory", ["한글 차", "no"], pasted), true);
});

test("rows whose answers are the same are no differences", () => {
  const view = { columns: [], differing: true, find: "" };
  assert.equal(isShown("a", ["Yes", "Yes"], view), false);
  assert.equal(isShown("a", ["Yes", "Yes: later"], view), true);
  assert.equal(isShown("a", ["Yes"], view), false);
});

test("CSV keeps texts whole, computes nothing, and leaves numbers below zero", () => {
  const lines = [
    ["Aspect", "A, b"],
    ["=1+1", "@x"],
    ["-5 minutes", "-5+cmd"],
    ['say "x"', "＝1"],
  ];
  assert.equal(
    csvOf(lines),
    '\ufeffAspect,"A, b"\r\n\'=1+1,\'@x\r\n-5 minutes,\'-5+cmd\r\n"say ""x""",\'＝1\r\n',
  );
});

test("a number below zero is a number in all its forms; what only looks like one is not", () => {
  const cell = (text) => csvOf([[text]]).slice(1, -2);
  for (const plain of [
    "-5",
    "-5 minutes",
    "-0.25 GB hours",
    "-1,000.5 차",
    "a=b",
    "x -5",
    "5-",
    "",
  ])
    assert.ok(!cell(plain).includes("'"), plain);
  for (const formula of ["-a", "-5.", "-5.a", "-5 *2", "-5+1", "+5", "\t=1", "-", "=-5"])
    assert.ok(cell(formula).replace(/^"/, "").startsWith("'"), formula);
  assert.equal(cell("a\nb"), '"a\nb"');
  assert.equal(cell("a\rb"), '"a\rb"');
});

test("columns stay columns whatever stands in their cells", () => {
  const odd = ["a|b", "\\", "a\\|b", "`x`", "~~x~~", "# x", "_x_", "<b>", "[a](b)", "*"];
  const lines = markdownOf([odd, odd], "T", "x")
    .split("\n")
    .filter((line) => line.startsWith("| "));
  for (const line of lines) {
    // As a reader of Markdown does: a stroke parts cells, unless an odd number of backslashes is before it.
    const parts = line
      .match(/(?:\\.|[^|\\])+/g)
      .map((part) => part.trim())
      .filter(Boolean);
    assert.equal(parts.length, odd.length, line);
    if (!line.includes("---"))
      assert.deepEqual(
        parts.map((part) => part.replace(/\\(.)/g, "$1")),
        odd,
      );
  }
});

test("only a fragment that begins with a table is a view of it", () => {
  for (const other of ["x#table-tea?find=a", "##table-tea?find=a", "#a-table-tea?find=a"])
    assert.equal(viewOf(other), null);
  assert.equal(viewOf("#table-tea?find=a?b").view.find, "a?b");
  assert.equal(isShown("a  b", ["x"], { columns: [], differing: false, find: "A B" }), true);
  assert.equal(isShown("ab", ["x"], { columns: [], differing: false, find: "a b" }), false);
});

test("Markdown is a table in which nothing is markup", () => {
  const text = markdownOf(
    [
      ["Aspect", "a|b"],
      ["*x*", "[y](z) <b>"],
    ],
    "T_t",
    "https://a.test/#table-t",
  );
  assert.equal(
    text,
    "**T\\_t**\n\n| Aspect | a\\|b |\n| --- | --- |\n| \\*x\\* | \\[y\\](z) \\<b\\> |\n\n<https://a.test/#table-t>\n",
  );
});

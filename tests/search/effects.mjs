// What each number of tuning.js does: changed by a fifth down and up, how many queries gain or lose
// their right first page, and how many show anything else. Called by effects.py.
//
//     node effects.mjs SCRIPT CONCEPTS TEXTS [NAME ...] < queries.json > effects.json
//
// SCRIPT is the joined engine, the others are the indexes of a site; each NAME is a group of numbers,
// or one of them, as group.number; `queries.json` is a list of {q, want}.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const [file, ...rest] = process.argv.slice(2);
const [concepts, written] = rest.slice(0, 2).map((path) => JSON.parse(readFileSync(path, "utf8")));
const chosen = rest.slice(2);
const queries = JSON.parse(readFileSync(0, "utf8"));
const source = readFileSync(file, "utf8");
const inner = source.slice(source.indexOf('"use strict";'), source.lastIndexOf("})()"));
// As a function: in a context of its own, each look for a name goes a long way round.
const { TUNING, Library, Texts, answer } = vm.compileFunction(
  `${inner}\nreturn { TUNING, Library, Texts, answer };`,
  ["self", "fetch", "navigator"],
)(
  { location: { href: "http://site/search.js" }, addEventListener() {}, postMessage() {} },
  fetch,
  {},
);

// Costly steps rest on the numbers of one group each: for the others they are done once.
const steps = [
  { group: "fits", name: "meanings", of: ({ library }) => library.vocabulary, known: new Map() },
  { group: "written", name: "find", of: ({ texts }) => texts, known: new Map() },
];

function remember({ name, known }, object) {
  const find = object[name].bind(object);
  object[name] = (sought) => {
    const key = typeof sought === "string" ? sought : `${sought.hangul} ${sought.surface}`;
    if (!known.has(key)) known.set(key, find(sought));
    return known.get(key);
  };
}

/** What every query shows, and whether the first page is right. */
function answers(group) {
  const library = new Library(concepts);
  const texts = new Texts(written, library);
  for (const step of steps) if (step.group !== group) remember(step, step.of({ library, texts }));
  return queries.map(({ q, want }) => {
    const { items } = answer(library, texts, q);
    const { title, location } = items[0][0];
    const page = title.includes("search-note") ? "" : location.split("#")[0];
    return { shown: JSON.stringify(items), right: want.length ? want.includes(page) : page === "" };
  });
}

const before = answers("");
const effects = {};
for (const [group, numbers] of Object.entries(TUNING)) {
  for (const [name, value] of Object.entries(numbers)) {
    const path = `${group}.${name}`;
    if (chosen.length && !chosen.includes(group) && !chosen.includes(path)) continue;
    effects[path] = [0.8, 1.2].map((factor) => {
      numbers[name] = value * factor;
      const now = answers(group);
      const count = (differs) => now.filter((one, at) => differs(one, before[at])).length;
      return {
        gained: count((one, old) => one.right && !old.right),
        lost: count((one, old) => !one.right && old.right),
        changed: count((one, old) => one.shown !== old.shown),
      };
    });
    numbers[name] = value;
    process.stderr.write(`${path} ${JSON.stringify(effects[path])}\n`);
  }
}
process.stdout.write(JSON.stringify(effects));

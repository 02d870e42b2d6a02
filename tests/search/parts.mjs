// Calls functions of the search engine: reads a JSON list of [name, ...arguments], writes a JSON
// list of what they return, or of {error}.
//
//     node parts.mjs ENGINE.js < calls.json
import { readFileSync } from "node:fs";
import vm from "node:vm";

const calls = JSON.parse(readFileSync(0, "utf8"));
const script = readFileSync(process.argv[2], "utf8");
const inner = script.slice(script.indexOf('"use strict";'), script.lastIndexOf("})()"));

// What a call may name beside the engine's own functions: an index, read.
const more = `
const entriesOf = (index) => new Library(index).entries.map(({ kind, page, fragment, title, text }) =>
  ({ kind, page, fragment, title, text }));
const phrasesOf = (index) => {
  const library = new Library(index);
  return library.phrases.map(({ entry, sort, terms, text }) => ({ entry, sort, words: terms.length, text }));
};
const placesIn = (index, texts) => {
  const read = new Texts(texts, new Library(index));
  const lines = texts.texts.split("\\n");
  return read.places.map((place, number) => ({ ...place, texts: lines.filter((_, text) => read.placesOf[text].includes(number)) }));
};
const rankFrozen = (index, query) => {
  const library = new Library(index);
  for (const list of [library.entries, library.phrases, library.pages]) {
    for (const one of list) for (const value of [one, ...Object.values(one)]) Object.freeze(value);
  }
  return rank(library, query).pages.map(({ page }) => page);
};
const weakIn = (index, query) => {
  const { words, weak } = readQuery(new Library(index), query);
  return words.filter((_, place) => weak[place]).map(({ surface }) => surface);
};
const closestTo = (index, query) => closestConcepts(new Library(index), query).map(({ title }) => title);
const askedFor = (index, text) => failureIn(new Library(index), text)?.title;
const ask = (index, texts, query) => {
  const library = new Library(index);
  return answer(library, texts && new Texts(texts, library), query);
};
`;
const names = [...new Set(calls.map(([name]) => name))];
const parts = vm.runInNewContext(
  `(function () {${inner}\n${more}\nreturn { ${names.join(", ")} }; })()`,
  { console },
);
const answers = calls.map(([name, ...given]) => {
  try {
    return parts[name](...given);
  } catch (error) {
    return { error: error.message };
  }
});
process.stdout.write(JSON.stringify(answers));

// What each number of tuning.js does: changed by a fifth up and down, how many queries of the
// graded sets gain or lose their right first page.
//
//     node effects.mjs SITE [GROUP ...] < queries.json > effects.json
//
// `queries.json` is a list of {q, want}: what is typed, and the pages that are right.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const [site, ...groups] = process.argv.slice(2);
const queries = JSON.parse(readFileSync(0, "utf8"));
const folder = join(site, "assets", "javascripts", "workers");
const script = readFileSync(join(folder, readdirSync(folder).find((file) => /^search\..*\.js$/.test(file))), "utf8");
const index = (name) => JSON.parse(readFileSync(join(site, "search", readdirSync(join(site, "search"))
  .find((file) => file.startsWith(name + ".") && file.endsWith(".json"))), "utf8"));
const concepts = index("concepts");

const context = vm.createContext({ console, URL });
const inner = script.slice(script.indexOf('"use strict";'), script.lastIndexOf("})()"));
const { TUNING, Library, understand, isAnswered } = vm.runInContext(
  "(function () {" + inner + "\nreturn { TUNING, Library, understand, isAnswered }; })()",
  context,
);

const firstPages = () => {
  const library = new Library(structuredClone(concepts));
  return queries.map(({ q, want }) => {
    const ranked = understand(library, q);
    const page = isAnswered(ranked) ? library.pages[ranked.pages[0].page].location : "";
    return want.length ? want.includes(page) : page === "";
  });
};

const right = firstPages();
const effects = {};
for (const [group, numbers] of Object.entries(TUNING)) {
  if (groups.length && !groups.includes(group)) continue;
  for (const [name, value] of Object.entries(numbers)) {
    const path = group + "." + name;
    effects[path] = [0.8, 1.25].map((factor) => {
      numbers[name] = value * factor;
      const now = firstPages();
      return [now.filter((ok, at) => ok && !right[at]).length, now.filter((ok, at) => !ok && right[at]).length];
    });
    numbers[name] = value;
    process.stderr.write(path + " " + JSON.stringify(effects[path]) + "\n");
  }
}
process.stdout.write(JSON.stringify(effects));

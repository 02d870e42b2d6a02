// The search engine of a built site, without a browser.
//
//     node engine.mjs SITE < queries.txt
//
// reads lines, each a JSON list of queries, and writes for each a JSON list of what the engine
// answers to them.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import vm from "node:vm";

const QUERY = 2;
const RESULT = 3;
const OPEN = 4;

const site = process.argv[2];
const folder = join(site, "assets", "javascripts", "workers");
const name = readdirSync(folder).find((file) => /^search\..*\.js$/.test(file));
const reads = [];
let onMessage = () => {};
let onReply = () => {};

const fetch = (url) => {
  const parts = [readFileSync(join(site, decodeURIComponent(url.pathname)))];
  const read = async () => ({ done: !parts.length, value: parts.pop() });
  const answer = Promise.resolve({ ok: true, body: { getReader: () => ({ read }) } });
  reads.push(answer);
  return answer;
};
const self = {
  location: { href: "http://site/assets/javascripts/workers/" + name },
  addEventListener: (type, listener) => {
    onMessage = (data) => listener({ data });
  },
  postMessage: (message) => onReply(message),
};
// As a function, which knows of a worker what it is given: in a context of its own, each look for a
// name that is not the engine's goes a long way round, and a query takes twice its time.
const worker = { self, fetch, navigator: {} };
vm.compileFunction(
  readFileSync(join(folder, name), "utf8"),
  Object.keys(worker),
)(...Object.values(worker));

// Both indexes are there when the engine asks for nothing more.
onMessage({ type: OPEN });
while (reads.length < 2)
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
for (let turn = 0; turn < 20; turn += 1)
  await new Promise((resolve) => {
    setImmediate(resolve);
  });

for await (const line of createInterface({ input: process.stdin })) {
  const answers = [];
  for (const query of JSON.parse(line)) {
    onReply = (message) => {
      if (message.type === RESULT) answers.push(message.data);
    };
    onMessage({ type: QUERY, data: query });
  }
  process.stdout.write(JSON.stringify(answers) + "\n");
}

// How the search waits for its index. Run by test_scripts.py, or by hand: node --test tests/unit
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { runInNewContext } = require("node:vm");

const source = readFileSync(join(__dirname, "../../overrides/assets/search/worker.js"), "utf8");

/** fetchIndex, on a network and by a clock that the test turns. */
function fetching() {
  const clock = { timers: new Map(), next: 1 };
  const asked = {};
  const fetch = (_, { signal }) => {
    const body = new ReadableStream({
      start(controller) {
        asked.send = (text) => controller.enqueue(new TextEncoder().encode(text));
        asked.end = () => controller.close();
        signal.addEventListener("abort", () => controller.error(new Error("stopped")));
      },
    });
    return Promise.resolve({ ok: true, body });
  };
  const setTimeout = (run) => {
    clock.timers.set(clock.next, run);
    return clock.next++;
  };
  const clearTimeout = (timer) => clock.timers.delete(timer);
  const globals = { fetch, setTimeout, clearTimeout, AbortController, TextDecoder };
  const fetchIndex = runInNewContext(`${source}; fetchIndex`, globals);
  return { clock, asked, index: fetchIndex("https://host.test/texts.json", false) };
}

const turn = () =>
  new Promise((done) => {
    setImmediate(done);
  });

test("an index that comes slowly is waited for, each time as long", async () => {
  const { clock, asked, index } = fetching();
  const seen = new Set();
  for (const part of ['{"te', 'a": ', '"차', '"}']) {
    assert.equal(clock.timers.size, 1);
    seen.add([...clock.timers.keys()][0]);
    asked.send(part);
    await turn();
  }
  assert.equal(seen.size, 4, "every part starts the clock anew");
  asked.end();
  assert.equal((await index).tea, "차");
  assert.equal(clock.timers.size, 0);
});

test("where nothing comes any more, the search gives up", async () => {
  const { clock, asked, index } = fetching();
  asked.send('{"te');
  await turn();
  for (const run of clock.timers.values()) run();
  await assert.rejects(index, /stopped/);
});

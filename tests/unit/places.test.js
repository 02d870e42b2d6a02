// The service worker's plain functions. Run by test_scripts.py, or by hand: node --test tests/unit
"use strict";
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { gunzipSync } = require("node:zlib");
const { runInThisContext } = require("node:vm");

const source = readFileSync(join(__dirname, "../../overrides/assets/offline/places.js"), "utf8");
const places = runInThisContext(
  `(() => { ${source}; return { typeOf, pathIn, addressOf, fileOf, isOurs, isGone, unpacked, wanted }; })()`,
);

const SCOPE = "https://host.test/notes/";
const FILES = new Map(
  ["index.html", "brewing.html", "ecs/index.html", "ecs/a b.html", "메모/글.html", "404.html"].map(
    (f) => [f, "pack"],
  ),
);

test("an address is a path below the scope, or nobody's", () => {
  const path = (address) => places.pathIn(address, SCOPE);
  assert.equal(path("https://host.test/notes/ecs/a%20b.html?h=x#y"), "ecs/a b.html");
  assert.equal(path("https://host.test/notes/"), "");
  assert.equal(path("https://host.test/notes"), null);
  assert.equal(path("https://host.test/notes2/x"), null);
  assert.equal(path("https://other.test/notes/x"), null);
  assert.equal(path("https://host.test/notes/%E0%A4%A"), null);
  assert.equal(path("https://host.test/notes/100%"), null);
});

test("a path goes back into an address", () => {
  for (const file of ["ecs/a b.html", "메모/글.html", "100%#?.html"]) {
    assert.equal(places.pathIn(SCOPE + places.addressOf(file), SCOPE), file);
  }
});

test("a file is found as hosts find it", () => {
  const found = (path) => places.fileOf(path, FILES);
  assert.deepEqual(found(""), { file: "index.html", folder: false });
  assert.deepEqual(found("ecs/"), { file: "ecs/index.html", folder: false });
  assert.deepEqual(found("ecs"), { file: "ecs/index.html", folder: true });
  assert.deepEqual(found("brewing"), { file: "brewing.html", folder: false });
  assert.deepEqual(found("brewing.html"), { file: "brewing.html", folder: false });
  for (const path of ["brewing/", "constructor", "__proto__", "ecs/x", "toString/"])
    assert.equal(found(path), null);
});

test("what lies in a folder that the site does not have is another project's", () => {
  for (const path of ["", "x.html", "ecs", "ecs/x", "메모/x"])
    assert.equal(places.isOurs(path, FILES), true, path);
  for (const path of ["other/", "other/ecs/x", "ec/x", "constructor/x"])
    assert.equal(places.isOurs(path, FILES), false, path);
});

test("only an answer that says so means that the site is gone", () => {
  const answer = (status, type, kind = "basic") => ({
    status,
    type: kind,
    ok: status >= 200 && status < 300,
    headers: new Headers(type ? { "content-type": type } : {}),
  });
  const gone = [
    answer(404),
    answer(410),
    answer(0, "", "opaqueredirect"),
    answer(200, "text/html; charset=utf-8"),
    answer(200),
  ];
  const there = [
    answer(200, "text/javascript"),
    answer(200, "application/javascript"),
    answer(500),
    answer(503),
    answer(429),
    answer(401),
    answer(403),
    answer(405),
    answer(501),
    answer(304),
  ];
  for (const one of gone) assert.equal(places.isGone(one), true, JSON.stringify(one));
  for (const one of there) assert.equal(places.isGone(one), false, JSON.stringify(one));
});

test("a pack opens to its files", () => {
  const text = (parts) => Buffer.concat(parts).toString();
  const long = "x".repeat(8192);
  const pack = Buffer.from(
    `[["a.html",8195],["b",2],["empty",0],["글.html",8194]]\n${long}bb${long}oneyz`,
  );
  assert.deepEqual(
    places.unpacked(new Uint8Array(pack)).map(([path, parts]) => [path, text(parts)]),
    [
      ["a.html", long + "one"],
      ["b", "bb"],
      ["empty", ""],
      ["글.html", long + "yz"],
    ],
  );
  // The same pack as packs.py writes it, if test_places.py hands one over.
  if (!process.env.PACK) return;
  const given = JSON.parse(process.env.PACK);
  const made = new Uint8Array(gunzipSync(Buffer.from(given.pack, "base64")));
  assert.deepEqual(
    Object.fromEntries(places.unpacked(made).map(([path, parts]) => [path, text(parts)])),
    given.files,
  );
});

test("a release brings what is read, and what was held before", () => {
  const packs = {
    "shell.1": { section: "shell", first: true, edition: "" },
    "search.1": { section: "search", first: true, edition: "" },
    "ecs.1": { section: "ecs", first: false, edition: "" },
    "ecs.2.1": { section: "ecs.2", first: false, edition: "" },
    "home.1": { section: "home", first: false, edition: "" },
  };
  assert.deepEqual(places.wanted(packs, new Set(), new Set()), ["shell.1", "search.1"]);
  const other = {
    "ko.shell.1": { section: "ko.shell", first: true, edition: "ko/" },
    "ko.ecs.1": { section: "ko.ecs", first: false, edition: "ko/" },
  };
  const both = { ...packs, ...other };
  assert.deepEqual(places.wanted(both, new Set(), new Set()), ["shell.1", "search.1"]);
  assert.deepEqual(places.wanted(both, new Set(["ko.ecs.1"]), new Set()), [
    "shell.1",
    "ko.shell.1",
    "ko.ecs.1",
  ]);
  assert.deepEqual(places.wanted(packs, new Set(["ecs.2.1", undefined]), new Set(["home"])), [
    "shell.1",
    "search.1",
    "ecs.2.1",
    "home.1",
  ]);
});

test("a copy says what it is", () => {
  assert.equal(places.typeOf("ecs/a.HTML"), "text/html; charset=utf-8");
  assert.equal(places.typeOf("x.constructor"), "application/octet-stream");
  assert.equal(places.typeOf("x"), "application/octet-stream");
});

// The layout of fixed graphs. Run by test_layout.py, or by hand: node --test tests/draw

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { drawing } from "../../tools/draw/page/drawing.js";
import { arrange, better } from "../../tools/draw/page/layered.js";
import { crossings } from "../../tools/draw/page/geometry.js";
import { cost, faults, WEIGHTS } from "../../tools/draw/page/layered/cost.js";
import { centreEnds, touchOutlines } from "../../tools/draw/page/layered/ends.js";
import { straighten } from "../../tools/draw/page/layered/straighten.js";
import { groupNeeds, placeTitles } from "../../tools/draw/page/layered/titles.js";
import { againstTheFlow } from "../../tools/draw/page/layered/upward.js";
import { Mistake } from "../../tools/draw/page/mistake.js";
import { inset, sizeOf } from "../../tools/draw/page/shapes.js";
import { wrap } from "../../tools/draw/page/text.js";
import { model, NAMES, record, replay, settings } from "./graphs.mjs";

const LIMIT = 344;
const nobody = { layout: () => assert.fail("a sequence diagram asks no engine") };

const node = (id, x, y, w = 80, h = 34) => ({
  id,
  lines: [id],
  role: null,
  shape: "state",
  parent: null,
  x,
  y,
  w,
  h,
});
const edge = (from, to, ...points) => ({
  from,
  to,
  lines: [],
  label: null,
  points: points.map(([x, y]) => ({ x, y })),
});
const plan = (parts) => ({
  nodes: [],
  groups: [],
  edges: [],
  width: 300,
  height: 0,
  crossed: [],
  ...parts,
});
const none = Object.fromEntries(Object.keys(WEIGHTS).map((name) => [name, 0]));

for (const name of NAMES)
  test(`'${name}' is drawn as it was`, async () => {
    const engine = name === "messages" ? nobody : replay(name);
    const { svg, structure } = await drawing(`d-${name}`, model(name), settings(), engine);
    assert.equal(svg, readFileSync(record(name).drawing, "utf8"));
    assert.equal(structure.edges.length, model(name).edges.filter((one) => !one.hidden).length);
  });

test("an order of the source that would cross arrows is given up", async () => {
  const { edges, nodes } = await arrange(model("order"), settings(), replay("order"));
  assert.equal(crossings(edges), 0);
  assert.ok(nodes[3].x < nodes[2].x);
});

test("what is too wide even with tight gaps is refused, with the row that is", async () => {
  const narrow = { ...settings(), width: 200 };
  await assert.rejects(drawing("d", model("wide"), narrow, replay("wide")), (error) => {
    assert.ok(error instanceof Mistake);
    assert.match(
      error.message,
      /^too wide: \d+ units, at most 200 \(widest row: First pot, The blue, The grey, Fourth pot\)/,
    );
    return true;
  });
});

test("each fault is counted, and nothing else", () => {
  const two = [node("a", 0, 0), node("b", 0, 100)];
  const straight = edge("a", "b", [40, 34], [40, 100]);
  const counted = (parts) => {
    const found = faults(plan(parts), { width: LIMIT });
    return Object.fromEntries(Object.entries(found).filter(([, count]) => count));
  };
  const calm = { nodeWidth: 1 };
  assert.deepEqual(counted({ nodes: two, edges: [straight] }), calm);
  assert.deepEqual(counted({ nodes: two, width: LIMIT + 5 }), { ...calm, over: 5 });
  assert.deepEqual(counted({ nodes: two, height: 200 }), { ...calm, height: 200 });
  assert.deepEqual(counted({ nodes: two, crossed: ["g"] }), { ...calm, crossedTitle: 1 });
  assert.deepEqual(counted({ nodes: [node("a", 0, 0), node("b", 0, 100, 96)] }), { nodeWidth: 2 });
  assert.deepEqual(
    counted({ nodes: two, edges: [edge("a", "b", [20, 34], [20, 60], [60, 60], [60, 100])] }),
    { ...calm, bend: 2 },
  );
});

test("arrows that cross count, arrows that leave one node together do not", () => {
  const down = edge("a", "b", [50, 0], [50, 100]);
  const across = edge("c", "d", [0, 50], [100, 50]);
  assert.equal(faults(plan({ edges: [down, across] }), { width: LIMIT }).crossing, 1);
  assert.equal(
    faults(plan({ edges: [down, { ...across, from: "a" }] }), { width: LIMIT }).crossing,
    0,
  );
});

test("a fan stands above the middle of what it fans out to", () => {
  const off = (x) => {
    const nodes = [node("a", x, 0), node("b", 0, 100), node("c", 200, 100)];
    return faults(
      plan({ nodes, edges: [edge("a", "b", [0, 0], [0, 9]), edge("a", "c", [0, 0], [0, 9])] }),
      { width: LIMIT },
    );
  };
  assert.equal(off(100).lopsidedFan, 0);
  assert.equal(off(130).lopsidedFan, 30);
  assert.equal(off(130).lopsidedPair, 130 + 70); // b and c each stand beside a
});

test("a cost is each fault times its weight", () => {
  for (const [name, weight] of Object.entries(WEIGHTS)) assert.ok(weight > 0, name);
  assert.equal(cost(plan({ height: 150 }), { width: LIMIT }), 150 * WEIGHTS.height);
  assert.equal(
    cost(
      plan({ height: 150, crossed: ["g", "h"] }),
      { width: LIMIT },
      { ...none, crossedTitle: 7 },
    ),
    14,
  );
});

test("of two plans the first stays, unless the second is cheaper", () => {
  const first = plan({ height: 100 });
  const kept = (second) =>
    better(better(null, first, { width: LIMIT }), second, { width: LIMIT }).plan === first;
  assert.ok(kept(plan({ height: 100 })));
  assert.ok(kept(plan({ height: 101 })));
  assert.ok(!kept(plan({ height: 99 })));
});

test("of a circle the arrow goes up that leads back to what came first", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => node(id, 0, 0));
  const edges = [edge("a", "b"), edge("b", "c"), edge("c", "a")];
  const upward = againstTheFlow({ nodes: [a, b, c], groups: [], edges });
  assert.deepEqual([...upward], [edges[2]]);
  // Between groups, too: what leads into the group that comes first goes up.
  const inner = [
    { ...a, parent: "one" },
    { ...b, parent: "two" },
    { ...c, parent: "one" },
  ];
  const groups = [
    { id: "one", lines: [], parent: null },
    { id: "two", lines: [], parent: null },
  ];
  const between = [edge("b", "c"), edge("a", "b")];
  assert.deepEqual([...againstTheFlow({ nodes: inner, groups, edges: between })], [between[0]]);
});

test("a small step is taken out, a wide one stays, and so does one with a node in the way", () => {
  const run = (x, ...others) => {
    const bent = edge("a", "b", [40, 34], [40, 60], [x, 60], [x, 100]);
    straighten(plan({ nodes: [node("a", 0, 0), node("b", 0, 100), ...others], edges: [bent] }));
    return bent.points.length;
  };
  assert.equal(run(50), 2);
  assert.equal(run(65), 4);
  assert.equal(run(50, node("c", 52, 40, 30, 10), node("d", 8, 80, 30, 10)), 4);
});

test("arrows keep apart where they end at one side of a node", () => {
  const bent = edge("a", "b", [40, 34], [40, 60], [50, 60], [50, 100]);
  const [from, to] = [edge("a", "c", [55, 34], [55, 40]), edge("d", "b", [35, 90], [35, 100])];
  straighten(plan({ nodes: [node("a", 0, 0), node("b", 0, 100)], edges: [bent, from, to] }));
  assert.equal(bent.points.length, 4); // either way it would end 5 beside another
});

test("arrows meet a point in its middle, and an outline where it is", () => {
  const start = { ...node("s", 32, 0, 16, 16), shape: "start" };
  const pill = { ...node("p", 0, 100), shape: "pill" };
  const made = plan({
    nodes: [start, pill],
    edges: [edge("s", "p", [36, 16], [36, 60], [5, 60], [5, 100])],
  });
  centreEnds(made);
  touchOutlines(made);
  const [first, second, , end] = made.edges[0].points;
  assert.deepEqual([first.x, second.x, first.y], [40, 40, 16]);
  assert.ok(Math.abs(end.y - (100 + 17 - Math.sqrt(17 ** 2 - 12 ** 2))) < 1e-9); // 12 inside of the round end
  const below = plan({ nodes: [pill], edges: [edge("p", "q", [5, 134], [5, 160])] });
  touchOutlines(below);
  assert.ok(
    Math.abs(below.edges[0].points[0].y - (134 - 17 + Math.sqrt(17 ** 2 - 12 ** 2))) < 1e-9,
  );
});

test("each shape has room for its text, and an outline below its highest point", () => {
  const text = { width: 60, height: 30 };
  const wide = (shape) => sizeOf(shape, text, settings()).w;
  assert.equal(wide("box"), 70);
  assert.equal(wide("sides"), 78);
  assert.ok(wide("pill") > 70);
  assert.equal(wide("hexagon"), 70 + 2 * ((10 * 15) / 24.5 - 2)); // its slope, less what the padding gives
  assert.equal(sizeOf("drum", text, settings()).h, sizeOf("box", text, settings()).h + 10);
  const deep = (shape, x) => inset({ ...node("n", 0, 0), shape }, x);
  assert.deepEqual(
    ["box", "sides", "state"].map((shape) => deep(shape, 1)),
    [0, 0, 0],
  );
  assert.equal(deep("hexagon", 0), 17); // at its corner: half its height
  assert.equal(deep("hexagon", 5), 8.5);
  assert.equal(deep("pill", 0), 17);
  assert.equal(deep("drum", 0), 5);
  for (const shape of ["hexagon", "pill", "drum"]) assert.equal(deep(shape, 40), 0);
});

test("a title goes where no arrow runs, and below where arrows take the top", () => {
  const group = {
    id: "g",
    lines: ["Shelf"],
    parent: null,
    x: 0,
    y: 0,
    w: 120,
    h: 100,
    title: { w: 40, h: 15 },
  };
  const through = (x) => edge("a", "b", [x, -20], [x, 50]);
  const titled = (...edges) => {
    const made = plan({ groups: [{ ...group }], edges });
    const needs = groupNeeds(made);
    placeTitles(made, needs);
    return {
      ...made.groups[0].titleAt,
      low: needs.get("g")?.low ?? false,
      crossed: made.crossed.length,
    };
  };
  assert.deepEqual(titled(), { x: 8, y: 5, w: 40, h: 15, low: false, crossed: 0 });
  assert.equal(titled(through(20)).x, 72); // the other corner
  assert.equal(titled(through(20), through(100)).low, true);
  const everywhere = Array.from({ length: 12 }, (_, index) =>
    edge("a", "b", [index * 10, -20], [index * 10, 120]),
  );
  assert.equal(titled(...everywhere).crossed, 1);
});

test("lines break at spaces where they must", () => {
  assert.deepEqual(wrap("one two three", "label", 70, settings()), ["one two", "three"]);
  assert.deepEqual(wrap("unbreakable", "label", 10, settings()), ["unbreakable"]);
  assert.deepEqual(wrap("", "label", 10, settings()), []);
  assert.deepEqual(wrap("a &lt; b", "label", 999, settings()), ["a &lt; b"]); // decoded once, before
});

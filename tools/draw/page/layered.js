// Where everything stands in a flowchart or a state diagram.
//
// ELK (the engine that Mermaid itself uses) lays the same diagram out in several ways; the
// one that fits the width and reads best is kept. All measures come from the settings, all
// ways are tried in the same order, so the same source gives the same drawing.

import { crossings, labelHits, meets, overlap, segments } from './geometry.js';
import { inset, sizeOf, stretches } from './shapes.js';
import { straighten } from './straighten.js';
import { room } from './text.js';

const elk = new ELK();

/** Return nodes, groups and edges with their places, and the size of it all. */
export async function arrange(model, settings) {
  let best = null;
  for (const spaced of [settings, tightened(settings)]) {
    for (const way of ways(spaced)) {
      const plan = await attempt(model, way);
      const points = weigh(plan, settings);
      if (!best || points < best.points - 0.5) best = { ...plan, points };
    }
    if (best.width <= settings.width) break;
  }
  return best;
}

function tightened(settings) {
  const { node, edge, padding } = settings.tight;
  return { ...settings, gap: { ...settings.gap, node, edge }, group: { ...settings.group, padding } };
}

/** Every way to lay a diagram out that is worth trying; the first of two equals is kept. */
function* ways(settings) {
  for (const widths of ['equal', 'even', 'own'])
    for (const merge of [true, false])
      for (const placement of ['BRANDES_KOEPF', 'NETWORK_SIMPLEX'])
        for (const keepOrder of [true, false])
          for (const side of ['ALWAYS_UP', 'SMART_UP'])
            yield { settings, widths, merge, placement, keepOrder, side };
}

async function attempt(model, way) {
  const sizes = sizesOf(model, way);
  const first = await layOut(model, sizes, new Map(), way);
  evenRows(first.nodes, sizes);
  const second = await layOut(model, sizes, new Map(), way);
  const needs = groupNeeds(second);
  let plan = finish(second, needs);
  for (let more = 0; more < 4 && (plan.crossed.length || (more === 0 && needs.size)); more += 1) {
    plan.crossed.forEach((id) => (needOf(needs, id).wider += 24));
    plan = finish(await layOut(model, sizes, needs, way), needs);
  }
  return plan;
}

/** What is done to a plan after ELK. */
function finish(plan, needs) {
  evenGroups(plan);
  centreEnds(plan);
  straighten(plan);
  touchOutlines(plan);
  placeTitles(plan, needs);
  return plan;
}

function sizesOf(model, way) {
  const { settings, widths } = way;
  const sizes = new Map();
  const wide = [];
  for (const node of model.nodes) {
    const size = sizeOf(node.shape, room(node.lines, 'name', settings), settings);
    sizes.set(node.id, size);
    if (stretches(node.shape)) wide.push(size);
  }
  const { step, width, even } = settings.node;
  const least = { equal: Math.max(...wide.map((size) => size.w)), even, own: width }[widths];
  wide.forEach((size) => (size.w = Math.max(Math.ceil(size.w / step) * step, Math.ceil(least / step) * step)));
  return sizes;
}

/** Nodes side by side get one height. */
function evenRows(nodes, sizes) {
  for (const node of nodes) {
    if (!stretches(node.shape)) continue;
    const row = nodes.filter((other) => stretches(other.shape) && sideBySide(node, other));
    const highest = Math.max(...row.map((other) => other.h));
    row.forEach((other) => (sizes.get(other.id).h = highest));
  }
}

/** Groups side by side get one height, where nothing else stands in the way. */
function evenGroups(plan) {
  for (const group of plan.groups) {
    const row = plan.groups.filter((other) => other.parent === group.parent && sideBySide(group, other));
    const top = Math.min(...row.map((other) => other.y));
    const bottom = Math.max(...row.map((other) => other.y + other.h));
    const strangers = plan.nodes.filter((node) => !row.some((other) => within(node, other)));
    const free = row.every((other) => !strangers.some((node) => overlap(node, { ...other, y: top, h: bottom - top })));
    if (free) row.forEach((other) => Object.assign(other, { y: top, h: bottom - top }));
  }
}

const within = (inner, outer) =>
  inner.x >= outer.x && inner.x + inner.w <= outer.x + outer.w && inner.y >= outer.y && inner.y + inner.h <= outer.y + outer.h;

function sideBySide(one, other) {
  const shared = Math.min(one.y + one.h, other.y + other.h) - Math.max(one.y, other.y);
  return shared > 0.6 * Math.min(one.h, other.h);
}

async function layOut(model, sizes, needs, way) {
  const { gap, group } = way.settings;
  const options = {
    'elk.algorithm': 'layered',
    'elk.direction': 'DOWN',
    'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.randomSeed': '1',
    'elk.padding': '[top=1,left=1,bottom=1,right=1]',
    'elk.spacing.nodeNode': `${gap.node}`,
    'elk.spacing.edgeNode': `${gap.edge}`,
    'elk.spacing.edgeEdge': `${gap.edge}`,
    'elk.spacing.edgeLabel': `${gap.label}`,
    'elk.layered.spacing.nodeNodeBetweenLayers': `${gap.layer}`,
    'elk.layered.spacing.edgeNodeBetweenLayers': `${gap.layer}`,
    'elk.layered.spacing.edgeEdgeBetweenLayers': `${gap.edge}`,
    'elk.edgeLabels.inline': 'false',
    'elk.layered.edgeLabels.sideSelection': way.side,
    'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    'elk.layered.crossingMinimization.forceNodeModelOrder': `${way.keepOrder}`,
    'elk.layered.nodePlacement.strategy': way.placement,
    'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
    'elk.layered.mergeEdges': `${way.merge}`,
    'elk.layered.mergeHierarchyEdges': `${way.merge}`,
    'elk.layered.thoroughness': '20',
  };
  const forGroups = Object.fromEntries(
    Object.entries(options).filter(([name]) => /spacing|edgeLabels|nodePlacement|merge/.test(name)));
  const inside = (parent) => [
    ...model.groups.filter((item) => item.parent === parent).map((item) => {
      const { low, wider } = needs.get(item.id) ?? { low: false, wider: 0 };
      const [upper, lower] = low ? [group.padding + 2, group.title - 2] : [group.title, group.padding];
      const side = group.padding + wider / 2;
      return {
        id: item.id,
        children: inside(item.id),
        layoutOptions: {
          ...forGroups,
          'elk.alignment': 'TOP',
          'elk.padding': `[top=${upper},left=${side},bottom=${lower},right=${side}]`,
        },
      };
    }),
    ...model.nodes.filter((item) => item.parent === parent).map((item) => {
      const size = sizes.get(item.id);
      return { id: item.id, width: size.w, height: size.h, layoutOptions: { 'elk.alignment': 'CENTER' } };
    }),
  ];
  const upward = againstTheFlow(model);
  const edges = model.edges.map((edge, index) => {
    // An arrow without words still needs a line long enough to see.
    const label = edge.lines.length ? room(edge.lines, 'label', way.settings) : { width: 0, height: 2 };
    return {
      id: `edge ${index}`,
      sources: [upward.has(edge) ? edge.to : edge.from],
      targets: [upward.has(edge) ? edge.from : edge.to],
      labels: [{ text: ' ', ...label, layoutOptions: { 'elk.edgeLabels.placement': 'CENTER' } }],
    };
  });
  const root = { id: ' ', layoutOptions: options, children: inOrder(inside(null), model), edges };
  return places(await elk.layout(root), model, upward);
}

/**
 * The arrows that close a circle, between nodes or between groups: of those the ones that lead
 * back to what was declared before go up. ELK gets them turned round, or it would lead them
 * round the whole drawing.
 */
function againstTheFlow(model) {
  const parent = new Map([...model.groups, ...model.nodes].map((item) => [item.id, item.parent]));
  const path = (id) => (id === null ? [] : [...path(parent.get(id) ?? null), id]);
  const lifted = model.edges.map((edge) => {
    const [one, other] = [path(edge.from), path(edge.to)];
    const level = one.findIndex((id, index) => id !== other[index]);
    return { edge, from: one[level], to: other[level] };
  });
  const forward = ({ from, to }) => firstMention(from, model) <= firstMention(to, model);
  const inside = lifted.filter(({ from, to }) => from !== undefined && to !== undefined);
  const after = new Map();
  const reaches = (from, to, seen = new Set()) =>
    from === to || [...(after.get(from) ?? [])].some((next) => !seen.has(next) && reaches(next, to, seen.add(next)));
  const upward = new Set();
  for (const { edge, from, to } of [...inside.filter(forward), ...inside.filter((item) => !forward(item))]) {
    if (reaches(to, from)) upward.add(edge);
    else after.set(from, (after.get(from) ?? new Set()).add(to));
  }
  return upward;
}

/** The place of a node in the order of declaration; of a group, that of its first node. */
function firstMention(id, model) {
  const own = model.nodes.findIndex((node) => node.id === id);
  if (own >= 0) return own;
  const inner = [...model.groups, ...model.nodes].filter((item) => item.parent === id);
  return Math.min(...inner.map((item) => firstMention(item.id, model)), model.nodes.length);
}

/** ELK keeps the order that it is given: that of first mention, for groups and nodes alike. */
function inOrder(children, model) {
  children.forEach((child) => child.children && inOrder(child.children, model));
  return children.sort((a, b) => firstMention(a.id, model) - firstMention(b.id, model));
}

function places(root, model, upward) {
  const at = new Map([[root.id, { x: 0, y: 0 }]]);
  const walk = (item, x, y) => {
    for (const child of item.children ?? []) {
      const box = { x: x + child.x, y: y + child.y, w: child.width, h: child.height };
      at.set(child.id, box);
      walk(child, box.x, box.y);
    }
  };
  walk(root, 0, 0);
  const nodes = model.nodes.map((node) => ({ ...node, ...at.get(node.id) }));
  const groups = model.groups.map((item) => ({ ...item, ...at.get(item.id) }));
  const edges = model.edges.map((edge, index) => {
    const laid = root.edges[index];
    const origin = at.get(laid.container ?? root.id);
    const shift = (point) => ({ x: point.x + origin.x, y: point.y + origin.y });
    const section = laid.sections[0];
    const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(shift);
    if (upward.has(edge)) points.reverse();
    const box = laid.labels[0];
    const label = edge.lines.length ? { ...shift(box), w: box.width, h: box.height } : null;
    return { ...edge, points, label };
  });
  return { nodes, groups, edges: edges.filter((edge) => !edge.hidden), width: root.width, height: root.height };
}

/** Arrows to and from the points of a state diagram meet them in the middle. */
function centreEnds(plan) {
  const points = new Map(plan.nodes.filter((node) => !stretches(node.shape)).map((node) => [node.id, node.x + node.w / 2]));
  for (const edge of plan.edges) {
    const move = (end, next, id) => {
      const x = points.get(id);
      if (x === undefined) return;
      if (end.x === next.x) next.x = x;
      end.x = x;
    };
    move(edge.points[0], edge.points[1], edge.from);
    move(edge.points.at(-1), edge.points.at(-2), edge.to);
  }
}

/** Let the ends touch the outline, where that is not the box. */
function touchOutlines(plan) {
  const boxes = new Map(plan.nodes.map((node) => [node.id, node]));
  const meet = (point, box) => {
    if (!box) return;
    if (Math.abs(point.y - box.y) < 1) point.y += inset(box, point.x);
    else if (Math.abs(point.y - box.y - box.h) < 1) point.y -= inset(box, point.x);
  };
  for (const edge of plan.edges) {
    meet(edge.points[0], boxes.get(edge.from));
    meet(edge.points.at(-1), boxes.get(edge.to));
  }
}

// Titles of groups ---------------------------------------------------------------------------

const CLEAR = 6; // between a title and a line

/** Where a title may stand, the best first: the corners, then anywhere along the side. */
function spots(group, high) {
  const box = (x) => ({ x, y: high ? group.y + 5 : group.y + group.h - group.title.h - 5, w: group.title.w, h: group.title.h });
  const left = group.x + 8;
  const right = group.x + group.w - group.title.w - 8;
  const between = [];
  for (let x = left + 4; x < right; x += 4) between.push(box(x));
  return [box(left), ...(right > left ? [box(right)] : []), ...between];
}

const free = (group, high, plan) => spots(group, high).find((box) => !blocked(box, plan));

function blocked(box, plan) {
  return plan.edges.some(
    (edge) =>
      segments(edge.points).some((segment) => meets(segment, box, CLEAR)) ||
      (edge.label && overlap(edge.label, box)),
  );
}

/**
 * What groups need for their titles: room at the bottom where arrows cross the top (with their
 * neighbours: one look a row), and more width where the title is the widest thing.
 */
function groupNeeds(plan) {
  const needs = new Map();
  for (const group of plan.groups) {
    if (!group.title) continue;
    const missing = group.title.w + 16 - group.w;
    if (missing > 0) needOf(needs, group.id).wider = missing;
    const corners = spots(group, true).slice(0, 2);
    if (corners.every((box) => blocked(box, plan)))
      plan.groups.filter((other) => other.parent === group.parent).forEach((other) => (needOf(needs, other.id).low = true));
  }
  return needs;
}

const needOf = (needs, id) => needs.get(id) ?? needs.set(id, { low: false, wider: 0 }).get(id);

/** Give each title its place; `crossed` holds the groups that have none without a line in it. */
function placeTitles(plan, needs) {
  plan.crossed = [];
  plan.lowTitles = [...needs.values()].filter((need) => need.low).length;
  for (const group of plan.groups) {
    if (!group.title) continue;
    const high = !needs.get(group.id)?.low;
    const found = free(group, high, plan);
    if (!found) plan.crossed.push(group.id);
    group.titleAt = found ?? spots(group, high)[0];
    group.titleEnd = Math.abs(group.titleAt.x + group.title.w + 8 - group.x - group.w) < 1 && group.titleAt.x > group.x + 9;
  }
}

// The better of two ---------------------------------------------------------------------------

function weigh(plan, settings) {
  const over = Math.max(0, plan.width - settings.width);
  const bends = plan.edges.reduce((sum, edge) => sum + edge.points.length - 2, 0);
  const backwards = plan.edges.filter((edge) => edge.points.at(-1).y < edge.points[0].y).length;
  const widths = new Set(plan.nodes.filter((node) => stretches(node.shape)).map((node) => node.w)).size;
  return (
    over * 1000 + plan.crossed.length * 4000 + labelHits(plan) * 2000 + crossings(plan.edges) * 600
    + backwards * 300 + plan.lowTitles * 30 + bends * 12 + widths * 8
    + plan.height * 0.5 + lopsided(plan)
  );
}

/** How far things that arrows fan out from, or meet at, stand from the middle of the others. */
function lopsided(plan) {
  const centre = new Map([...plan.nodes, ...plan.groups].map((item) => [item.id, item.x + item.w / 2]));
  let off = 0;
  for (const [near, far] of [['from', 'to'], ['to', 'from']])
    for (const id of centre.keys()) {
      const ends = new Set(plan.edges.filter((edge) => edge[near] === id).map((edge) => edge[far]));
      if (ends.size < 1) continue;
      const xs = [...ends].map((end) => centre.get(end));
      off += Math.abs(xs.reduce((a, b) => a + b) / xs.length - centre.get(id)) * (ends.size > 1 ? 1 : 0.3);
    }
  return off;
}

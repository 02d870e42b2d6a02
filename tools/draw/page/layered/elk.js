// The question to ELK and its answer: our model to its graph, its graph to places.
//
// The options are those of https://eclipse.dev/elk/reference/options.html.

import { room } from "../text.js";
import { againstTheFlow, firstMention } from "./upward.js";

/** @typedef {import('../types.js').Edge} Edge */
/** @typedef {import('../types.js').Model} Model */
/** @typedef {import('../types.js').Needs} Needs */
/** @typedef {import('../types.js').Plan} Plan */
/** @typedef {import('../types.js').Point} Point */
/** @typedef {import('../types.js').Sizes} Sizes */
/** @typedef {import('../types.js').Way} Way */

const ROOT = " "; // an id that no node can have
const LINE_IN_SIGHT = 2; // an arrow without words still needs a line long enough to see
const TITLE_LOW = 2; // by which a title at the bottom stands nearer to its side than one at the top
const FOR_GROUPS = /spacing|edgeLabels|nodePlacement|merge/; // what a group does not take from the root

/**
 * Have ELK lay the model out in one way.
 *
 * @param {Model} model
 * @param {Sizes} sizes
 * @param {Needs} needs
 * @param {Way} way
 * @param {import('../types.js').Engine} engine
 * @returns {Promise<Plan>}
 */
export async function layOut(model, sizes, needs, way, engine) {
  const upward = againstTheFlow(model);
  const options = optionsOf(way);
  const children = inOrder(inside(null, { model, sizes, needs, way, options }), model);
  const graph = { id: ROOT, layoutOptions: options, children, edges: edgesOf(model, upward, way) };
  return places(await engine.layout(graph), model, upward);
}

/** @param {Way} way */
function optionsOf(way) {
  const { gap } = way.settings;
  return {
    "elk.algorithm": "layered",
    "elk.direction": "DOWN",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.randomSeed": "1",
    "elk.padding": "[top=1,left=1,bottom=1,right=1]",
    "elk.spacing.nodeNode": `${gap.node}`,
    "elk.spacing.edgeNode": `${gap.edge}`,
    "elk.spacing.edgeEdge": `${gap.edge}`,
    "elk.spacing.edgeLabel": `${gap.label}`,
    "elk.layered.spacing.nodeNodeBetweenLayers": `${gap.layer}`,
    "elk.layered.spacing.edgeNodeBetweenLayers": `${gap.layer}`,
    "elk.layered.spacing.edgeEdgeBetweenLayers": `${gap.edge}`,
    "elk.edgeLabels.inline": "false",
    "elk.layered.edgeLabels.sideSelection": way.side,
    "elk.layered.cycleBreaking.strategy": "DEPTH_FIRST",
    "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
    "elk.layered.crossingMinimization.forceNodeModelOrder": `${way.keepOrder}`,
    "elk.layered.nodePlacement.strategy": way.placement,
    "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
    "elk.layered.mergeEdges": `${way.merge}`,
    "elk.layered.mergeHierarchyEdges": `${way.merge}`,
    "elk.layered.thoroughness": "20",
  };
}

/**
 * The groups and nodes of a group, or of the whole.
 *
 * @param {string | null} parent
 * @param {{ model: Model, sizes: Sizes, needs: Needs, way: Way, options: Record<string, string> }} given
 * @returns {any[]}
 */
function inside(parent, given) {
  const { model, sizes, needs, way, options } = given;
  const { group } = way.settings;
  const forGroups = Object.fromEntries(
    Object.entries(options).filter(([name]) => FOR_GROUPS.test(name)),
  );
  const groups = model.groups
    .filter((item) => item.parent === parent)
    .map((item) => {
      const { low, wider } = needs.get(item.id) ?? { low: false, wider: 0 };
      const [upper, lower] = low
        ? [group.padding + TITLE_LOW, group.title - TITLE_LOW]
        : [group.title, group.padding];
      const side = group.padding + wider / 2;
      const padding = `[top=${upper},left=${side},bottom=${lower},right=${side}]`;
      return {
        id: item.id,
        children: inside(item.id, given),
        layoutOptions: { ...forGroups, "elk.alignment": "TOP", "elk.padding": padding },
      };
    });
  const nodes = model.nodes
    .filter((item) => item.parent === parent)
    .map((item) => {
      const size = /** @type {{ w: number, h: number }} */ (sizes.get(item.id));
      return {
        id: item.id,
        width: size.w,
        height: size.h,
        layoutOptions: { "elk.alignment": "CENTER" },
      };
    });
  return [...groups, ...nodes];
}

/**
 * @param {Model} model
 * @param {Set<Edge>} upward
 * @param {Way} way
 */
function edgesOf(model, upward, way) {
  return model.edges.map((edge, index) => {
    const label = edge.lines.length
      ? room(edge.lines, "label", way.settings)
      : { width: 0, height: LINE_IN_SIGHT };
    const [source, target] = upward.has(edge) ? [edge.to, edge.from] : [edge.from, edge.to];
    return {
      id: `edge ${index}`,
      sources: [source],
      targets: [target],
      labels: [{ text: " ", ...label, layoutOptions: { "elk.edgeLabels.placement": "CENTER" } }],
    };
  });
}

/**
 * ELK keeps the order that it is given: that of first mention, for groups and nodes alike.
 *
 * @param {any[]} children
 * @param {Model} model
 */
function inOrder(children, model) {
  for (const child of children) if (child.children) inOrder(child.children, model);
  return children.sort((a, b) => firstMention(a.id, model) - firstMention(b.id, model));
}

/**
 * ELK places things in their group; here all get places in the drawing.
 *
 * @param {any} root
 * @param {Model} model
 * @param {Set<Edge>} upward
 * @returns {Plan}
 */
function places(root, model, upward) {
  const at = new Map([[root.id, { x: 0, y: 0, w: 0, h: 0 }]]);
  /** @type {(item: any, x: number, y: number) => void} */
  const walk = (item, x, y) => {
    for (const child of item.children ?? []) {
      const box = { x: x + child.x, y: y + child.y, w: child.width, h: child.height };
      at.set(child.id, box);
      walk(child, box.x, box.y);
    }
  };
  walk(root, 0, 0);
  /** @param {string} id */
  const boxOf = (id) => /** @type {import('../types.js').Box} */ (at.get(id));
  const nodes = model.nodes.map((node) => ({ ...node, ...boxOf(node.id) }));
  const groups = model.groups.map((item) => ({ ...item, ...boxOf(item.id) }));
  const edges = model.edges.map((edge, index) => {
    const laid = root.edges[index];
    const origin = boxOf(laid.container ?? root.id);
    /** @param {Point} point */
    const shift = (point) => ({ x: point.x + origin.x, y: point.y + origin.y });
    const section = laid.sections[0];
    const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(shift);
    if (upward.has(edge)) points.reverse();
    const box = laid.labels[0];
    const label = edge.lines.length ? { ...shift(box), w: box.width, h: box.height } : null;
    return { ...edge, points, label };
  });
  const drawn = edges.filter((edge) => !edge.hidden);
  return { nodes, groups, edges: drawn, width: root.width, height: root.height, crossed: [] };
}

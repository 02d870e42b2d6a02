// How large nodes are, and that what stands side by side is of one height.

import { overlap } from "../geometry.js";
import { sizeOf, stretches } from "../shapes.js";
import { room } from "../text.js";

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Model} Model */
/** @typedef {import('../types.js').PlacedNode} PlacedNode */
/** @typedef {import('../types.js').Plan} Plan */
/** @typedef {import('../types.js').Sizes} Sizes */
/** @typedef {import('../types.js').Way} Way */

const SIDE_BY_SIDE = 0.6; // share of the lower one's height that two have in common

/**
 * The size of each node, by its id. Widths are those of the way, in whole steps.
 *
 * @param {Model} model
 * @param {Way} way
 * @returns {Sizes}
 */
export function sizesOf(model, way) {
  const { settings, widths } = way;
  const sizes = new Map();
  const wide = [];
  for (const node of model.nodes) {
    const size = sizeOf(node.shape, room(node.lines, "name", settings), settings);
    sizes.set(node.id, size);
    if (stretches(node.shape)) wide.push(size);
  }
  const { step, width, even } = settings.node;
  const least = { equal: Math.max(...wide.map((size) => size.w)), even, own: width }[widths];
  for (const size of wide)
    size.w = Math.max(Math.ceil(size.w / step) * step, Math.ceil(least / step) * step);
  return sizes;
}

/**
 * Nodes side by side get one height.
 *
 * @param {PlacedNode[]} nodes
 * @param {Sizes} sizes
 */
export function evenRows(nodes, sizes) {
  for (const node of nodes) {
    if (!stretches(node.shape)) continue;
    const row = nodes.filter((other) => stretches(other.shape) && sideBySide(node, other));
    const highest = Math.max(...row.map((other) => other.h));
    for (const { id } of row) /** @type {{ h: number }} */ (sizes.get(id)).h = highest;
  }
}

/**
 * Groups side by side get one height, where nothing else stands in the way.
 *
 * @param {Plan} plan
 */
export function evenGroups(plan) {
  for (const group of plan.groups) {
    const row = plan.groups.filter(
      (other) => other.parent === group.parent && sideBySide(group, other),
    );
    const top = Math.min(...row.map((other) => other.y));
    const bottom = Math.max(...row.map((other) => other.y + other.h));
    const strangers = plan.nodes.filter((node) => !row.some((other) => within(node, other)));
    const free = row.every(
      (other) => !strangers.some((node) => overlap(node, { ...other, y: top, h: bottom - top })),
    );
    if (free) for (const other of row) Object.assign(other, { y: top, h: bottom - top });
  }
}

/**
 * @param {Box} inner
 * @param {Box} outer
 */
const within = (inner, outer) =>
  inner.x >= outer.x &&
  inner.x + inner.w <= outer.x + outer.w &&
  inner.y >= outer.y &&
  inner.y + inner.h <= outer.y + outer.h;

/**
 * @param {Box} one
 * @param {Box} other
 */
function sideBySide(one, other) {
  const shared = Math.min(one.y + one.h, other.y + other.h) - Math.max(one.y, other.y);
  return shared > SIDE_BY_SIDE * Math.min(one.h, other.h);
}

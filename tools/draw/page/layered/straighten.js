// Small steps in an arrow's way are taken out where nothing else stands there.

import { crossings, labelHits, last, nodeHits, segments } from "../geometry.js";

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').PlacedEdge} PlacedEdge */
/** @typedef {import('../types.js').Plan} Plan */
/** @typedef {import('../types.js').Point} Point */

const SMALL = 20; // the widest step that is taken out
const APART = 10; // between the ends of two arrows at one side of a node
const CORNER = 12; // between an arrow's end and a node's corner

/**
 * Straighten the arrows of a plan, one step at a time.
 *
 * @param {Plan} plan
 */
export function straighten(plan) {
  for (const edge of plan.edges) {
    let steps = 6;
    while (steps > 0 && takeOneOut(edge, plan)) steps -= 1;
  }
}

/**
 * @param {PlacedEdge} edge
 * @param {Plan} plan
 */
function takeOneOut(edge, plan) {
  const { points } = edge;
  for (let i = 1; i + 2 < points.length; i += 1) {
    const wide = Math.abs(points[i].x - points[i + 1].x);
    if (points[i].y !== points[i + 1].y || wide > SMALL) continue;
    if (shift(edge, i - 1, points[i + 1].x, plan) || shift(edge, i + 1, points[i].x, plan))
      return true;
  }
  return false;
}

/**
 * Move the upright piece that begins at `index` to `x`, if that makes nothing worse.
 *
 * @param {PlacedEdge} edge
 * @param {number} index
 * @param {number} x
 * @param {Plan} plan
 */
function shift(edge, index, x, plan) {
  const before = { points: edge.points, label: edge.label };
  const cost = costOf(plan);
  const moved = edge.points.map((point) => ({ ...point }));
  const dx = x - moved[index].x;
  const stands = edge.label && beside(edge.label, edge.points, index);
  const label = edge.label && stands ? { ...edge.label, x: edge.label.x + dx } : edge.label;
  moved[index].x = x;
  moved[index + 1].x = x;
  edge.points = withoutStops(moved);
  edge.label = label;
  const fits =
    (index > 0 || mayEnd(edge, edge.from, moved[0], plan)) &&
    (index + 2 < moved.length || mayEnd(edge, edge.to, last(moved), plan));
  if (fits && inside(label, plan) && costOf(plan) <= cost) return true;
  Object.assign(edge, before);
  return false;
}

/** @param {Plan} plan */
const costOf = (plan) => crossings(plan.edges) + labelHits(plan) + nodeHits(plan);

/**
 * @param {Box | null} label
 * @param {Plan} plan
 */
const inside = (label, plan) => !label || (label.x >= 0 && label.x + label.w <= plan.width);

/**
 * @param {Box} label
 * @param {Point[]} points
 * @param {number} index
 */
function beside(label, points, index) {
  const [a, b] = [points[index], points[index + 1]];
  const middle = label.y + label.h / 2;
  const near = Math.min(Math.abs(label.x - a.x), Math.abs(label.x + label.w - a.x)) < 12;
  return near && middle > Math.min(a.y, b.y) && middle < Math.max(a.y, b.y);
}

/**
 * May the arrow end here: away from the corners, and from other arrows?
 *
 * @param {PlacedEdge} edge
 * @param {string} id
 * @param {Point} point
 * @param {Plan} plan
 */
function mayEnd(edge, id, point, plan) {
  const box = /** @type {Box} */ ([...plan.nodes, ...plan.groups].find((item) => item.id === id));
  const small = box.w < 3 * CORNER;
  if (
    small
      ? Math.abs(point.x - box.x - box.w / 2) > 1
      : point.x < box.x + CORNER || point.x > box.x + box.w - CORNER
  )
    return false;
  return plan.edges.every((other) => {
    if (other === edge) return true;
    const ends = [
      { at: other.from, end: other.points[0] },
      { at: other.to, end: last(other.points) },
    ];
    return ends.every(
      ({ at, end }) =>
        at !== id || Math.abs(end.y - point.y) > 2 || Math.abs(end.x - point.x) >= APART,
    );
  });
}

/** @param {Point[]} points */
function withoutStops(points) {
  const bends = [points[0]];
  for (const { a, b } of segments(points)) {
    const before = bends.at(-2);
    const straight =
      before && ((before.x === a.x && a.x === b.x) || (before.y === a.y && a.y === b.y));
    if (straight) bends[bends.length - 1] = b;
    else if (a.x !== b.x || a.y !== b.y) bends.push(b);
  }
  return bends;
}

// Where arrows end: at the middle of a point, and at an outline that is not a box.

import { last } from "../geometry.js";
import { inset, stretches } from "../shapes.js";

/** @typedef {import('../types.js').PlacedNode} PlacedNode */
/** @typedef {import('../types.js').Plan} Plan */
/** @typedef {import('../types.js').Point} Point */

/**
 * Arrows to and from the points of a state diagram meet them in the middle.
 *
 * @param {Plan} plan
 */
export function centreEnds(plan) {
  const points = new Map(
    plan.nodes
      .filter((node) => !stretches(node.shape))
      .map((node) => [node.id, node.x + node.w / 2]),
  );
  for (const edge of plan.edges) {
    /** @type {(end: Point, next: Point, id: string) => void} */
    const move = (end, next, id) => {
      const x = points.get(id);
      if (x === undefined) return;
      if (end.x === next.x) next.x = x;
      end.x = x;
    };
    move(edge.points[0], edge.points[1], edge.from);
    move(last(edge.points), last(edge.points, 1), edge.to);
  }
}

/**
 * Let the ends touch the outline, where that is not the box.
 *
 * @param {Plan} plan
 */
export function touchOutlines(plan) {
  const boxes = new Map(plan.nodes.map((node) => [node.id, node]));
  /** @type {(point: Point, box: PlacedNode | undefined) => void} */
  const meet = (point, box) => {
    if (!box) return;
    if (Math.abs(point.y - box.y) < 1) point.y += inset(box, point.x);
    else if (Math.abs(point.y - box.y - box.h) < 1) point.y -= inset(box, point.x);
  };
  for (const edge of plan.edges) {
    meet(edge.points[0], boxes.get(edge.from));
    meet(last(edge.points), boxes.get(edge.to));
  }
}

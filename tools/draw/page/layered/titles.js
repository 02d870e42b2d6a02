// Where the titles of groups stand, and what groups need so that no arrow crosses a title.

import { meets, overlap, segments } from "../geometry.js";

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Need} Need */
/** @typedef {import('../types.js').Needs} Needs */
/** @typedef {import('../types.js').PlacedGroup} PlacedGroup */
/** @typedef {import('../types.js').Plan} Plan */

const CLEAR = 6; // between a title and a line

/**
 * Where a title may stand, the best first: the corners, then anywhere along the side.
 *
 * @param {PlacedGroup} group
 * @param {boolean} high
 */
function spots(group, high) {
  const { w, h } = /** @type {{ w: number, h: number }} */ (group.title);
  /** @param {number} x */
  const box = (x) => ({ x, y: high ? group.y + 5 : group.y + group.h - h - 5, w, h });
  const left = group.x + 8;
  const right = group.x + group.w - w - 8;
  const between = [];
  for (let x = left + 4; x < right; x += 4) between.push(box(x));
  return [box(left), ...(right > left ? [box(right)] : []), ...between];
}

/**
 * @param {PlacedGroup} group
 * @param {boolean} high
 * @param {Plan} plan
 */
const free = (group, high, plan) => spots(group, high).find((box) => !blocked(box, plan));

/**
 * @param {Box} box
 * @param {Plan} plan
 */
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
 *
 * @param {Plan} plan
 * @returns {Needs}
 */
export function groupNeeds(plan) {
  const needs = new Map();
  for (const group of plan.groups) {
    if (!group.title) continue;
    const missing = group.title.w + 16 - group.w;
    if (missing > 0) needOf(needs, group.id).wider = missing;
    const corners = spots(group, true).slice(0, 2);
    if (corners.every((box) => blocked(box, plan)))
      for (const other of plan.groups)
        if (other.parent === group.parent) needOf(needs, other.id).low = true;
  }
  return needs;
}

/**
 * @param {Needs} needs
 * @param {string} id
 * @returns {Need}
 */
export const needOf = (needs, id) =>
  /** @type {Need} */ (needs.get(id) ?? needs.set(id, { low: false, wider: 0 }).get(id));

/**
 * Give each title its place; `crossed` holds the groups that have none without a line in it.
 *
 * @param {Plan} plan
 * @param {Needs} needs
 */
export function placeTitles(plan, needs) {
  plan.crossed = [];
  for (const group of plan.groups) {
    if (!group.title) continue;
    const high = !needs.get(group.id)?.low;
    const found = free(group, high, plan);
    if (!found) plan.crossed.push(group.id);
    group.titleAt = found ?? spots(group, high)[0];
    group.titleEnd =
      Math.abs(group.titleAt.x + group.title.w + 8 - group.x - group.w) < 1 &&
      group.titleAt.x > group.x + 9;
  }
}

// What a plan costs. The cheapest of all is drawn.
//
// The unit is one unit of the drawing's height: a weight says how much taller a drawing may
// become to be rid of one such fault. README.md says what a change of each does to the drawings.

import { crossings } from "../geometry.js";
import { stretches } from "../shapes.js";

/** @typedef {import('../types.js').Plan} Plan */
/** @typedef {import('../types.js').Settings} Settings */

/** What one of each costs, the gravest first. */
export const WEIGHTS = {
  /** A title that an arrow crosses: such a plan is refused, if it is the best. */
  crossedTitle: 8000,
  /** A unit of width over the limit: such a plan is refused, too. */
  over: 2000,
  /** A crossing of two arrows, or a place where one lies on the other. */
  crossing: 1200,
  /** A bend of an arrow. */
  bend: 24,
  /** A width of nodes: rows of one width look calmer. */
  nodeWidth: 16,
  /** A unit by which what arrows fan out from, or meet at, stands beside the middle of the others. */
  lopsidedFan: 2,
  /** The same where only one arrow leaves or arrives. */
  lopsidedPair: 0.6,
  /** A unit of height: the measure of all others. */
  height: 1,
};

/**
 * How many of each fault a plan has.
 *
 * @param {Plan} plan
 * @param {Settings} settings
 * @returns {Record<keyof typeof WEIGHTS, number>}
 */
export function faults(plan, settings) {
  const stretching = plan.nodes.filter((node) => stretches(node.shape));
  const { fan, pair } = lopsided(plan);
  return {
    over: Math.max(0, plan.width - settings.width),
    crossedTitle: plan.crossed.length,
    crossing: crossings(plan.edges),
    bend: plan.edges.reduce((sum, edge) => sum + edge.points.length - 2, 0),
    nodeWidth: new Set(stretching.map((node) => node.w)).size,
    height: plan.height,
    lopsidedFan: fan,
    lopsidedPair: pair,
  };
}

/**
 * The sum of all faults, each with its weight.
 *
 * @param {Plan} plan
 * @param {Settings} settings
 */
export function cost(plan, settings, weights = WEIGHTS) {
  const found = faults(plan, settings);
  const names = /** @type {(keyof typeof WEIGHTS)[]} */ (Object.keys(found));
  return names.reduce((sum, name) => sum + found[name] * weights[name], 0);
}

/**
 * How far things that arrows leave, or reach, stand from the middle of those at the other ends.
 *
 * @param {Plan} plan
 */
function lopsided(plan) {
  const centre = new Map(
    [...plan.nodes, ...plan.groups].map((item) => [item.id, item.x + item.w / 2]),
  );
  const off = { fan: 0, pair: 0 };
  for (const [near, far] of /** @type {const} */ ([
    ["from", "to"],
    ["to", "from"],
  ]))
    for (const [id, middle] of centre) {
      const ends = new Set(plan.edges.filter((edge) => edge[near] === id).map((edge) => edge[far]));
      if (!ends.size) continue;
      const xs = [...ends].map((end) => centre.get(end) ?? middle);
      const distance = Math.abs(xs.reduce((a, b) => a + b) / xs.length - middle);
      off[ends.size > 1 ? "fan" : "pair"] += distance;
    }
  return off;
}

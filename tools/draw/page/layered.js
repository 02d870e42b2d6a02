// Where everything stands in a flowchart or a state diagram.
//
// ELK (the engine that Mermaid itself uses) lays the same diagram out in several ways; the
// one that fits the width and reads best is kept. All measures come from the settings, all
// ways are tried in the same order, so the same source gives the same drawing.

import { cost } from "./layered/cost.js";
import { layOut } from "./layered/elk.js";
import { centreEnds, touchOutlines } from "./layered/ends.js";
import { evenGroups, evenRows, sizesOf } from "./layered/sizes.js";
import { straighten } from "./layered/straighten.js";
import { groupNeeds, needOf, placeTitles } from "./layered/titles.js";

/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').Settings} Settings */
/** @typedef {import('./types.js').Engine} Engine */
/** @typedef {import('./types.js').Needs} Needs */
/** @typedef {import('./types.js').Plan} Plan */
/** @typedef {import('./types.js').Way} Way */

const ATTEMPTS = 4; // at most, to widen groups until no arrow crosses a title
const WIDER = 24; // by which a group grows in each of them

/**
 * Return nodes, groups and edges with their places, and the size of it all: the cheapest plan
 * with the usual gaps, or with tight ones where that is too wide.
 *
 * @param {Model} model
 * @param {Settings} settings
 * @param {Engine} engine
 * @returns {Promise<Plan>}
 */
export async function arrange(model, settings, engine) {
  /** @type {{ plan: Plan, cost: number } | null} */
  let best = null;
  for (const spaced of [settings, tightened(settings)]) {
    for (const way of ways(spaced))
      best = better(best, await attempt(model, way, engine), settings);
    if (best && best.plan.width <= settings.width) break;
  }
  return /** @type {{ plan: Plan }} */ (best).plan;
}

/**
 * Of two equals the first is kept.
 *
 * @param {{ plan: Plan, cost: number } | null} best
 * @param {Plan} plan
 * @param {Settings} settings
 */
export function better(best, plan, settings) {
  const own = cost(plan, settings);
  return best && own >= best.cost ? best : { plan, cost: own };
}

/**
 * @param {Settings} settings
 * @returns {Settings}
 */
function tightened(settings) {
  const { node, edge, padding } = settings.tight;
  return {
    ...settings,
    gap: { ...settings.gap, node, edge },
    group: { ...settings.group, padding },
  };
}

/**
 * Every way to lay a diagram out that is worth trying, the more even ones first.
 *
 * @param {Settings} settings
 * @returns {Generator<Way>}
 */
export function* ways(settings) {
  for (const widths of /** @type {const} */ (["equal", "even", "own"]))
    for (const merge of [true, false])
      for (const placement of /** @type {const} */ (["BRANDES_KOEPF", "NETWORK_SIMPLEX"]))
        for (const keepOrder of [true, false])
          for (const side of /** @type {const} */ (["ALWAYS_UP", "SMART_UP"]))
            yield { settings, widths, merge, placement, keepOrder, side };
}

/**
 * Lay out in one way. ELK is asked again with rows of even height, and again while titles of
 * groups need room.
 *
 * @param {Model} model
 * @param {Way} way
 * @param {Engine} engine
 * @returns {Promise<Plan>}
 */
export async function attempt(model, way, engine) {
  const sizes = sizesOf(model, way);
  /** @param {Needs} needs */
  const ask = (needs) => layOut(model, sizes, needs, way, engine);
  const first = await ask(new Map());
  evenRows(first.nodes, sizes);
  const second = await ask(new Map());
  const needs = groupNeeds(second);
  let plan = finish(second, needs);
  for (
    let more = 0;
    more < ATTEMPTS && (plan.crossed.length || (more === 0 && needs.size));
    more += 1
  ) {
    for (const id of plan.crossed) needOf(needs, id).wider += WIDER;
    plan = finish(await ask(needs), needs);
  }
  return plan;
}

/**
 * What is done to a plan after ELK.
 *
 * @param {Plan} plan
 * @param {Needs} needs
 */
export function finish(plan, needs) {
  evenGroups(plan);
  centreEnds(plan);
  straighten(plan);
  touchOutlines(plan);
  placeTitles(plan, needs);
  return plan;
}

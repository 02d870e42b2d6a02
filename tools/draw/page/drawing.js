// A model in, SVG and structure out; nothing here needs a browser.

import { arrange } from "./layered.js";
import { Mistake } from "./mistake.js";
import { sequence } from "./sequence.js";
import { structure } from "./structure.js";
import { arrow, boundary, edgeLabel, file, node } from "./svg.js";
import { room } from "./text.js";

/** @typedef {import('./types.js').Engine} Engine */
/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').Plan} Plan */
/** @typedef {import('./types.js').Settings} Settings */

const TITLE_HEIGHT = 15; // of a group's title: it has one line

/**
 * Throws a Mistake where the drawing would be too wide, or an arrow would cross a title.
 *
 * @param {string} id
 * @param {Model} model
 * @param {Settings} settings
 * @param {Engine} engine
 */
export async function drawing(id, model, settings, engine) {
  for (const group of model.groups)
    if (group.lines.length)
      group.title = { w: room(group.lines, "title", settings).width, h: TITLE_HEIGHT };
  const { plan, body } =
    model.kind === "sequence" ? sequence(model, settings) : await layered(model, settings, engine);
  return {
    svg: file(id, model, plan, body, settings),
    structure: structure(model, plan, settings),
  };
}

/**
 * @param {Model} model
 * @param {Settings} settings
 * @param {Engine} engine
 */
async function layered(model, settings, engine) {
  const plan = await arrange(model, settings, engine);
  if (plan.width > settings.width)
    throw new Mistake(
      `too wide: ${Math.ceil(plan.width)} units, at most ${settings.width}${widest(plan)}; break labels with <br>, or set fewer nodes side by side`,
    );
  const crossed = plan.groups.find((group) => plan.crossed.includes(group.id));
  if (crossed)
    throw new Mistake(
      `an arrow crosses the title '${crossed.lines.join(" ")}': shorten the title, or let the arrow end at the boundary`,
    );
  return { plan, body: bodyOf(plan, settings) };
}

/**
 * The SVG elements of a plan, what lies at the back first.
 *
 * @param {Plan} plan
 * @param {Settings} settings
 */
export function bodyOf(plan, settings) {
  return [
    ...plan.groups.map((group) => boundary(group, settings)),
    ...plan.edges.map((edge) => arrow(edge, settings)),
    ...plan.edges.map((edge) => edgeLabel(edge, settings)),
    ...plan.nodes.map((item) => node(item, settings)),
  ];
}

/**
 * Name the nodes of the row that takes most room.
 *
 * @param {Plan} plan
 */
function widest(plan) {
  const rows = plan.nodes.map((one) =>
    plan.nodes.filter((other) => Math.abs(other.y - one.y) < one.h / 2),
  );
  /** @param {import('./types.js').PlacedNode[]} row */
  const span = (row) =>
    Math.max(...row.map((item) => item.x + item.w)) - Math.min(...row.map((item) => item.x));
  const row = rows.sort((a, b) => span(b) - span(a))[0] ?? [];
  return row.length > 1
    ? ` (widest row: ${row.map((item) => item.lines.join(" ")).join(", ")})`
    : "";
}

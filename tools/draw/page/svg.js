// From places to SVG. No style stands in it: classes only, coloured by the site's stylesheet.

import { last, segments } from "./geometry.js";
import { outline, textShift } from "./shapes.js";

/** @typedef {import('./types.js').Edge} Edge */
/** @typedef {import('./types.js').Kind} Kind */
/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').PlacedEdge} PlacedEdge */
/** @typedef {import('./types.js').PlacedGroup} PlacedGroup */
/** @typedef {import('./types.js').PlacedNode} PlacedNode */
/** @typedef {import('./types.js').Point} Point */
/** @typedef {import('./types.js').Settings} Settings */

/**
 * Write numbers short and alike everywhere.
 *
 * @param {number} value
 */
export const number = (value) => String(Math.round(value * 10) / 10 + 0).replace(/^-0$/, "0");

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** @param {string} text */
export const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

/**
 * One text element a line, so that lines stay apart for search and for copying.
 *
 * @param {string[]} lines
 * @param {Kind} kind
 * @param {number} x
 * @param {number} y
 * @param {'start' | 'middle' | 'end'} anchor
 * @param {Settings} settings
 */
export function text(lines, kind, x, y, anchor, settings) {
  const { size, line } = settings.text[kind];
  const first = y - ((lines.length - 1) * line) / 2 + size * 0.35;
  return lines
    .map(
      (words, index) =>
        `<text class="dg-${kind}${anchor === "middle" ? "" : ` dg-${anchor}`}" x="${number(x)}" y="${number(first + index * line)}">${escaped(words)}</text>`,
    )
    .join("\n");
}

/**
 * A bent line with rounded corners and heads, as two elements at most.
 *
 * @param {Edge & { points: Point[] }} edge
 * @param {Settings} settings
 */
export function arrow(edge, settings) {
  const points = edge.points.map((point) => ({ ...point }));
  const heads = [];
  if (edge.heads !== "none") heads.push(head(points, settings));
  if (edge.heads === "both") {
    points.reverse();
    heads.push(head(points, settings));
    points.reverse();
  }
  const line = `<path class="dg-line${edge.dashed ? " dg-dashed" : ""}" d="${rounded(points, settings.corner)}"/>`;
  return line + heads.map((d) => `<path class="dg-head" d="${d}"/>`).join("");
}

/**
 * Shorten the line at its end and return the head that takes its place.
 *
 * @param {Point[]} points
 * @param {Settings} settings
 */
function head(points, settings) {
  const { length, width } = settings.head;
  const tip = { ...last(points) };
  const before = last(points, 1);
  const far = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const ux = (tip.x - before.x) / far;
  const uy = (tip.y - before.y) / far;
  const base = { x: tip.x - ux * length, y: tip.y - uy * length };
  points[points.length - 1] = { x: base.x + ux, y: base.y + uy };
  /** @param {number} side */
  const at = (side) => `${number(base.x - uy * side)} ${number(base.y + ux * side)}`;
  return `M${number(tip.x)} ${number(tip.y)}L${at(width / 2)}L${at(-width / 2)}Z`;
}

/**
 * @param {Point[]} points
 * @param {number} corner
 */
function rounded(points, corner) {
  const lines = segments(points).filter(({ a, b }) => a.x !== b.x || a.y !== b.y);
  let d = `M${number(points[0].x)} ${number(points[0].y)}`;
  lines.forEach(({ a, b }, index) => {
    const next = lines[index + 1];
    if (!next) {
      d += `L${number(b.x)} ${number(b.y)}`;
      return;
    }
    /** @param {{ a: Point, b: Point }} s */
    const length = (s) => Math.hypot(s.b.x - s.a.x, s.b.y - s.a.y);
    const r = Math.min(corner, length({ a, b }) / 2, length(next) / 2);
    /** @type {(from: Point, to: Point) => string} */
    const towards = (from, to) => {
      const far = Math.hypot(to.x - from.x, to.y - from.y) || 1;
      return `${number(from.x + ((to.x - from.x) / far) * r)} ${number(from.y + ((to.y - from.y) / far) * r)}`;
    };
    d += `L${towards(b, a)}Q${number(b.x)} ${number(b.y)} ${towards(b, next.b)}`;
  });
  return d;
}

/**
 * A node: its outline, and its name.
 *
 * @param {PlacedNode} item
 * @param {Settings} settings
 */
export function node(item, settings) {
  const shape = item.role ? ` dg-${item.shape}` : "";
  const name = item.lines.length
    ? "\n" +
      text(
        item.lines,
        "name",
        item.x + item.w / 2,
        item.y + item.h / 2 + textShift(item.shape),
        "middle",
        settings,
      )
    : "";
  return `<g class="dg-node${shape}${item.closed ? " dg-closed" : ""}">${outline(item, number)}${name}</g>`;
}

/**
 * A boundary and its title.
 *
 * @param {PlacedGroup} group
 * @param {Settings} settings
 */
export function boundary(group, settings) {
  const frame = `<rect class="dg-boundary" x="${number(group.x)}" y="${number(group.y)}" width="${number(group.w)}" height="${number(group.h)}" rx="3"/>`;
  if (!group.titleAt) return frame;
  const { x, y, w, h } = group.titleAt;
  return `${frame}\n${text(group.lines, "title", group.titleEnd ? x + w : x, y + h / 2, group.titleEnd ? "end" : "start", settings)}`;
}

/**
 * The words of an arrow, beside its line.
 *
 * @param {PlacedEdge} edge
 * @param {Settings} settings
 */
export function edgeLabel(edge, settings) {
  if (!edge.label) return "";
  const { x, y, w, h } = edge.label;
  const upright = segments(edge.points).filter(
    ({ a, b }) => a.x === b.x && Math.max(a.y, b.y) > y && Math.min(a.y, b.y) < y + h,
  );
  const near = upright
    .map(({ a }) => a.x)
    .sort((a, b) => Math.abs(a - x - w / 2) - Math.abs(b - x - w / 2))[0];
  if (near === undefined || (near > x && near < x + w))
    return text(edge.lines, "label", x + w / 2, y + h / 2, "middle", settings);
  return near <= x
    ? text(edge.lines, "label", x, y + h / 2, "start", settings)
    : text(edge.lines, "label", x + w, y + h / 2, "end", settings);
}

/**
 * The whole file.
 *
 * @param {string} id
 * @param {Model} model
 * @param {{ width: number, height: number }} plan
 * @param {string[]} body
 * @param {Settings} settings
 */
export function file(id, model, plan, body, settings) {
  const shift = (settings.width - plan.width) / 2;
  return [
    ...beginning(id, model, settings.width, Math.ceil(plan.height)),
    shift ? `<g transform="translate(${number(shift)})">` : "<g>",
    ...body.filter(Boolean),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/**
 * What every drawing begins with. `id` makes the ids of title and description the drawing's own.
 *
 * @param {string} id
 * @param {{ title: string, description: string }} model
 * @param {number} width
 * @param {number} height
 */
export function beginning(id, model, width, height) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="dg" viewBox="0 0 ${number(width)} ${number(height)}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc">`,
    `<title id="${id}-title">${escaped(model.title)}</title>`,
    `<desc id="${id}-desc">${escaped(model.description)}</desc>`,
  ];
}

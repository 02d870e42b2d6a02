// Parts of a drawing in, its file out: at the upper left corner, with short numbers.

import { beginning, escaped, number } from "../svg.js";

/** @typedef {import('./flat.js').Part} Part */

const MARGIN = 4; // around everything

/**
 * @param {string} id
 * @param {{ title: string, description: string }} model
 * @param {Part[]} parts
 */
export function assemble(id, model, parts) {
  const edges = parts.map(bounds);
  const left = Math.min(...edges.map((edge) => edge.left)) - MARGIN;
  const top = Math.min(...edges.map((edge) => edge.top)) - MARGIN;
  const width = Math.ceil(Math.max(...edges.map((edge) => edge.right)) + MARGIN - left);
  const height = Math.ceil(Math.max(...edges.map((edge) => edge.bottom)) + MARGIN - top);
  const home = new DOMMatrix().translate(-left, -top);
  const lines = [...beginning(id, model, width, height)];
  let open = "";
  for (const part of parts) {
    const at = home.multiply(part.at);
    const baked = upright(at) && part.tag !== "path";
    const transform = baked ? "" : written(at);
    if (transform !== open) {
      if (open) lines.push("</g>");
      if (transform) lines.push(`<g transform="${transform}">`);
      open = transform;
    }
    lines.push(element(part, baked ? at : new DOMMatrix()));
  }
  if (open) lines.push("</g>");
  return { svg: [...lines, "</svg>", ""].join("\n"), width, height };
}

/** Is it moved, and nothing else? @param {DOMMatrix} at */
const upright = ({ a, b, c, d }) =>
  Math.abs(a - 1) < 1e-3 && Math.abs(d - 1) < 1e-3 && Math.abs(b) < 1e-3 && Math.abs(c) < 1e-3;

/** @param {Part} part */
function bounds({ at, box, stroke }) {
  const [x, y] = [box.x - stroke / 2, box.y - stroke / 2];
  const [w, h] = [box.width + stroke, box.height + stroke];
  const corners = [
    [x, y],
    [x + w, y],
    [x, y + h],
    [x + w, y + h],
  ].map(([px, py]) => at.transformPoint({ x: px, y: py }));
  const xs = corners.map((point) => point.x);
  const ys = corners.map((point) => point.y);
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}

/** @param {DOMMatrix} at */
function written(at) {
  if (upright(at)) return `translate(${number(at.e)} ${number(at.f)})`;
  const x = Math.hypot(at.a, at.b);
  const y = (at.a * at.d - at.b * at.c) / x;
  const turn = (Math.atan2(at.b, at.a) * 180) / Math.PI;
  return [
    `translate(${number(at.e)} ${number(at.f)})`,
    Math.abs(turn) > 0.05 ? ` rotate(${number(turn)})` : "",
    Math.abs(x - 1) > 1e-3 || Math.abs(y - 1) > 1e-3 ? ` scale(${fine(x)} ${fine(y)})` : "",
  ].join("");
}

/** @param {number} value */
const fine = (value) => String(Math.round(value * 1000) / 1000);

/**
 * @param {Part} part
 * @param {DOMMatrix} move
 */
function element({ tag, attributes, words }, move) {
  const shift = { x: move.e, cx: move.e, y: move.f, cy: move.f };
  const listed = Object.entries(attributes).map(([name, value]) => {
    const moved = typeof value === "number" ? value + (shift[name] ?? 0) : value;
    return ` ${name}="${typeof moved === "number" ? number(moved) : moved}"`;
  });
  const start = `<${tag}${listed.join("")}`;
  return words === undefined ? `${start}/>` : `${start}>${escaped(words)}</${tag}>`;
}

// What Mermaid drew, taken apart: every shape and every line of text that is seen, in its order,
// as elements that a drawing is made of. Nothing else is taken over: no style, no script, no
// link, no id. Needs a browser.

import { number } from "../svg.js";
import { namer, SERIES } from "./palette.js";

/** What shows nothing by itself. */
const UNSEEN = new Set(
  "defs style marker clipPath mask symbol pattern filter linearGradient radialGradient title desc metadata script image".split(
    " ",
  ),
);
const CLEAR = 0.95; // opacity from which something hides what is below
const HALF = 0.5; // what lets through: our tints are light already
const BROAD = 6; // lines that others run over
const OUTLINE = 1.4; // of a part that Mermaid tells by its colour alone
const STRONG = 600; // a weight from which letters are told as bold
const ASCENT = 1.069 / (1.069 + 0.293); // of Noto Sans: what of a letter's box is above its line
const LINE = 1; // baselines that are nearer stand on one line
const WORDS = 24; // two texts on one line that are farther apart are two texts

/**
 * @typedef {{ at: DOMMatrix, tag: string, attributes: Record<string, string | number>, words?: string, box: DOMRect, stroke: number }} Part
 */

/**
 * Take a drawing apart that stands in the page.
 *
 * @param {SVGSVGElement} svg
 * @returns {Part[]}
 */
export function parts(svg) {
  const home = matrix(svg.getScreenCTM()).inverse();
  const names = namer();
  /** @type {Part[]} */
  const found = [];
  /** @type {(element: Element, opacity: number) => void} */
  const walk = (element, opacity) => {
    if (UNSEEN.has(element.localName)) return;
    const style = getComputedStyle(element);
    if (style.display === "none") return;
    const seen = opacity * Number(style.opacity);
    if (seen < 0.02) return;
    if (element instanceof SVGTextElement) {
      if (style.visibility !== "hidden") found.push(...texts(element, home));
      return;
    }
    if (element instanceof SVGGeometryElement && style.visibility !== "hidden") {
      const at = home.multiply(matrix(element.getScreenCTM()));
      found.push(...shapes(element, at, seen, names));
      found.push(...heads(element, at, seen, names));
    }
    for (const child of element.children) walk(child, seen);
  };
  for (const child of svg.children) walk(child, 1);
  return found;
}

/** @param {DOMMatrix | SVGMatrix | null | undefined} given */
const matrix = (given) =>
  given ? new DOMMatrix([given.a, given.b, given.c, given.d, given.e, given.f]) : new DOMMatrix();

/**
 * @param {SVGGeometryElement} element
 * @param {DOMMatrix} at
 * @param {number} opacity of it and of all around it
 * @param {ReturnType<typeof namer>} names
 * @returns {Part[]}
 */
function shapes(element, at, opacity, names) {
  const style = getComputedStyle(element);
  const width = parseFloat(style.strokeWidth);
  const fill = Number(style.fillOpacity) > 0 ? names.fill(style.fill) : "";
  const stroke = width > 0 && Number(style.strokeOpacity) > 0 ? names.stroke(style.stroke) : "";
  if (!fill && !stroke) return [];
  const [tag, attributes] = outline(element);
  if (!tag) return [];
  const outlined = stroke && stroke !== "paper" && stroke !== "sheet" ? stroke : fill;
  const line = fill && SERIES.includes(fill) ? outlined : stroke; // a tint alone is too light to be seen
  const pen = stroke ? width : line ? OUTLINE : 0;
  attributes.class = `dg-${fill ? `fill-${fill}` : "bare"}${line ? ` dg-stroke-${line}` : ""}`;
  if (line) attributes["stroke-width"] = pen;
  if (stroke && style.strokeDasharray !== "none")
    attributes["stroke-dasharray"] = style.strokeDasharray.replace(/px|,/g, "");
  const faint = opacity * Number(style.fillOpacity);
  if (fill && faint < CLEAR) attributes["fill-opacity"] = SERIES.includes(fill) ? HALF : faint;
  const thin = opacity * Number(style.strokeOpacity);
  if (line && thin < CLEAR && pen > BROAD) attributes["stroke-opacity"] = HALF;
  return [{ at, tag, attributes, box: element.getBBox(), stroke: pen }];
}

/**
 * The outline of a shape as one of the elements that drawings are made of; no tag for nothing.
 *
 * @param {SVGGeometryElement} element
 * @returns {[string, Record<string, string | number>]}
 */
function outline(element) {
  /** @param {string} name */
  const value = (name) => /** @type {any} */ (element)[name].baseVal.value;
  if (element instanceof SVGRectElement) {
    const [width, height] = [value("width"), value("height")];
    if (!width || !height) return ["", {}];
    const rx = value("rx") || value("ry");
    return ["rect", { x: value("x"), y: value("y"), width, height, ...(rx ? { rx } : {}) }];
  }
  if (element instanceof SVGCircleElement)
    return value("r") ? ["circle", { cx: value("cx"), cy: value("cy"), r: value("r") }] : ["", {}];
  if (element instanceof SVGEllipseElement) {
    const [cx, cy, rx, ry] = ["cx", "cy", "rx", "ry"].map(value).map((one) => one);
    const half = `${number(rx)} ${number(ry)} 0 1 0`;
    return [
      "path",
      {
        d: `M${number(cx - rx)} ${number(cy)}a${half} ${number(2 * rx)} 0a${half} ${number(-2 * rx)} 0Z`,
      },
    ];
  }
  if (element instanceof SVGLineElement)
    return [
      "path",
      {
        d: `M${number(value("x1"))} ${number(value("y1"))}L${number(value("x2"))} ${number(value("y2"))}`,
      },
    ];
  if (element instanceof SVGPolygonElement || element instanceof SVGPolylineElement) {
    const points = [...element.points].map(({ x, y }) => `${number(x)} ${number(y)}`);
    if (!points.length) return ["", {}];
    return ["path", { d: `M${points.join("L")}${element.localName === "polygon" ? "Z" : ""}` }];
  }
  return ["path", { d: rounded(element.getAttribute("d") ?? "") }];
}

/**
 * The commands of a path with short numbers.
 *
 * @param {string} d
 */
export function rounded(d) {
  return [...d.matchAll(/([MZLHVCSQTA])([^MZLHVCSQTA]*)/gi)]
    .map(([, command, rest]) => command + values(command, rest).map(number).join(" "))
    .join("");
}

const VALUE = /^[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/i;
const FLAG = /^[\s,]*([01])/; // of an arc: what follows may stand right after it

/**
 * @param {string} command
 * @param {string} rest
 */
function values(command, rest) {
  const found = [];
  let left = rest;
  for (;;) {
    const isFlag = command.toUpperCase() === "A" && [3, 4].includes(found.length % 7);
    const match = left.match(isFlag ? FLAG : VALUE);
    if (!match) return found;
    found.push(Number(match[1]));
    left = left.slice(match[0].length);
  }
}

/**
 * What stands at the ends of a line: Mermaid keeps it apart, and refers to it.
 *
 * @param {SVGGeometryElement} element
 * @param {DOMMatrix} at
 * @param {number} opacity
 * @param {ReturnType<typeof namer>} names
 */
function heads(element, at, opacity, names) {
  const style = getComputedStyle(element);
  /** @type {Part[]} */
  const found = [];
  for (const [reference, first] of /** @type {[string, boolean][]} */ ([
    [style.markerStart, true],
    [style.markerEnd, false],
  ])) {
    const id = reference.match(/^url\("?[^"#]*#([^"]+)"?\)$/)?.[1];
    const marker = id && document.getElementById(id);
    const length = element.getTotalLength();
    if (!(marker instanceof SVGMarkerElement) || !length) continue;
    const place = placed(element, marker, length, first, parseFloat(style.strokeWidth));
    for (const child of marker.querySelectorAll("*")) {
      if (!(child instanceof SVGGeometryElement)) continue;
      const inside = matrix(child.transform.baseVal.consolidate()?.matrix);
      found.push(...shapes(child, at.multiply(place).multiply(inside), opacity, names));
    }
  }
  return found;
}

/**
 * Where a head stands: see "Markers" in SVG 2.
 *
 * @param {SVGGeometryElement} element
 * @param {SVGMarkerElement} marker
 * @param {number} length
 * @param {boolean} first
 * @param {number} width of the line
 */
function placed(element, marker, length, first, width) {
  const tip = element.getPointAtLength(first ? 0 : length);
  const near = element.getPointAtLength(first ? Math.min(1, length) : Math.max(length - 1, 0));
  const [dx, dy] = first ? [near.x - tip.x, near.y - tip.y] : [tip.x - near.x, tip.y - near.y];
  const along = (Math.atan2(dy, dx) * 180) / Math.PI;
  const orient = marker.getAttribute("orient") ?? "0";
  const turn = orient.startsWith("auto")
    ? along + (first && orient === "auto-start-reverse" ? 180 : 0)
    : parseFloat(orient);
  const view = marker.viewBox.baseVal;
  const [w, h] = [marker.markerWidth.baseVal.value, marker.markerHeight.baseVal.value];
  const fits = view?.width ? Math.min(w / view.width, h / view.height) : 1;
  const units = marker.getAttribute("markerUnits") === "userSpaceOnUse" ? 1 : width;
  return new DOMMatrix()
    .translate(tip.x, tip.y)
    .rotate(turn)
    .scale(fits * units)
    .translate(-marker.refX.baseVal.value, -marker.refY.baseVal.value);
}

/**
 * The lines of a text, each with its place.
 *
 * @param {SVGTextElement} element
 * @param {DOMMatrix} home
 * @returns {Part[]}
 */
function texts(element, home) {
  const at = home.multiply(matrix(element.getScreenCTM()));
  /** @type {{ words: string, left: number, right: number, y: number, style: CSSStyleDeclaration }[]} */
  const lines = [];
  for (const piece of pieces(element)) {
    const count = piece.getNumberOfChars();
    const words = piece.textContent ?? "";
    if (!count || !words.trim()) continue;
    const line = {
      words,
      ...edges(piece, count),
      y: baseline(piece),
      style: getComputedStyle(piece),
    };
    const last = lines.at(-1);
    // What is written from right to left goes on at the left.
    const gap = last ? Math.max(line.left - last.right, last.left - line.right) : 0;
    if (last && Math.abs(line.y - last.y) < LINE && gap > -LINE && gap < WORDS) {
      last.words += words;
      last.left = Math.min(last.left, line.left);
      last.right = Math.max(last.right, line.right);
    } else lines.push(line);
  }
  return lines.map(({ words, left, right, y, style }) => {
    const anchor = style.textAnchor;
    const x = anchor === "middle" ? (left + right) / 2 : anchor === "end" ? right : left;
    const strong = Number(style.fontWeight) >= STRONG;
    const classes = [
      strong ? "dg-title" : "",
      anchor === "middle" ? "" : `dg-${anchor}`,
      style.fontStyle === "italic" ? "dg-italic" : "",
      style.textDecorationLine.includes("underline") ? "dg-under" : "",
    ].filter(Boolean);
    const size = parseFloat(style.fontSize);
    return {
      at,
      tag: "text",
      attributes: { ...(classes.length ? { class: classes.join(" ") } : {}), x, y },
      words: words.replace(/\s+/g, " ").trim(),
      box: new DOMRect(left, y - size, right - left, size * 1.3),
      stroke: 0,
    };
  });
}

/**
 * Where the letters begin and end, from left to right, whichever way they are read: the first and
 * the last one, unless the text or a part of it runs from right to left.
 *
 * @param {SVGTextContentElement} piece
 * @param {number} count
 */
function edges(piece, count) {
  const xs = [];
  for (let at = 0; at < count; at += 1)
    xs.push(piece.getStartPositionOfChar(at).x, piece.getEndPositionOfChar(at).x);
  return { left: Math.min(...xs), right: Math.max(...xs) };
}

/**
 * The line on which letters stand. What moves it moves the box of a letter, not its start.
 *
 * @param {SVGTextContentElement} piece
 */
function baseline(piece) {
  const { y, height } = piece.getExtentOfChar(0);
  return y + height * ASCENT;
}

/**
 * The innermost pieces of a text; bare words beside pieces become pieces.
 *
 * @param {SVGTextElement} element
 * @returns {SVGTextContentElement[]}
 */
function pieces(element) {
  if (!element.children.length) return [element];
  for (const node of element.querySelectorAll("text, tspan")) {
    if (!node.children.length) continue;
    for (const child of [...node.childNodes]) {
      if (child.nodeType !== Node.TEXT_NODE || !child.textContent?.trim()) continue;
      const piece = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
      child.replaceWith(piece);
      piece.append(child);
    }
  }
  return [...element.querySelectorAll("tspan")].filter((piece) => !piece.children.length);
}

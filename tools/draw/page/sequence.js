// Where everything stands in a sequence diagram: a column a participant, a row a message.

import { number, arrow, boundary, node, text } from "./svg.js";
import { sizeOf } from "./shapes.js";
import { room, wrap } from "./text.js";

/** @typedef {import('./types.js').Edge} Edge */
/** @typedef {import('./types.js').Group} Group */
/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').PlacedNode} PlacedNode */
/** @typedef {import('./types.js').Settings} Settings */
/** @typedef {import('./types.js').Step} Step */

/**
 * @typedef {{ width: number, height: number }} Size
 * @typedef {{ x: number, index: number, pitch: number }} Column its middle, its place, its width
 * @typedef {Map<string, Column>} Columns by the id of a participant
 *
 * @typedef {object} Frame of a block
 * @property {number} top
 * @property {number} left
 * @property {number} right
 * @property {number[]} turns where another condition begins
 * @property {{ lines: string[], y: number, size: Size }[]} heads the conditions
 *
 * @typedef {{ y: number, marks: string[], frames: string[], open: Frame[] }} Pen how far it is drawn
 */

const TOP = 2; // above the participants
const ROW = 16; // from a message's arrow to the next message's words
const WORDS = 4; // from words to their arrow
const LOOP = 18; // width of an arrow to oneself

/**
 * Return the plan and the SVG elements.
 *
 * @param {Model} model
 * @param {Settings} settings
 */
export function sequence(model, settings) {
  const columns = placeColumns(model, settings);
  const boxTop = model.groups.some((group) => group.lines.length) ? settings.group.title : 0;
  const heads = placeHeads(model, columns, TOP + boxTop, settings);
  /** @type {Pen} */
  const pen = { y: TOP + boxTop + heads[0].h + 10, marks: [], frames: [], open: [] };
  for (const step of model.steps ?? []) {
    if (step.does === "message") message(step.edge, columns, pen, settings);
    else block(step, pen, settings);
  }
  const bottom = pen.y + 4;
  const lifelines = heads.map((head) => {
    const x = number(head.x + head.w / 2);
    return `<path class="dg-life" d="M${x} ${number(head.y + head.h)}V${number(bottom)}"/>`;
  });
  const boundaries = model.groups.map((group) =>
    boundary(around(group, heads, bottom, settings), settings),
  );
  return {
    plan: { width: settings.width, height: bottom + (model.groups.length ? 10 : 2) },
    body: [
      ...boundaries,
      ...lifelines,
      ...pen.frames,
      ...pen.marks,
      ...heads.map((head) => node(head, settings)),
    ],
  };
}

/**
 * The middle of each column, spread over the width.
 *
 * @param {Model} model
 * @param {Settings} settings
 * @returns {Columns}
 */
function placeColumns(model, settings) {
  const count = model.nodes.length;
  const pitch = Math.min(settings.width / count, 150);
  const left = (settings.width - pitch * count) / 2;
  return new Map(
    model.nodes.map((item, index) => [item.id, { x: left + pitch * (index + 0.5), index, pitch }]),
  );
}

/**
 * @param {Model} model
 * @param {Columns} columns
 * @param {number} top
 * @param {Settings} settings
 * @returns {PlacedNode[]}
 */
function placeHeads(model, columns, top, settings) {
  const widest = [...columns.values()][0].pitch - 10;
  const sized = model.nodes.map((item) => {
    const lines =
      item.lines.length > 1 ? item.lines : wrap(item.lines[0] ?? "", "name", widest - 24, settings);
    const size = sizeOf(item.shape, room(lines, "name", settings), settings);
    return { ...item, ...size, lines, w: Math.max(size.w, Math.min(widest, 88)) };
  });
  const h = Math.max(...sized.map((item) => item.h));
  return sized.map((item) => ({
    ...item,
    h,
    x: columnOf(item.id, columns).x - item.w / 2,
    y: top,
  }));
}

/**
 * @param {string} id
 * @param {Columns} columns
 */
const columnOf = (id, columns) => /** @type {Column} */ (columns.get(id));

// Messages -------------------------------------------------------------------------------------

/**
 * @param {Edge} edge
 * @param {Columns} columns
 * @param {Pen} pen
 * @param {Settings} settings
 */
function message(edge, columns, pen, settings) {
  const from = columnOf(edge.from, columns);
  const to = columnOf(edge.to, columns);
  if (edge.from === edge.to) return toItself(edge, from, columns, pen, settings);
  const right = to.x > from.x;
  const wide = Math.abs(to.x - from.x) - 14;
  const lines = numbered(edge, wide, settings);
  const size = room(lines, "label", settings);
  words(lines, Math.min(from.x, to.x) + 7 + wide / 2, size, "middle", pen, settings);
  const points = [
    { x: from.x, y: pen.y },
    { x: to.x + (right ? -1 : 1), y: pen.y },
  ];
  pen.marks.push(arrow({ ...edge, points }, settings));
  reach(pen, Math.min(from.x, to.x), Math.max(from.x, to.x));
  pen.y += ROW;
}

/**
 * @param {Edge} edge
 * @param {Column} at
 * @param {Columns} columns
 * @param {Pen} pen
 * @param {Settings} settings
 */
function toItself(edge, at, columns, pen, settings) {
  const last = at.index === columns.size - 1 && columns.size > 1;
  const wide = last
    ? at.pitch - 12
    : Math.min(settings.width - at.x, at.pitch * (columns.size - at.index)) - LOOP - 14;
  const lines = numbered(edge, wide, settings);
  const size = room(lines, "label", settings);
  const height = Math.max(18, size.height + 2);
  const side = last ? -1 : 1;
  const middle = pen.y + height / 2;
  const x = at.x + side * (LOOP + 7);
  pen.marks.push(ground(last ? x - size.width : x, middle - size.height / 2, size));
  pen.marks.push(text(lines, "label", x, middle, last ? "end" : "start", settings));
  const points = [
    { x: at.x, y: pen.y },
    { x: at.x + side * LOOP, y: pen.y },
    { x: at.x + side * LOOP, y: pen.y + height },
    { x: at.x + side, y: pen.y + height },
  ];
  pen.marks.push(arrow({ ...edge, points }, settings));
  reach(
    pen,
    Math.min(at.x, x + (last ? -size.width : 0)),
    Math.max(at.x, x + (last ? 0 : size.width)),
  );
  pen.y += height + ROW;
}

/**
 * @param {Edge} edge
 * @param {number} wide
 * @param {Settings} settings
 */
const numbered = (edge, wide, settings) =>
  wrap(`${edge.order}. ${edge.lines.join(" ")}`, "label", wide, settings);

/**
 * Words above an arrow; the ground keeps lifelines out of them.
 *
 * @param {string[]} lines
 * @param {number} x
 * @param {Size} size
 * @param {'middle'} anchor
 * @param {Pen} pen
 * @param {Settings} settings
 */
function words(lines, x, size, anchor, pen, settings) {
  pen.marks.push(ground(x - size.width / 2, pen.y, size));
  pen.marks.push(text(lines, "label", x, pen.y + size.height / 2, anchor, settings));
  pen.y += size.height + WORDS;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Size} size
 */
const ground = (x, y, size) =>
  `<rect class="dg-paper" x="${number(x - 2)}" y="${number(y)}" width="${number(size.width + 4)}" height="${number(size.height)}"/>`;

// Blocks: what happens again, or only under a condition ---------------------------------------

/**
 * @param {Step} step
 * @param {Pen} pen
 * @param {Settings} settings
 */
function block(step, pen, settings) {
  if (step.does === "open") {
    pen.y += 2;
    pen.open.push({ top: pen.y, left: Infinity, right: -Infinity, turns: [], heads: [] });
    heading(step.lines, pen, settings);
  } else if (step.does === "turn") {
    innermost(pen).turns.push(pen.y - 4);
    pen.y += 2;
    heading(step.lines, pen, settings);
  } else {
    close(pen, settings);
  }
}

/**
 * The condition stands at the frame's upper left; where that is, is known when it closes.
 *
 * @param {string[]} lines
 * @param {Pen} pen
 * @param {Settings} settings
 */
function heading(lines, pen, settings) {
  if (!lines.length) return;
  const size = room(lines, "title", settings);
  innermost(pen).heads.push({ lines, y: pen.y + 4, size });
  pen.y += size.height + 10;
}

/**
 * @param {Pen} pen
 * @param {Settings} settings
 */
function close(pen, settings) {
  const frame = innermost(pen);
  pen.open.pop();
  const pad = 10;
  const left = Math.max(1, frame.left - pad);
  const right = Math.min(
    settings.width - 1,
    Math.max(frame.right + pad, ...frame.heads.map((head) => left + head.size.width + 16)),
  );
  const bottom = pen.y - 2;
  const n = number;
  pen.frames.push(
    `<rect class="dg-frame" x="${n(left)}" y="${n(frame.top)}" width="${n(right - left)}" height="${n(bottom - frame.top)}" rx="3"/>`,
  );
  for (const y of frame.turns)
    pen.frames.push(`<path class="dg-frame" d="M${n(left)} ${n(y)}H${n(right)}"/>`);
  for (const head of frame.heads) {
    pen.frames.push(ground(left + 8, head.y, head.size));
    pen.frames.push(
      text(head.lines, "title", left + 8, head.y + head.size.height / 2, "start", settings),
    );
  }
  pen.y = bottom + 12;
  reach(pen, left, right);
}

/**
 * @param {Pen} pen
 * @param {number} left
 * @param {number} right
 */
function reach(pen, left, right) {
  for (const frame of pen.open) {
    frame.left = Math.min(frame.left, left);
    frame.right = Math.max(frame.right, right);
  }
}

/** @param {Pen} pen */
const innermost = (pen) => pen.open[pen.open.length - 1];

// Boundaries ------------------------------------------------------------------------------------

/**
 * @param {Group} group
 * @param {PlacedNode[]} heads
 * @param {number} bottom
 * @param {Settings} settings
 */
function around(group, heads, bottom, settings) {
  const inside = heads.filter((head) => head.parent === group.id);
  const x = Math.max(1, Math.min(...inside.map((head) => head.x)) - 5);
  const right = Math.min(
    settings.width - 1,
    Math.max(...inside.map((head) => head.x + head.w)) + 5,
  );
  const titleAt = group.title && { x: x + 8, y: TOP + 3, w: group.title.w, h: group.title.h };
  return { ...group, x, y: TOP, w: right - x, h: bottom + 6 - TOP, titleAt };
}

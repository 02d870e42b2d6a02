// The five shapes and what else stands at the end of an arrow: how large, and drawn how.

/** @typedef {import('./types.js').PlacedNode} PlacedNode */
/** @typedef {import('./types.js').Settings} Settings */

const SIDE = 4; // how thick the sides are
const SLOPE = 10; // of a hexagon
const LID = 5; // half the height of a cylinder's lid

/**
 * How far a slope or a round end comes in, at `half` above or below the middle.
 *
 * @param {string} shape
 * @param {number} half
 * @param {number} high
 */
function narrowing(shape, half, high) {
  if (shape === "hexagon") return (SLOPE * half) / (high / 2);
  return high / 2 - Math.sqrt((high / 2) ** 2 - half ** 2);
}

/**
 * Width and height of a node that holds a text of the size `text`.
 *
 * @param {string} shape
 * @param {{ width: number, height: number }} text
 * @param {Settings} settings
 */
export function sizeOf(shape, text, settings) {
  const { padding, height } = settings.node;
  const wide = text.width + 2 * padding;
  const high = Math.max(height, text.height + 19);
  switch (shape) {
    case "start":
    case "end":
      return { w: 16, h: 16 };
    case "choice":
      return { w: 22, h: 22 };
    case "sides":
      return { w: wide + 2 * SIDE, h: high };
    case "pill":
    case "hexagon":
      return { w: wide + 2 * Math.max(0, narrowing(shape, text.height / 2, high) - 2), h: high };
    case "drum":
      return { w: wide, h: high + 2 * LID };
    default:
      return { w: wide, h: high };
  }
}

/**
 * Can this shape be drawn wider than its text asks?
 *
 * @param {string} shape
 */
export const stretches = (shape) => !["start", "end", "choice"].includes(shape);

/**
 * Where the middle of the text stands, below the middle of the node.
 *
 * @param {string} shape
 */
export const textShift = (shape) => (shape === "drum" ? LID : 0);

/**
 * How far inside the box the outline lies at `x`, at the upper or lower side.
 *
 * @param {PlacedNode} node
 * @param {number} x
 */
export function inset(node, x) {
  const fromMiddle = Math.abs(x - (node.x + node.w / 2));
  const half = node.w / 2;
  if (node.shape === "drum")
    return LID * (1 - Math.sqrt(Math.max(0, 1 - (fromMiddle / half) ** 2)));
  if (node.shape === "pill") {
    const r = node.h / 2;
    const over = fromMiddle - (half - r);
    return over > 0 ? r - Math.sqrt(Math.max(0, r * r - over * over)) : 0;
  }
  if (node.shape === "hexagon")
    return Math.max(0, fromMiddle - (half - SLOPE)) * (node.h / 2 / SLOPE);
  if (node.shape === "choice") return fromMiddle;
  if (node.shape === "start" || node.shape === "end")
    return half - Math.sqrt(Math.max(0, half * half - fromMiddle ** 2));
  return 0;
}

/**
 * The outline as SVG elements.
 *
 * @param {PlacedNode} node
 * @param {(value: number) => string} number
 */
export function outline(node, number) {
  const { x, y, w, h } = node;
  const n = number;
  /** @param {number} r */
  const rect = (r) =>
    `<rect class="dg-shape" x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}"${r ? ` rx="${n(r)}"` : ""}/>`;
  switch (node.shape) {
    case "start":
      return `<circle class="dg-dot" cx="${n(x + w / 2)}" cy="${n(y + h / 2)}" r="${n(w / 2 - 1)}"/>`;
    case "end":
      return (
        `<circle class="dg-ring" cx="${n(x + w / 2)}" cy="${n(y + h / 2)}" r="${n(w / 2 - 1)}"/>` +
        `<circle class="dg-dot" cx="${n(x + w / 2)}" cy="${n(y + h / 2)}" r="${n(w / 2 - 4.5)}"/>`
      );
    case "choice":
      return `<path class="dg-shape" d="M${n(x + w / 2)} ${n(y)}L${n(x + w)} ${n(y + h / 2)}L${n(x + w / 2)} ${n(y + h)}L${n(x)} ${n(y + h / 2)}Z"/>`;
    case "sides":
      return (
        rect(0) +
        (node.closed
          ? ""
          : `<path class="dg-side" d="M${n(x)} ${n(y)}h${SIDE}v${n(h)}h-${SIDE}ZM${n(x + w)} ${n(y)}h-${SIDE}v${n(h)}h${SIDE}Z"/>`)
      );
    case "pill":
      return rect(h / 2);
    case "hexagon":
      return `<path class="dg-shape" d="M${n(x + SLOPE)} ${n(y)}H${n(x + w - SLOPE)}L${n(x + w)} ${n(y + h / 2)}L${n(x + w - SLOPE)} ${n(y + h)}H${n(x + SLOPE)}L${n(x)} ${n(y + h / 2)}Z"/>`;
    case "drum": {
      const half = n(w / 2);
      return (
        `<path class="dg-shape" d="M${n(x)} ${n(y + LID)}a${half} ${LID} 0 0 1 ${n(w)} 0v${n(h - 2 * LID)}a${half} ${LID} 0 0 1 ${n(-w)} 0Z"/>` +
        `<path class="dg-lid" d="M${n(x)} ${n(y + LID)}a${half} ${LID} 0 0 0 ${n(w)} 0"/>`
      );
    }
    case "state":
      return rect(7);
    default:
      return rect(0);
  }
}

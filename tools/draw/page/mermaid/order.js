// What is mended in a drawing that was taken apart: its size, and that its words can be read.

/** @typedef {import('./flat.js').Part} Part */

const MIDDLE = 4; // of a line of letters, above its baseline

/**
 * Everything nearer together, with letters as large as they were.
 *
 * @param {Part[]} parts
 * @param {number} by
 * @returns {Part[]}
 */
export function smaller(parts, by) {
  if (by === 1) return parts;
  return parts.map((part) => {
    const at = new DOMMatrix().scale(by).multiply(part.at);
    if (part.tag !== "text") return { ...part, at };
    const x = Number(part.attributes.x);
    const y = Number(part.attributes.y) - MIDDLE;
    return {
      ...part,
      at: at
        .translate(x, y)
        .scale(1 / by)
        .translate(-x, -y),
    };
  });
}

/**
 * Words on top of everything; those that stand on no ground of their own get an edge, so that a
 * line that runs below them does not strike them out.
 *
 * @param {Part[]} parts
 * @returns {Part[]}
 */
export function legible(parts) {
  const shapes = parts.filter((part) => part.tag !== "text");
  const grounds = shapes.filter(isGround);
  const words = parts
    .filter((part) => part.tag === "text")
    .map((part) => (grounds.some((ground) => holds(ground, part)) ? part : edged(part)));
  return [...shapes, ...words];
}

/** @param {Part} part */
const isGround = ({ attributes }) => /\bdg-fill-(sheet|[a-g])\b/.test(String(attributes.class));

/** @param {Part} part */
const edged = (part) => ({
  ...part,
  attributes: {
    ...part.attributes,
    class: [part.attributes.class, "dg-clear"].filter(Boolean).join(" "),
  },
});

/** Does the middle of `words` stand in the box of `ground`? @type {(ground: Part, words: Part) => boolean} */
function holds(ground, words) {
  const { x, y, width, height } = words.box;
  const middle = ground.at
    .inverse()
    .transformPoint(words.at.transformPoint({ x: x + width / 2, y: y + height / 2 }));
  const [right, down] = [middle.x - ground.box.x, middle.y - ground.box.y];
  return right > 0 && right < ground.box.width && down > 0 && down < ground.box.height;
}

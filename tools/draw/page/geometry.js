// Lines and boxes.

/** @typedef {import('./types.js').Box} Box */
/** @typedef {import('./types.js').PlacedEdge} PlacedEdge */
/** @typedef {import('./types.js').Plan} Plan */
/** @typedef {import('./types.js').Point} Point */
/** @typedef {import('./types.js').Segment} Segment */

/**
 * The straight pieces of a bent line.
 *
 * @param {Point[]} points
 * @returns {Segment[]}
 */
export function segments(points) {
  return points.slice(1).map((end, index) => ({ a: points[index], b: end }));
}

/**
 * Does an upright or level segment come nearer to `box` than `distance`?
 *
 * @param {Segment} segment
 * @param {Box} box
 * @param {number} distance
 */
export function meets({ a, b }, box, distance) {
  return (
    Math.max(a.x, b.x) > box.x - distance &&
    Math.min(a.x, b.x) < box.x + box.w + distance &&
    Math.max(a.y, b.y) > box.y - distance &&
    Math.min(a.y, b.y) < box.y + box.h + distance
  );
}

/**
 * The last point of a line; with `back` the one that many before it.
 *
 * @param {Point[]} points
 */
export const last = (points, back = 0) => points[points.length - 1 - back];

/**
 * How often lines cross or lie on each other.
 *
 * @param {PlacedEdge[]} edges
 */
export function crossings(edges) {
  let count = 0;
  for (let i = 0; i < edges.length; i += 1)
    for (let j = i + 1; j < edges.length; j += 1) {
      // Arrows may leave one thing together, or reach one together.
      if (edges[i].from === edges[j].from || edges[i].to === edges[j].to) continue;
      for (const one of segments(edges[i].points))
        for (const other of segments(edges[j].points)) if (cross(one, other)) count += 1;
    }
  return count;
}

/**
 * @param {Segment} one
 * @param {Segment} other
 */
function cross(one, other) {
  /** @param {Segment} segment */
  const box = (segment) => ({
    x: Math.min(segment.a.x, segment.b.x),
    y: Math.min(segment.a.y, segment.b.y),
    w: Math.abs(segment.a.x - segment.b.x),
    h: Math.abs(segment.a.y - segment.b.y),
  });
  return meets(one, box(other), 0.5);
}

/**
 * Do two boxes share any ground?
 *
 * @param {Box} a
 * @param {Box} b
 */
export function overlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/**
 * How often the words of an arrow meet another arrow, other words or a node.
 *
 * @param {Plan} plan
 */
export function labelHits(plan) {
  let hits = 0;
  for (const edge of plan.edges) {
    const { label } = edge;
    if (!label) continue;
    for (const other of plan.edges) {
      if (other === edge) continue;
      if (segments(other.points).some((segment) => meets(segment, label, 1))) hits += 1;
      if (other.label && overlap(other.label, label)) hits += 1;
    }
    hits += plan.nodes.filter((node) => overlap(node, label)).length;
  }
  return hits;
}

/**
 * How often an arrow runs through a node that it neither leaves nor reaches.
 *
 * @param {Plan} plan
 */
export function nodeHits(plan) {
  let hits = 0;
  for (const edge of plan.edges)
    for (const node of plan.nodes)
      if (node.id !== edge.from && node.id !== edge.to)
        hits += segments(edge.points).filter((segment) => meets(segment, node, 4)).length;
  return hits;
}

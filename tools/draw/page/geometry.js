// Lines and boxes.

/** The straight pieces of a bent line. */
export function segments(points) {
  return points.slice(1).map((end, index) => ({ a: points[index], b: end }));
}

/** Does an upright or level segment come nearer to `box` than `distance`? */
export function meets({ a, b }, box, distance) {
  return (
    Math.max(a.x, b.x) > box.x - distance &&
    Math.min(a.x, b.x) < box.x + box.w + distance &&
    Math.max(a.y, b.y) > box.y - distance &&
    Math.min(a.y, b.y) < box.y + box.h + distance
  );
}

/** How often lines cross or lie on each other. */
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

function cross(one, other) {
  const box = (segment) => ({
    x: Math.min(segment.a.x, segment.b.x),
    y: Math.min(segment.a.y, segment.b.y),
    w: Math.abs(segment.a.x - segment.b.x),
    h: Math.abs(segment.a.y - segment.b.y),
  });
  return meets(one, box(other), 0.5);
}

/** Do two boxes share any ground? */
export function overlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** How often the words of an arrow meet another arrow, other words or a node. */
export function labelHits(plan) {
  let hits = 0;
  for (const edge of plan.edges) {
    if (!edge.label) continue;
    for (const other of plan.edges) {
      if (other === edge) continue;
      if (segments(other.points).some((segment) => meets(segment, edge.label, 1))) hits += 1;
      if (other.label && overlap(other.label, edge.label)) hits += 1;
    }
    hits += plan.nodes.filter((node) => overlap(node, edge.label)).length;
  }
  return hits;
}

/** How often an arrow runs through a node that it neither leaves nor reaches. */
export function nodeHits(plan) {
  let hits = 0;
  for (const edge of plan.edges)
    for (const node of plan.nodes)
      if (node.id !== edge.from && node.id !== edge.to)
        hits += segments(edge.points).filter((segment) => meets(segment, node, 4)).length;
  return hits;
}

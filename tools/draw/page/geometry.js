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

// Which arrows lead back to what was declared before, and that order itself.

/** @typedef {import('../types.js').Edge} Edge */
/** @typedef {import('../types.js').Model} Model */

/**
 * The arrows that close a circle, between nodes or between groups: of those the ones that lead
 * back to what was declared before go up. ELK gets them turned round, or it would lead them
 * round the whole drawing.
 *
 * @param {Model} model
 * @returns {Set<Edge>}
 */
export function againstTheFlow(model) {
  const parent = new Map([...model.groups, ...model.nodes].map((item) => [item.id, item.parent]));
  /** @type {(id: string | null) => string[]} */
  const path = (id) => (id === null ? [] : [...path(parent.get(id) ?? null), id]);
  const lifted = model.edges.map((edge) => {
    const [one, other] = [path(edge.from), path(edge.to)];
    const level = one.findIndex((id, index) => id !== other[index]);
    return { edge, from: one[level], to: other[level] };
  });
  /** @type {(one: { from: string, to: string }) => boolean} */
  const forward = ({ from, to }) => firstMention(from, model) <= firstMention(to, model);
  const inside = lifted.filter(({ from, to }) => from !== undefined && to !== undefined);
  /** @type {Map<string, Set<string>>} */
  const after = new Map();
  /** @type {(from: string, to: string, seen?: Set<string>) => boolean} */
  const reaches = (from, to, seen = new Set()) =>
    from === to ||
    [...(after.get(from) ?? [])].some(
      (next) => !seen.has(next) && reaches(next, to, seen.add(next)),
    );
  const upward = new Set();
  for (const { edge, from, to } of [
    ...inside.filter(forward),
    ...inside.filter((item) => !forward(item)),
  ]) {
    if (reaches(to, from)) upward.add(edge);
    else after.set(from, (after.get(from) ?? new Set()).add(to));
  }
  return upward;
}

/**
 * The place of a node in the order of declaration; of a group, that of its first node.
 *
 * @param {string} id
 * @param {Model} model
 * @returns {number}
 */
export function firstMention(id, model) {
  const own = model.nodes.findIndex((node) => node.id === id);
  if (own >= 0) return own;
  const inner = [...model.groups, ...model.nodes].filter((item) => item.parent === id);
  return Math.min(...inner.map((item) => firstMention(item.id, model)), model.nodes.length);
}

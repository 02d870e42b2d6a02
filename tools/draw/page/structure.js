// What a drawing says, for the sentences below it and for the checks.

/** @param {string[]} lines */
const flat = (lines) => lines.join(" ");

/**
 * @param {import('./types.js').Model} model
 * @param {{ height: number }} plan
 * @param {import('./types.js').Settings} settings
 */
export function structure(model, plan, settings) {
  const nodes = model.nodes.map((item) => ({
    id: item.id,
    label: flat(item.lines),
    role: item.role,
    ...(item.closed ? { closed: true } : {}),
    ...(["start", "end", "choice"].includes(item.shape) ? { point: item.shape } : {}),
  }));
  const groups = model.groups.map((item) => ({
    id: item.id,
    label: flat(item.lines),
    members: [...model.nodes, ...model.groups]
      .filter((inner) => inner.parent === item.id)
      .map((inner) => inner.id),
  }));
  const edges = model.edges
    .filter((edge) => !edge.hidden)
    .map((edge) => ({
      from: edge.from,
      to: edge.to,
      label: flat(edge.lines),
      order: edge.order,
      ...(edge.heads === "end" ? {} : { heads: edge.heads }),
      ...(edge.when?.length ? { when: edge.when } : {}),
    }));
  return {
    mermaid: settings.mermaid,
    kind: model.kind,
    title: model.title,
    description: model.description,
    width: settings.width,
    height: Math.ceil(plan.height),
    nodes,
    groups,
    edges,
  };
}

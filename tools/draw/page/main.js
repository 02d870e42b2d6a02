// What the Python side calls: source in, SVG and structure out.

import { read, Mistake } from './read.js';
import { arrange } from './layered.js';
import { sequence } from './sequence.js';
import { arrow, boundary, edgeLabel, file, node } from './svg.js';
import { loadFonts, room } from './text.js';

window.draw = async (id, source, settings) => {
  try {
    const model = await read(source, settings);
    const texts = [...model.nodes, ...model.groups, ...model.edges].flatMap((item) => item.lines);
    const conditions = (model.steps ?? []).flatMap((step) => step.lines ?? []);
    await loadFonts([...texts, ...conditions], settings);
    for (const group of model.groups)
      if (group.lines.length) group.title = { w: room(group.lines, 'title', settings).width, h: 15 };
    const { plan, body } = model.kind === 'sequence' ? sequence(model, settings) : await layered(model, settings);
    if (plan.width > settings.width)
      throw new Mistake(`too wide: ${Math.ceil(plan.width)} units, at most ${settings.width}${widest(plan)}; break labels with <br>, or set fewer nodes side by side`);
    const crossed = plan.groups?.find((group) => plan.crossed.includes(group.id));
    if (crossed) throw new Mistake(`an arrow crosses the title '${flat(crossed.lines)}': shorten the title, or let the arrow end at the boundary`);
    return {
      svg: file(id, model, plan, body, settings),
      structure: structure(model, plan, settings),
    };
  } catch (error) {
    if (error instanceof Mistake) return { mistake: error.message, line: error.line };
    return { mistake: `${error.message}`, line: 0, stack: error.stack };
  }
};

async function layered(model, settings) {
  const plan = await arrange(model, settings);
  return {
    plan,
    body: [
      ...plan.groups.map((group) => boundary(group, settings)),
      ...plan.edges.map((edge) => arrow(edge, settings)),
      ...plan.edges.map((edge) => edgeLabel(edge, settings)),
      ...plan.nodes.map((item) => node(item, settings)),
    ],
  };
}

/** Name the nodes of the row that takes most room. */
function widest(plan) {
  const rows = (plan.nodes ?? []).map((one) => plan.nodes.filter((other) => Math.abs(other.y - one.y) < one.h / 2));
  const span = (row) => Math.max(...row.map((item) => item.x + item.w)) - Math.min(...row.map((item) => item.x));
  const row = rows.sort((a, b) => span(b) - span(a))[0] ?? [];
  return row.length > 1 ? ` (widest row: ${row.map((item) => flat(item.lines)).join(', ')})` : '';
}

const flat = (lines) => lines.join(' ');

function structure(model, plan, settings) {
  const nodes = model.nodes.map((item) => ({
    id: item.id,
    label: flat(item.lines),
    role: item.role,
    ...(item.closed ? { closed: true } : {}),
    ...(['start', 'end', 'choice'].includes(item.shape) ? { point: item.shape } : {}),
  }));
  const groups = model.groups.map((item) => ({
    id: item.id,
    label: flat(item.lines),
    members: [...model.nodes, ...model.groups].filter((inner) => inner.parent === item.id).map((inner) => inner.id),
  }));
  const edges = model.edges.filter((edge) => !edge.hidden).map((edge) => ({
    from: edge.from,
    to: edge.to,
    label: flat(edge.lines),
    order: edge.order,
    ...(edge.heads === 'end' ? {} : { heads: edge.heads }),
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

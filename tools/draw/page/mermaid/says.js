// What a diagram of Mermaid's says, taken from what its parser read: nodes and arrows where the
// kind has them, else lines, each under what it belongs to. As in read.js, nothing here is a
// promised interface: Mermaid is pinned, and the tests draw one of each kind.

import { linesOf } from "../text.js";

/**
 * @typedef {{ id: string, label: string, role: null }} Node
 * @typedef {{ id: string, label: string, members: string[] }} Group
 * @typedef {{ from: string, to: string, label: string, heads?: string, means?: string, ends?: [string, string] }} Edge
 * @typedef {{ depth: number, label: string, value?: string }} Line words, and what no language changes
 * @typedef {{ nodes?: Node[], groups?: Group[], edges?: Edge[], lines?: Line[] }} Said
 */

/** The words of a label, on one line. @param {unknown} label */
const flat = (label) => linesOf(String(label ?? "")).join(" ");

/** @type {(id: string, label: unknown) => Node} */
const node = (id, label) => ({ id, label: flat(label) || id, role: null });

/** @type {(depth: number, label: unknown, value?: unknown) => Line} */
const line = (depth, label, value = "") => ({
  depth,
  label: flat(label),
  ...(value === "" ? {} : { value: flat(value) }),
});

/** @param {any} branch @param {(branch: any) => [unknown, unknown?]} say @param {number} depth @returns {Line[]} */
const tree = (branch, say, depth = 0) => [
  line(depth, ...say(branch)),
  ...(branch.children ?? []).flatMap((child) => tree(child, say, depth + 1)),
];

/** Lines under a heading for each section, in order. */
function sections(tasks, say) {
  let last = "";
  return tasks.flatMap((task) => {
    const head = task.section && task.section !== last ? [line(0, task.section)] : [];
    last = task.section;
    return [...head, ...say(task, task.section ? 1 : 0)];
  });
}

/** What has Mermaid's common form: nodes, some of them groups, and edges. */
function graph(db) {
  const { nodes, edges } = db.getData();
  const notes = nodes.filter((item) => /note/i.test(item.shape ?? ""));
  const shown = nodes.filter((item) => !notes.includes(item));
  const ids = new Set(shown.map((item) => item.id));
  return {
    nodes: shown.filter((item) => !item.isGroup).map((item) => node(item.id, item.label)),
    groups: shown
      .filter((item) => item.isGroup)
      .map((group) => ({
        id: group.id,
        label: flat(group.label),
        members: shown.filter((item) => item.parentId === group.id).map((item) => item.id),
      })),
    edges: edges
      .filter((edge) => ids.has(edge.start) && ids.has(edge.end))
      .map((edge) => arrow(edge.start, edge.end, edge.label, edge)),
    lines: notes.map((note) => line(0, note.label)),
  };
}

/** @type {(from: string, to: string, label: unknown, edge?: any) => Edge} */
function arrow(from, to, label, { arrowTypeStart: start, arrowTypeEnd: end } = {}) {
  const points = (/** @type {string} */ type) => type && !["none", "arrow_open"].includes(type);
  const heads = points(start) ? "both" : points(end) ? "end" : "none";
  return { from, to, label: flat(label), ...(heads === "end" ? {} : { heads }) };
}

/** What the marks at the ends of a relation say, in the order of their numbers. */
const RELATIONS = ["aggregates", "extends", "composes", "depends"];

/** @returns {Edge} */
function relation({ id1, id2, title, relation: { type1, type2, lineType }, ...one }) {
  const [first, second] = [one.relationTitle1, one.relationTitle2].map((many) =>
    many === "none" ? "" : flat(many),
  );
  const means = RELATIONS[type1 === "none" ? type2 : type1];
  const loose = means === undefined || (type1 !== "none" && type2 !== "none");
  // The mark stands at the whole, at what is extended, at what is needed.
  const atFirst = type1 !== "none";
  const turned = !loose && atFirst === ["extends", "depends"].includes(means);
  const dashed = { extends: "implements", depends: "depends" }[means] ?? means;
  const plain = means === "depends" ? undefined : means; // a plain arrow: it leads there
  return {
    from: turned ? id2 : id1,
    to: turned ? id1 : id2,
    label: flat(title),
    ...(loose ? { heads: "none" } : { means: lineType ? dashed : plain }),
    ...(first || second ? { ends: turned ? [second, first] : [first, second] } : {}),
  };
}

function classes(db) {
  const { nodes, groups, lines } = graph(db);
  const members = [...db.getClasses().values()].flatMap((item) => {
    const inside = [...item.members, ...item.methods].map((one) => one.text.replace(/^\\/, ""));
    const told = [...item.annotations, ...inside].map((words) => line(1, "", words));
    return told.length ? [line(0, item.label), ...told] : [];
  });
  return { nodes, groups, edges: db.getRelations().map(relation), lines: [...members, ...lines] };
}

const MANY = { ZERO_OR_ONE: "0..1", ZERO_OR_MORE: "0..n", ONE_OR_MORE: "1..n", ONLY_ONE: "1" };

function entities(db) {
  const listed = [...db.getEntities()];
  const names = new Map(listed.map(([name, entity]) => [entity.id, name]));
  return {
    nodes: listed.map(([name, entity]) => node(name, entity.alias || entity.label)),
    edges: db.getRelationships().map((one) => ({
      from: names.get(one.entityA),
      to: names.get(one.entityB),
      label: flat(one.roleA),
      // The parser names the ends the other way round.
      ends: [MANY[one.relSpec.cardB] ?? "", MANY[one.relSpec.cardA] ?? ""],
    })),
    lines: listed.flatMap(([, entity]) =>
      entity.attributes.length
        ? [
            line(0, entity.alias || entity.label),
            ...entity.attributes.map((one) =>
              line(
                1,
                one.comment,
                [one.type, one.name, one.keys.join(", ")].filter(Boolean).join(" "),
              ),
            ),
          ]
        : [],
    ),
  };
}

function requirements(db) {
  const asked = [...db.getRequirements().values()];
  const parts = [...db.getElements().values()];
  return {
    nodes: [...asked, ...parts].map((one) => node(one.name, one.name)),
    edges: db.getRelationships().map((one) => ({ from: one.src, to: one.dst, label: one.type })),
    lines: [
      ...asked.flatMap((one) => [
        line(0, one.name),
        line(
          1,
          one.text,
          [one.requirementId, one.type, one.risk, one.verifyMethod].filter(Boolean).join(", "),
        ),
      ]),
      ...parts.flatMap((one) => [
        line(0, one.name),
        ...[one.type, one.docRef].filter(Boolean).map((words) => line(1, words)),
      ]),
    ],
  };
}

function architecture(db) {
  const nodes = db.getNodes();
  return {
    nodes: nodes.map((one) => node(one.id, one.title)),
    groups: db.getGroups().map((group) => ({
      id: group.id,
      label: flat(group.title),
      members: [...nodes, ...db.getGroups()]
        .filter((one) => one.in === group.id)
        .map((one) => one.id),
    })),
    edges: db.getEdges().map((one) => {
      const back = one.lhsInto && !one.rhsInto;
      const heads =
        one.lhsInto && one.rhsInto ? "both" : one.lhsInto || one.rhsInto ? "end" : "none";
      const [from, to] = back ? [one.rhsId, one.lhsId] : [one.lhsId, one.rhsId];
      return { from, to, label: flat(one.title), ...(heads === "end" ? {} : { heads }) };
    }),
  };
}

function blocks(db) {
  /** @type {Said & { nodes: Node[], groups: Group[] }} */
  const said = { nodes: [], groups: [], edges: [] };
  const add = (block) => {
    if (["space", "column-setting"].includes(block.type)) return [];
    if (block.type === "composite") {
      const group = {
        id: block.id,
        label: block.label === block.id ? "" : flat(block.label),
        members: [],
      };
      said.groups.push(group);
      group.members = block.children.flatMap(add);
    } else said.nodes.push(node(block.id, block.label));
    return [block.id];
  };
  db.getBlocks().forEach(add);
  said.edges = db.getEdges().map((edge) => arrow(edge.start, edge.end, edge.label, edge));
  return said;
}

function c4(db) {
  const shapes = db.getC4ShapeArray();
  const within = (parent) =>
    [...shapes, ...inner].filter((one) => one.parentBoundary === parent).map((one) => one.alias);
  const inner = db.getBoundaries().filter((one) => one.alias !== "global");
  return {
    nodes: shapes.map((one) => node(one.alias, one.label.text)),
    groups: inner.map((one) => ({
      id: one.alias,
      label: flat(one.label.text),
      members: within(one.alias),
    })),
    edges: db.getRels().map((one) => ({
      from: one.from,
      to: one.to,
      label: flat([one.label.text, one.techn?.text].filter(Boolean).join(", ")),
      ...(one.type === "birel" ? { heads: "both" } : {}),
    })),
    lines: shapes.flatMap((one) =>
      one.descr?.text ? [line(0, one.label.text), line(1, one.descr.text)] : [],
    ),
  };
}

function wardley(db) {
  const { nodes, links } = db.getWardleyData();
  const ids = new Map(nodes.map((one, index) => [one.id, `n${index + 1}`]));
  return {
    nodes: nodes.map((one) => node(ids.get(one.id), one.label)),
    edges: links.map((one) => ({
      from: ids.get(one.source),
      to: ids.get(one.target),
      label: flat(one.label),
    })),
    lines: nodes.map((one) => line(0, one.label, `${one.y / 100}, ${one.x / 100}`)),
  };
}

const capital = (/** @type {string} */ word) => word[0].toUpperCase() + word.slice(1);

function cynefin(db) {
  const domains = [...db.getDomains().values()];
  const changes = db.getTransitions();
  const named = [
    ...new Set([
      ...domains.map((one) => one.name),
      ...changes.flatMap((one) => [one.from, one.to]),
    ]),
  ];
  return {
    nodes: named.map((name) => node(name, capital(name))),
    edges: changes.map((one) => ({ from: one.from, to: one.to, label: flat(one.label) })),
    lines: domains.flatMap((one) => [
      line(0, capital(one.name)),
      ...one.items.map((item) => line(1, item.label)),
    ]),
  };
}

/** A rule of a grammar, as it is commonly written. */
function grammar(part) {
  const inside = () => grammar(part.element);
  const each = (/** @type {string} */ by) =>
    (part.elements ?? part.alternatives ?? []).map(grammar).join(by);
  const forms = {
    sequence: () => each(" "),
    choice: () => `( ${each(" | ")} )`,
    optional: () => `[ ${inside()} ]`,
    repetition: () => {
      const again = `{ ${part.separator ? `${grammar(part.separator)} ` : ""}${inside()} }`;
      const once = `${inside()} ${again}`;
      if (part.min > 0) return once;
      return part.separator ? `[ ${once} ]` : again;
    },
    terminal: () => `"${part.value}"`,
    nonterminal: () => part.name,
  };
  return (forms[part.type] ?? (() => part.text ?? part.value ?? part.name ?? ""))();
}

const twoDigits = (/** @type {number} */ value) => String(value).padStart(2, "0");

/** @param {Date} date */
function day(date) {
  const time =
    date.getHours() || date.getMinutes()
      ? ` ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
      : "";
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}${time}`;
}

const span = (from, to) => (day(from) === day(to) ? day(from) : `${day(from)} – ${day(to)}`);

/** The source: a name that Mermaid made up is not in it, and is not told. */
function commits(db, source) {
  let last = "";
  return [...db.getCommitsArray()].flatMap((one) => {
    const head = one.branch === last ? [] : [line(0, one.branch)];
    last = one.branch;
    const from =
      one.parents.length > 1 ? `← ${db.getCommits().get(one.parents[1])?.branch ?? ""}` : "";
    return [
      ...head,
      line(
        1,
        [one.message, one.id].find((words) => words && source.includes(words)) ?? "",
        [...one.tags, from].filter(Boolean).join(", "),
      ),
    ];
  });
}

/** The lines of a chart of four fields; the parser keeps only where they are drawn. @param {string} source */
function quadrants(source) {
  return source.split("\n").flatMap((text) => {
    const [, point, at] = text.match(/^\s*(.+?)\s*(?::::[\w-]+)?\s*:\s*\[([^\]]*)\]/) ?? [];
    if (point)
      return [line(0, point.replace(/^"|"$/g, ""), at.replace(/\s+/g, "").replace(",", ", "))];
    const [, words] = text.match(/^\s*(?:[xy]-axis|quadrant-[1-4])\s+(.+)$/) ?? [];
    return words
      ? words.split("-->").map((each) => line(0, each.trim().replace(/^"|"$/g, "")))
      : [];
  });
}

function chart(db) {
  const { xAxis, yAxis, plots } = db.getXYChartData();
  return plots.flatMap((plot) => [
    line(0, plot.title || yAxis.title || xAxis.title || plot.type),
    ...plot.data.map(([at, value]) => line(1, at, value)),
  ]);
}

function flows(db) {
  const { nodes, links } = db.getGraph();
  return nodes.flatMap(({ id }) => {
    const out = links.filter((link) => link.source === id);
    return out.length ? [line(0, id), ...out.map((link) => line(1, link.target, link.value))] : [];
  });
}

const lines = (/** @type {(db: any, source: string) => Line[]} */ say) => (db, source) => ({
  lines: say(db, source),
});

/**
 * What is drawn by Mermaid itself: how its parser calls the kind, how an author writes it, and
 * what it says.
 *
 * @type {Record<string, { keyword: string, says: (db: any, source: string) => Said }>}
 */
export const KINDS = {
  agentflow: { keyword: "agentflow-beta", says: graph },
  architecture: { keyword: "architecture-beta", says: architecture },
  block: { keyword: "block", says: blocks },
  c4: { keyword: "C4Context", says: c4 },
  classDiagram: { keyword: "classDiagram", says: classes },
  cynefin: { keyword: "cynefin-beta", says: cynefin },
  er: { keyword: "erDiagram", says: entities },
  gantt: {
    keyword: "gantt",
    says: lines((db) =>
      sections(db.getTasks(), (task, depth) => [
        line(depth, task.task, span(task.startTime, task.endTime)),
      ]),
    ),
  },
  gitGraph: { keyword: "gitGraph", says: lines(commits) },
  ishikawa: {
    keyword: "ishikawa-beta",
    says: lines((db) => tree(db.getRoot(), (one) => [one.text])),
  },
  journey: {
    keyword: "journey",
    says: lines((db) =>
      sections(db.getTasks(), (task, depth) => [
        line(depth, task.task, task.score),
        ...(task.people.length ? [line(depth + 1, task.people.join(", "))] : []),
      ]),
    ),
  },
  kanban: {
    keyword: "kanban",
    says: lines((db) => {
      const { nodes } = db.getData();
      return nodes.map((one) =>
        line(
          one.parentId ? 1 : 0,
          one.label,
          [one.ticket, one.assigned, one.priority].filter(Boolean).join(", "),
        ),
      );
    }),
  },
  mindmap: { keyword: "mindmap", says: lines((db) => tree(db.getMindmap(), (one) => [one.descr])) },
  packet: {
    keyword: "packet",
    says: lines((db) =>
      db
        .getPacket()
        .flat()
        .map((one) =>
          line(0, one.label, one.start === one.end ? one.start : `${one.start}–${one.end}`),
        ),
    ),
  },
  pie: {
    keyword: "pie",
    says: lines((db) => [...db.getSections()].map(([name, value]) => line(0, name, value))),
  },
  quadrantChart: { keyword: "quadrantChart", says: lines((_, source) => quadrants(source)) },
  radar: {
    keyword: "radar-beta",
    says: lines((db) =>
      db
        .getCurves()
        .flatMap((curve) => [
          line(0, curve.label),
          ...curve.entries.map((value, index) => line(1, db.getAxes()[index].label, value)),
        ]),
    ),
  },
  railroad: {
    keyword: "railroad-beta",
    says: lines((db) => db.getRules().map((rule) => line(0, rule.name, grammar(rule.definition)))),
  },
  requirement: { keyword: "requirementDiagram", says: requirements },
  sankey: { keyword: "sankey", says: lines(flows) },
  swimlane: { keyword: "swimlane-beta", says: graph },
  timeline: {
    keyword: "timeline",
    says: lines((db) =>
      sections(db.getTasks(), (task, depth) => [
        line(depth, task.task),
        ...task.events.map((event) => line(depth + 1, event)),
      ]),
    ),
  },
  treemap: {
    keyword: "treemap",
    says: lines((db) =>
      db.getRoot().children.flatMap((branch) => tree(branch, (one) => [one.name, one.value ?? ""])),
    ),
  },
  treeView: {
    keyword: "treeView-beta",
    says: lines((db) =>
      db.getRoot().children.flatMap((branch) => tree(branch, (one) => [one.name])),
    ),
  },
  usecase: { keyword: "usecase-beta", says: graph },
  venn: {
    keyword: "venn-beta",
    says: lines((db) =>
      db
        .getSubsetData()
        .map((one) =>
          line(0, one.label || one.sets.join(" ∩ "), one.sets[1] ? one.sets.join(" ∩ ") : ""),
        ),
    ),
  },
  wardley: { keyword: "wardley-beta", says: wardley },
  xychart: { keyword: "xychart", says: lines(chart) },
};
for (const form of ["Ebnf", "Abnf", "Peg"])
  KINDS[`railroad${form}`] = { ...KINDS.railroad, keyword: `railroad-${form.toLowerCase()}-beta` };

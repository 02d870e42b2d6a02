// Mermaid's parser in, a plain model out: nodes, groups, edges, in the order of the source.
// What Mermaid keeps of a diagram is not a promised interface, so Mermaid is pinned and this
// file is the only one that looks at it.

import { keywords } from "./mermaid/read.js";
import { Mistake } from "./mistake.js";
import { linesOf } from "./text.js";

/** Our shapes: how Mermaid calls them, and how a label is written to have them. */
const SHAPES = {
  box: { name: "squareRect", brackets: "[…]" },
  sides: { name: "subroutine", brackets: "[[…]]" },
  pill: { name: "stadium", brackets: "([…])" },
  drum: { name: "cylinder", brackets: "[(…)]" },
  hexagon: { name: "hexagon", brackets: "{{…}}" },
};

/**
 * Read a fence's source. Throws a Mistake where it cannot be drawn.
 *
 * @returns {Promise<any>} a Model; Mermaid's own types end here
 */
export async function read(source, settings) {
  mermaid.initialize(settings.config);
  const kind = kindOf(source);
  let diagram;
  try {
    diagram = await mermaid.mermaidAPI.getDiagramFromText(source);
  } catch (error) {
    throw new Mistake(error.message, (error.hash?.loc?.first_line ?? 1) + frontmatter(source));
  }
  refuse(
    source,
    /^\s*(classDef|style|linkStyle|click)\b/,
    (word) => `'${word}' is not drawn: colours come from the roles`,
  );
  const db = diagram.db;
  const parts =
    kind === "sequence"
      ? sequence(db, source, settings.roles)
      : layered(db, kind, source, settings.roles);
  return {
    kind,
    title: db.getAccTitle().trim(),
    description: db.getAccDescription().replace(/\s+/g, " ").trim(),
    ...parts,
  };
}

/** The kinds that are laid out here, as Mermaid calls them. */
const OWN = { "flowchart-v2": "flowchart", stateDiagram: "state", sequence: "sequence" };

function kindOf(source) {
  let found = "";
  try {
    found = mermaid.detectType(source);
  } catch {
    // Mermaid has no kind of this name.
  }
  if (found in OWN) return OWN[found];
  const word = source.match(/^(?!\s*(?:%%|---))\s*(\S+)/m)?.[1] ?? "";
  throw new Mistake(`'${word}' is not drawn; what can be drawn: ${keywords()}`, 1);
}

function frontmatter(source) {
  const head = source.match(/^---\n[\s\S]*?\n---\n/);
  return head ? head[0].split("\n").length - 1 : 0;
}

function refuse(source, pattern, say) {
  source.split("\n").forEach((line, index) => {
    const found = line.match(pattern);
    if (found) throw new Mistake(say(found[1]), index + 1);
  });
}

function lineOf(source, id) {
  const word = new RegExp(`(^|[^\\w-])${id.replace(/[^\w]/g, "\\$&")}([^\\w-]|$)`);
  return (
    source.split("\n").findIndex((line) => word.test(line) && !/^\s*acc(Title|Descr)/.test(line)) +
    1
  );
}

// Flowcharts and state diagrams ------------------------------------------------------------

function layered(db, kind, source, roles) {
  const data = db.getData();
  const nodes = [];
  const groups = [];
  for (const item of data.nodes) {
    const at = lineOf(source, item.id);
    if (/^note/.test(item.shape)) throw new Mistake("notes are not drawn: say it in the text", at);
    if (item.shape === "divider" || item.shape === "fork" || item.shape === "join")
      throw new Mistake(`a '${item.shape}' is not drawn`, at);
    const parent = item.parentId ?? null;
    if (item.isGroup) groups.push({ id: item.id, lines: linesOf(item.label), parent });
    else nodes.push({ ...nodeOf(item, kind, at, roles), parent });
  }
  if (kind === "flowchart") {
    const order = [...db.getVertices().keys()];
    nodes.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
    const opened = db.getSubGraphs().map((group) => group.id);
    groups.sort((a, b) => opened.indexOf(a.id) - opened.indexOf(b.id));
  }
  const edges = data.edges.map((edge) => edgeOf(edge, source));
  if (kind === "state") {
    // States need no declaration: they come in the order in which arrows mention them.
    const mentioned = edges.flatMap((edge) => [edge.from, edge.to]);
    const rank = (id) => (mentioned.includes(id) ? mentioned.indexOf(id) : mentioned.length);
    nodes.sort((a, b) => rank(a.id) - rank(b.id));
  }
  for (const [index, edge] of edges.filter((one) => !one.hidden).entries()) edge.order = index + 1;
  return { nodes, groups: outerFirst(groups), edges };
}

function nodeOf(item, kind, at, roles) {
  const classes = item.cssClasses.split(/\s+/);
  const own = classes.filter((name) => name in roles);
  const closed = classes.includes("closed");
  const lines = linesOf(item.label);
  if (kind === "state") {
    const shape = { stateStart: "start", stateEnd: "end", choice: "choice" }[item.shape] ?? "state";
    const named = shape === "state" ? lines : [];
    return {
      id: item.id,
      lines: named,
      role: own[0] ?? null,
      shape: roles[own[0]] ?? shape,
      closed,
    };
  }
  const names = Object.keys(roles);
  const known = ["default", "closed", ...names, ""];
  const strange = classes.find((name) => !known.includes(name));
  if (strange)
    throw new Mistake(`node '${item.id}': there is no role '${strange}'; ${rolesOf(names)}`, at);
  if (own.length !== 1)
    throw new Mistake(
      `node '${item.id}' needs one role behind it, like :::x; ${rolesOf(names)}`,
      at,
    );
  const [role] = own;
  const shape = roles[role];
  if (item.shape !== SHAPES[shape].name)
    throw new Mistake(
      `node '${item.id}' has the role '${role}', a '${shape}': write it as ` +
        `${item.id}${SHAPES[shape].brackets.replace("…", `"${lines.join("<br>")}"`)}:::${role}`,
      at,
    );
  return { id: item.id, lines, role, shape, closed };
}

/** What an author may write, and where more are named. */
function rolesOf(names) {
  return names.length
    ? `the roles are ${names.join(", ")}`
    : "there are none yet: name them below 'roles' in data/site.yml";
}

function edgeOf(edge, source) {
  const hidden = (edge.thickness ?? "") === "invisible" || edge.pattern === "invisible";
  const end = edge.arrowTypeEnd ?? "none";
  const start = edge.arrowTypeStart ?? "none";
  for (const arrow of [start, end])
    if (!["none", "arrow_point", "arrow_barb", "arrow_open", undefined].includes(arrow))
      throw new Mistake(
        `the arrow from '${edge.start}' to '${edge.end}': its head is not drawn; use --> or -.->`,
        lineOf(source, edge.start),
      );
  const points = (arrow) => arrow === "arrow_point" || arrow === "arrow_barb";
  return {
    from: edge.start,
    to: edge.end,
    lines: linesOf(edge.label ?? ""),
    dashed: edge.pattern === "dotted",
    heads: points(start) ? "both" : points(end) ? "end" : "none",
    hidden,
  };
}

function outerFirst(groups) {
  const sorted = [];
  const add = (parent) =>
    groups
      .filter((group) => group.parent === parent)
      .forEach((group) => {
        sorted.push(group);
        add(group.id);
      });
  add(null);
  return sorted;
}

// Sequence diagrams ------------------------------------------------------------------------

function sequence(db, source, roles) {
  const given = rolesInComments(source);
  const type = db.LINETYPE;
  const named = (prefix) => (value) =>
    Object.entries(type).some(([name, number]) => number === value && prefix.test(name));
  const starts = named(/^(LOOP|ALT|OPT|PAR|CRITICAL|BREAK)_START$/);
  const turns = named(/^(ALT_ELSE|PAR_AND|CRITICAL_OPTION)$/);
  const ends = named(/^(LOOP|ALT|OPT|PAR|CRITICAL|BREAK)_END$/);
  const skipped = named(/^(ACTIVE_START|ACTIVE_END|AUTONUMBER|RECT_START|RECT_END)$/);
  const drawn = {
    0: "end",
    1: "end",
    5: "end",
    6: "end",
    24: "end",
    25: "end",
    33: "both",
    34: "both",
  };

  const groups = (db.getBoxes?.() ?? []).map((box, index) => ({
    id: `box-${index + 1}`,
    lines: linesOf(box.name ?? ""),
    parent: null,
    members: box.actorKeys,
  }));
  const nodes = [...db.getActors().entries()].map(([id, actor]) => {
    const role = given.get(id) ?? null;
    const parent = groups.find((group) => group.members.includes(id))?.id ?? null;
    return {
      id,
      lines: linesOf(actor.description),
      role,
      shape: roles[role] ?? "state",
      closed: false,
      parent,
    };
  });
  for (const [id, role] of given)
    if (!nodes.some((node) => node.id === id) || !(role in roles))
      throw new Mistake(
        `'%% roles': '${id} ${role}' names no participant or no role`,
        lineOf(source, "%% roles"),
      );
  const edges = [];
  const steps = [];
  const open = [];
  for (const message of db.getMessages()) {
    const text = typeof message.message === "string" ? linesOf(message.message).join(" ") : "";
    if (skipped(message.type)) continue;
    if (starts(message.type)) {
      const block = { condition: text };
      open.push(block);
      steps.push({ does: "open", lines: text ? [text] : [] });
    } else if (turns(message.type)) {
      open.at(-1).condition = text;
      steps.push({ does: "turn", lines: text ? [text] : [] });
    } else if (ends(message.type)) {
      open.pop();
      steps.push({ does: "close" });
    } else if (message.type === type.NOTE) {
      throw new Mistake(
        "notes are not drawn: say it in the text",
        lineOf(source, text.split(" ")[0]),
      );
    } else if (message.type in drawn) {
      const edge = {
        from: message.from,
        to: message.to,
        lines: text ? [text] : [],
        dashed: [1, 6, 25, 34].includes(message.type),
        heads: drawn[message.type],
        order: edges.length + 1,
        when: open.map((block) => block.condition).filter(Boolean),
      };
      edges.push(edge);
      steps.push({ does: "message", edge });
    } else
      throw new Mistake(
        `the arrow '${text}' is not drawn; use ->> or -->>`,
        lineOf(source, message.from),
      );
  }
  return { nodes, groups, edges, steps };
}

function rolesInComments(source) {
  const given = new Map();
  for (const line of source.matchAll(/^\s*%% roles:(.*)$/gm))
    for (const pair of line[1].split(",")) {
      const [id, role] = pair.trim().split(/\s+/);
      if (id) given.set(id, role ?? "");
    }
  return given;
}

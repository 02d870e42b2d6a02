// A fence of a kind that Mermaid lays out: its names taken out, what no drawing has refused, and
// what it says. Needs a browser.

import { Mistake } from "../mistake.js";
import { KINDS } from "./says.js";

/** What would lead, run or colour: each line that begins so, and what to do instead. */
const REFUSED = [
  [
    /^\s*(click|link|callback|href)\b(?!\s*[:=-])/,
    "a drawing leads nowhere: link from the text beside it",
  ],
  [
    /^\s*(classDef|class\s+[\w, ]+\s+\w+\s*$|cssClass|style|linkStyle|UpdateElementStyle|UpdateRelStyle|UpdateBoundaryStyle)\b/,
    "colours come from the site, for light and dark",
  ],
  [/^\s*(::icon)\b/, "a drawing has no font of icons: say it in words"],
  [/^\s*(todayMarker)\b/, "a stored drawing knows no today"],
  [
    /\$(link|sprite|tags|bgColor|borderColor|fontColor|legendSprite)\s*=/,
    "a drawing has words and shapes only",
  ],
];

/** @param {string} source */
export function drawnByMermaidItself(source) {
  const type = kindOf(source);
  if (type && type in KINDS) return type;
  return null;
}

/** The kind as Mermaid tells it, or nothing. @param {string} source */
function kindOf(source) {
  try {
    return mermaid.detectType(source);
  } catch {
    return null;
  }
}

/** All that an author may begin a diagram with. */
export function keywords() {
  const own = ["flowchart", "stateDiagram-v2", "sequenceDiagram"];
  return [...own, ...Object.values(KINDS).map((kind) => kind.keyword)].join(", ");
}

/**
 * @param {string} source
 * @param {string} type
 * @param {{ config: Record<string, unknown> }} settings
 */
export async function readOther(source, type, settings) {
  refuse(source);
  const { text, lines, title, description } = named(source);
  mermaid.initialize(settings.config);
  let diagram;
  try {
    diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  } catch (error) {
    throw new Mistake(error.message, lines[lineIn(error) - 1] ?? 1);
  }
  const {
    nodes = [],
    groups = [],
    edges = [],
    lines: told = [],
  } = KINDS[type].says(diagram.db, text);
  const ordered = edges.map((edge, index) => ({ ...edge, order: index + 1 }));
  return { kind: type, title, description, text, nodes, groups, edges: ordered, lines: told };
}

/** @param {any} error */
function lineIn(error) {
  return error.hash?.loc?.first_line ?? Number(error.message.match(/\bline:? (\d+)/i)?.[1] ?? 1);
}

/** @param {string} source */
function refuse(source) {
  source.split("\n").forEach((line, index) => {
    if (/^\s*%%\{/.test(line) || (index === 0 && /^---\s*$/.test(line)))
      throw new Mistake(
        `found '${line.trim()}': settings of its own; a drawing looks as the site does, and its title is accTitle`,
        index + 1,
      );
    if (/^\s*(%%|acc(Title|Descr)\b)/.test(line)) return;
    for (const [pattern, instead] of REFUSED) {
      const found = line.match(/** @type {RegExp} */ (pattern));
      if (found) throw new Mistake(`'${found[1].trim()}' is not drawn: ${instead}`, index + 1);
    }
  });
}

/**
 * The source without its names and comments, of which not every kind knows; and for each line
 * that is left which one it was.
 *
 * @param {string} source
 */
function named(source) {
  const kept = [];
  const lines = [];
  let title = "";
  let description = "";
  let inside = false;
  source.split("\n").forEach((line, index) => {
    const [, name, words] = line.match(/^\s*acc(Title|Descr)\s*:\s*(.*)$/) ?? [];
    const opened = line.match(/^\s*accDescr\s*\{(.*)$/);
    if (inside || opened) {
      const text = opened ? opened[1] : line;
      description += ` ${text.replace(/\}.*$/, "")}`;
      inside = !text.includes("}");
    } else if (name === "Title") title = words.trim();
    else if (name === "Descr") description = words;
    else if (!/^\s*%%/.test(line) && (kept.length || line.trim())) {
      kept.push(line);
      lines.push(index + 1);
    }
  });
  return {
    text: `${kept.join("\n")}\n`,
    lines,
    title,
    description: description.replace(/\s+/g, " ").trim(),
  };
}

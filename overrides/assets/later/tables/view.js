/* A view of a table: which of its columns and rows are shown; its address; its text for others. */

/**
 * @typedef {object} View
 * @property {string[]} columns ids of the subjects that are shown; none means all
 * @property {boolean} differing only rows whose answers differ
 * @property {string} find only rows with this text
 */

/** What a spreadsheet program takes for the beginning of a formula, in any width of letters. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** A quantity below zero is none: a number, and words for its unit. */
const QUANTITY = /^-\d[\d,]*(\.\d+)?( \p{L}+)*$/u;

/** @type {View} */
const WHOLE = { columns: [], differing: false, find: "" };

/**
 * The table and the view that a fragment names, like `#table-kinds?columns=a,b&rows=differing`.
 * @param {string} fragment
 * @returns {{table: string, view: View} | null}
 */
function viewOf(fragment) {
  const found = /^#(table-[^?]+)\?(.*)$/.exec(fragment);
  if (!found) return null;
  const given = new URLSearchParams(found[2]);
  const columns = (given.get("columns") || "").split(",").filter(Boolean);
  return {
    table: found[1],
    view: { columns, differing: given.get("rows") === "differing", find: given.get("find") || "" },
  };
}

/**
 * The fragment of a view; that of the whole table is the table's own.
 * @param {string} table
 * @param {View} view
 */
function fragmentOf(table, view) {
  const parts = [];
  if (view.columns.length) parts.push(`columns=${view.columns.join(",")}`);
  if (view.differing) parts.push("rows=differing");
  // Half of a letter, as a cut leaves it, has no address.
  const find = view.find.replace(/\p{Cs}/gu, "");
  if (find) parts.push(`find=${encodeURIComponent(find)}`);
  return `#${table}${parts.length ? "?" : ""}${parts.join("&")}`;
}

/**
 * A text as it is compared: some programs copy a syllable of Hangul in its parts.
 * @param {string} text
 */
function folded(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/**
 * Whether a row is shown: its name and the answers that show, as texts.
 * @param {string} name
 * @param {string[]} answers
 * @param {View} view
 */
function isShown(name, answers, view) {
  const sought = folded(view.find);
  const found = !sought || [name, ...answers].some((text) => folded(text).includes(sought));
  return found && (!view.differing || new Set(answers).size > 1);
}

/**
 * Lines of cells as CSV, with a byte order mark, so that spreadsheet programs read all scripts.
 * @param {string[][]} lines
 */
function csvOf(lines) {
  const cell = (/** @type {string} */ text) => {
    const told = FORMULA.test(text) && !QUANTITY.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(told) ? `"${told.replaceAll('"', '""')}"` : told;
  };
  return `\ufeff${lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("")}`;
}

/**
 * Lines of cells as a Markdown table, with where it is from.
 * @param {string[][]} lines
 * @param {string} title
 * @param {string} address
 */
function markdownOf(lines, title, address) {
  const cell = (/** @type {string} */ text) => text.replace(/[\\|`*_[\]<>#~]/g, "\\$&");
  const rows = lines.map((line) => `| ${line.map(cell).join(" | ")} |`);
  rows.splice(1, 0, `| ${lines[0].map(() => "---").join(" | ")} |`);
  return `**${cell(title)}**\n\n${rows.join("\n")}\n\n<${address}>\n`;
}

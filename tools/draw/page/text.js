// Texts in lines, and the room that they take.

/** @typedef {import('./types.js').Kind} Kind */
/** @typedef {import('./types.js').Settings} Settings */

/**
 * The lines of a label as Mermaid gives it: authors break them with <br>. Needs a browser.
 *
 * @param {string} label
 */
export function linesOf(label) {
  return label
    .split(/\s*<br\s*\/?>\s*|\n/i)
    .map((line) => decode(line).replace(/\s+/g, " ").trim())
    .filter(Boolean);
}

/**
 * Entities as signs; Mermaid hides those of its own (#35; #quot;) from its parsers.
 *
 * @param {string} hidden
 */
function decode(hidden) {
  const text = hidden.replace(/ﬂ°°/g, "&#").replace(/ﬂ°/g, "&").replace(/¶ß/g, ";");
  const box = document.createElement("textarea");
  box.innerHTML = text;
  return box.value;
}

/**
 * Width and height to keep free for `lines`, with room for a reader's wider font.
 *
 * @param {string[]} lines
 * @param {Kind} kind
 * @param {Settings} settings
 */
export function room(lines, kind, settings) {
  const style = settings.text[kind];
  const widest = Math.max(0, ...lines.map((line) => settings.measure(line, kind)));
  return {
    width: Math.ceil(widest * style.room),
    height: lines.length * style.line,
  };
}

/**
 * Break one line of text into lines that fit `width`, at spaces only.
 *
 * @param {string} text
 * @param {Kind} kind
 * @param {number} width
 * @param {Settings} settings
 */
export function wrap(text, kind, width, settings) {
  if (!text) return [];
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && room([longer], kind, settings).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

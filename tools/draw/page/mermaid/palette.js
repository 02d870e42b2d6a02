// The colours that Mermaid draws with, each standing for one of the site's: what comes out of
// Mermaid is told by them, and gets a class in their place.

/** The stand-ins. Any colour does, as long as Mermaid itself uses it for nothing else. */
export const COLOURS = {
  ink: "#010101",
  line: "#020202",
  edge: "#030303",
  sheet: "#fdfdfd",
  paper: "#fefefe",
};

/** So many colours tell parts of a chart apart; then they begin again. */
export const SERIES = "abcdefg";

/** The stand-in of a fill of the series, from 0 on. @param {number} index */
export const tint = (index) => `#f0f00${index % SERIES.length}`;

/** The stand-in of a line of the series, from 0 on. @param {number} index */
export const shade = (index) => `#00f00${index % SERIES.length}`;

/** @typedef {(colour: string) => string} Name the end of a class, nothing for what is not seen */

/**
 * What names the colours of one drawing. Colours that are not ours (Mermaid has some that no
 * theme reaches) are told apart in the order in which they come.
 *
 * @returns {{ fill: Name, stroke: Name }}
 */
export function namer() {
  const known = new Map();
  for (const [name, colour] of Object.entries(COLOURS))
    known.set(key(colour), name === "ink" ? "line" : name);
  for (let index = 0; index < SERIES.length; index += 1) {
    known.set(key(tint(index)), SERIES[index]);
    known.set(key(shade(index)), SERIES[index]);
  }
  let strange = 0;
  /** @param {string} colour */
  const name = (colour) => {
    const parts = numbers(colour);
    if (!parts || parts[3] === 0) return "";
    const found = known.get(parts.slice(0, 3).join());
    if (found) return found;
    const made = grey(parts) ?? dark(parts) ?? SERIES[strange++ % SERIES.length];
    known.set(parts.slice(0, 3).join(), made);
    return made;
  };
  return { fill: name, stroke: (colour) => name(colour).replace("sheet", "paper") };
}

/** @param {number[]} parts */
function grey([r, g, b]) {
  const high = Math.max(r, g, b);
  if (high - Math.min(r, g, b) > 24) return null;
  if (high > 215) return "sheet";
  return high > 140 ? "edge" : "line";
}

/** A colour that white shows on is a line's. @param {number[]} parts */
const dark = ([r, g, b]) => (Math.max(r, g, b) + Math.min(r, g, b) < 2 * 105 ? "line" : null);

/** @param {string} colour as a browser computes it */
function numbers(colour) {
  const found = colour.match(/^rgba?\(([^)]*)\)$/);
  return found ? found[1].split(/[\s,/]+/).map(Number) : null;
}

/** @param {string} hex */
function key(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join();
}

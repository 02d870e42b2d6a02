// How wide a text is, in the pinned fonts. Needs a browser.

/** @typedef {import('./types.js').Kind} Kind */
/** @typedef {import('./types.js').Settings['text']} Styles */

const FAMILIES = ["Noto Sans", "Noto Sans KR"];
const KINDS = /** @type {const} */ (["name", "label", "title"]);

/**
 * Load the faces that `words` need; measuring before this would measure a stand-in.
 *
 * @param {string[]} words
 * @param {Styles} styles
 */
export async function loadFonts(words, styles) {
  const text = words.join(" ") + " Aa";
  const weights = new Set(KINDS.map((kind) => styles[kind].weight));
  for (const weight of weights) {
    for (const family of FAMILIES) await document.fonts.load(`${weight} 16px "${family}"`, text);
  }
}

/**
 * What measures a line of text, once its font is loaded.
 *
 * @param {Styles} styles
 * @returns {import('./types.js').Measure}
 */
export function measureWith(styles) {
  const pen = /** @type {CanvasRenderingContext2D} */ (
    document.createElement("canvas").getContext("2d")
  );
  const families = FAMILIES.map((name) => `"${name}"`).join(",");
  return (line, kind) => {
    pen.font = `${styles[kind].weight} ${styles[kind].size}px ${families}`;
    return pen.measureText(line).width;
  };
}

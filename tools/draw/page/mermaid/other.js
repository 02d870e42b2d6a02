// A fence of Mermaid's kinds in, SVG and structure out. Needs a browser.

import { drawnByMermaid } from "./draw.js";
import { readOther } from "./read.js";

/**
 * @param {string} id
 * @param {string} source
 * @param {string} type as Mermaid calls its kind
 * @param {{ mermaid: string, config: Record<string, unknown> }} settings
 */
export async function other(id, source, type, settings) {
  const { text, ...said } = await readOther(source, type, settings);
  const { svg, width, height } = await drawnByMermaid(id, text, said, settings);
  const { kind, title, description, ...parts } = said;
  return {
    svg,
    structure: { mermaid: settings.mermaid, kind, title, description, width, height, ...parts },
  };
}

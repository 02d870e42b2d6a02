// What the Python side calls: source in, SVG and structure out. Everything that needs a browser
// or Mermaid stands in this file, in read.js, in fonts.js and in mermaid/.

import { drawing } from "./drawing.js";
import { loadFonts, measureWith } from "./fonts.js";
import { Mistake } from "./mistake.js";
import { drawnByMermaidItself } from "./mermaid/read.js";
import { other } from "./mermaid/other.js";
import { read } from "./read.js";

const engine = new ELK();

window.draw = async (id, source, given) => {
  const settings = { ...given, measure: measureWith(given.text) };
  try {
    mermaid.initialize(given.config);
    const kind = drawnByMermaidItself(source);
    if (kind) {
      await loadFonts([source], given.text);
      return await other(id, source, kind, settings);
    }
    /** @type {import('./types.js').Model} */
    const model = await read(source, settings);
    const texts = [...model.nodes, ...model.groups, ...model.edges].flatMap((item) => item.lines);
    const conditions = (model.steps ?? []).flatMap((step) => ("lines" in step ? step.lines : []));
    await loadFonts([...texts, ...conditions], given.text);
    return await drawing(id, model, settings, engine);
  } catch (error) {
    if (error instanceof Mistake) return { mistake: error.message, line: error.line };
    return { mistake: `${error.message}`, line: 0, stack: error.stack };
  }
};

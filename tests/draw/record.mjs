// Record ELK's answers to the fixed graphs, and the drawings: node tests/draw/record.mjs
// It needs the packages that `make diagrams` installs. Look at the drawings before you keep them.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { drawing } from "../../tools/draw/page/drawing.js";
import { keyOf, model, NAMES, record, settings } from "./graphs.mjs";

const ELK = createRequire(new URL("../../tools/draw/", import.meta.url))(
  "elkjs/lib/elk.bundled.js",
);
const elk = new ELK();

for (const name of NAMES) {
  const keys = {};
  const answers = [];
  const engine = {
    layout: async (question) => {
      const key = keyOf(question);
      const answer = await elk.layout(question);
      const text = JSON.stringify(kept(answer));
      if (!answers.includes(text)) answers.push(text);
      keys[key] = answers.indexOf(text);
      return answer;
    },
  };
  const { svg } = await drawing(`d-${name}`, model(name), settings(), engine);
  const shown = `{"keys":${JSON.stringify(keys)},\n"answers":[\n${answers.join(",\n")}\n]}\n`;
  writeFileSync(record(name).drawing, svg);
  if (answers.length) writeFileSync(record(name).answers, shown);
}

/** What the layout reads of an answer. */
function kept({ id, x, y, width, height, children, edges }) {
  return {
    id,
    x,
    y,
    width,
    height,
    ...(children?.length ? { children: children.map(kept) } : {}),
    ...(edges?.length ? { edges: edges.map(keptEdge) } : {}),
  };
}

function keptEdge({ container, sections, labels }) {
  const [{ startPoint, bendPoints, endPoint }] = sections;
  const [{ x, y, width, height }] = labels;
  return {
    container,
    sections: [{ startPoint, bendPoints, endPoint }],
    labels: [{ x, y, width, height }],
  };
}

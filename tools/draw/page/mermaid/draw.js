// Mermaid draws, and what it drew is taken apart and put together anew. Needs a browser.

import { Mistake } from "../mistake.js";
import { assemble } from "./assemble.js";
import { legible, smaller } from "./order.js";
import { parts } from "./flat.js";
import { LOOKS } from "./looks.js";

const WIDEST = 1200; // units: what a reader moves along in a box; more is two diagrams
/** The line of the day on which one draws; grounds of labels, which have an edge of their own. */
const GONE = ".today, .commit-label-bkg, .edgeLabel rect";
/** Kinds whose size no setting reaches, and by what they are made smaller; letters stay. */
const SMALLER = { pie: 0.85, ishikawa: 0.85, treemap: 0.6, timeline: 0.8, wardley: 0.62 };

/**
 * @param {string} id
 * @param {string} source
 * @param {{ kind: string, title: string, description: string, lines: { value?: string }[] }} model
 * @param {{ config: Record<string, unknown> }} settings
 */
export async function drawnByMermaid(id, source, model, settings) {
  const gantt = { ...LOOKS.gantt, tickInterval: ticks(model.lines) };
  mermaid.initialize({ ...settings.config, ...LOOKS, gantt });
  Math.random = evenly(); // Mermaid rolls dice for ids and strokes
  const stage = document.createElement("div");
  document.body.append(stage);
  try {
    const { svg } = await mermaid.render(`${id}-raw`, source);
    stage.innerHTML = svg;
    const drawing = stage.querySelector("svg");
    const { width, height } = drawing.viewBox.baseVal;
    drawing.style.maxWidth = "none";
    drawing.setAttribute("width", `${width}`);
    drawing.setAttribute("height", `${height}`);
    for (const gone of drawing.querySelectorAll(GONE)) gone.remove();
    const html = [...drawing.querySelectorAll("foreignObject")].find((one) =>
      one.textContent.trim(),
    );
    if (html)
      throw new Mistake(
        `'${html.textContent.trim()}' is drawn as HTML by Mermaid, which no drawing holds: say it without formulas and Markdown, or choose another kind`,
        1,
      );
    const found = assemble(id, model, legible(smaller(parts(drawing), SMALLER[model.kind] ?? 1)));
    if (found.width > WIDEST)
      throw new Mistake(
        `too wide: ${found.width} units, at most ${WIDEST}; shorten labels, or draw two diagrams`,
      );
    return found;
  } finally {
    stage.remove();
  }
}

const DAY = 24 * 60 * 60 * 1000;
const MOST_TICKS = 9; // dates that stand side by side
const STEPS = /** @type {const} */ ([
  ["1hour", 1 / 24],
  ["6hour", 1 / 4],
  ["1day", 1],
  ["1week", 7],
  ["2week", 14],
  ["1month", 30],
  ["3month", 91],
]);

/** The step of a plan's dates, as far as its author names none. @param {{ value?: string }[]} lines */
function ticks(lines) {
  const days = lines.flatMap((line) => line.value?.match(/\d{4}-\d\d-\d\d/g) ?? []).map(Date.parse);
  const span = (Math.max(...days) - Math.min(...days)) / DAY || 1;
  return (STEPS.find(([, step]) => span / step <= MOST_TICKS) ?? ["12month"])[0];
}

/** The same numbers for each drawing, in the place of chance. */
function evenly() {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647; // Park and Miller's minimal standard
    return state / 2147483647;
  };
}

// Fixed graphs, and what stands in for the browser's fonts and for ELK when they are laid out.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const LETTER = 7; // width of every letter: the fonts of a machine must not matter
const HERE = new URL("./graphs/", import.meta.url);
const TOOL = new URL("../../tools/draw/", import.meta.url);

export const NAMES = ["groups", "states", "wide", "order", "messages"];

const parsed = (file) => JSON.parse(readFileSync(file, "utf8"));

/** The tool's own settings, with letters that are all of one width. */
export const settings = () => ({
  ...parsed(new URL("settings.json", TOOL)),
  measure: (line) => line.length * LETTER,
});

/** A model as read.js makes it from a source. */
export function model(name) {
  const graph = parsed(new URL(`${name}.json`, HERE));
  for (const step of graph.steps ?? [])
    if (step.does === "message") step.edge = graph.edges.find((edge) => edge.order === step.edge);
  return graph;
}

/** Where the answers to a graph are stored, and the drawing that came out. */
export const record = (name) => ({
  answers: new URL(`${name}.elk.json`, HERE),
  drawing: new URL(`${name}.svg`, HERE),
});

export const keyOf = (question) =>
  createHash("sha256").update(JSON.stringify(question)).digest("hex").slice(0, 12);

/** ELK as it answered when the graph was recorded. */
export function replay(name) {
  const { keys, answers } = parsed(record(name).answers);
  return {
    layout: async (question) => {
      const key = keyOf(question);
      if (!(key in keys))
        throw new Error(
          `'${name}' asks ELK what was not recorded. Is that meant? Then, after 'make diagrams': node tests/draw/record.mjs`,
        );
      return structuredClone(answers[keys[key]]);
    },
  };
}

// The mutants of scripts, made by Stryker: reads a JSON list of files, writes a JSON list.
//
//     node make.mjs < files.json
import { readFileSync } from "node:fs";
import { Instrumenter } from "@stryker-mutator/instrumenter";

const QUIET = { debug() {}, info() {}, warn() {}, isDebugEnabled: () => false };
const OPTIONS = { plugins: null, excludedMutations: [], ignorers: [] };

const files = JSON.parse(readFileSync(0, "utf8")).map((name) => ({
  name,
  mutate: true,
  content: readFileSync(name, "utf8"),
}));
const { mutants } = await new Instrumenter(QUIET).instrument(files, OPTIONS);
process.stdout.write(
  JSON.stringify(
    mutants.map(({ fileName, location, replacement }) => ({ fileName, location, replacement })),
  ),
);

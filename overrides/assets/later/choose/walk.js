/* A decision, walked: what answers rule out, which question comes next; and its address.

   The build walks every way in the same manner (hooks/annotated/records/choosing.py). */

/**
 * @typedef {object} Asked
 * @property {string} id
 * @property {Record<string, string[]>[]} when asked only if one of these holds; none: always
 * @property {{id: string, out: string[]}[]} answers and the candidates that each rules out
 */

/**
 * @typedef {object} Walk
 * @property {{question: Asked, answer: string, fell: string[]}[]} steps
 * @property {string[]} left
 * @property {Asked | null} next none at the end
 * @property {boolean} stale whether an answer was given that nobody asks for
 */

/**
 * The decision and the answers that a fragment names, like `#choose-tea?browned=yes`.
 * @param {string} fragment
 * @returns {{decision: string, given: Map<string, string>} | null}
 */
function answersOf(fragment) {
  const found = /^#(choose-[^?]+)\?(.*)$/.exec(fragment);
  return found && { decision: found[1], given: new Map(new URLSearchParams(found[2])) };
}

/**
 * The fragment of answers, in the order in which they were given.
 * @param {string} decision
 * @param {string[][]} given
 */
function fragmentOf(decision, given) {
  const query = new URLSearchParams(given).toString();
  return `#${decision}${query ? "?" : ""}${query}`;
}

/**
 * Go as far as the answers lead.
 * @param {string[]} candidates
 * @param {Asked[]} questions
 * @param {Map<string, string>} given
 * @returns {Walk}
 */
function walk(candidates, questions, given) {
  const steers = new Set(questions.flatMap(({ when }) => when.flatMap(Object.keys)));
  /** @type {Map<string, string>} */
  const used = new Map();
  const steps = [];
  let left = candidates;
  const isNext = (/** @type {Asked} */ { id, when, answers }) =>
    !used.has(id) &&
    (!when.length ||
      when.some((condition) =>
        Object.entries(condition).every(([name, allowed]) =>
          allowed.includes(used.get(name) || ""),
        ),
      )) &&
    ((left.length > 1 && steers.has(id)) ||
      answers.some(({ out }) => out.some((name) => left.includes(name))));
  for (;;) {
    const next = questions.find(isNext) || null;
    const answer = next?.answers.find(({ id }) => id === given.get(next.id));
    if (!next || !answer) return { steps, left, next, stale: used.size < given.size };
    const fell = left.filter((name) => answer.out.includes(name));
    left = left.filter((name) => !fell.includes(name));
    used.set(next.id, answer.id);
    steps.push({ question: next, answer: answer.id, fell });
  }
}

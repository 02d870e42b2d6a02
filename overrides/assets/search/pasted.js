/* A message that was pasted whole, with the names, numbers and addresses of one case in it. */

const LONGEST_PASTE = 4000;
const SHORTEST_MESSAGE = 3;
/* What is shorter is asked as it is, unless an identifier or a number of a message stands in it. */
const SHORTEST_PASTE = 8;
const SIGN = /\p{Ll}\p{Lu}|\d/u;
/* What differs from case to case is at most so long: an address has a dozen words. */
const MOST_BETWEEN = 30;
const MOST_STARTS = 20;
const NUMBER = /^\d+$/;
const ONE_CODE = /^\S*\p{L}\p{Lu}\S*$/u;

/** The failure whose message a text holds, or null.
 * @param {Library} library
 * @param {string} text
 * @returns {Entry | null} */
function failureIn(library, text) {
  const words = wordsOf(normal(text.slice(0, LONGEST_PASTE)), true);
  const places = placesOfWords(library.vocabulary, words);
  const isShort = words.length < SHORTEST_PASTE;
  let found = null;
  let most = 0;
  for (const phrase of library.messages.map((id) => library.phrases[id])) {
    if (isShort && !SIGN.test(phrase.text)) continue;
    const held = heldOf(library.vocabulary, phrase, places);
    if (held > most && held >= TUNING.pasted.share * phrase.total) {
      most = held;
      found = library.entries[phrase.entry];
    }
  }
  return found;
}

/** The same with an entry first, whatever else speaks for other pages.
 * @param {Ranked} ranked
 * @param {Entry} entry
 * @returns {Ranked} */
function lead(ranked, entry) {
  const page = ranked.pages.find((one) => one.page === entry.page);
  if (!page?.items.some((item) => item.entry === entry)) return ranked;
  const above = (/** @type {{score: number}[]} */ scored) =>
    1 + Math.max(...scored.map(({ score }) => score));
  const [best, score] = [above(page.items), above(ranked.pages)];
  const items = page.items.map((item) =>
    item.entry === entry ? { ...item, score: best, name: best } : item,
  );
  const others = ranked.pages.filter((one) => one !== page);
  const first = { ...page, items, score, concept: score };
  return { ...ranked, exact: true, pages: [first, ...others] };
}

/** Where each word of a text stands, by its id.
 * @param {Vocabulary} vocabulary
 * @param {Word[]} words
 * @returns {Map<number, number[]>} */
function placesOfWords(vocabulary, words) {
  const places = new Map();
  words.forEach((word, place) => {
    const id = vocabulary.ids.get(vocabulary.key(word.surface, word.hangul));
    if (id !== undefined) places.set(id, [...(places.get(id) || []), place]);
  });
  return places;
}

/** How much of a message a text has, by weight, in its order; numbers of the message must all stand
    there.
 * @param {Vocabulary} vocabulary
 * @param {Phrase} phrase
 * @param {Map<number, number[]>} places */
function heldOf(vocabulary, { terms, weights, text }, places) {
  /* One word, or two, are a message only if they are an identifier: "OOMKilled", not "Pending". */
  const identifier = ONE_CODE.test(text);
  if (terms.length < SHORTEST_MESSAGE && !identifier) return 0;
  const between = identifier ? 1 : MOST_BETWEEN;
  const starts = terms
    .slice(0, 2)
    .flatMap((id) => places.get(id) || [])
    .slice(0, MOST_STARTS);
  let most = 0;
  for (const start of starts) {
    let at = start - 1;
    let held = 0;
    terms.forEach((id, place) => {
      const next = (places.get(id) || []).find((one) => one > at && one <= at + between);
      if (next !== undefined) {
        at = next;
        held += weights[place];
      } else if (identifier || NUMBER.test(vocabulary.terms[id].surface)) {
        held = -Infinity;
      }
    });
    most = Math.max(most, held);
  }
  return most;
}

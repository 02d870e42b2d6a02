/* A message that was pasted whole, with the names, numbers and addresses of one case in it. */

const LONGEST_PASTE = 4000;
const SHORTEST_MESSAGE = 3;
/* What differs from case to case is at most so long: an address has a dozen words. */
const MOST_BETWEEN = 30;
const MOST_STARTS = 20;
const NUMBER = /^\d+$/;
const ONE_CODE = /^\S*\p{L}\p{Lu}\S*$/u;

/** What to ask for a text: the failure whose message it holds, or the text itself. */
function askedBy(library, text) {
  const places = placesOfWords(library.vocabulary, text.slice(0, LONGEST_PASTE));
  let asked = text;
  let most = 0;
  for (const entry of library.failures) {
    for (const phrase of entry.phrases.map((id) => library.phrases[id])) {
      const weight = phrase.sort === "name" ? heldOf(library.vocabulary, phrase, places) : 0;
      if (weight > most && weight >= TUNING.pasted.share * phrase.total) {
        most = weight;
        asked = entry.title;
      }
    }
  }
  return asked;
}

/** Where each word of a text stands, by its id. */
function placesOfWords(vocabulary, text) {
  const places = new Map();
  wordsOf(normal(text), true).forEach((word, place) => {
    const id = vocabulary.ids.get(vocabulary.key(word.surface, word.hangul));
    if (id !== undefined) places.set(id, [...(places.get(id) || []), place]);
  });
  return places;
}

/** How much of a message a text has, by weight, in its order; its numbers must all stand there. */
function heldOf(vocabulary, { terms, weights, text }, places) {
  /* One word, or two, are a message only if they are an identifier: "OOMKilled", not "Pending". */
  const identifier = ONE_CODE.test(text);
  if (terms.length < SHORTEST_MESSAGE && !identifier) return 0;
  const between = identifier ? 1 : MOST_BETWEEN;
  const starts = terms
    .slice(0, 2)
    .flatMap((id) => places.get(id) || [])
    .slice(0, MOST_STARTS);
  return Math.max(
    0,
    ...starts.map((start) => {
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
      return held;
    }),
  );
}

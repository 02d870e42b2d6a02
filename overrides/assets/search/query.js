/* A query, read: its words, how much each says, and what each may mean. */

/** @typedef {{mask: number, meanings: [number, number][]}} Unit a word, or neighbours as one */
/**
 * @typedef {object} Query a query, read; the lists go by its words
 * @property {Word[]} words
 * @property {boolean[]} weak whether it says nothing
 * @property {number[]} best how well it is known
 * @property {number[]} weights
 * @property {number} total
 * @property {boolean} onlyWeak
 * @property {number} clear the share, by weight, of what is known
 * @property {Unit[]} units what to look up
 * @property {string} solid the query without spaces
 * @property {boolean} strange whether a word is hardly known
 * @property {boolean} sentence
 * @property {boolean} foreign whether it names something of elsewhere
 * @property {boolean} compares whether it asks for a comparison
 */

const MOST_JOINED = 7;
const SHORTEST_NAME = 3;

/** The words of a text; a word that the index does not have is replaced by pieces that it has.
 * @param {Vocabulary} vocabulary
 * @param {string} text
 * @returns {Word[]} */
function queryWords(vocabulary, text) {
  const words = [];
  for (const word of wordsOf(normal(text.slice(0, LONGEST_QUERY)), false).slice(0, MOST_WORDS)) {
    let pieces = null;
    if (likelihood(vocabulary, word) < TUNING.likely.strange) {
      const humps = wordsOf(word.surface, true);
      pieces = humps.length > 1 ? humps : splitWord(vocabulary, word);
    }
    words.push(...(pieces || [word]));
  }
  return words.slice(0, MOST_WORDS);
}

/** How well a word fits what it most likely means.
 * @param {Vocabulary} vocabulary
 * @param {Word} word */
function likelihood(vocabulary, word) {
  return Math.max(0, ...vocabulary.meanings(word).values());
}

/** Whether a text is a sentence rather than a few words: it has empty words, or ends like one.
 * @param {Vocabulary} vocabulary
 * @param {string} text
 * @returns {boolean} */
function isSentence(vocabulary, text) {
  const words = wordsOf(normal(text.slice(0, LONGEST_QUERY)), false);
  const last = words[words.length - 1];
  return (
    words.some((word) => !word.attached && vocabulary.isWeak(word)) ||
    (last?.hangul && vocabulary.asking.some((ending) => last.surface.endsWith(ending)))
  );
}

/**
 * A query with, for each word: whether it is weak, its weight, and how well it is known.
 * `units` are what to look up: words, and neighbours written as one, with the words they cover.

 * @param {Library} library
 * @param {string} text
 * @returns {Query} */
function readQuery(library, text) {
  const { vocabulary } = library;
  const words = queryWords(vocabulary, text);
  const weak = words.map((word) => vocabulary.isWeak(word));
  const best = words.map((word) => likelihood(vocabulary, word));
  const weights = words.map((word, place) =>
    weak[place] ? TUNING.weighs.weak : weightOf(vocabulary, word, best[place]),
  );
  /** @param {(place: number) => boolean} counts */
  const sum = (counts) =>
    weights.reduce((total, weight, place) => total + (counts(place) ? weight : 0), 0);
  const full = sum((place) => !weak[place]);
  /* Of empty words only, all count. */
  const total = full || sum(() => true);
  return {
    words,
    weak,
    best,
    weights,
    total,
    onlyWeak: !full,
    clear: sum((place) => !weak[place] && best[place] >= TUNING.likely.known) / (total || 1),
    units: unitsOf(vocabulary, words, weak),
    solid: library.solid(words),
    strange: best.some((worth, place) => !weak[place] && worth < TUNING.likely.strange),
    sentence: isSentence(vocabulary, text),
    /* In Korean text an unknown word in Latin letters names something of elsewhere. */
    foreign:
      words.some((word) => word.hangul) &&
      words.some(
        (word, place) =>
          !word.hangul &&
          !weak[place] &&
          best[place] < TUNING.likely.known &&
          word.surface.length >= SHORTEST_NAME,
      ),
    compares: words.some((word) => vocabulary.compares(word)),
  };
}

/** How much a word says: as much as its likeliest meaning is rare, if that is likely at all.
 * @param {Vocabulary} vocabulary
 * @param {Word} word
 * @param {number} best */
function weightOf(vocabulary, word, best) {
  const unknown = word.hangul ? TUNING.weighs.hangul : TUNING.weighs.latin;
  let weight = unknown;
  for (const [id, worth] of vocabulary.meanings(word)) {
    if (worth === best) {
      const trust = Math.max(0, Math.min(1, (best - TUNING.likely.doubtful) / TUNING.likely.trust));
      weight = trust * vocabulary.terms[id].weight + (1 - trust) * unknown;
      break;
    }
  }
  return keysOf(word.surface).length < 2 ? TUNING.weighs.letter * weight : weight;
}

/**
 * @param {Vocabulary} vocabulary
 * @param {Word[]} words
 * @param {boolean[]} weak
 * @returns {Unit[]}
 */
function unitsOf(vocabulary, words, weak) {
  const units = words.map((word, place) => ({
    mask: 1 << place,
    meanings: [...vocabulary.meanings(word)].filter(
      ([, worth]) => !weak[place] || worth > TUNING.likely.certain,
    ),
  }));
  /** @type {(from: number, to: number) => void} */
  const join = (from, to) => {
    const part = words.slice(from, to);
    if (part.some((word) => word.hangul !== part[0].hangul)) return;
    const joined = { surface: part.map((word) => word.surface).join(""), hangul: part[0].hangul };
    const meanings = [...vocabulary.meanings(joined)].filter(
      ([, worth]) => worth >= TUNING.likely.joined,
    );
    if (meanings.length) units.push({ mask: ((1 << (to - from)) - 1) << from, meanings });
  };
  for (let from = 0; from + 2 <= words.length; from += 1) join(from, from + 2);
  if (words.length > 2 && words.length <= MOST_JOINED) join(0, words.length);
  return units;
}

/* The shape of the two indexes, and how they are read: the other half of search_shape.py and
   search_pack.py. Texts of many stand as one, parted by "|", or a line each. */

const CONCEPTS_FORMAT = 4;
const TEXTS_FORMAT = 2;

/**
 * @typedef {object} PackedPages
 * @property {string} locations
 * @property {string} titles
 * @property {string} kinds
 * @property {string} names other names of each page, a line a page
 */
/**
 * @typedef {object} PackedParts sections, claims and drawings
 * @property {number[]} pages
 * @property {string} kinds a digit each: SECTION, CLAIM or DIAGRAM
 * @property {string} at fragments; "" for the one that the title makes
 * @property {string} titles
 * @property {string} texts what is shown of each, and searched
 */
/**
 * @typedef {object} PackedTables
 * @property {number[]} pages
 * @property {string} starts what the fragments of a table's rows begin with
 * @property {string} titles
 * @property {string} columns the words that name its columns, a line a table
 * @property {string} rows the names of its rows, a line a table
 * @property {string} ends the rest of their fragments; "" for the one that the name makes
 */
/**
 * @typedef {object} PackedConcepts
 * @property {(number | [number, string])[]} at an entry, or a page with a fragment
 * @property {string} terms
 * @property {string} texts
 * @property {string} misspellings a line a concept
 * @property {Record<string, string>} names by language, a line a concept
 * @property {number[]} questions how many each has
 * @property {number[]} messages the last so many are failures: how many messages each has beside its name
 */
/** @typedef {{words: string, texts: string, questions: string}} PackedWords */
/** @typedef {{nothing: string, partly: string, closest: string, advice: string, home: string}} Sentences */
/**
 * @typedef {object} Helps what is known of the languages, a line a word or a group
 * @property {string} asking
 * @property {string} endings
 * @property {string} compare
 * @property {string} weak
 * @property {string} letters
 * @property {string} alike
 */
/**
 * @typedef {object} ConceptsIndex
 * @property {number} format
 * @property {string} language
 * @property {Sentences} sentences
 * @property {Helps} helps
 * @property {PackedPages} pages
 * @property {PackedParts} parts
 * @property {PackedTables} tables
 * @property {PackedConcepts} concepts
 * @property {PackedWords} latin
 * @property {PackedWords} hangul
 */
/**
 * @typedef {object} TextsIndex
 * @property {number} format
 * @property {string} texts a line each, in the order in which the places first have them
 * @property {number[]} pages the page of each place
 * @property {string} fragments
 * @property {string} titles
 * @property {number[]} new how many texts a place is the first to have
 * @property {string} shared the numbers of its other texts, each as the step from the last
 */

/** @typedef {Word & {inTexts: number[], asked: number[]}} ListedWord */

/* The word lists write numbers as steps, in these digits; the first so many end a number. */
const DIGITS = Array.from({ length: 92 }, (_, place) => String.fromCharCode(35 + place)).filter(
  (digit) => digit !== "\\",
);
const LAST_DIGITS = 70;

/** @param {{format: number}} index
 * @param {number} format */
function checkFormat(index, format) {
  if (index.format !== format)
    throw new Error("search index: format " + index.format + ", expected " + format);
}

/** The numbers that a run of steps stands for.
 * @param {string} steps */
function numbersOf(steps) {
  const numbers = [];
  let number = -1;
  let unit = 1;
  for (const character of steps) {
    const digit = DIGITS.indexOf(character);
    const ends = digit < LAST_DIGITS;
    number += unit * (ends ? digit : digit - LAST_DIGITS);
    unit = ends ? 1 : unit * (DIGITS.length - LAST_DIGITS);
    if (ends) numbers.push(number);
  }
  return numbers;
}

/** The words of a list, with the numbers of the texts and of the questions that have each.
 * A word begins with the number of letters that it shares with the one before.
 * @param {PackedWords} list
 * @param {boolean} hangul
 * @returns {ListedWord[]} */
function wordsFrom(list, hangul) {
  const [inTexts, inQuestions] = [list.texts, list.questions].map((column) => column.split(" "));
  let letters = "";
  return Array.from(list.words.matchAll(/([#-,])([^#-,]*)/g), ([, shared, rest], place) => {
    letters = letters.slice(0, DIGITS.indexOf(shared)) + rest;
    return {
      surface: (hangul && readAsHangul(letters)) || letters,
      hangul,
      inTexts: numbersOf(inTexts[place]),
      asked: numbersOf(inQuestions[place]),
    };
  });
}

/** The id of most titles; the index names only others.
 * @param {string} title */
function slugOf(title) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** An index as it was before Hangul was written as the keys that type it.
 * @template T
 * @param {T} value
 * @returns {T} */
function unpacked(value) {
  /** @type {any} */
  const any = value;
  if (typeof any === "string")
    return /** @type {any} */ (
      any.replace(/\x7f([A-Za-z]+)/g, (_, keys) => readAsHangul(keys) || keys)
    );
  if (Array.isArray(any)) return /** @type {any} */ (any.map(unpacked));
  if (any && typeof any === "object") {
    return /** @type {any} */ (
      Object.fromEntries(Object.entries(any).map(([key, item]) => [key, unpacked(item)]))
    );
  }
  return value;
}

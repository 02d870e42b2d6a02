// A small site for the tests of the search: its indexes, packed by hand, and the engine to read them.
"use strict";
const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");
const { runInThisContext } = require("node:vm");

const FOLDER = join(__dirname, "../../overrides/assets/search");
const NAMES = [
  "TUNING, keysOf, keysOfCharacter, initialsOf, readAsHangul, soundOfHangul, soundOfEnglish, normal, wordsOf",
  "englishStem, koreanStems, editDistance, letterBits, bitCount, numbersOf, wordsFrom, unpacked, slugOf",
  "checkFormat, DIGITS, Vocabulary, Library, Texts, splitWord, findMeanings, readQuery, isSentence, rank",
  "isAnswered, Grades, plainLetters, writing, Marker, fill, escapeHtml, suggest, closestConcepts, answer",
  "failureIn, otherLayout, understand, engine, inOrder, pairsOf",
].join(", ");

const sources = readdirSync(FOLDER).filter(
  (file) => file.endsWith(".js") && file !== "stand-in.js",
);
const search = runInThisContext(
  `((navigator) => { ${sources.map((file) => readFileSync(join(FOLDER, file), "utf8")).join("\n")}; return { ${NAMES} }; })({})`,
);

/** Numbers as the index has them, each the step from the last; none here is large. */
function steps(numbers) {
  return numbers.map((n, at) => search.DIGITS[n - (at ? numbers[at - 1] : -1)]).join("");
}

/** A word list: words with the numbers of the texts and of the questions that have them. */
function listed(words) {
  const typed = (word) => Array.from(word, search.keysOfCharacter).join("");
  return {
    words: words.map(([word]) => "#" + typed(word)).join(""),
    texts: words.map(([, texts]) => steps(texts)).join(" "),
    questions: words.map(([, , questions]) => steps(questions || [])).join(" "),
  };
}

const lines = (groups) => groups.map((group) => group.join("|")).join("\n");

const HELPS = {
  asking: "나요\n까",
  endings: "에서\n는\n을\n를\n가\n의\n하나요\n으로\n로",
  compare: "versus\n비교\n차이",
  weak: "the\nhow\nis\na\n뭐\n좀",
  letters: "에이\n비\n씨",
  alike: "pot kettle 주전자\nhot 뜨겁\nwell 물",
};

const SENTENCES = {
  nothing: "Nothing for {query}",
  partly: "Not all of {query}",
  closest: "Did you mean {term}?",
  advice: "Try <another>.",
  home: "words.html",
};

/* Entries: pages 0 to 4, parts 5 to 8, rows 9 and 10, then concepts. */
const CONCEPTS = [
  // place, term, text, names in English and Korean, misspellings, questions
  [
    6,
    "steeping",
    "Leaving leaves in hot water.",
    ["infusion"],
    ["우리기", "인퓨전"],
    ["steaping"],
    1,
  ],
  [2, "porcelain cup", "A thin white cup.", ["china cup", "PCC"], ["찻잔"], [], 1],
  [[0, "leaf"], "tea leaf", "What grows on a bush.", [], ["찻잎"], [], 0],
  [1, "infuser basket", "A sieve for leaves.", ["ABC"], ["거름망"], [], 0],
  [
    8,
    "KettleError: the kettle \u2026 has boiled dry",
    "No water was left.",
    ["boiled dry at 100 degrees"],
    ["물 없음"],
    [],
    0,
  ],
  [8, "PotCracked", "It leaks.", [], [], [], 0],
];

function conceptsIndex(change = {}) {
  return {
    format: 4,
    language: "en",
    sentences: SENTENCES,
    helps: HELPS,
    pages: {
      locations: "index.html|brewing.html|cups.html|words.html|cups-compared.html",
      titles: "Tea|Brewing tea|Cups|Glossary|Cups versus mugs",
      kinds: "home|concept|concept|reference|compare",
      names: "\nbrew\n\nall words|dictionary\nporcelain and clay versus",
    },
    parts: {
      pages: [1, 1, 2, 1],
      kinds: "0020",
      at: "water||handle|fails",
      titles: "Water & <heat>|Steeping time|How a cup is made|When it fails",
      texts: "|||",
    },
    tables: {
      pages: [4],
      starts: "cups-",
      titles: "Cups and mugs",
      columns: "clay porcelain",
      rows: "Weight|Price",
      ends: "|cost",
    },
    concepts: {
      at: CONCEPTS.map(([at]) => at),
      terms: CONCEPTS.map(([, term]) => term).join("|"),
      texts: CONCEPTS.map(([, , text]) => text).join("|"),
      misspellings: lines(CONCEPTS.map((one) => one[5])),
      names: { en: lines(CONCEPTS.map((one) => one[3])), ko: lines(CONCEPTS.map((one) => one[4])) },
      questions: CONCEPTS.map((one) => one[6]),
      messages: [1, 0],
    },
    latin: listed([
      ["degrees", [5]],
      ["glaze", [2]],
      ["kettleSwitch", [1]],
      ["leaves", [0, 1]],
      ["minutes", [6], [0]],
      ["oolong", [1, 6]],
      ["saucer", [2], [1]],
    ]),
    hangul: listed([["담그", [], [0]]]),
    ...change,
  };
}

/* The places of the second index: their page, fragment, title and texts. */
const PLACES = [
  [0, "", "", ["Tea", "Leaves, water and time. 물은 뜨겁다."]],
  [1, "", "", ["Brewing tea", "How leaves become tea & more."]],
  [
    1,
    "water",
    "Water & <heat>",
    ["Water & <heat>", "Allow tea:StartSteep at 95 degrees with KETTLE_IS_HOT."],
  ],
  [
    1,
    "steeping-time",
    "Steeping time",
    ["Steeping time", "Oolong steeps for three minutes; caf\u00e9 oolong for two."],
  ],
  [2, "", "", ["Cups", "A porcelain cup has a saucer. 찻잔에서 마신다."]],
  [3, "", "", ["Glossary", "Oolong steeps. A porcelain cup."]],
];

function textsIndex() {
  const texts = PLACES.flatMap(([, , , own]) => own);
  return {
    format: 2,
    texts: texts.join("\n"),
    pages: PLACES.map(([page]) => page),
    fragments: PLACES.map(([, fragment]) => fragment).join("|"),
    titles: PLACES.map(([, , title]) => title).join("|"),
    new: PLACES.map(([, , , own]) => own.length),
    shared: PLACES.map(() => "").join("|"),
  };
}

module.exports = { search, conceptsIndex, textsIndex, listed, HELPS };

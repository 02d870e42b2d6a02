/* What can be found: pages, their parts, and concepts, with the phrases that name them. */

const SECTION = 0;
const CLAIM = 1;
const DIAGRAM = 2;
const ROW = 3;
const CONCEPT = 4;
const PAGE = 5;

/* How much more a rare word says than a common one: 0 would be nothing, 1 all that its rarity says. */
const RARITY = 0.8;

/* How well a phrase of each sort speaks for what it names. */
const SPEAKS = { name: 1, misspelling: 0.96, question: 0.9, title: 0.8, heading: 0.72, label: 0.5 };

const MOST_PHRASE_WORDS = 30;

/* The word list of the index writes numbers as steps, in these digits; the first so many end one. */
const DIGITS = Array.from({ length: 92 }, (_, place) => String.fromCharCode(35 + place)).filter((digit) => digit !== "\\");
const LAST_DIGITS = 70;

/** The numbers that a run of steps stands for. */
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
    A word begins with the number of letters that it shares with the one before. */
function wordsFrom([list, texts, questions], hangul) {
  const columns = [texts, questions].map((column) => column.split(" "));
  let letters = "";
  return Array.from(list.matchAll(/([#-,])([^#-,]*)/g), ([, shared, rest], place) => {
    letters = letters.slice(0, DIGITS.indexOf(shared)) + rest;
    const surface = hangul ? readAsHangul(letters) : letters;
    const [inTexts, asked] = columns.map((column) => numbersOf(column[place]));
    return { surface, hangul, inTexts, asked };
  });
}

/** The id of most titles; the index names only others. */
function slugOf(title) {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** An index as it was before Hangul was written as the keys that type it. */
function unpacked(value) {
  if (typeof value === "string") return value.replace(/\x7f([A-Za-z]+)/g, (all, keys) => readAsHangul(keys));
  if (Array.isArray(value)) return value.map(unpacked);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpacked(item)]));
  }
  return value;
}

class Library {
  constructor(packed) {
    const index = unpacked(packed);
    this.tongue = index.tongue;
    this.words = index.sentences;
    this.vocabulary = new Vocabulary(index.language);
    this.pages = index.pages.map(([location, title, kind]) => ({ location, title, kind, entries: 0 }));
    this.entries = [];
    this.phrases = [];
    this.solids = new Set();
    this.inPhrases = [];
    this.inTexts = [];
    this.places = 0;
    this.read(index);
    this.weigh();
  }

  /** The order is that of the numbers in the index. */
  read(index) {
    index.pages.forEach(([, title, , names], page) => {
      const entry = this.addEntry(PAGE, page, "", title, "");
      this.addPhrase(entry, title, "title");
      for (const name of names.split("|")) this.addPhrase(entry, name, "name");
    });
    this.readParts(index.parts);
    for (const [page, start, table, columns, rows] of index.tables) {
      /* The entry of a page has its number. */
      this.addPhrase(this.entries[page], table + " " + columns, "label");
      for (const [name, end] of rows) {
        const entry = this.addEntry(ROW, page, start + (end || slugOf(name)), table + ": " + name, "");
        this.addPhrase(entry, entry.title, "label");
      }
    }
    const words = [...wordsFrom(index.words.latin, false), ...wordsFrom(index.words.hangul, true)];
    const questions = [];
    for (const word of words) {
      for (const number of word.asked) (questions[number] = questions[number] || []).push(word);
    }
    this.readConcepts(index.concepts, questions);
    for (const word of words) this.addText(word, word.inTexts);
  }

  readParts({ pages, kinds, at, titles, texts }) {
    const fragments = at.split("|");
    const shown = texts.split("|");
    titles.split("|").forEach((title, row) => {
      const kind = Number(kinds[row]);
      const entry = this.addEntry(kind, pages[row], fragments[row] || slugOf(title), title, shown[row]);
      if (kind === CLAIM) this.addShown(entry);
      else this.addPhrase(entry, title, kind === SECTION ? "heading" : "label");
    });
  }

  readConcepts({ at, terms, texts, misspellings, names, questions }, asked) {
    const titles = terms.split("|");
    const shown = texts.split("|");
    const columns = [[misspellings, "misspelling"]];
    for (const [key, lines] of Object.entries(names)) columns.push([lines, "name", key === this.tongue]);
    const split = columns.map(([lines, ...rest]) => [lines.split("\n"), ...rest]);
    let question = 0;
    at.forEach((place, row) => {
      const [page, fragment] = Array.isArray(place) ? place : [this.entries[place].page, this.entries[place].fragment];
      const entry = this.addEntry(CONCEPT, page, fragment, titles[row], shown[row]);
      this.addPhrase(entry, titles[row], "name", true);
      for (const [lines, sort, native] of split) {
        for (const phrase of lines[row].split("|")) this.addPhrase(entry, phrase, sort, native);
      }
      for (const end = question + questions[row]; question < end; question += 1) {
        this.addPhrase(entry, "", "question", false, asked[question] || []);
      }
      this.addShown(entry);
    });
  }

  /** What the place of a text is called, if it has a name of its own. */
  titleAt(page, fragment) {
    if (!this.titles) {
      this.titles = new Map(this.entries.filter(({ kind }) => kind !== CONCEPT).reverse()
        .map((entry) => [entry.page + "#" + entry.fragment, entry.title]));
    }
    return this.titles.get(page + "#" + fragment);
  }

  addEntry(kind, page, fragment, title, text) {
    const entry = { id: this.entries.length, kind, page, fragment, title, text, phrases: [] };
    this.entries.push(entry);
    this.pages[page].entries += 1;
    return entry;
  }

  addPhrase(entry, text, sort, native, given = wordsOf(normal(text), true)) {
    const words = given.slice(0, MOST_PHRASE_WORDS);
    if (!words.length) return;
    const phrase = {
      id: this.phrases.length,
      entry: entry.id,
      sort,
      text,
      native,
      worth: SPEAKS[sort],
      terms: words.map((word) => this.vocabulary.add(word.surface, word.hangul)),
      weak: words.map((word) => this.vocabulary.isWeak(word)),
      solid: this.solid(words),
      weights: [],
      total: 0,
      first: this.places,
    };
    this.places += words.length;
    this.phrases.push(phrase);
    if (sort === "name") this.solids.add(phrase.solid);
    entry.phrases.push(phrase.id);
    words.forEach((word, place) => {
      for (const id of this.vocabulary.addForms(word)) this.post(id, phrase, 1 << place, entry);
    });
    if (sort !== "question") this.addJoined(words, phrase, entry);
  }

  /** The phrase without spaces, to compare with a query that has them elsewhere. */
  solid(words) {
    return words.map((word) => this.vocabulary.key(word.surface, word.hangul)).join("");
  }

  /** Whether a text is the name of a concept, whatever its spaces. */
  isName(text) {
    return this.solids.has(this.solid(wordsOf(normal(text.slice(0, LONGEST_QUERY)), false)));
  }

  /** Neighbours written as one word: "load balancer" is also found as "loadbalancer". */
  addJoined(words, phrase, entry) {
    const join = (from, to) => {
      const part = words.slice(from, to);
      if (part.some((word) => word.hangul !== part[0].hangul || this.vocabulary.isWeak(word))) return;
      let mask = 0;
      for (let place = from; place < to; place += 1) mask |= 1 << place;
      const id = this.vocabulary.addJoined(part);
      this.post(id, phrase, mask, entry);
    };
    for (let from = 0; from + 2 <= words.length; from += 1) join(from, from + 2);
    if (words.length > 2 && words.length < 6) join(0, words.length);
  }

  post(term, phrase, mask, entry) {
    const posts = (this.inPhrases[term] = this.inPhrases[term] || []);
    posts.push({ phrase: phrase.id, mask });
    this.use(term, entry);
  }

  /** Let an entry be found by the text that is shown for it. */
  addShown(entry) {
    for (const word of wordsOf(normal(entry.text), false)) this.addText(word, [entry.id]);
  }

  /** Note that the texts of some entries have a word; its humps are found too. */
  addText(word, entries) {
    const ids = this.vocabulary.addForms(word);
    const humps = word.hangul ? [] : wordsOf(word.surface, true);
    if (humps.length > 1) ids.push(...humps.map((hump) => this.vocabulary.add(hump.surface, false)));
    for (const id of ids) {
      const posts = (this.inTexts[id] = this.inTexts[id] || []);
      for (const entry of entries) {
        posts.push({ entry, surface: word.surface });
        this.use(id, this.entries[entry]);
      }
    }
  }

  /** Count the entries that use a term. */
  use(term, entry) {
    const known = this.vocabulary.terms[term];
    if (known.last === entry.id) return;
    known.last = entry.id;
    known.uses += 1;
  }

  weigh() {
    this.vocabulary.settle();
    const most = Math.log(1 + this.entries.length);
    for (const term of this.vocabulary.terms) {
      term.weight = Math.pow(Math.max(0.1, Math.log(1 + this.entries.length / (1 + term.uses)) / most), RARITY);
    }
    for (const phrase of this.phrases) {
      phrase.weights = phrase.terms.map((id, place) =>
        phrase.weak[place] ? 0.06 : this.vocabulary.terms[id].weight);
      phrase.total = phrase.weights.reduce((sum, weight) => sum + weight, 0);
    }
  }
}

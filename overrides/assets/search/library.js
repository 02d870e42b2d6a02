/* What can be found: pages, their parts, and concepts, with the phrases that name them. */

/**
 * @typedef {object} Entry something that can be found: a page, a part of one, a row, a concept
 * @property {number} id
 * @property {number} kind
 * @property {number} page
 * @property {string} fragment
 * @property {string} title
 * @property {string} text what is shown of it
 * @property {number[]} phrases
 */
/**
 * @typedef {object} Phrase what names an entry, or asks for it
 * @property {number} id
 * @property {number} entry
 * @property {string} sort name, misspelling, question, title, heading or label
 * @property {string} text
 * @property {boolean} native whether it is in the language of the site
 * @property {number} worth how well its sort speaks for what it names
 * @property {number[]} terms
 * @property {boolean[]} weak
 * @property {boolean} namesPage whether it is a name of a page, not of a concept
 * @property {boolean} compares whether it names a page for what that compares
 * @property {string} solid
 * @property {number[]} weights
 * @property {number} total
 */
/** @typedef {{location: string, title: string, kind: string, entries: number}} Page */
/** @typedef {{phrase: number, mask: number}} PhrasePost a word in a phrase: at the places of a mask */
/** @typedef {{entry: number, surface: string}} TextPost a word in a text, as it stands there */
/** @typedef {[number, {share: number, mask: number}][]} Shares where most of a name stands */

const SECTION = 0;
const CLAIM = 1;
const DIAGRAM = 2;
const ROW = 3;
const CONCEPT = 4;
const PAGE = 5;

const MOST_PHRASE_WORDS = 30;
/* Phrases in the language of the texts, with all its empty words: they name nothing by these. */
const DESCRIBES = ["title", "heading", "label", "message"];

class Library {
  /** @param {ConceptsIndex} packed */
  constructor(packed) {
    checkFormat(packed, CONCEPTS_FORMAT);
    const index = unpacked(packed);
    this.language = index.language;
    this.sentences = index.sentences;
    this.vocabulary = new Vocabulary(index.helps);
    /** @type {Entry[]} */
    this.entries = [];
    /** @type {Phrase[]} */
    this.phrases = [];
    /** @type {Set<string>} */
    this.solids = new Set();
    /** By the number of a term.
     * @type {PhrasePost[][]} */
    this.inPhrases = [];
    /** @type {TextPost[][]} */
    this.inTexts = [];
    /** @type {Map<string, string> | null} */
    this.titles = null;
    /** @type {Map<number, {texts: Shares, titles: Shares}>} */
    this.found = new Map();
    /** @type {Page[]} */
    this.pages = [];
    /** The messages of failures, which are the last of the concepts.
     * @type {number[]} */
    this.messages = [];
    this.readPages(index.pages);
    this.readParts(index.parts);
    this.readTables(index.tables);
    const words = [...wordsFrom(index.latin, false), ...wordsFrom(index.hangul, true)];
    /** @type {Word[][]} */
    const questions = [];
    for (const word of words) {
      for (const number of word.asked) listAt(questions, number).push(word);
    }
    this.readConcepts(index.concepts, questions);
    for (const word of words) this.addText(word, word.inTexts);
    this.weigh();
  }

  /* Entries are numbered as the index does: pages, parts, rows, concepts. */

  /** @param {PackedPages} pages */
  readPages({ locations, titles, kinds, names }) {
    const [titleOf, kindOf] = [titles, kinds].map((column) => column.split("|"));
    const namesOf = names.split("\n");
    this.pages = locations.split("|").map((location, page) => ({
      location,
      title: titleOf[page],
      kind: kindOf[page],
      entries: 0,
    }));
    titleOf.forEach((title, page) => {
      const entry = this.addEntry(PAGE, page, "", title, "");
      this.addPhrase(entry, title, "title");
      /* A lab is named after what it builds, and is not that. */
      const sort = kindOf[page] === "lab" ? "title" : "name";
      for (const name of namesOf[page].split("|")) this.addPhrase(entry, name, sort);
    });
  }

  /** @param {PackedParts} parts */
  readParts({ pages, kinds, at, titles, texts }) {
    const [fragments, titleOf, shown] = [at, titles, texts].map((column) => column.split("|"));
    pages.forEach((page, row) => {
      const kind = Number(kinds[row]);
      const entry = this.addEntry(
        kind,
        page,
        fragments[row] || slugOf(titleOf[row]),
        titleOf[row],
        shown[row],
      );
      if (kind === CLAIM) this.addShown(entry);
      else this.addPhrase(entry, entry.title, kind === SECTION ? "heading" : "label");
    });
  }

  /** @param {PackedTables} tables */
  readTables({ pages, starts, titles, columns, rows, ends }) {
    const [startOf, titleOf] = [starts, titles].map((column) => column.split("|"));
    const [columnsOf, rowsOf, endsOf] = [columns, rows, ends].map((column) => column.split("\n"));
    pages.forEach((page, table) => {
      /* The entry of a page has its number. */
      this.addPhrase(this.entries[page], titleOf[table] + " " + columnsOf[table], "label");
      const endOf = endsOf[table].split("|");
      rowsOf[table].split("|").forEach((name, row) => {
        const fragment = startOf[table] + (endOf[row] || slugOf(name));
        const entry = this.addEntry(ROW, page, fragment, titleOf[table] + ": " + name, "");
        this.addPhrase(entry, entry.title, "label");
      });
    });
  }

  /** @param {PackedConcepts} concepts
   * @param {Word[][]} asked the words of each question */
  readConcepts({ at, terms, texts, misspellings, names, questions, messages }, asked) {
    const [titleOf, shown] = [terms, texts].map((column) => column.split("|"));
    const columns = [{ lines: misspellings.split("\n"), sort: "misspelling", native: false }];
    for (const [key, lines] of Object.entries(names)) {
      columns.push({ lines: lines.split("\n"), sort: "name", native: key === this.language });
    }
    let question = 0;
    columns.sort((a, b) => Number(b.native) - Number(a.native));
    const first = at.length - messages.length;
    at.forEach((place, row) => {
      const [page, fragment] = Array.isArray(place)
        ? place
        : [this.entries[place].page, this.entries[place].fragment];
      const entry = this.addEntry(CONCEPT, page, fragment, titleOf[row], shown[row]);
      const isFailure = row >= first;
      this.addPhrase(entry, entry.title, isFailure ? "message" : "name", true);
      for (const { lines, sort, native } of columns) {
        for (const phrase of lines[row].split("|"))
          this.addPhrase(entry, phrase, isFailure ? "message" : sort, native);
      }
      for (const end = question + questions[row]; question < end; question += 1) {
        this.addPhrase(entry, "", "question", false, asked[question] || []);
      }
      /* What a failure means stands on its page, which the other index has. */
      if (!isFailure) this.addShown(entry);
    });
    const failures = this.entries.slice(this.entries.length - messages.length);
    this.messages = failures.flatMap((entry, row) => entry.phrases.slice(0, 1 + messages[row]));
  }

  /** What the place of a text is called, if it has a name of its own.
   * @param {number} page
   * @param {string} fragment */
  titleAt(page, fragment) {
    if (!this.titles) {
      this.titles = new Map(
        this.entries
          .filter(({ kind }) => kind !== CONCEPT)
          .reverse()
          .map((entry) => [entry.page + "#" + entry.fragment, entry.title]),
      );
    }
    return this.titles.get(page + "#" + fragment);
  }

  /**
   * @param {number} kind
   * @param {number} page
   * @param {string} fragment
   * @param {string} title
   * @param {string} text
   * @returns {Entry}
   */
  addEntry(kind, page, fragment, title, text) {
    const entry = { id: this.entries.length, kind, page, fragment, title, text, phrases: [] };
    this.entries.push(entry);
    this.pages[page].entries += 1;
    return entry;
  }

  /**
   * @param {Entry} entry
   * @param {string} text
   * @param {string} sort
   * @param {boolean} native whether it is in the language of the site
   * @param {Word[]} given
   */
  addPhrase(entry, text, sort, native = false, given = wordsOf(normal(text), true)) {
    const words = given.slice(0, MOST_PHRASE_WORDS);
    if (!words.length) return;
    const forms = words.map((word) => this.vocabulary.addForms(word));
    if (!DESCRIBES.includes(sort)) this.vocabulary.nameBy(forms.flat());
    const phrase = {
      id: this.phrases.length,
      entry: entry.id,
      sort,
      text,
      native,
      worth: TUNING.speaks[/** @type {keyof typeof TUNING.speaks} */ (sort)] ?? 1,
      terms: words.map((word) => this.vocabulary.add(word.surface, word.hangul)),
      weak: words.map((word) => this.vocabulary.isWeak(word)),
      namesPage: entry.kind === PAGE && sort === "name",
      compares: entry.kind === PAGE && words.some((word) => this.vocabulary.compares(word)),
      solid: this.solid(words),
      weights: [],
      total: 0,
    };
    this.phrases.push(phrase);
    if (sort === "name" || sort === "message") this.solids.add(phrase.solid);
    entry.phrases.push(phrase.id);
    forms.forEach((ids, place) => {
      for (const id of ids) this.post(id, phrase, 1 << place, entry);
    });
    if (sort !== "question") this.addJoined(words, phrase, entry);
  }

  /** The phrase without spaces, to compare with a query that has them elsewhere.
   * @param {Word[]} words */
  solid(words) {
    return words.map((word) => this.vocabulary.key(word.surface, word.hangul)).join("");
  }

  /** Whether a text is the name of a concept, whatever its spaces.
   * @param {string} text */
  isName(text) {
    return this.solids.has(this.solid(wordsOf(normal(text.slice(0, LONGEST_QUERY)), false)));
  }

  /** Neighbours written as one word: "load balancer" is also found as "loadbalancer".
   * @param {Word[]} words
   * @param {Phrase} phrase
   * @param {Entry} entry */
  addJoined(words, phrase, entry) {
    /** @type {(from: number, to: number) => void} */
    const join = (from, to) => {
      const part = words.slice(from, to);
      if (part.some((word) => word.hangul !== part[0].hangul || this.vocabulary.isWeak(word)))
        return;
      let mask = 0;
      for (let place = from; place < to; place += 1) mask |= 1 << place;
      const id = this.vocabulary.addJoined(part);
      this.post(id, phrase, mask, entry);
    };
    for (let from = 0; from + 2 <= words.length; from += 1) join(from, from + 2);
    if (words.length > 2 && words.length < 6) join(0, words.length);
  }

  /**
   * @param {number} term
   * @param {Phrase} phrase
   * @param {number} mask
   * @param {Entry} entry
   */
  post(term, phrase, mask, entry) {
    listAt(this.inPhrases, term).push({ phrase: phrase.id, mask });
    this.use(term, entry);
  }

  /** Let an entry be found by the text that is shown for it.
   * @param {Entry} entry */
  addShown(entry) {
    for (const word of wordsOf(normal(entry.text), false)) this.addText(word, [entry.id]);
  }

  /** Note that the texts of some entries have a word; its humps are found too. Hangul in texts does
      not make a word less rare: of verbs, the texts of the index have none.
   * @param {Word} word
   * @param {number[]} entries */
  addText(word, entries) {
    const ids = this.vocabulary.addForms(word);
    const humps = word.hangul ? [] : wordsOf(word.surface, true);
    if (humps.length > 1)
      ids.push(...humps.map((hump) => this.vocabulary.add(hump.surface, false)));
    for (const id of ids) {
      const posts = listAt(this.inTexts, id);
      for (const entry of entries) {
        posts.push({ entry, surface: word.surface });
        if (!word.hangul) this.use(id, this.entries[entry]);
      }
    }
  }

  /** Count the entries that use a term.
   * @param {number} term
   * @param {Entry} entry */
  use(term, entry) {
    const known = this.vocabulary.terms[term];
    if (known.last === entry.id) return;
    known.last = entry.id;
    known.uses += 1;
    if (entry.kind === CONCEPT) known.concepts += 1;
  }

  /** Where most of a name's words stand, in texts and in titles; found once for each name.
   * @param {Phrase} name */
  placesOf(name) {
    const known = this.found.get(name.id);
    if (known) return known;
    /** @param {[number, unknown]} share */
    const isTitle = ([id]) => this.entries[this.phrases[id].entry].kind !== CONCEPT;
    const texts = name.terms.map((id) => (this.inTexts[id] || []).map((post) => [post.entry, 0]));
    const titles = name.terms.map((id) =>
      (this.inPhrases[id] || []).map((post) => [post.phrase, post.mask]),
    );
    const found = {
      texts: sharesOf(name, texts),
      titles: sharesOf(name, titles).filter(isTitle),
    };
    this.found.set(name.id, found);
    return found;
  }

  weigh() {
    this.vocabulary.settle();
    const most = Math.log(1 + this.entries.length);
    for (const term of this.vocabulary.terms) {
      /* How rare a word in Hangul is, concepts tell if any has it: the titles of Korean pages are
         sentences, and a word should say as much there as where the pages are in English. */
      const uses = (term.hangul && term.concepts) || term.uses;
      term.weight = (Math.log(1 + this.entries.length / (1 + uses)) / most) ** TUNING.weighs.rarity;
    }
    this.vocabulary.weighForms();
    for (const phrase of this.phrases) {
      phrase.weights = phrase.terms.map((id, place) =>
        phrase.weak[place] ? TUNING.weighs.weakInPhrase : this.vocabulary.terms[id].weight,
      );
      phrase.total = phrase.weights.reduce((sum, weight) => sum + weight, 0);
    }
  }
}

/** Pairs of a place that has most of a name, and how much of it, with the words there.
 * @param {Phrase} name
 * @param {number[][][]} posts for each word: the places that have it, and which words of those
 * @returns {Shares} */
function sharesOf(name, posts) {
  /** @type {Map<number, {share: number, mask: number}>} */
  const found = new Map();
  posts.forEach((ofWord, word) => {
    const seen = new Set();
    for (const [place, mask] of ofWord) {
      const at = found.get(place) || { share: 0, mask: 0 };
      if (!seen.has(place)) at.share += name.weights[word] / name.total;
      at.mask |= mask;
      seen.add(place);
      found.set(place, at);
    }
  });
  return [...found].filter(([, { share }]) => share > TUNING.translated.share);
}

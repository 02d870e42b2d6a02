/* What can be found: pages, their parts, and concepts, with the phrases that name them. */

const SECTION = 0;
const CLAIM = 1;
const DIAGRAM = 2;
const ROW = 3;
const CONCEPT = 4;
const PAGE = 5;

const MOST_PHRASE_WORDS = 30;

class Library {
  /** @param {ConceptsIndex} packed */
  constructor(packed) {
    checkFormat(packed, CONCEPTS_FORMAT);
    const index = unpacked(packed);
    this.language = index.language;
    this.sentences = index.sentences;
    this.vocabulary = new Vocabulary(index.helps);
    this.entries = [];
    this.phrases = [];
    this.solids = new Set();
    this.inPhrases = [];
    this.inTexts = [];
    this.places = 0;
    this.readPages(index.pages);
    this.readParts(index.parts);
    this.readTables(index.tables);
    const words = [...wordsFrom(index.latin, false), ...wordsFrom(index.hangul, true)];
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
      for (const name of namesOf[page].split("|")) this.addPhrase(entry, name, "name");
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

  /** @param {PackedConcepts} concepts */
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

  /** What the place of a text is called, if it has a name of its own. */
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

  addEntry(kind, page, fragment, title, text) {
    const entry = { id: this.entries.length, kind, page, fragment, title, text, phrases: [] };
    this.entries.push(entry);
    this.pages[page].entries += 1;
    return entry;
  }

  addPhrase(entry, text, sort, native = false, given = wordsOf(normal(text), true)) {
    const words = given.slice(0, MOST_PHRASE_WORDS);
    if (!words.length) return;
    const phrase = {
      id: this.phrases.length,
      entry: entry.id,
      sort,
      text,
      native,
      worth: TUNING.speaks[sort] || 1,
      terms: words.map((word) => this.vocabulary.add(word.surface, word.hangul)),
      weak: words.map((word) => this.vocabulary.isWeak(word)),
      solid: this.solid(words),
      weights: [],
      total: 0,
      first: this.places,
    };
    this.places += words.length;
    this.phrases.push(phrase);
    if (sort === "name" || sort === "message") this.solids.add(phrase.solid);
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

  post(term, phrase, mask, entry) {
    listAt(this.inPhrases, term).push({ phrase: phrase.id, mask });
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
    if (humps.length > 1)
      ids.push(...humps.map((hump) => this.vocabulary.add(hump.surface, false)));
    for (const id of ids) {
      const posts = listAt(this.inTexts, id);
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
      term.weight =
        Math.max(
          TUNING.weighs.leastRarity,
          Math.log(1 + this.entries.length / (1 + term.uses)) / most,
        ) ** TUNING.weighs.rarity;
    }
    for (const phrase of this.phrases) {
      phrase.weights = phrase.terms.map((id, place) =>
        phrase.weak[place] ? TUNING.weighs.weakInPhrase : this.vocabulary.terms[id].weight,
      );
      phrase.total = phrase.weights.reduce((sum, weight) => sum + weight, 0);
    }
  }
}

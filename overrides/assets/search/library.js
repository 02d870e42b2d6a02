/* What can be found: pages, their parts, and concepts, with the phrases that name them. */

const SECTION = 0;
const CLAIM = 1;
const ROW = 2;
const DIAGRAM = 3;
const CONCEPT = 4;
const PAGE = 5;

/* How well a phrase of each sort speaks for what it names. */
const SPEAKS = { name: 1, misspelling: 0.96, question: 0.9, title: 0.8, heading: 0.72, label: 0.5 };

const MOST_PHRASE_WORDS = 30;

class Library {
  constructor(index) {
    this.vocabulary = new Vocabulary(index.language);
    this.pages = index.pages.map(([location, title, kind, boost]) => ({ location, title, kind, boost }));
    this.entries = [];
    this.phrases = [];
    this.inPhrases = [];
    this.inTexts = [];
    this.places = 0;
    this.read(index);
    this.weigh();
  }

  read(index) {
    index.pages.forEach(([, title, , , text], page) => {
      const entry = this.addEntry(PAGE, page, "", title, text);
      this.addPhrase(entry, title, "title");
      this.addText(entry, text);
    });
    for (const [page, fragment, kind, title, text] of index.parts) {
      const entry = this.addEntry(kind, page, fragment, title, text);
      if (kind === SECTION) this.addPhrase(entry, title, "heading");
      else if (kind !== CLAIM) this.addPhrase(entry, title, "label");
      this.addText(entry, text);
    }
    for (const [page, fragment, title, text, names, misspellings, questions] of index.concepts) {
      const entry = this.addEntry(CONCEPT, page, fragment, title, text);
      this.addPhrase(entry, title, "name");
      for (const name of names) this.addPhrase(entry, name, "name");
      for (const name of misspellings) this.addPhrase(entry, name, "misspelling");
      for (const question of questions) this.addPhrase(entry, question, "question");
      this.addText(entry, text);
    }
  }

  addEntry(kind, page, fragment, title, text) {
    const entry = { id: this.entries.length, kind, page, fragment, title, text, length: 0, phrases: [] };
    this.entries.push(entry);
    return entry;
  }

  addPhrase(entry, text, sort) {
    const words = wordsOf(normal(text), true).slice(0, MOST_PHRASE_WORDS);
    if (!words.length) return;
    const phrase = {
      id: this.phrases.length,
      entry: entry.id,
      sort,
      text,
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

  /** Neighbours written as one word: "load balancer" is also found as "loadbalancer". */
  addJoined(words, phrase, entry) {
    const join = (from, to) => {
      const part = words.slice(from, to);
      if (part.some((word) => word.hangul !== part[0].hangul)) return;
      let mask = 0;
      for (let place = from; place < to; place += 1) mask |= 1 << place;
      const id = this.vocabulary.add(part.map((word) => word.surface).join(""), part[0].hangul);
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

  addText(entry, text) {
    const counts = new Map();
    for (const word of wordsOf(normal(text), false)) {
      for (const id of this.vocabulary.addForms(word)) counts.set(id, (counts.get(id) || 0) + 1);
      const humps = word.hangul ? [] : wordsOf(word.surface, true);
      if (humps.length > 1) {
        for (const hump of humps) {
          const id = this.vocabulary.add(hump.surface, false);
          counts.set(id, (counts.get(id) || 0) + 0.5);
        }
      }
      entry.length += 1;
    }
    for (const [term, count] of counts) {
      const posts = (this.inTexts[term] = this.inTexts[term] || []);
      posts.push({ entry: entry.id, count });
      this.use(term, entry);
    }
  }

  /** Count the entries that use a term, each once. */
  use(term, entry) {
    const known = this.vocabulary.terms[term];
    if (known.last !== entry.id) {
      known.last = entry.id;
      known.uses += 1;
    }
  }

  weigh() {
    const most = Math.log(1 + this.entries.length);
    for (const term of this.vocabulary.terms) {
      term.weight = Math.max(0.2, Math.log(1 + this.entries.length / (1 + term.uses)) / most);
    }
    for (const phrase of this.phrases) {
      phrase.weights = phrase.terms.map((id, place) =>
        phrase.weak[place] ? 0.06 : this.vocabulary.terms[id].weight);
      phrase.total = phrase.weights.reduce((sum, weight) => sum + weight, 0);
    }
    const lengths = this.entries.map((entry) => entry.length);
    this.meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1;
  }
}

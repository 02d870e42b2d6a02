/* From a query to pages in order, each with the entries that speak for it.

   Everything rests on grades: how well (0 to 1) a word of the query is met in a phrase, or in a
   text. A row of grades, one a word, stands for a phrase or an entry; tables hold the rows. Each
   step takes what is known and returns what it adds: none changes what another has made. */

const MOST_MENTIONS = 5;

/**
 * @typedef {object} Evidence what speaks for phrases and texts
 * @property {Grades} ofPhrase a row of the query's words for each phrase
 * @property {Grades} inPhrase a row of the phrase's own words
 * @property {Grades} ofText a row of the query's words for each entry
 * @property {Map<number, number>} terms what the query's words mean: terms, and how well they fit
 */
/** @typedef {Map<number, number>} Scores phrases, and how well each fits the query */
/**
 * @typedef {object} Item an entry that speaks for its page
 * @property {Entry} entry
 * @property {number} name how well its best phrase fits
 * @property {string} sort of that phrase
 * @property {number} phrase its number, or -1
 * @property {number} passage how much of the query its text has
 * @property {number} score
 */
/**
 * @typedef {object} Gathered what was found for one page
 * @property {number} page
 * @property {number} named how much of what is compared one title names
 * @property {Map<number, Item>} items by the number of the entry
 * @property {Float32Array} covers how well each word of the query is met by its phrases
 * @property {Float32Array} inText the sum of the grades in its texts, by word
 */
/**
 * @typedef {object} RankedPage
 * @property {number} page
 * @property {Item[]} items
 * @property {number} concept how well its best concept fits
 * @property {number} cover how much of the query it has in all
 * @property {Word[]} missing words of the query that it has not
 * @property {number} score
 */
/**
 * @typedef {object} Ranked
 * @property {Query} query
 * @property {Map<number, number>} terms
 * @property {boolean} exact whether the query is the name of a concept
 * @property {RankedPage[]} pages
 * @property {number} sure how well the best page answers
 */

/** Rows of grades, made when first raised. A copy shares the rows that it does not raise. */
class Grades {
  /**
   * @param {number} width
   * @param {Map<number, Float32Array>} [rows]
   */
  constructor(width, rows = new Map()) {
    this.width = width;
    this.rows = new Map(rows);
    /** @type {Set<number>} */
    this.own = new Set();
  }

  copy() {
    return new Grades(this.width, this.rows);
  }

  /** @param {number} number */
  row(number) {
    return this.rows.get(number) || new Float32Array(this.width);
  }

  /** Raise the grades of the places in `mask`.
   * @param {number} number
   * @param {number} mask
   * @param {number} grade */
  raise(number, mask, grade) {
    let row = this.row(number);
    if (!this.own.has(number)) {
      row = row.slice();
      this.own.add(number);
      this.rows.set(number, row);
    }
    for (let place = 0, rest = mask; rest; place += 1, rest >>>= 1) {
      if (rest & 1 && grade > row[place]) row[place] = grade;
    }
  }
}

/** Pages in order for a query; `sure` tells how well the best of them answers it.
 * @param {Library} library
 * @param {string} text
 * @returns {Ranked} */
function rank(library, text) {
  const query = readQuery(library, text);
  const exact = library.solids.has(query.solid);
  if (!query.total) return { query, exact, terms: new Map(), pages: [], sure: 0 };
  const met = lookUp(library, query);
  const { lent, ofPhrase } = lendNames(library, query, met.ofPhrase);
  const named = scorePhrases(library, query, { ...met, ofPhrase }, lent, true);
  const told = translate(library, { ...met, ofPhrase }, named);
  const others = scorePhrases(library, query, told, lent, false);
  const pages = gatherPages(library, query, told, new Map([...named, ...others]))
    .map((page) => scorePage(library, query, exact, page))
    .sort((a, b) => b.score - a.score);
  const sure = Math.max(0, ...pages.map((page) => Math.max(page.cover, page.concept)));
  return { query, exact, terms: told.terms, pages, sure };
}

/** The grades of all phrases and texts that a query touches.
 * @param {Library} library
 * @param {Query} query
 * @returns {Evidence} */
function lookUp(library, query) {
  const { vocabulary } = library;
  const width = query.words.length;
  const ofPhrase = new Grades(width);
  const inPhrase = new Grades(MOST_PHRASE_WORDS);
  const ofText = new Grades(width);
  const terms = new Map();
  for (const { mask, meanings } of query.units) {
    for (const [id, worth] of meanings) {
      if (worth > (terms.get(id) || 0)) terms.set(id, worth);
      for (const post of library.inPhrases[id] || []) {
        ofPhrase.raise(post.phrase, mask, worth);
        inPhrase.raise(post.phrase, post.mask, worth);
      }
      const share = TUNING.share.text * (vocabulary.terms[id].hangul ? TUNING.share.hangul : 1);
      for (const post of library.inTexts[id] || []) {
        ofText.raise(post.entry, mask, share * worth);
      }
    }
  }
  return { ofPhrase, inPhrase, ofText, terms };
}

/** The share of the query, by weight, that a row of grades covers.
 * @param {Query} query
 * @param {Float32Array} row */
function covered(query, row) {
  let sum = 0;
  for (let place = 0; place < row.length; place += 1) sum += query.weights[place] * row[place];
  return Math.min(1, sum / query.total);
}

/** A word of the query may stand in a question, another in a name: lend questions the names.
 * @param {Library} library
 * @param {Query} query
 * @param {Grades} met
 * @returns {{ofPhrase: Grades, lent: Map<number, number>}} */
function lendNames(library, query, met) {
  const names = new Grades(query.words.length);
  const ofPhrase = met.copy();
  const lent = new Map();
  for (const [id, row] of met.rows) {
    const { entry, sort } = library.phrases[id];
    if (sort === "question") continue;
    for (const [place, grade] of row.entries()) {
      names.raise(entry, 1 << place, TUNING.concept.lent * grade);
    }
  }
  for (const id of met.rows.keys()) {
    const { entry, sort } = library.phrases[id];
    const own = sort === "question" && names.rows.get(entry);
    if (!own) continue;
    for (const [place, grade] of own.entries()) ofPhrase.raise(id, 1 << place, grade);
    lent.set(id, Math.max(...own));
  }
  return { ofPhrase, lent };
}

/** The scores of the phrases of concepts, or of all others.
 * @param {Library} library
 * @param {Query} query
 * @param {Evidence} evidence
 * @param {Map<number, number>} lent
 * @param {boolean} ofConcepts
 * @returns {Scores} */
function scorePhrases(library, query, { ofPhrase, inPhrase }, lent, ofConcepts) {
  const scores = new Map();
  for (const [id, row] of ofPhrase.rows) {
    const phrase = library.phrases[id];
    if ((library.entries[phrase.entry].kind === CONCEPT) === ofConcepts) {
      scores.set(id, scorePhrase(query, phrase, row, knownOf(inPhrase, phrase), lent.get(id) || 0));
    }
  }
  return scores;
}

/** How well a phrase fits: the share of the query that it covers, times (bent towards 1, since
    readers type less than whole names) the share of it that the query covers.
 * @param {Query} query
 * @param {Phrase} phrase
 * @param {Float32Array} row
 * @param {number} known
 * @param {number} lent */
function scorePhrase(query, phrase, row, known, lent) {
  const asks = phrase.sort === "question";
  const ofQuery = covered(query, row);
  const left = asks ? TUNING.concept.leftOut : 0;
  const ofPhrase = (known + left * lent) / (phrase.total + left);
  const isQuery = phrase.solid === query.solid;
  const part = phrase.namesPage && !isQuery ? TUNING.speaks.pageInPart : 1;
  const score = phrase.worth * part * ofQuery * Math.sqrt(ofPhrase);
  if (asks || phrase.sort === "label") return score;
  if (isQuery) return score + TUNING.concept.exact;
  const whole = (Math.min(ofQuery, ofPhrase) - TUNING.concept.wholeFrom) / TUNING.concept.wholeOver;
  return score + TUNING.concept.whole * Math.max(0, Math.min(1, whole));
}

/** How much of a phrase, by weight, the query covers.
 * @param {Grades} inPhrase
 * @param {Phrase} phrase */
function knownOf(inPhrase, phrase) {
  const words = inPhrase.row(phrase.id);
  let known = 0;
  for (let place = 0; place < phrase.terms.length; place += 1) {
    known += phrase.weights[place] * words[place];
  }
  return known;
}

/** Let a concept that the query names count in texts and titles by its names in their language.
 * @param {Library} library
 * @param {Evidence} evidence
 * @param {Scores} scores
 * @returns {Evidence} */
function translate(library, evidence, scores) {
  const ofPhrase = evidence.ofPhrase.copy();
  const inPhrase = evidence.inPhrase.copy();
  const ofText = evidence.ofText.copy();
  const terms = new Map(evidence.terms);
  for (const { entry, phrase, score } of mentions(library, scores)) {
    /* Who types "tea" does not name all of "tea pot". */
    const whole = knownOf(inPhrase, phrase) / phrase.total;
    const grades = Array.from(ofPhrase.row(phrase.id));
    const marks = score > TUNING.translated.sure && !phrase.native;
    /** @type {(table: Grades, number: number, share: number) => void} */
    const lend = (table, number, share) => {
      grades.forEach((grade, place) => {
        if (grade <= TUNING.translated.grade) return;
        table.raise(number, 1 << place, TUNING.translated.worth * grade * share * share * whole);
      });
    };
    for (const name of entry.phrases.map((id) => library.phrases[id])) {
      if (!name.native) continue;
      const { texts, titles } = library.placesOf(name);
      for (const [id, { share }] of texts) lend(ofText, id, share);
      for (const [id, { share, mask }] of titles) {
        lend(ofPhrase, id, share);
        inPhrase.raise(id, mask, TUNING.translated.worth * share * whole);
      }
      if (!marks || (name.id !== entry.phrases[0] && name.terms.length > 1)) continue;
      for (const id of telling(name)) {
        terms.set(id, Math.max(terms.get(id) || 0, TUNING.translated.worth));
      }
    }
  }
  return { ofPhrase, inPhrase, ofText, terms };
}

/** The words of a name but for the common ones: of "green tea" on a site on tea, "green".
 * @param {Phrase} name */
function telling(name) {
  const least = TUNING.translated.marked * Math.max(...name.weights);
  return name.terms.filter((_, place) => name.weights[place] >= least);
}

/** The concepts that the query names best, each with the name.
 * @param {Library} library
 * @param {Scores} scores
 * @returns {{entry: Entry, phrase: Phrase, score: number}[]} */
function mentions(library, scores) {
  const best = new Map();
  for (const [id, score] of scores) {
    const phrase = library.phrases[id];
    const known = best.get(phrase.entry);
    if (phrase.sort !== "question" && score > (known ? known.score : TUNING.translated.least)) {
      best.set(phrase.entry, { entry: library.entries[phrase.entry], phrase, score });
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, MOST_MENTIONS);
}

/** Bring together what speaks for each page.
 * @param {Library} library
 * @param {Query} query
 * @param {Evidence} evidence
 * @param {Scores} scores
 * @returns {Gathered[]} */
function gatherPages(library, query, { ofPhrase, ofText }, scores) {
  const width = query.words.length;
  /** @type {Map<number, Gathered>} */
  const pages = new Map();
  /** @param {number} page */
  const pageOf = (page) => {
    const [covers, inText] = [new Float32Array(width), new Float32Array(width)];
    const found = pages.get(page) || { page, named: 0, items: new Map(), covers, inText };
    pages.set(page, found);
    return found;
  };
  /** @type {(page: Gathered, entry: Entry) => Item} */
  const itemOf = (page, entry) => {
    const fresh = { entry, name: 0, sort: "", phrase: -1, passage: 0, score: 0 };
    const item = page.items.get(entry.id) || fresh;
    page.items.set(entry.id, item);
    return item;
  };
  for (const [id, row] of ofPhrase.rows) {
    const { entry: owner, sort, worth } = library.phrases[id];
    const entry = library.entries[owner];
    const page = pageOf(entry.page);
    const item = itemOf(page, entry);
    const score = scores.get(id) || 0;
    if (score > item.name) Object.assign(item, { name: score, sort, phrase: id });
    /* Many messages on one page have almost any word between them: only one that is meant counts. */
    if (sort === "message" && score < TUNING.speaks.message) continue;
    row.forEach((grade, place) => {
      page.covers[place] = Math.max(page.covers[place], grade * worth);
    });
    if (query.compares) {
      const share = entry.kind === ROW ? TUNING.compares.row : 1;
      page.named = Math.max(page.named, share * covered(query, row));
    }
  }
  for (const [id, row] of ofText.rows) {
    const page = pageOf(library.entries[id].page);
    itemOf(page, library.entries[id]).passage = covered(query, row);
    row.forEach((grade, place) => {
      page.inText[place] += grade;
    });
  }
  return [...pages.values()];
}

/** A page with its score, and that of each of its items.
 * @param {Library} library
 * @param {Query} query
 * @param {boolean} exact
 * @param {Gathered} gathered
 * @returns {RankedPage} */
function scorePage(library, query, exact, gathered) {
  const { kind, entries } = library.pages[gathered.page];
  let [concept, title, passage] = [0, 0, 0];
  /* A title that is the query names its page; that of a lab, which is called after what it builds,
     does if nothing is left of it. So does a name that says "compared", where that is not asked. */
  const ownFrom = TUNING.speaks.title + (kind === "lab" ? TUNING.concept.whole : 0);
  const items = Array.from(gathered.items.values(), (item) => {
    const isPage = item.entry.kind === PAGE;
    const aside = !query.compares && library.phrases[item.phrase]?.compares;
    const ownName = isPage && ((item.sort === "name" && !aside) || item.name > ownFrom);
    if (item.entry.kind === CONCEPT || ownName) {
      concept = Math.max(concept, item.name + TUNING.concept.passage * item.passage);
    } else title = Math.max(title, item.name);
    if (item.entry.kind !== CONCEPT) passage = Math.max(passage, item.passage * item.passage);
    const worth = isPage ? TUNING.parts.page : TUNING.parts.worth;
    return { ...item, score: item.name + worth * item.passage };
  });
  const covers = gathered.covers.map((grade, place) => {
    const sum = gathered.inText[place];
    const often = Math.min(1, (TUNING.share.often * sum) / entries);
    return sum ? Math.max(grade, TUNING.share.textOnce + TUNING.share.textOften * often) : grade;
  });
  const cover = covered(query, covers);
  const rest =
    TUNING.share.title * title +
    TUNING.share.cover * cover * cover +
    TUNING.share.passage * passage;
  const left = Math.max(TUNING.share.rest, 1 - concept);
  const bonus = exact ? 0 : compared(query, gathered.named, cover, kind);
  return {
    page: gathered.page,
    items,
    concept,
    cover,
    missing: query.words.filter(
      (_, place) => !query.weak[place] && covers[place] < TUNING.answers.missing,
    ),
    score: concept + worthOf(kind) * left * rest + bonus,
  };
}

/** How much a page counts by its kind.
 * @param {string} kind */
function worthOf(kind) {
  return TUNING.kind[/** @type {keyof typeof TUNING.kind} */ (kind)] ?? 1;
}

/** What a page gains that compares what the query asks to compare: one title must name it all. Who
    types a whole name, such as that of a page on how to choose, is led there by the name.
 * @param {Query} query
 * @param {number} named
 * @param {number} cover
 * @param {string} kind */
function compared(query, named, cover, kind) {
  if (!query.compares || kind !== "compare" || !query.clear) return 0;
  const share = Math.min(1, named / query.clear);
  return TUNING.compares.bonus * Math.min(1, cover / query.clear) * share ** 3;
}

/** Whether the best page answers the query, or only happens to share a word with it.
 * @param {Ranked} ranked */
function isAnswered({ query, pages }) {
  if (!pages.length) return false;
  const page = pages[0];
  if (query.onlyWeak) return page.concept > 1;
  if (query.foreign && page.cover < TUNING.answers.foreign) return false;
  if (page.concept >= TUNING.answers.concept) return true;
  if (query.clear < TUNING.answers.clear && page.score < TUNING.answers.vague) return false;
  /* What the page has not is as strange to it as a word that nobody has written here. */
  const heard = query.best.map((best, place) =>
    page.missing.includes(query.words[place]) ? 0 : best,
  );
  const full = heard.filter((_, place) => !query.weak[place]);
  const known = full.filter((best) => best >= TUNING.likely.known).length;
  if (known < full.length && !full.some((best) => best >= TUNING.likely.certain)) return false;
  /* Words only, no sentence: one that the site has never heard of may name the subject. */
  const several = full.length > 2 ? TUNING.answers.words : 0;
  const words = known < full.length ? TUNING.answers.strange : several;
  if (!query.sentence && page.score < words) return false;
  return page.cover >= (query.sentence ? TUNING.answers.sentence : TUNING.answers.cover);
}

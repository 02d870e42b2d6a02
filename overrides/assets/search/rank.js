/* From a query to pages in order, each with the entries that speak for it.

   Everything rests on grades: how well (0 to 1) a word of the query is met in a phrase, or in a
   text. A row of grades, one a word, stands for a phrase or an entry; tables hold the rows. */

const MOST_MENTIONS = 5;

/** Rows of grades, made when first touched. */
class Grades {
  constructor(width) {
    this.width = width;
    this.rows = new Map();
  }

  row(number) {
    let row = this.rows.get(number);
    if (!row) {
      row = new Float32Array(this.width);
      this.rows.set(number, row);
    }
    return row;
  }

  /** Raise the grades of the places in `mask`. */
  raise(number, mask, grade) {
    const row = this.row(number);
    for (let place = 0, rest = mask; rest; place += 1, rest >>>= 1) {
      if (rest & 1 && grade > row[place]) row[place] = grade;
    }
  }
}

/** Pages in order for a query; `sure` tells how well the best of them answers it. */
function rank(library, text) {
  const query = readQuery(library, text);
  const ranked = {
    query,
    terms: new Map(),
    exact: library.solids.has(query.solid),
    pages: [],
    sure: 0,
  };
  if (!query.total) return ranked;
  const evidence = lookUp(library, query, ranked.terms);
  lendNames(library, evidence);
  scorePhrases(library, evidence, true);
  translate(library, evidence, ranked.terms);
  scorePhrases(library, evidence, false);
  return { ...ranked, ...gatherPages(library, evidence) };
}

/**
 * The grades of all phrases and texts that a query touches. `ofPhrase` has a row of the query's
 * words for each phrase, `inPhrase` a row of the phrase's own words, `ofText` one for each entry.
 */
function lookUp(library, query, terms) {
  const width = query.words.length;
  const ofPhrase = new Grades(width);
  const inPhrase = new Grades(MOST_PHRASE_WORDS);
  const ofText = new Grades(width);
  for (const { mask, meanings } of query.units) {
    for (const [id, worth] of meanings) {
      if (worth > (terms.get(id) || 0)) terms.set(id, worth);
      for (const post of library.inPhrases[id] || []) {
        ofPhrase.raise(post.phrase, mask, worth);
        inPhrase.raise(post.phrase, post.mask, worth);
      }
      for (const post of library.inTexts[id] || [])
        ofText.raise(post.entry, mask, TUNING.share.text * worth);
    }
  }
  return { query, ofPhrase, inPhrase, ofText, scores: new Map(), lent: new Map() };
}

/** The share of the query, by weight, that a row of grades covers. */
function covered(query, row) {
  let sum = 0;
  for (let place = 0; place < row.length; place += 1) sum += query.weights[place] * row[place];
  return Math.min(1, sum / query.total);
}

/** A word of the query may stand in a question, another in a name: lend questions the names. */
function lendNames(library, { ofPhrase, lent, query }) {
  const names = new Grades(query.words.length);
  for (const [id, row] of ofPhrase.rows) {
    const { entry, sort } = library.phrases[id];
    if (sort === "question") continue;
    for (const [place, grade] of row.entries())
      names.raise(entry, 1 << place, TUNING.concept.lent * grade);
  }
  for (const [id] of ofPhrase.rows) {
    const { entry, sort } = library.phrases[id];
    const own = sort === "question" && names.rows.get(entry);
    if (own) {
      for (const [place, grade] of own.entries()) ofPhrase.raise(id, 1 << place, grade);
      lent.set(id, Math.max(...own));
    }
  }
}

/** Score the phrases of concepts, or all others. */
function scorePhrases(library, evidence, ofConcepts) {
  for (const [id, row] of evidence.ofPhrase.rows) {
    const phrase = library.phrases[id];
    if ((library.entries[phrase.entry].kind === CONCEPT) === ofConcepts) {
      evidence.scores.set(id, scorePhrase(evidence, phrase, row));
    }
  }
}

/** How well a phrase fits: the share of the query that it covers, times (bent towards 1, since
    readers type less than whole names) the share of it that the query covers. */
function scorePhrase({ query, inPhrase, lent }, phrase, row) {
  const known = knownOf(inPhrase, phrase);
  const asks = phrase.sort === "question";
  const ofQuery = covered(query, row);
  const left = asks ? TUNING.concept.leftOut : 0;
  const ofPhrase = (known + left * (lent.get(phrase.id) || 0)) / (phrase.total + left);
  const score = phrase.worth * ofQuery * Math.sqrt(ofPhrase);
  if (asks || phrase.sort === "label") return score;
  if (phrase.solid === query.solid) return score + TUNING.concept.exact;
  const whole = (Math.min(ofQuery, ofPhrase) - TUNING.concept.wholeFrom) / TUNING.concept.wholeOver;
  return score + TUNING.concept.whole * Math.max(0, Math.min(1, whole));
}

/** How much of a phrase, by weight, the query covers. */
function knownOf(inPhrase, phrase) {
  const words = inPhrase.row(phrase.id);
  let known = 0;
  for (let place = 0; place < phrase.terms.length; place += 1)
    known += phrase.weights[place] * words[place];
  return known;
}

/** Let a concept that the query names count in texts and titles by its names in their language. */
function translate(library, { ofPhrase, inPhrase, ofText, scores }, terms) {
  for (const { entry, phrase, score } of mentions(library, scores)) {
    /* Who types "tea" does not name all of "tea pot". */
    const whole = knownOf(inPhrase, library.phrases[phrase]) / library.phrases[phrase].total;
    const grades = Array.from(ofPhrase.row(phrase));
    const marks = score > TUNING.translated.sure && !library.phrases[phrase].native;
    const lend = (table, number, share) =>
      grades.forEach((grade, place) => {
        if (grade > TUNING.translated.grade)
          table.raise(number, 1 << place, TUNING.translated.worth * grade * share * share * whole);
      });
    for (const name of entry.phrases
      .map((id) => library.phrases[id])
      .filter(({ native }) => native)) {
      const { texts, titles } = placesOf(library, name);
      for (const [entry, { share }] of texts) lend(ofText, entry, share);
      for (const [id, { share, mask }] of titles) {
        lend(ofPhrase, id, share);
        inPhrase.raise(id, mask, TUNING.translated.worth * share * whole);
      }
      if (marks && (name.id === entry.phrases[0] || name.terms.length === 1)) markName(name, terms);
    }
  }
}

/** Mark the words of a name, too, but not the common ones: of "green tea" on a site on tea, "green". */
function markName(name, terms) {
  const least = TUNING.translated.marked * Math.max(...name.weights);
  name.terms.forEach((id, place) => {
    if (name.weights[place] >= least)
      terms.set(id, Math.max(terms.get(id) || 0, TUNING.translated.worth));
  });
}

/** The concepts that the query names best, each with the name. */
function mentions(library, scores) {
  const best = new Map();
  for (const [phrase, score] of scores) {
    const { entry, sort } = library.phrases[phrase];
    const known = best.get(entry);
    if (sort !== "question" && score > (known ? known.score : TUNING.translated.least)) {
      best.set(entry, { entry: library.entries[entry], phrase, score });
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, MOST_MENTIONS);
}

/** Where most of a name's words stand; found once for each name. */
function placesOf(library, name) {
  if (!name.found) {
    const ofConcept = (id) => library.entries[library.phrases[id].entry].kind === CONCEPT;
    name.found = {
      texts: sharesOf(library.inTexts, "entry", name),
      titles: sharesOf(library.inPhrases, "phrase", name).filter(([id]) => !ofConcept(id)),
    };
  }
  return name.found;
}

/** Pairs of a place that has most of a name, and how much of it, with the words there. */
function sharesOf(posts, key, name) {
  const found = new Map();
  name.terms.forEach((id, place) => {
    const seen = new Set();
    for (const post of posts[id] || []) {
      const at = found.get(post[key]) || { share: 0, mask: 0 };
      if (!seen.has(post[key])) at.share += name.weights[place] / name.total;
      at.mask |= post.mask;
      seen.add(post[key]);
      found.set(post[key], at);
    }
  });
  return [...found].filter(([, { share }]) => share > TUNING.translated.share);
}

/** Bring together what speaks for each page. */
function gatherPages(library, evidence) {
  const { query, ofPhrase, ofText, scores } = evidence;
  const width = query.words.length;
  const pages = new Map();
  const pageOf = (entry) => {
    if (!pages.has(entry.page)) {
      pages.set(entry.page, {
        page: entry.page,
        concept: 0,
        title: 0,
        named: 0,
        passage: 0,
        items: new Map(),
        covers: new Float32Array(width),
        inText: new Float32Array(width),
      });
    }
    return pages.get(entry.page);
  };
  const itemOf = (page, entry) => {
    if (!page.items.has(entry.id))
      page.items.set(entry.id, { entry, name: 0, sort: "", phrase: -1, passage: 0 });
    return page.items.get(entry.id);
  };
  for (const [id, row] of ofPhrase.rows) {
    const { entry: owner, sort, worth } = library.phrases[id];
    const entry = library.entries[owner];
    const page = pageOf(entry);
    const item = itemOf(page, entry);
    const score = scores.get(id);
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
    const page = pageOf(library.entries[id]);
    itemOf(page, library.entries[id]).passage = covered(query, row);
    row.forEach((grade, place) => {
      page.inText[place] += grade;
    });
  }
  const found = [...pages.values()];
  for (const page of found) scorePage(library, query, page);
  found.sort((a, b) => b.score - a.score);
  return {
    pages: found,
    sure: Math.max(0, ...found.map((page) => Math.max(page.cover, page.concept))),
  };
}

function scorePage(library, query, page) {
  const { kind, entries } = library.pages[page.page];
  for (const item of page.items.values()) {
    const { entry, name, sort, passage } = item;
    item.score = name + (entry.kind === PAGE ? TUNING.parts.page : TUNING.parts.worth) * passage;
    const ownName = entry.kind === PAGE && (sort === "name" || name > TUNING.speaks.title);
    if (entry.kind === CONCEPT || ownName)
      page.concept = Math.max(page.concept, name + TUNING.concept.passage * passage);
    else page.title = Math.max(page.title, name);
    if (entry.kind !== CONCEPT) page.passage = Math.max(page.passage, passage * passage);
  }
  page.inText.forEach((sum, place) => {
    const often = Math.min(1, (TUNING.share.often * sum) / entries);
    if (sum)
      page.covers[place] = Math.max(
        page.covers[place],
        TUNING.share.textOnce + TUNING.share.textOften * often,
      );
  });
  page.cover = covered(query, page.covers);
  page.missing = query.words.filter(
    (word, place) => !query.weak[place] && page.covers[place] < TUNING.answers.missing,
  );
  const rest =
    TUNING.share.title * page.title +
    TUNING.share.cover * page.cover * page.cover +
    TUNING.share.passage * page.passage;
  page.score =
    page.concept + (TUNING.kind[kind] || 1) * Math.max(TUNING.share.rest, 1 - page.concept) * rest;
  if (query.compares && kind === "compare" && query.clear) {
    /* One title must name all that is compared. */
    const named = Math.min(1, page.named / query.clear);
    page.score +=
      TUNING.compares.bonus * Math.min(1, page.cover / query.clear) * named * named * named;
  }
}

/** Whether the best page answers the query, or only happens to share a word with it. */
function isAnswered({ query, pages }) {
  if (!pages.length) return false;
  const page = pages[0];
  if (query.onlyWeak) return page.concept > 1;
  if (query.foreign && page.cover < TUNING.answers.foreign) return false;
  if (page.concept >= TUNING.answers.concept) return true;
  if (query.clear < TUNING.answers.clear && page.score < TUNING.answers.vague) return false;
  const full = query.best.filter((best, place) => !query.weak[place]);
  const known = full.filter((best) => best >= TUNING.likely.known).length;
  if (known < full.length && !full.some((best) => best >= TUNING.likely.certain)) return false;
  /* Words only, no sentence: one that the site has never heard of may name the subject. */
  const words =
    known < full.length ? TUNING.answers.strange : full.length > 2 ? TUNING.answers.words : 0;
  if (!query.sentence && page.score < words) return false;
  return page.cover >= (query.sentence ? TUNING.answers.sentence : TUNING.answers.cover);
}

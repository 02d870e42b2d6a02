/* From a query to pages in order, each with the entries that speak for it. */

const UNKNOWN_WEIGHT = { latin: 0.75, hangul: 0.35 };
const WEAK_WEIGHT = 0.05;

/* Shares of the evidence for a page: a concept it teaches, its titles, what it covers in all,
   and its best single passage. */
const SHARE = { concept: 1, title: 0.3, cover: 0.5, passage: 0.3 };

/* A word in a text, beside 1 for a word in a name. */
const TEXT_WORTH = 0.8;

/* A name's word, where a question of the same concept needs it. */
const LENT = 0.9;

const EXACT_BONUS = 0.5;
/* A query counts as answered when one page covers this share of it; less if several words of
   the query meet there. */
const FOUND_AT_LEAST = 0.42;
const SEVERAL_WORDS = 0.1;

/** A query read: words, their weights, and the units (words, joined neighbours) to look up. */
function readQuery(library, text) {
  const { vocabulary } = library;
  const words = [];
  for (const word of wordsOf(normal(text.slice(0, LONGEST_QUERY)), false)) {
    if (words.length >= MOST_WORDS) break;
    const best = Math.max(0, ...vocabulary.meanings(word).values());
    const humps = wordsOf(word.surface, true);
    const pieces = best >= 0.72 ? null : humps.length > 1 ? humps : vocabulary.split(word);
    words.push(...(pieces || [word]));
  }
  words.length = Math.min(words.length, MOST_WORDS);
  const weak = words.map((word) => vocabulary.isWeak(word));
  const strange = words.some((word, place) => !weak[place] && Math.max(0, ...vocabulary.meanings(word).values()) < 0.75);
  const units = words.map((word, place) => ({
    mask: 1 << place,
    meanings: weak[place] ? exactOnly(vocabulary.meanings(word)) : vocabulary.meanings(word),
  }));
  const weights = words.map((word, place) => {
    if (weak[place]) return WEAK_WEIGHT;
    let best = 0;
    let weight = word.hangul ? UNKNOWN_WEIGHT.hangul : UNKNOWN_WEIGHT.latin;
    for (const [id, worth] of units[place].meanings) {
      if (worth > best) {
        best = worth;
        weight = vocabulary.terms[id].weight;
      }
    }
    if (keysOf(word.surface).length < 2) weight *= 0.3;
    return weight;
  });
  for (let place = 0; place + 1 < words.length; place += 1) addJoinedUnit(words, place, place + 2, vocabulary, units);
  if (words.length > 2 && words.length < 8) addJoinedUnit(words, 0, words.length, vocabulary, units);
  const total = weights.reduce((sum, weight, place) => sum + (weak[place] ? 0 : weight), 0);
  const solid = words.map((word) => vocabulary.key(word.surface, word.hangul)).join("");
  return { words, weak, weights, units, total, solid, strange, compares: words.some((word) => vocabulary.compares(word)) };
}

function exactOnly(meanings) {
  return new Map([...meanings].filter(([, worth]) => worth > 0.94));
}

function addJoinedUnit(words, from, to, vocabulary, units) {
  const part = words.slice(from, to);
  if (part.some((word) => word.hangul !== part[0].hangul)) return;
  const joined = { surface: part.map((word) => word.surface).join(""), hangul: part[0].hangul };
  const meanings = new Map([...vocabulary.meanings(joined)].filter(([, worth]) => worth >= 0.7));
  let mask = 0;
  for (let place = from; place < to; place += 1) mask |= 1 << place;
  if (meanings.size) units.push({ mask, meanings });
}

/** Raise the grades of the words in `mask`; those of a row begin at `first`. */
function raise(grades, first, mask, grade) {
  for (let rest = mask, cell = first; rest; rest >>>= 1, cell += 1) {
    if (rest & 1 && grade > grades[cell]) grades[cell] = grade;
  }
}

/** The share of the query, by weight, that a row of grades covers. */
function covered(query, grades, row) {
  const width = query.words.length;
  let sum = 0;
  for (let place = 0; place < width; place += 1) sum += query.weights[place] * grades[row * width + place];
  return Math.min(1, sum / query.total);
}

/** Pages in order for a query; `sure` tells how well the best of them answers it. */
function rank(library, text) {
  const query = readQuery(library, text);
  const width = query.words.length;
  if (!query.total) return { query, terms: new Map(), strange: false, pages: [], sure: 0 };
  const phraseGrades = new Float32Array(library.phrases.length * width);
  const wordGrades = new Float32Array(library.places);
  const textGrades = new Float32Array(library.entries.length * width);
  const terms = new Map();

  for (const unit of query.units) {
    for (const [id, worth] of unit.meanings) {
      if (worth > (terms.get(id) || 0)) terms.set(id, worth);
      for (const post of library.inPhrases[id] || []) {
        raise(phraseGrades, post.phrase * width, unit.mask, worth);
        raise(wordGrades, library.phrases[post.phrase].first, post.mask, worth);
      }
      for (const post of library.inTexts[id] || []) {
        raise(textGrades, post.entry * width, unit.mask, TEXT_WORTH * worth);
      }
    }
  }

  const phraseScores = scorePhrases(library, query, phraseGrades, wordGrades);
  translate(library, query, phraseScores, phraseGrades, textGrades, terms);
  return { query, terms, strange: query.strange, ...gatherPages(library, query, phraseScores, phraseGrades, textGrades) };
}

/** A question leaves out what the concept's names say: lend it their grades. */
function lendNames(library, query, grades) {
  const width = query.words.length;
  for (const entry of library.entries) {
    if (entry.kind !== CONCEPT) continue;
    const names = new Float32Array(width);
    for (const id of entry.phrases) {
      const asks = library.phrases[id].sort === "question";
      for (let place = 0; place < width; place += 1) {
        const cell = id * width + place;
        if (!asks) names[place] = Math.max(names[place], LENT * grades[cell]);
        else if (grades[cell] < names[place]) grades[cell] = names[place];
      }
    }
  }
}

/** How well each phrase fits: the share of the query that it covers, times (bent towards 1, since
    readers type less than whole names) the share of it that the query covers. */
function scorePhrases(library, query, grades, wordGrades) {
  const scores = new Float32Array(library.phrases.length);
  lendNames(library, query, grades);
  for (const phrase of library.phrases) {
    let known = 0;
    for (let place = 0; place < phrase.terms.length; place += 1) {
      known += phrase.weights[place] * wordGrades[phrase.first + place];
    }
    if (!known) continue;
    const ofQuery = covered(query, grades, phrase.id);
    const ofPhrase = known / phrase.total;
    const bend = phrase.sort === "question" ? 0.45 : 0.5;
    let score = phrase.worth * ofQuery * Math.pow(ofPhrase, bend);
    if (phrase.sort === "name" || phrase.sort === "misspelling") {
      if (phrase.solid === query.solid) score += EXACT_BONUS;
      else if (ofQuery > 0.93 && ofPhrase > 0.99) score += EXACT_BONUS * 0.6;
    }
    scores[phrase.id] = score;
  }
  return scores;
}

/** Let a concept that the query names count in texts that use its name in the page's language. */
function translate(library, query, phraseScores, phraseGrades, textGrades, terms) {
  const width = query.words.length;
  const mentions = [];
  for (const entry of library.entries) {
    if (entry.kind !== CONCEPT) continue;
    let best = -1;
    for (const id of entry.phrases) {
      if (library.phrases[id].sort !== "question" && phraseScores[id] > (best < 0 ? 0.3 : phraseScores[best])) best = id;
    }
    if (best >= 0) mentions.push({ entry, phrase: best, score: phraseScores[best] });
  }
  mentions.sort((a, b) => b.score - a.score);
  for (const { entry, phrase, score } of mentions.slice(0, 5)) {
    const title = library.phrases[entry.phrases[0]];
    const sums = new Map();
    title.terms.forEach((id, place) => {
      for (const post of library.inTexts[id] || []) {
        sums.set(post.entry, (sums.get(post.entry) || 0) + title.weights[place]);
      }
    });
    if (score > 0.75) for (const id of title.terms) terms.set(id, Math.max(terms.get(id) || 0, 0.75));
    for (const [other, sum] of sums) {
      const share = sum / title.total;
      if (share < 0.6) continue;
      for (let place = 0; place < width; place += 1) {
        const grade = phraseGrades[phrase * width + place];
        if (grade > 0.5) raise(textGrades, other * width, 1 << place, 0.75 * grade * share * share);
      }
    }
  }
}

function gatherPages(library, query, phraseScores, phraseGrades, textGrades) {
  const width = query.words.length;
  const pages = library.pages.map((page, id) => ({
    page: id, concept: 0, title: 0, passage: 0, entries: [], score: 0,
  }));
  const covers = new Float32Array(library.pages.length * width);
  let sure = 0;
  for (const entry of library.entries) {
    const page = pages[entry.page];
    let name = 0;
    for (const id of entry.phrases) {
      if (phraseScores[id] > name) name = phraseScores[id];
      if (phraseScores[id] > 0) {
        const worth = library.phrases[id].worth;
        for (let place = 0; place < width; place += 1) {
          const grade = phraseGrades[id * width + place] * worth;
          if (grade > 0) raise(covers, entry.page * width, 1 << place, grade);
        }
      }
    }
    const passage = covered(query, textGrades, entry.id);
    for (let place = 0; place < width; place += 1) {
      raise(covers, entry.page * width, 1 << place, 0.75 * textGrades[entry.id * width + place]);
    }
    if (!name && !passage) continue;
    if (entry.kind === CONCEPT) page.concept = Math.max(page.concept, name + 0.1 * passage);
    else page.title = Math.max(page.title, name);
    if (entry.kind !== CONCEPT) page.passage = Math.max(page.passage, passage * passage);
    page.entries.push({ entry, name, passage, score: name + 0.6 * passage });
  }
  for (const page of pages) {
    const cover = covered(query, covers, page.page);
    const { kind } = library.pages[page.page];
    const hits = query.words.filter((word, place) => !query.weak[place] && covers[page.page * width + place] > 0.4);
    sure = Math.max(sure, page.concept, hits.length > 1 ? cover + SEVERAL_WORDS : cover);
    page.missing = query.words.map((word, place) => !query.weak[place] && covers[page.page * width + place] < 0.25);
    const boost = query.compares && kind === "compare" ? 1.3 : library.pages[page.page].boost;
    page.score = boost * (SHARE.concept * page.concept + SHARE.title * page.title +
      SHARE.cover * cover * cover + SHARE.passage * page.passage);
  }
  return { pages: pages.filter((page) => page.score > 0).sort((a, b) => b.score - a.score), sure };
}

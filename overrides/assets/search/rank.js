/* From a query to pages in order, each with the entries that speak for it. */

const UNKNOWN_WEIGHT = { latin: 0.75, hangul: 0.35 };
const WEAK_WEIGHT = 0.05;

/* Shares of the evidence for a page beside the concepts that it teaches: its titles, what it
   covers in all, its best single passage. The surer a concept is, the less the rest counts. */
const SHARE = { title: 0.25, cover: 0.35, passage: 0.3, rest: 0.1 };

/* For a page of comparisons, when the query asks for one. */
const COMPARE_BONUS = 0.9;

/* A word in a text, beside 1 for a word in a name. */
const TEXT_WORTH = 0.8;

/* A name's word, where a question of the same concept needs it. */
const LENT = 0.9;
const LEFT_OUT = 0.2;

/* A concept's name in the language of the texts, for one in another. */
const WORTH_TRANSLATED = 0.8;
const MOST_MENTIONS = 5;

/* For a name that is the query, letter by letter; and for one that covers it wholly. */
const EXACT_BONUS = 0.5;
const WHOLE_BONUS = 0.3;
/* When a query counts as answered: see `isAnswered`. */
const ANSWER = { concept: 0.5, known: 0.6, strong: 0.9, score: 0.42, cover: 0.35, sentence: 0.25 };

/** A query read: words, their weights, and the units (words, joined neighbours) to look up. */
function readQuery(library, text) {
  const { vocabulary } = library;
  const words = [];
  let sentence = false;
  for (const word of wordsOf(normal(text.slice(0, LONGEST_QUERY)), false)) {
    if (words.length >= MOST_WORDS) break;
    const best = Math.max(0, ...vocabulary.meanings(word).values());
    const humps = wordsOf(word.surface, true);
    const pieces = best >= 0.72 ? null : humps.length > 1 ? humps : vocabulary.split(word);
    words.push(...(pieces || [word]));
    sentence = sentence || (!word.attached && vocabulary.isWeak(word));
  }
  const last = words[words.length - 1];
  if (last && last.hangul) sentence = sentence || library.asking.some((ending) => last.surface.endsWith(ending));
  words.length = Math.min(words.length, MOST_WORDS);
  const weak = words.map((word) => vocabulary.isWeak(word));
  const best = words.map((word) => Math.max(0, ...vocabulary.meanings(word).values()));
  const strange = best.some((worth, place) => !weak[place] && worth < 0.75);
  const units = words.map((word, place) => ({
    mask: 1 << place,
    meanings: weak[place] ? exactOnly(vocabulary.meanings(word)) : vocabulary.meanings(word),
  }));
  const weights = words.map((word, place) => {
    if (weak[place]) return WEAK_WEIGHT;
    const unknown = word.hangul ? UNKNOWN_WEIGHT.hangul : UNKNOWN_WEIGHT.latin;
    let likeliest = -1;
    for (const [id, worth] of units[place].meanings) {
      if (likeliest < 0 || worth > units[place].meanings.get(likeliest)) likeliest = id;
    }
    /* A doubtful meaning says little about how much the word says. */
    const trust = Math.max(0, Math.min(1, (best[place] - 0.3) / 0.5));
    const weight = likeliest < 0 ? unknown : trust * vocabulary.terms[likeliest].weight + (1 - trust) * unknown;
    return keysOf(word.surface).length < 2 ? 0.3 * weight : weight;
  });
  for (let place = 0; place + 1 < words.length; place += 1) addJoinedUnit(words, place, place + 2, vocabulary, units);
  if (words.length > 2 && words.length < 8) addJoinedUnit(words, 0, words.length, vocabulary, units);
  const full = weights.reduce((sum, weight, place) => sum + (weak[place] ? 0 : weight), 0);
  /* Of empty words only, all count. */
  const total = full || weights.reduce((sum, weight) => sum + weight, 0);
  const solid = library.solid(words);
  const clear = weights.reduce((sum, weight, place) => sum + (best[place] >= ANSWER.known && !weak[place] ? weight : 0), 0);
  return { words, weak, weights, units, sure: Math.max(0.01, clear / (total || 1)), full, total, solid, best, strange, sentence, compares: words.some((word) => vocabulary.compares(word)) };
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
  if (!query.total) return { query, terms: new Map(), strange: false, exact: false, pages: [], sure: 0 };
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

  const scores = new Float32Array(library.phrases.length);
  const lent = lendNames(library, query, phraseGrades);
  const score = (phrase) => {
    scores[phrase.id] = scorePhrase(query, phrase, phraseGrades, wordGrades, lent[phrase.id]);
  };
  const ofConcept = (phrase) => library.entries[phrase.entry].kind === CONCEPT;
  library.phrases.filter(ofConcept).forEach(score);
  translate(library, query, { scores, phraseGrades, wordGrades, textGrades, terms });
  library.phrases.filter((phrase) => !ofConcept(phrase)).forEach(score);
  const exact = library.solids.has(query.solid);
  return { query, terms, strange: query.strange, exact, ...gatherPages(library, query, scores, phraseGrades, textGrades) };
}

/** A word of the query may stand in a question, another in a name: lend questions the names. */
function lendNames(library, query, grades) {
  const width = query.words.length;
  const lent = new Float32Array(library.phrases.length);
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
      if (asks) lent[id] = Math.max(...names);
    }
  }
  return lent;
}

/** How well a phrase fits: the share of the query that it covers, times (bent towards 1, since
    readers type less than whole names) the share of it that the query covers. */
function scorePhrase(query, phrase, grades, wordGrades, lent) {
  let known = 0;
  for (let place = 0; place < phrase.terms.length; place += 1) {
    known += phrase.weights[place] * wordGrades[phrase.first + place];
  }
  if (!known) return 0;
  const ofQuery = covered(query, grades, phrase.id);
  const left = phrase.sort === "question" ? LEFT_OUT : 0;
  const ofPhrase = (known + left * lent) / (phrase.total + left);
  let score = phrase.worth * ofQuery * Math.sqrt(ofPhrase);
  if (phrase.sort !== "question" && phrase.sort !== "label") {
    if (phrase.solid === query.solid) score += EXACT_BONUS;
    else score += WHOLE_BONUS * Math.max(0, Math.min(1, (Math.min(ofQuery, ofPhrase) - 0.6) / 0.33));
  }
  return score;
}

/** Let a concept that the query names count in texts and titles by its names in their language. */
function translate(library, query, { scores, phraseGrades, wordGrades, textGrades, terms }) {
  const width = query.words.length;
  for (const { entry, phrase, score } of mentions(library, scores)) {
    const places = [];
    for (let place = 0; place < width; place += 1) {
      if (phraseGrades[phrase * width + place] > 0.5) places.push(place);
    }
    const lend = (grades, row, share) => {
      for (const place of places) {
        raise(grades, row * width, 1 << place, WORTH_TRANSLATED * phraseGrades[phrase * width + place] * share * share);
      }
    };
    for (const name of entry.phrases.map((id) => library.phrases[id]).filter(({ native }) => native)) {
      for (const [other, share] of sharesOf(library.inTexts, "entry", name)) lend(textGrades, other, share);
      for (const [other, share] of sharesOf(library.inPhrases, "phrase", name)) {
        const { entry: owner, first } = library.phrases[other];
        if (library.entries[owner].kind === CONCEPT) continue;
        lend(phraseGrades, other, share);
        for (const id of name.terms) {
          for (const post of library.inPhrases[id] || []) {
            if (post.phrase === other) raise(wordGrades, first, post.mask, WORTH_TRANSLATED * share);
          }
        }
      }
      if (score > 0.75) for (const id of name.terms) terms.set(id, Math.max(terms.get(id) || 0, 0.75));
    }
  }
}

/** The concepts that the query names best, each with the name. */
function mentions(library, scores) {
  const found = [];
  for (const entry of library.entries) {
    if (entry.kind !== CONCEPT) continue;
    let phrase = -1;
    for (const id of entry.phrases) {
      const least = phrase < 0 ? 0.3 : scores[phrase];
      if (library.phrases[id].sort !== "question" && scores[id] > least) phrase = id;
    }
    if (phrase >= 0) found.push({ entry, phrase, score: scores[phrase] });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, MOST_MENTIONS);
}

/** Where the words of a name stand: how much of the name each place has, if most of it. */
function sharesOf(posts, key, name) {
  const sums = new Map();
  name.terms.forEach((id, place) => {
    for (const other of new Set((posts[id] || []).map((post) => post[key]))) {
      sums.set(other, (sums.get(other) || 0) + name.weights[place] / name.total);
    }
  });
  return [...sums].filter(([, share]) => share > 0.6);
}

function gatherPages(library, query, phraseScores, phraseGrades, textGrades) {
  const width = query.words.length;
  const pages = library.pages.map((page, id) => ({
    page: id, concept: 0, title: 0, named: 0, passage: 0, entries: [], score: 0,
  }));
  const covers = new Float32Array(library.pages.length * width);
  const inText = new Float32Array(library.pages.length * width);
  let sure = 0;
  for (const entry of library.entries) {
    const page = pages[entry.page];
    let name = 0;
    let best;
    for (const id of entry.phrases) {
      if (phraseScores[id] > name) {
        name = phraseScores[id];
        best = id;
      }
      if (phraseScores[id] > 0) {
        const worth = library.phrases[id].worth;
        for (let place = 0; place < width; place += 1) {
          const grade = phraseGrades[id * width + place] * worth;
          if (grade > 0) raise(covers, entry.page * width, 1 << place, grade);
        }
      }
    }
    if (query.compares) {
      for (const id of entry.phrases) page.named = Math.max(page.named, covered(query, phraseGrades, id));
    }
    const passage = covered(query, textGrades, entry.id);
    for (let place = 0; place < width; place += 1) {
      inText[entry.page * width + place] += textGrades[entry.id * width + place];
    }
    if (!name && !passage) continue;
    const named = entry.kind === PAGE && best !== undefined && (library.phrases[best].sort === "name" || name > SPEAKS.title);
    if (entry.kind === CONCEPT || named) page.concept = Math.max(page.concept, name + 0.1 * passage);
    else page.title = Math.max(page.title, name);
    if (entry.kind !== CONCEPT) page.passage = Math.max(page.passage, passage * passage);
    page.entries.push({ entry, name, best, passage, score: name + 0.6 * passage });
  }
  for (const page of pages) {
    for (let place = 0; place < width; place += 1) {
      const cell = page.page * width + place;
      const often = Math.min(1, (3 * inText[cell]) / library.pages[page.page].entries);
      raise(covers, page.page * width, 1 << place, inText[cell] ? 0.35 + 0.4 * often : 0);
    }
    const cover = covered(query, covers, page.page);
    const { kind } = library.pages[page.page];
    sure = Math.max(sure, cover, page.concept);
    page.cover = cover;
    page.missing = query.words.map((word, place) => !query.weak[place] && covers[page.page * width + place] < 0.25);
    const { boost } = library.pages[page.page];
    const rest = SHARE.title * page.title + SHARE.cover * cover * cover + SHARE.passage * page.passage;
    page.score = page.concept + boost * Math.max(SHARE.rest, 1 - page.concept) * rest;
    if (query.compares && kind === "compare") {
      /* One title must name all that is compared. */
      const named = Math.min(1, page.named / query.sure);
      page.score += COMPARE_BONUS * Math.min(1, cover / query.sure) * named * named * named;
    }
  }
  return { pages: pages.filter((page) => page.score > 0).sort((a, b) => b.score - a.score), sure };
}

/** Whether the best page answers the query, or only happens to share a word with it. */
function isAnswered({ query, pages }) {
  if (!pages.length) return false;
  const page = pages[0];
  if (!query.full) return page.concept > 1;
  if (page.concept >= ANSWER.concept) return true;
  const full = query.best.filter((best, place) => !query.weak[place]);
  const known = full.filter((best) => best >= ANSWER.known).length;
  if (known < full.length) {
    if (!full.some((best) => best >= ANSWER.strong)) return false;
    /* Words only, no sentence: one that the site has never heard of names the subject. */
    if (!query.sentence) return page.score >= ANSWER.score && known > 0.4 * full.length;
  }
  return page.cover >= (query.sentence ? ANSWER.sentence : ANSWER.cover);
}

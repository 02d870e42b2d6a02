/* All that stands on the pages, looked through letter by letter: words, parts of identifiers,
   any script. There is no list of words to keep: the texts are short enough to be read whole. */

/** @typedef {{met: number, at: number, length: number}} Hit how well a piece is met, and where */
/** @typedef {Map<number, Hit>} Met the texts that have a piece */
/**
 * @typedef {object} MetPlace a place that has some of a query
 * @property {number} number
 * @property {(Hit | null)[]} hits the best for each piece
 * @property {Map<number, Hit[]>} texts
 */
/** @typedef {MetPlace & {all: boolean, whole: boolean, score: number}} WrittenPlace */
/**
 * @typedef {object} WrittenPage a page that has all of a query
 * @property {number} page
 * @property {WrittenPlace[]} places
 * @property {boolean} close whether one place has it all
 * @property {boolean} strong whether in whole words
 * @property {boolean} named whether it is an identifier there
 * @property {number} score
 */

/* A piece of a query that is a whole word of a text. */
const WHOLE = 1;

/* A shorter piece is looked for as a whole word only, or as the beginning of one. */
const SHORTEST_START = 2;
const SHORTEST_INSIDE = { hangul: 2, spaced: 3 };

const MOST_PIECES = 12;
const EXCERPT = { before: 60, most: 190 };

const LETTER = /[\p{L}\p{M}\p{N}]/u;
const SPACED =
  /[\p{N}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Devanagari}]/u;
/* An identifier, or the beginning of one: "tea:StartSteep", "KETTLE_IS", "startSteep". */
const IDENTIFIER = /^\S+[\p{L}\p{N}][:_.][\p{L}\p{N}]\S*$|^\p{Ll}+\p{Lu}\S*$/u;
const EDGES = /^[^\p{L}\p{M}\p{N}_$@#]+|[^\p{L}\p{M}\p{N}_+#%]+$/gu;

/** Small letters without accents; every letter keeps its place.
 * @param {string} text */
function plainLetters(text) {
  return text
    .toLowerCase()
    .replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, (letter) => letter.normalize("NFD")[0]);
}

/** How a letter joins others: into words with spaces between, into Hangul, which takes endings,
    or (as Chinese, Japanese or Thai do) without showing where a word ends: "".
 * @param {string | undefined} letter */
function writing(letter) {
  if (!letter || !LETTER.test(letter)) return "";
  if (HANGUL.test(letter)) return "hangul";
  return SPACED.test(letter) ? "spaced" : "";
}

class Texts {
  /** @param {TextsIndex} packed
   * @param {Library} library */
  constructor(packed, library) {
    checkFormat(packed, TEXTS_FORMAT);
    this.library = library;
    this.whole = packed.texts;
    this.plain = plainLetters(packed.texts);
    this.starts = [0];
    for (let at = this.whole.indexOf("\n"); at >= 0; at = this.whole.indexOf("\n", at + 1))
      this.starts.push(at + 1);
    /** @type {number[][]} */
    this.placesOf = this.starts.map(() => []);
    this.places = this.readPlaces(packed);
    /** @type {Map<string, Met>} */
    this.known = new Map();
  }

  /** The places, and for each text those that have it.
   * @param {TextsIndex} packed */
  readPlaces({ pages, fragments, titles, new: added, shared }) {
    const [fragmentOf, titleOf, sharedBy] = [fragments, titles, shared].map((column) =>
      column.split("|"),
    );
    let next = 0;
    let title = "";
    return pages.map((page, place) => {
      if (place && page !== pages[place - 1]) title = "";
      if (titleOf[place]) title = titleOf[place];
      let number = 0;
      for (const step of sharedBy[place] ? sharedBy[place].split(" ") : []) {
        number += Number(step);
        this.placesOf[number].push(place);
      }
      for (const end = next + added[place]; next < end; next += 1) this.placesOf[next].push(place);
      return { page, fragment: fragmentOf[place], title };
    });
  }

  /** The text in which a letter stands.
   * @param {number} at */
  textAt(at) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The texts that have a piece: a map from the number of each to how well, and where.
   * @param {string} piece
   * @returns {Met} */
  withPiece(piece) {
    let found = this.known.get(piece);
    if (!found) {
      if (this.known.size > 100) this.known.clear();
      found = this.look(piece);
      this.known.set(piece, found);
    }
    return found;
  }

  /**
   * @param {string} piece
   * @returns {Met}
   */
  look(piece) {
    /** @type {Met} */
    const found = new Map();
    for (let at = this.plain.indexOf(piece); at >= 0; at = this.plain.indexOf(piece, at + 1)) {
      const met = this.howMet(piece, at);
      if (!met) continue;
      const text = this.textAt(at);
      const known = found.get(text);
      if (!known || known.met < met) found.set(text, { met, at, length: piece.length });
      if (met === WHOLE && text + 1 < this.starts.length) at = this.starts[text + 1] - 1;
    }
    return found;
  }

  /**
   * @param {string} piece
   * @param {number} at
   */
  howMet(piece, at) {
    const kind = writing(piece[0]);
    if (!kind) return TUNING.written.unspaced;
    const starts = writing(this.plain[at - 1]) !== kind;
    const last = piece[piece.length - 1];
    const ends = !writing(last) || writing(this.plain[at + piece.length]) !== writing(last);
    if (starts && ends) return WHOLE;
    if (starts && kind === "hangul" && this.isWhole(at + piece.length)) return WHOLE;
    if (starts && piece.length >= SHORTEST_START) return TUNING.written.start;
    return piece.length >= SHORTEST_INSIDE[kind] ? TUNING.written.inside : 0;
  }

  /** Whether only endings follow in a Korean word.
   * @param {number} at */
  isWhole(at) {
    let end = at;
    while (writing(this.plain[end]) === "hangul") end += 1;
    return this.library.vocabulary.isEnding(this.plain.slice(at, end));
  }

  /** What a piece of a query stands for: itself as typed, else its words, else other forms.
   * @param {string} piece
   * @returns {Met[]} */
  lookUp(piece) {
    const found = this.withPiece(piece);
    if (found.size) return [found];
    const words = wordsOf(piece, false);
    if (words.length > 1) return words.map((word) => this.lookUp(word.surface)[0]);
    const forms =
      words.length && words[0].hangul
        ? koreanStems(piece, this.library.vocabulary.endings)
            .slice(1)
            .filter((form) => form.length > 1)
        : [englishStem(piece)].filter((form) => form !== piece && form.length > 2);
    for (const form of forms) {
      const other = this.withPiece(form);
      if (other.size)
        return [
          new Map(
            [...other].map(([text, hit]) => [
              text,
              { ...hit, met: TUNING.written.otherForm * hit.met },
            ]),
          ),
        ];
    }
    return [found];
  }

  /**
   * The pages that have all of a query, best first, each with its places. `close` tells whether one
   * place has it all, `strong` whether in whole words, `named` whether it is an identifier there.

   * @param {string} text
   * @returns {WrittenPage[]} */
  find(text) {
    const written = normal(text.slice(0, LONGEST_QUERY)).trim().replace(/\s+/g, " ");
    const typed = plainLetters(written);
    const pieces = typed
      .split(" ")
      .map((piece) => piece.replace(EDGES, ""))
      .filter((piece) => LETTER.test(piece));
    const strong = pieces.filter((piece) => !this.isEmpty(piece));
    const sought = (strong.length ? strong : pieces)
      .slice(0, MOST_PIECES)
      .flatMap((piece) => this.lookUp(piece));
    if (!sought.length || sought.some((found) => !found.size)) return [];
    const weights = sought.map((found) => Math.log(1 + this.starts.length / found.size));
    /** @type {Map<number, MetPlace>} */
    const places = new Map();
    sought.forEach((found, piece) => {
      for (const [number, hit] of found) {
        for (const place of this.placesOf[number]) {
          note(places, place, piece, sought.length, number, hit);
        }
      }
    });
    const asTyped = pieces.length > 1 ? this.withPiece(typed.replace(EDGES, "")) : new Map();
    return this.gather(places.values(), weights, asTyped, IDENTIFIER.test(written));
  }

  /** @param {string} piece */
  isEmpty(piece) {
    const words = wordsOf(piece, false);
    return words.every((word) => this.library.vocabulary.isWeak(word)) && words.length > 0;
  }

  /** The pages that have all, from the places that have some.
   * @param {Iterable<MetPlace>} places
   * @param {number[]} weights of the pieces
   * @param {Met} asTyped the texts that have the query as it was typed
   * @param {boolean} isIdentifier
   * @returns {WrittenPage[]} */
  gather(places, weights, asTyped, isIdentifier) {
    /** @type {Map<number, WrittenPlace[]>} */
    const pages = new Map();
    for (const met of places) {
      const place = this.grade(met, weights, asTyped);
      const { page } = this.places[place.number];
      pages.set(page, [...(pages.get(page) || []), place]);
    }
    const has = (/** @type {WrittenPlace[]} */ found) =>
      weights.every((_, piece) => found.some((place) => place.hits[piece]));
    return [...pages]
      .filter(([, found]) => has(found))
      .map(([page, found]) => {
        const sorted = found.sort((a, b) => b.score - a.score);
        const [best] = sorted;
        const collects = this.library.pages[page].kind === "reference";
        return {
          page,
          places: sorted,
          close: best.all,
          strong: best.whole,
          named: isIdentifier && weights.length === 1,
          score: best.score - (collects ? TUNING.written.collected : 0),
        };
      })
      .sort((a, b) => b.score - a.score);
  }

  /** How much of the query a place has.
   * @param {MetPlace} place
   * @param {number[]} weights
   * @param {Met} asTyped
   * @returns {WrittenPlace} */
  grade(place, weights, asTyped) {
    const { hits } = place;
    const texts = [...place.texts.keys()];
    const met = weights.map((weight, piece) => weight * (hits[piece]?.met || 0));
    const title = plainLetters(this.places[place.number].title);
    return {
      ...place,
      all: hits.every((hit) => hit),
      whole: hits.every((hit) => hit && hit.met >= TUNING.written.unspaced),
      score:
        sumOf(met) / sumOf(weights) +
        (texts.some((text) => asTyped.has(text)) ? TUNING.written.asTyped : 0) +
        (title === this.plainText(texts[0]) ? TUNING.written.title : 0),
    };
  }

  /** @param {number} number */
  plainText(number) {
    return this.plain.slice(
      this.starts[number],
      (this.starts[number + 1] || this.plain.length + 1) - 1,
    );
  }

  /** The best part of what a place has, as HTML with marks: the text around the first hit.
   * @param {WrittenPlace} place */
  excerpt(place) {
    const [number, hits] = [...place.texts].sort(
      (a, b) => weightOfHits(b[1]) - weightOfHits(a[1]),
    )[0];
    const start = this.starts[number];
    const end = (this.starts[number + 1] || this.whole.length + 1) - 1;
    const spots = hits.slice().sort((a, b) => a.at - b.at);
    let from = Math.max(start, spots[0].at - EXCERPT.before);
    if (from > start) from = Math.min(spots[0].at, this.whole.indexOf(" ", from) + 1);
    if (end - start <= EXCERPT.most) from = start;
    let to = Math.min(end, from + EXCERPT.most);
    if (to < end) to = Math.max(spots[0].at + spots[0].length, this.whole.lastIndexOf(" ", to));
    let html = from > start ? "\u2026" : "";
    let at = from;
    for (const spot of spots) {
      if (spot.at < at || spot.at + spot.length > to) continue;
      html +=
        escapeHtml(this.whole.slice(at, spot.at)) +
        "<mark>" +
        escapeHtml(this.whole.slice(spot.at, spot.at + spot.length)) +
        "</mark>";
      at = spot.at + spot.length;
    }
    return html + escapeHtml(this.whole.slice(at, to)) + (to < end ? "\u2026" : "");
  }

  /** The words to mark where a place leads, as they stand there.
   * @param {WrittenPlace} place */
  wordsAt(place) {
    /** @type {Record<string, boolean>} */
    const words = {};
    for (const hit of place.hits)
      if (hit) words[this.plain.slice(hit.at, hit.at + hit.length)] = true;
    return words;
  }
}

/** @param {Hit[]} hits */
function weightOfHits(hits) {
  return hits.reduce((sum, hit) => sum + hit.met, 0);
}

/** Note that a place has a piece, in one of its texts.
 * @param {Map<number, MetPlace>} places
 * @param {number} number
 * @param {number} piece
 * @param {number} width
 * @param {number} text
 * @param {Hit} hit */
function note(places, number, piece, width, text, hit) {
  /** @type {MetPlace} */
  const fresh = { number, hits: new Array(width).fill(null), texts: new Map() };
  const place = places.get(number) || fresh;
  places.set(number, place);
  if ((place.hits[piece]?.met || 0) < hit.met) place.hits[piece] = hit;
  place.texts.set(text, (place.texts.get(text) || []).concat(hit));
}

/** @param {number[]} numbers */
function sumOf(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/* All that stands on the pages, looked through letter by letter: words, parts of identifiers,
   any script. There is no list of words to keep: the texts are short enough to be read whole. */

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

/** Small letters without accents; every letter keeps its place. */
function plainLetters(text) {
  return text
    .toLowerCase()
    .replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, (letter) => letter.normalize("NFD")[0]);
}

/** How a letter joins others: into words with spaces between, into Hangul, which takes endings,
    or (as Chinese, Japanese or Thai do) without showing where a word ends: "". */
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
    this.readPlaces(packed);
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
    this.placesOf = this.starts.map(() => []);
    this.places = pages.map((page, place) => {
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

  /** The text in which a letter stands. */
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

  /** The texts that have a piece: a map from the number of each to how well, and where. */
  withPiece(piece) {
    let found = this.known.get(piece);
    if (!found) {
      if (this.known.size > 100) this.known.clear();
      found = this.look(piece);
      this.known.set(piece, found);
    }
    return found;
  }

  look(piece) {
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

  /** Whether only endings follow in a Korean word. */
  isWhole(at) {
    let end = at;
    while (writing(this.plain[end]) === "hangul") end += 1;
    return this.library.vocabulary.isEnding(this.plain.slice(at, end));
  }

  /** What a piece of a query stands for: itself as typed, else its words, else other forms. */
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
   */
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
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const places = new Map();
    sought.forEach((found, piece) => {
      for (const [number, hit] of found) {
        for (const place of this.placesOf[number])
          this.note(places, place, piece, sought.length, number, hit);
      }
    });
    const asTyped = pieces.length > 1 ? this.withPiece(typed.replace(EDGES, "")) : new Map();
    return this.gather(places, weights, total, asTyped, IDENTIFIER.test(written));
  }

  isEmpty(piece) {
    const words = wordsOf(piece, false);
    return words.every((word) => this.library.vocabulary.isWeak(word)) && words.length > 0;
  }

  note(places, number, piece, width, text, hit) {
    if (!places.has(number))
      places.set(number, { number, hits: new Array(width).fill(null), texts: new Map() });
    const place = places.get(number);
    if (!place.hits[piece] || place.hits[piece].met < hit.met) place.hits[piece] = hit;
    place.texts.set(text, (place.texts.get(text) || []).concat(hit));
  }

  gather(places, weights, total, asTyped, isIdentifier) {
    const pages = new Map();
    for (const place of places.values()) {
      const { page, title } = this.places[place.number];
      place.share =
        place.hits.reduce((sum, hit, piece) => sum + (hit ? hit.met * weights[piece] : 0), 0) /
        total;
      place.all = place.hits.every((hit) => hit);
      place.whole = place.hits.every((hit) => hit && hit.met >= TUNING.written.unspaced);
      place.score =
        place.share +
        ([...place.texts.keys()].some((text) => asTyped.has(text)) ? TUNING.written.asTyped : 0) +
        (plainLetters(title) === this.plainText([...place.texts.keys()][0])
          ? TUNING.written.title
          : 0);
      if (!pages.has(page))
        pages.set(page, { page, places: [], hits: new Array(weights.length).fill(null) });
      const whole = pages.get(page);
      whole.places.push(place);
      place.hits.forEach((hit, piece) => {
        if (hit && (!whole.hits[piece] || whole.hits[piece].met < hit.met)) whole.hits[piece] = hit;
      });
    }
    const found = [...pages.values()].filter((page) => page.hits.every((hit) => hit));
    for (const page of found) {
      page.places.sort((a, b) => b.score - a.score);
      const best = page.places[0];
      page.close = best.all;
      page.strong = best.whole;
      page.named = isIdentifier && best.hits.length === 1;
      const kind = this.library.pages[page.page].kind;
      page.score = best.score - (kind === "reference" ? TUNING.written.collected : 0);
    }
    return found.sort((a, b) => b.score - a.score);
  }

  plainText(number) {
    return this.plain.slice(
      this.starts[number],
      (this.starts[number + 1] || this.plain.length + 1) - 1,
    );
  }

  /** The best part of what a place has, as HTML with marks: the text around the first hit. */
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

  /** The words to mark where a place leads, as they stand there. */
  wordsAt(place) {
    const words = {};
    for (const hit of place.hits)
      if (hit) words[this.plain.slice(hit.at, hit.at + hit.length)] = true;
    return words;
  }
}

function weightOfHits(hits) {
  return hits.reduce((sum, hit) => sum + hit.met, 0);
}

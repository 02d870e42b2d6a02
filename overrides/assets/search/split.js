/* A word without spaces, taken apart into words of the index. */

/** A word in two or more words of the index that together make it up, or null.
 * @param {Vocabulary} vocabulary
 * @param {Word} word
 * @returns {Word[] | null} */
function splitWord(vocabulary, word) {
  const text = word.hangul ? word.surface : word.surface.toLowerCase();
  const least = word.hangul ? 2 : 3;
  if (text.length < 2 * least || text.length > 40) return null;
  const best = [{ cost: 0, from: -1 }];
  for (let end = 1; end <= text.length; end += 1) {
    best[end] = { cost: Infinity, from: -1 };
    for (let start = Math.max(0, end - 16); start <= end - 1; start += 1) {
      const piece = text.slice(start, end);
      const cost = best[start].cost + pieceCost(vocabulary, piece, word.hangul, least);
      if (cost < best[end].cost) best[end] = { cost, from: start };
    }
  }
  if (best[text.length].cost > TUNING.split.most + text.length * TUNING.split.mostByLetter)
    return null;
  /** @type {Word[]} */
  const pieces = [];
  for (let end = text.length; end > 0; end = best[end].from) {
    pieces.unshift({ surface: text.slice(best[end].from, end), hangul: word.hangul });
  }
  return pieces.length > 1 ? pieces : null;
}

/**
 * What a piece costs.
 * @param {Vocabulary} vocabulary
 * @param {string} piece
 * @param {boolean} hangul
 * @param {number} least
 */
function pieceCost(vocabulary, piece, hangul, least) {
  if (piece.length < least) {
    /* A noun of one syllable, such as "\uc6f9". */
    if (hangul && vocabulary.alike.has(vocabulary.key(piece, true))) return TUNING.split.known;
    return hangul && vocabulary.endings.includes(piece)
      ? TUNING.split.ending
      : TUNING.split.unknown;
  }
  const forms = hangul ? koreanStems(piece, vocabulary.endings) : [piece];
  const isKnown = (/** @type {string} */ form) => {
    const key = vocabulary.key(form, hangul);
    return form.length >= least && (vocabulary.ids.has(key) || vocabulary.alike.has(key));
  };
  if (forms.some(isKnown)) return TUNING.split.known;
  return hangul && vocabulary.bySound().has(soundOfHangul(piece))
    ? TUNING.split.sound
    : TUNING.split.unknown;
}

/* What a word of a query may mean: words of the index that are the same, begin with it, have it
   inside, sound like it, stand for the same, or differ by a slip of the fingers. Each has a grade. */

/** @typedef {Map<number, number>} Meanings */
/** @typedef {(id: number, worth: number) => void} Note */

const MOST_MEANINGS = 60;

/** The place of the first spelling that is not before `start`.
 * @param {Spelling[]} spellings
 * @param {string} start */
function firstFrom(spellings, start) {
  let low = 0;
  let high = spellings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spellings[middle].text < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What a word may mean: terms, and how well each fits.
 * @param {Vocabulary} vocabulary
 * @param {Word} word
 * @returns {Meanings}
 */
function findMeanings(vocabulary, word) {
  /** @type {Meanings} */
  const found = new Map();
  /** @type {Note} */
  const note = (id, worth) => {
    if (worth > (found.get(id) || 0)) found.set(id, worth);
  };
  const forms = word.hangul
    ? koreanStems(word.surface, vocabulary.endings)
    : [word.surface.toLowerCase()];
  let exact = false;
  forms.forEach((form, index) => {
    const id = vocabulary.ids.get(vocabulary.key(form, word.hangul));
    const plain = index === 0 ? 1 : TUNING.fits.stem - TUNING.fits.laterStem * index;
    if (id !== undefined && (form.length > 1 || index === 0 || !exact)) {
      note(id, plain);
      if (vocabulary.terms[id].uses) exact = true;
    }
    for (const other of vocabulary.alike.get(vocabulary.key(form, word.hangul)) || []) {
      const otherId = vocabulary.ids.get(other);
      if (otherId !== undefined) note(otherId, plain * TUNING.fits.alike);
    }
  });
  if (word.hangul) {
    for (const form of forms) {
      const id = vocabulary.ids.get(spelledOut(vocabulary, form));
      if (id !== undefined && form.length > 1) note(id, TUNING.fits.spelled);
    }
  }
  if (word.hangul && CONSONANTS_ONLY.test(word.surface) && keysOf(word.surface).length > 1) {
    noteInitials(vocabulary, keysOf(word.surface), note);
  }
  notePrefixes(vocabulary, forms, word.hangul, exact, note);
  if (!exact) {
    noteTypos(vocabulary, forms, word.hangul, note);
    noteInside(vocabulary, forms, word.hangul, note);
    if (word.hangul && Math.max(0, ...found.values()) < TUNING.fits.sound)
      noteSounds(vocabulary, forms, note);
  }
  return best(found);
}

/** The abbreviation whose letters a Korean word spells out: "\uc5d0\uc774\ud53c\uc544\uc774" is "api"; else "".
 * @param {Vocabulary} vocabulary
 * @param {string} text
 * @returns {string} */
function spelledOut(vocabulary, text) {
  for (const [name, letter] of vocabulary.letters) {
    if (text === name) return letter;
    const rest = text.startsWith(name) ? spelledOut(vocabulary, text.slice(name.length)) : "";
    if (rest) return letter + rest;
  }
  return "";
}

/**
 * @param {Vocabulary} vocabulary
 * @param {string} initials
 * @param {Note} note
 */
function noteInitials(vocabulary, initials, note) {
  for (let id = 0; id < vocabulary.terms.length; id += 1) {
    const own = vocabulary.terms[id].initials;
    if (
      own.length > 1 &&
      own.startsWith(initials) &&
      initials.length > vocabulary.terms[id].headLetters
    ) {
      note(
        id,
        TUNING.fits.initials *
          (own === initials
            ? 1
            : TUNING.fits.initialsBare +
              TUNING.fits.initialsShare * (initials.length / own.length)),
      );
    }
  }
}

/**
 * @param {Vocabulary} vocabulary
 * @param {string[]} forms
 * @param {boolean} hangul
 * @param {boolean} exact
 * @param {Note} note
 */
function notePrefixes(vocabulary, forms, hangul, exact, note) {
  const mark = hangul ? 1 : 0;
  const spellings = vocabulary[hangul ? "hangul" : "other"].sorted;
  forms.forEach((form, index) => {
    const start = hangul ? "#" + keysOf(form) : form;
    if (start.length - mark < 2) return;
    for (let place = firstFrom(spellings, start); place < spellings.length; place += 1) {
      const { text, id } = spellings[place];
      if (!text.startsWith(start)) break;
      const share = (start.length - mark) / (text.length - mark);
      if (share < 1 && start.length > vocabulary.terms[id].head)
        note(
          id,
          TUNING.fits.prefix *
            (exact
              ? TUNING.fits.prefixBeside
              : TUNING.fits.prefixBare + (1 - TUNING.fits.prefixBare) * share) *
            (index ? TUNING.fits.withoutEnding : 1),
        );
    }
  });
}

/**
 * @param {Vocabulary} vocabulary
 * @param {string[]} forms
 * @param {boolean} hangul
 * @param {Note} note
 */
function noteTypos(vocabulary, forms, hangul, note) {
  const mark = hangul ? 1 : 0;
  const lengths = vocabulary[hangul ? "hangul" : "other"].byLength;
  forms.forEach((form, index) => {
    const typed = hangul ? "#" + keysOf(form) : form;
    const size = typed.length - mark;
    if (size < 4 || (hangul && form.length < 2)) return;
    const most = size < 7 ? 1 : size < 12 ? 2 : 3;
    const bits = letterBits(typed);
    for (let length = typed.length - most; length <= typed.length + most; length += 1) {
      for (const spelling of lengths[length] || []) {
        if (bitCount(bits ^ spelling.bits) > 2 * most) continue;
        const edits = editDistance(typed, spelling.text, most);
        if (edits > most || !edits) continue;
        let likeness = 1 - (TUNING.fits.typoCost * edits) / Math.max(size, length - mark);
        if (typed[mark] !== spelling.text[mark]) likeness *= TUNING.fits.otherStart;
        note(spelling.id, TUNING.fits.typo * likeness * (index ? TUNING.fits.withoutEnding : 1));
      }
    }
  });
}

/**
 * @param {Vocabulary} vocabulary
 * @param {string[]} forms
 * @param {boolean} hangul
 * @param {Note} note
 */
function noteInside(vocabulary, forms, hangul, note) {
  const least = hangul ? 2 : 4;
  forms.forEach((form, index) => {
    if (form.length < least) return;
    for (let id = 0; id < vocabulary.terms.length; id += 1) {
      const term = vocabulary.terms[id];
      if (term.hangul !== hangul || term.surface.length <= form.length) continue;
      if (term.surface.includes(form)) {
        note(
          id,
          TUNING.fits.inside *
            (TUNING.fits.insideBare +
              (1 - TUNING.fits.insideBare) * (form.length / term.surface.length)) *
            (index ? TUNING.fits.withoutEnding : 1),
        );
      }
    }
  });
}

/**
 * @param {Vocabulary} vocabulary
 * @param {string[]} forms
 * @param {Note} note
 */
function noteSounds(vocabulary, forms, note) {
  forms.forEach((form, index) => {
    const sound = soundOfHangul(form);
    if (sound.length < 3) return;
    const worth = TUNING.fits.sound * (index ? TUNING.fits.withoutEnding : 1);
    for (const [other, ids] of vocabulary.bySound()) {
      let likeness = 0;
      if (sound === other) likeness = sound.length > 3 ? 1 : TUNING.fits.soundShort;
      else if (sound.length > 5 && editDistance(sound, other, 1) < 2)
        likeness = TUNING.fits.soundNear;
      if (likeness) for (const id of ids) note(id, worth * likeness);
    }
  });
}

/**
 * @param {Meanings} found
 * @returns {Meanings}
 */
function best(found) {
  if (found.size <= MOST_MEANINGS) return found;
  return new Map([...found].sort((a, b) => b[1] - a[1]).slice(0, MOST_MEANINGS));
}

/* All words of the index, and which of them a word of a query may mean. */

const MOST_MEANINGS = 60;

/** The place of the first spelling that is not before `start`. */
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

class Vocabulary {
  constructor(language) {
    const lines = (text) => text.split("\n");
    const keys = (words) => words.map((word) => this.key(word, HANGUL.test(word)));
    this.endings = lines(language.endings).sort((a, b) => b.length - a.length);
    this.asking = lines(language.asking);
    this.weak = new Set(keys(lines(language.weak)));
    this.comparing = new Set(keys(lines(language.compare)));
    this.ids = new Map();
    this.terms = [];
    this.alike = new Map();
    this.cache = new Map();
    this.letters = lines(language.letters).flatMap((names, place) =>
      names.split(" ").map((name) => [name, String.fromCharCode(97 + place)]));
    this.forms = new Map();
    this.spellings = new Map([[true, new Map()], [false, new Map()]]);
    for (const line of lines(language.alike)) {
      const group = keys(line.split(" "));
      for (const key of group) this.alike.set(key, (this.alike.get(key) || []).concat(group));
    }
  }

  /** The form under which a word stands in the index. Hangul and Latin never meet. */
  key(word, hangul) {
    return hangul ? "#" + keysOf(word) : englishStem(word.toLowerCase());
  }

  /** The id of a word, which is added if it is new. */
  add(surface, hangul) {
    const key = this.key(surface, hangul);
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.terms.length;
      this.ids.set(key, id);
      this.terms.push({
        key,
        hangul,
        surface: surface.toLowerCase(),
        initials: hangul && SYLLABLES_ONLY.test(surface) ? initialsOf(surface) : "",
        uses: 0,
        last: -1,
        head: 0,
        headLetters: 0,
      });
      this.spell(key, hangul, id);
    }
    if (!hangul) this.spell(surface.toLowerCase(), false, id);
    return id;
  }

  /** The id of neighbours written as one word. Only who types more than the first means them all. */
  addJoined(words) {
    const { hangul, surface } = words[0];
    const joined = words.map((word) => word.surface).join("");
    const isNew = !this.ids.has(this.key(joined, hangul));
    const id = this.add(joined, hangul);
    if (isNew) {
      this.terms[id].head = hangul ? keysOf(surface).length + 1 : surface.length;
      this.terms[id].headLetters = surface.length;
    }
    return id;
  }

  /** A spelling to compare with what is typed: of an English word also those with an ending. */
  spell(text, hangul, id) {
    this.spellings.get(hangul).set(text, id);
  }

  /** The ids under which a word of the index is found: itself, and without its endings. */
  addForms(word) {
    if (!word.hangul) return [this.add(word.surface, false)];
    let ids = this.forms.get(word.surface);
    if (!ids) {
      ids = koreanStems(word.surface, this.endings)
        .filter((stem, index) => index === 0 || stem.length > 1)
        .map((stem) => this.add(stem, true));
      this.forms.set(word.surface, ids);
    }
    return ids;
  }

  /** Put the spellings in order, once all are known: by letters, and by length. */
  settle() {
    this.sorted = new Map();
    this.byLength = new Map();
    for (const [hangul, spellings] of this.spellings) {
      const all = [...spellings].map(([text, id]) => ({ text, id, bits: letterBits(text) }));
      all.sort((a, b) => (a.text < b.text ? -1 : 1));
      this.sorted.set(hangul, all);
      const lengths = [];
      for (const spelling of all) (lengths[spelling.text.length] = lengths[spelling.text.length] || []).push(spelling);
      this.byLength.set(hangul, lengths);
    }
  }

  /** Whether a word says nothing of what is asked for. */
  isWeak(word) {
    if (this.compares(word) || (word.attached && this.isEnding(word.surface))) return true;
    for (const form of word.hangul ? koreanStems(word.surface, this.endings) : [word.surface]) {
      const key = this.key(form, word.hangul);
      if (this.weak.has(key)) return true;
      if (this.ids.has(key)) return false;
    }
    return word.hangul && this.isEnding(word.surface);
  }

  /** Whether a word is nothing but endings, one after the other. */
  isEnding(text) {
    return !text || this.endings.some((ending) => text.startsWith(ending) && this.isEnding(text.slice(ending.length)));
  }

  /** Whether a word asks for a comparison. */
  compares(word) {
    const forms = word.hangul ? koreanStems(word.surface, this.endings) : [word.surface.toLowerCase()];
    return forms.some((form) => this.comparing.has(this.key(form, word.hangul)));
  }

  /** What a word of a query may mean: a map of term ids to how well each fits (0 to 1). */
  meanings(word) {
    const name = (word.hangul ? "#" : "") + word.surface;
    let found = this.cache.get(name);
    if (!found) {
      if (this.cache.size > 400) this.cache.clear();
      found = this.findMeanings(word);
      this.cache.set(name, found);
    }
    return found;
  }

  findMeanings(word) {
    const found = new Map();
    const note = (id, worth) => {
      if (worth > (found.get(id) || 0)) found.set(id, worth);
    };
    const forms = word.hangul ? koreanStems(word.surface, this.endings) : [word.surface.toLowerCase()];
    let exact = false;
    forms.forEach((form, index) => {
      const id = this.ids.get(this.key(form, word.hangul));
      const plain = index === 0 ? 1 : TUNING.fits.stem - TUNING.fits.laterStem * index;
      if (id !== undefined && (form.length > 1 || index === 0 || !exact)) {
        note(id, plain);
        if (this.terms[id].uses) exact = true;
      }
      for (const other of this.alike.get(this.key(form, word.hangul)) || []) {
        const otherId = this.ids.get(other);
        if (otherId !== undefined) note(otherId, plain * TUNING.fits.alike);
      }
    });
    if (word.hangul) {
      for (const form of forms) {
        const id = this.ids.get(this.spelledOut(form));
        if (id !== undefined && form.length > 1) note(id, TUNING.fits.spelled);
      }
    }
    if (word.hangul && CONSONANTS_ONLY.test(word.surface) && keysOf(word.surface).length > 1) {
      this.noteInitials(keysOf(word.surface), note);
    }
    this.notePrefixes(forms, word.hangul, exact, note);
    if (!exact) {
      this.noteTypos(forms, word.hangul, note);
      this.noteInside(forms, word.hangul, note);
      if (word.hangul && Math.max(0, ...found.values()) < TUNING.fits.sound) this.noteSounds(forms, note);
    }
    return this.best(found);
  }

  /** The abbreviation whose letters a Korean word spells out: "\uc5d0\uc774\ud53c\uc544\uc774" is "api"; else "". */
  spelledOut(text) {
    for (const [name, letter] of this.letters) {
      if (text === name) return letter;
      const rest = text.startsWith(name) ? this.spelledOut(text.slice(name.length)) : "";
      if (rest) return letter + rest;
    }
    return "";
  }

  noteInitials(initials, note) {
    for (let id = 0; id < this.terms.length; id += 1) {
      const own = this.terms[id].initials;
      if (own.length > 1 && own.startsWith(initials) && initials.length > this.terms[id].headLetters) {
        note(id, TUNING.fits.initials * (own === initials ? 1 : TUNING.fits.initialsBare + TUNING.fits.initialsShare * (initials.length / own.length)));
      }
    }
  }

  notePrefixes(forms, hangul, exact, note) {
    const mark = hangul ? 1 : 0;
    const spellings = this.sorted.get(hangul);
    forms.forEach((form, index) => {
      const start = hangul ? "#" + keysOf(form) : form;
      if (start.length - mark < 2) return;
      for (let place = firstFrom(spellings, start); place < spellings.length; place += 1) {
        const { text, id } = spellings[place];
        if (!text.startsWith(start)) break;
        const share = (start.length - mark) / (text.length - mark);
        if (share < 1 && start.length > this.terms[id].head) note(id, TUNING.fits.prefix * (exact ? TUNING.fits.prefixBeside : TUNING.fits.prefixBare + (1 - TUNING.fits.prefixBare) * share) * (index ? TUNING.fits.withoutEnding : 1));
      }
    });
  }

  noteTypos(forms, hangul, note) {
    const mark = hangul ? 1 : 0;
    const lengths = this.byLength.get(hangul);
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

  noteInside(forms, hangul, note) {
    const least = hangul ? 2 : 4;
    forms.forEach((form, index) => {
      if (form.length < least) return;
      for (let id = 0; id < this.terms.length; id += 1) {
        const term = this.terms[id];
        if (term.hangul !== hangul || term.surface.length <= form.length) continue;
        if (term.surface.includes(form)) {
          note(id, TUNING.fits.inside * (TUNING.fits.insideBare + (1 - TUNING.fits.insideBare) * (form.length / term.surface.length)) * (index ? TUNING.fits.withoutEnding : 1));
        }
      }
    });
  }

  /** The English words of the index by their sound; made when first asked for. */
  bySound() {
    if (!this.sounds) {
      this.sounds = new Map();
      this.terms.forEach((term, id) => {
        if (term.hangul) return;
        const sound = soundOfEnglish(term.surface);
        if (sound.length > 2) this.sounds.set(sound, (this.sounds.get(sound) || []).concat(id));
      });
    }
    return this.sounds;
  }

  noteSounds(forms, note) {
    forms.forEach((form, index) => {
      const sound = soundOfHangul(form);
      if (sound.length < 3) return;
      const worth = TUNING.fits.sound * (index ? TUNING.fits.withoutEnding : 1);
      for (const [other, ids] of this.bySound()) {
        let likeness = 0;
        if (sound === other) likeness = sound.length > 3 ? 1 : TUNING.fits.soundShort;
        else if (sound.length > 5 && editDistance(sound, other, 1) < 2) likeness = TUNING.fits.soundNear;
        if (likeness) ids.forEach((id) => note(id, worth * likeness));
      }
    });
  }

  best(found) {
    if (found.size <= MOST_MEANINGS) return found;
    return new Map([...found].sort((a, b) => b[1] - a[1]).slice(0, MOST_MEANINGS));
  }

  /** A word in two or more words of the index that together make it up, or null. */
  split(word) {
    const text = word.hangul ? word.surface : word.surface.toLowerCase();
    const least = word.hangul ? 2 : 3;
    if (text.length < 2 * least || text.length > 40) return null;
    const best = [{ cost: 0, from: -1 }];
    for (let end = 1; end <= text.length; end += 1) {
      best[end] = { cost: Infinity, from: -1 };
      for (let start = Math.max(0, end - 16); start <= end - 1; start += 1) {
        const piece = text.slice(start, end);
        const cost = best[start].cost + this.pieceCost(piece, word.hangul, least);
        if (cost < best[end].cost) best[end] = { cost, from: start };
      }
    }
    if (best[text.length].cost > TUNING.split.most + text.length * TUNING.split.mostByLetter) return null;
    const pieces = [];
    for (let end = text.length; end > 0; end = best[end].from) {
      pieces.unshift({ surface: text.slice(best[end].from, end), hangul: word.hangul });
    }
    return pieces.length > 1 ? pieces : null;
  }

  pieceCost(piece, hangul, least) {
    if (piece.length < least) return hangul && this.endings.includes(piece) ? TUNING.split.ending : TUNING.split.unknown;
    for (const form of hangul ? koreanStems(piece, this.endings) : [piece]) {
      const key = this.key(form, hangul);
      if (form.length >= least && (this.ids.has(key) || this.alike.has(key))) {
        return TUNING.split.known + (form === piece ? 0 : TUNING.split.form);
      }
    }
    return hangul && this.bySound().has(soundOfHangul(piece)) ? TUNING.split.sound : TUNING.split.unknown;
  }
}

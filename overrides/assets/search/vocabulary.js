/* All words of the index: their ids, their spellings in order, and which of them say nothing. */

/**
 * @typedef {object} Term a word of the index
 * @property {string} key
 * @property {boolean} hangul
 * @property {string} surface
 * @property {string} initials the first consonants of its syllables, as keys
 * @property {number} uses how many entries have it
 * @property {number} concepts how many of them are concepts
 * @property {number} last the last entry that was counted
 * @property {number} head how much must be typed before it may be meant
 * @property {number} headLetters the same, in letters
 * @property {number} weight how rare it is
 */
/** @typedef {{text: string, id: number, bits: number}} Spelling */

const MOST_REMEMBERED = 400;

class Vocabulary {
  /** @param {Helps} language */
  constructor(language) {
    const lines = (/** @type {string} */ text) => text.split("\n");
    const keys = (/** @type {string[]} */ words) =>
      words.map((word) => this.key(word, HANGUL.test(word)));
    this.endings = lines(language.endings).sort((a, b) => b.length - a.length);
    this.asking = lines(language.asking);
    this.weak = new Set(keys(lines(language.weak)));
    this.comparing = new Set(keys(lines(language.compare)));
    /** @type {Map<string, number>} */
    this.ids = new Map();
    /** @type {Term[]} */
    this.terms = [];
    /** The words by which something is named or asked for; not those that only stand in texts.
     * @type {Set<number>} */
    this.naming = new Set();
    /** @type {Map<string, string[]>} */
    this.alike = new Map();
    /** @type {Map<string, Meanings>} */
    this.cache = new Map();
    /** @type {[string, string][]} */
    this.letters = [];
    lines(language.letters).forEach((names, place) => {
      const letter = String.fromCharCode(97 + place);
      for (const name of names.split(" ")) this.letters.push([name, letter]);
    });
    /** @type {Map<string, number[]>} */
    this.forms = new Map();
    /** The ids of what may be typed, in Hangul and in other letters.
     * @type {{hangul: Map<string, number>, other: Map<string, number>}} */
    this.spellings = { hangul: new Map(), other: new Map() };
    /** The same once all are known: in order, and by length. */
    this.hangul = ordered(this.spellings.hangul);
    this.other = ordered(this.spellings.other);
    /** @type {Map<string, number[]> | null} */
    this.sounds = null;
    for (const line of lines(language.alike)) {
      const group = keys(line.split(" "));
      for (const key of group) this.alike.set(key, (this.alike.get(key) || []).concat(group));
    }
  }

  /** The form under which a word stands in the index. Hangul and Latin never meet.
   * @param {string} word
   * @param {boolean} hangul */
  key(word, hangul) {
    return hangul ? "#" + keysOf(word) : englishStem(word.toLowerCase());
  }

  /** The id of a word, which is added if it is new.
   * @param {string} surface
   * @param {boolean} hangul
   * @returns {number} */
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
        concepts: 0,
        last: -1,
        head: 0,
        headLetters: 0,
        weight: 0,
      });
      this.spell(key, hangul, id);
    }
    if (!hangul) this.spell(surface.toLowerCase(), false, id);
    return id;
  }

  /** The id of neighbours written as one word. Only who types more than the first means them all.
   * @param {Word[]} words */
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

  /** A spelling to compare with what is typed: of an English word also those with an ending.
   * @param {string} text
   * @param {boolean} hangul
   * @param {number} id */
  spell(text, hangul, id) {
    this.spellings[hangul ? "hangul" : "other"].set(text, id);
  }

  /** The ids under which a word of the index is found: itself, and without its endings.
   * @param {Word} word
   * @returns {number[]} */
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

  /** Let all forms of a Korean word be as rare as the commonest: an ending makes no other word. */
  weighForms() {
    for (const ids of this.forms.values()) {
      const forms = ids.map((id) => this.terms[id]);
      const least = Math.min(...forms.map(({ weight }) => weight));
      for (const form of forms) form.weight = least;
    }
  }

  /** Put the spellings in order, once all are known: by letters, and by length. */
  settle() {
    this.hangul = ordered(this.spellings.hangul);
    this.other = ordered(this.spellings.other);
  }

  /** Note words by which something is named: none of them is an empty word with an ending.
   * @param {number[]} ids */
  nameBy(ids) {
    for (const id of ids) this.naming.add(id);
  }

  /** Whether a word says nothing of what is asked for.
   * @param {Word} word */
  isWeak(word) {
    if (this.compares(word) || (word.attached && this.isEnding(word.surface))) return true;
    for (const form of word.hangul ? koreanStems(word.surface, this.endings) : [word.surface]) {
      const key = this.key(form, word.hangul);
      if (this.weak.has(key)) return true;
      if (this.naming.has(this.ids.get(key) ?? -1)) return false;
    }
    return word.hangul && this.isEnding(word.surface);
  }

  /** Whether a word is nothing but endings, one after the other.
   * @param {string} text
   * @returns {boolean} */
  isEnding(text) {
    return (
      !text ||
      this.endings.some(
        (ending) => text.startsWith(ending) && this.isEnding(text.slice(ending.length)),
      )
    );
  }

  /** Whether a word asks for a comparison.
   * @param {Word} word */
  compares(word) {
    const forms = word.hangul
      ? koreanStems(word.surface, this.endings)
      : [word.surface.toLowerCase()];
    return forms.some((form) => this.comparing.has(this.key(form, word.hangul)));
  }

  /** What a word of a query may mean: a map of term ids to how well each fits (0 to 1).
   * @param {Word} word
   * @returns {Meanings} */
  meanings(word) {
    const name = (word.hangul ? "#" : "") + word.surface;
    let found = this.cache.get(name);
    if (!found) {
      if (this.cache.size > MOST_REMEMBERED) this.cache.clear();
      found = findMeanings(this, word);
      this.cache.set(name, found);
    }
    return found;
  }

  /** The English words of the index by their sound; made when first asked for.
   * @returns {Map<string, number[]>} */
  bySound() {
    if (this.sounds) return this.sounds;
    /** @type {Map<string, number[]>} */
    const sounds = new Map();
    this.terms.forEach((term, id) => {
      if (term.hangul) return;
      const sound = soundOfEnglish(term.surface);
      if (sound.length > 2) sounds.set(sound, (sounds.get(sound) || []).concat(id));
    });
    this.sounds = sounds;
    return sounds;
  }
}

/** Spellings in order, and by length.
 * @param {Map<string, number>} spellings */
function ordered(spellings) {
  const sorted = Array.from(spellings, ([text, id]) => ({ text, id, bits: letterBits(text) }));
  sorted.sort((a, b) => (a.text < b.text ? -1 : 1));
  /** @type {Spelling[][]} */
  const byLength = [];
  for (const spelling of sorted) listAt(byLength, spelling.text.length).push(spelling);
  return { sorted, byLength };
}

/* All words of the index: their ids, their spellings in order, and which of them say nothing. */

const MOST_REMEMBERED = 400;

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
      names.split(" ").map((name) => [name, String.fromCharCode(97 + place)]),
    );
    this.forms = new Map();
    this.spellings = new Map([
      [true, new Map()],
      [false, new Map()],
    ]);
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
      for (const spelling of all) listAt(lengths, spelling.text.length).push(spelling);
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
    return (
      !text ||
      this.endings.some(
        (ending) => text.startsWith(ending) && this.isEnding(text.slice(ending.length)),
      )
    );
  }

  /** Whether a word asks for a comparison. */
  compares(word) {
    const forms = word.hangul
      ? koreanStems(word.surface, this.endings)
      : [word.surface.toLowerCase()];
    return forms.some((form) => this.comparing.has(this.key(form, word.hangul)));
  }

  /** What a word of a query may mean: a map of term ids to how well each fits (0 to 1). */
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
}

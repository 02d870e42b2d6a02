/* From text to words, and from a word to the forms under which it is found. */

/** @typedef {{surface: string, hangul: boolean, attached?: boolean}} Word */

const LONGEST_QUERY = 160;
const MOST_WORDS = 20;
const MOST_STEMS = 8;

const WORD = /[\p{L}\p{N}]+/gu;
const RUN = /[\uac00-\ud7a3\u3131-\u3163]+|[^\uac00-\ud7a3\u3131-\u3163]+/g;
const HUMP = /([\p{Ll}\p{N}])(?=\p{Lu})/gu;

const FIRST_NARROW = { consonant: 0xffa0, vowel: 0xffc2 };

/** A half-width Hangul letter as the usual one. Its vowels stand in rows of six, two apart.
 * @param {string} narrow */
function wideLetter(narrow) {
  const vowel = narrow.charCodeAt(0) - FIRST_NARROW.vowel;
  const place =
    vowel < 0
      ? narrow.charCodeAt(0) - FIRST_NARROW.consonant - 1
      : 30 + 6 * Math.floor(vowel / 8) + (vowel % 8);
  return String.fromCharCode(FIRST_LETTER + place);
}

/** Half-width Hangul letters as the syllables that they spell.
 * @param {string} run */
function wideHangul(run) {
  const letters = Array.from(run, wideLetter);
  return readAsHangul(letters.map(keysOfCharacter).join("")) || letters.join("");
}

/** Text in one form: composed; ligatures, full-width and half-width letters made plain; no soft
    hyphens or joiners. Single Hangul letters and the vowels of Thai and Lao that have two signs
    stay: Unicode would take them apart.
 * @param {string} text */
function normal(text) {
  return text
    .replace(/[\uffa1-\uffdc]+/g, wideHangul)
    .replace(/[^\u3131-\u318e\u0e33\u0eb3]+/g, (run) => run.normalize("NFKC"))
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "")
    .replace(/['\u2019]s\b/g, "");
}

/** The list that stands in `lists` at a key; an empty one is made.
 * @template T
 * @param {T[][]} lists
 * @param {number} key
 * @returns {T[]} */
function listAt(lists, key) {
  if (!lists[key]) lists[key] = [];
  return lists[key];
}

/** The words of a text: `surface` as written, `hangul` or not, `attached` to a Latin word or not.
 * @param {string} text
 * @param {boolean} splitHumps
 * @returns {Word[]} */
function wordsOf(text, splitHumps) {
  /** @type {Word[]} */
  const words = [];
  for (const match of text.matchAll(WORD)) {
    (match[0].match(RUN) || []).forEach((run, place) => {
      const hangul = HANGUL.test(run);
      const pieces = splitHumps && !hangul ? run.replace(HUMP, "$1 ").split(" ") : [run];
      for (const piece of pieces)
        words.push({ surface: piece, hangul, attached: hangul && place > 0 });
    });
  }
  return words;
}

/** An English word without its ending, roughly: both sides of a match lose the same.
 * @param {string} word */
function englishStem(word) {
  let stem = word;
  if (stem.length > 3) {
    if (/[^aeiou]ies$/.test(stem)) stem = stem.slice(0, -3) + "y";
    else if (/(?:ss|x|ch|sh|z)es$/.test(stem)) stem = stem.slice(0, -2);
    else if (/[^su]s$/.test(stem) && !/is$/.test(stem)) stem = stem.slice(0, -1);
  }
  const bare = stem.replace(/(?:ing|ed)$/, "");
  if (bare !== stem && bare.length >= 3 && /[aeiouy]/.test(bare)) {
    stem = bare.replace(/([bdfgkmnprt])\1$/, "$1");
  } else if (/[^aeiou]ion$/.test(stem) && stem.length >= 8) {
    stem = stem.slice(0, -3);
  }
  if (stem.length > 4) stem = stem.replace(/e$/, "");
  return stem.replace(/ll$/, "l");
}

/** A Korean word and what remains of it without particles and endings, the word first.
 * @param {string} word
 * @param {string[]} endings */
function koreanStems(word, endings) {
  const stems = [word];
  for (let index = 0; index < stems.length && stems.length < MOST_STEMS; index += 1) {
    for (const ending of endings) {
      const rest = stems[index].length - ending.length;
      if (rest >= 1 && stems[index].endsWith(ending)) {
        const stem = stems[index].slice(0, rest);
        if (!stems.includes(stem)) stems.push(stem);
      }
    }
  }
  return stems;
}

/** Edits (swap of neighbours included) that turn `a` into `b`, or `most + 1` if more.
 * @param {string} a
 * @param {string} b
 * @param {number} most */
function editDistance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    before = above;
    above = row;
  }
  return above[b.length];
}

/** The letters of a word as bits, to rule out most pairs before counting edits.
 * @param {string} word */
function letterBits(word) {
  let bits = 0;
  for (let index = 0; index < word.length; index += 1) bits |= 1 << (word.charCodeAt(index) % 31);
  return bits;
}

/** @param {number} bits */
function bitCount(bits) {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count += 1;
  return count;
}

/* Hangul as the keys that type it on the two-set keyboard, without Shift.
   "\uceec" becomes "zja". In this form a half-typed syllable is a prefix, a wrong vowel is one
   edit, and a word typed in the wrong layout is the word itself. */

const LEADS = "rRseEfaqQtTdwWczxvg";
const VOWELS = "k o i O j p u P h hk ho hl y n nj np nl b m ml l".split(" ");
const TAILS = " r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g".split(" ");
const LONE = "r R rt s sw sg e E f fr fa fq ft fx fv fg a q Q qt t T d w W c z x v g"
  .split(" ")
  .concat(VOWELS);

const FIRST_SYLLABLE = 0xac00;
const FIRST_LETTER = 0x3131;

const HANGUL = /[\uac00-\ud7a3\u3131-\u3163]/;
const SYLLABLES_ONLY = /^[\uac00-\ud7a3]+$/;
const CONSONANTS_ONLY = /^[\u3131-\u314e]+$/;

/* A syllable in typed keys. A consonant ends it only if no vowel follows. */
const TYPED_SYLLABLE = new RegExp(
  "([rRseEfaqQtTdwWczxvg])(hk|ho|hl|nj|np|nl|ml|[koiOjpuPhynbml])" +
    "((?:rt|sw|sg|fr|fa|fq|ft|fx|fv|fg|qt|[rRsefaqtTdwczxvg])(?![koiOjpuPhynbml]))?",
  "g",
);

/** The keys of one character, Shift kept.
 * @param {string} character */
function keysOfCharacter(character) {
  const code = character.charCodeAt(0) - FIRST_SYLLABLE;
  if (code >= 0 && code < 11172) {
    return LEADS[Math.floor(code / 588)] + VOWELS[Math.floor(code / 28) % 21] + TAILS[code % 28];
  }
  return LONE[character.charCodeAt(0) - FIRST_LETTER] || character;
}

/** The keys of a text; characters that are not Hangul stay.
 * @param {string} text */
function keysOf(text) {
  return Array.from(text, keysOfCharacter).join("").toLowerCase();
}

/** The first consonants of a text's syllables, as keys.
 * @param {string} text */
function initialsOf(text) {
  return Array.from(text, (character) => keysOfCharacter(character)[0])
    .join("")
    .toLowerCase();
}

/** What a text typed in the English layout reads in the Korean one, or null if it is no Korean.
 * @param {string} text */
function readAsHangul(text) {
  const folded = text.replace(/[A-Z]/g, (key) =>
    "RETQWOP".includes(key) ? key : key.toLowerCase(),
  );
  let syllables = 0;
  const read = folded
    .replace(TYPED_SYLLABLE, (match, lead, vowel, tail) => {
      syllables += 1;
      const code =
        LEADS.indexOf(lead) * 588 + VOWELS.indexOf(vowel) * 28 + TAILS.indexOf(tail || "");
      return String.fromCharCode(FIRST_SYLLABLE + code);
    })
    .replace(/[A-Za-z]/g, (key) => {
      const place = LONE.indexOf(key);
      return place < 0 ? key : String.fromCharCode(FIRST_LETTER + place);
    });
  return syllables && !/[A-Za-z]/.test(read) ? read : null;
}

/* Loanwords: a Korean spelling of an English word keeps its consonants in order. Both are brought
   down to those, in six classes: "\ud328\ud0b7" and "packet" are both "pkt". */

const LEAD_SOUNDS = "kkntt" + "lmpps" + "s" + " " + "ssskt" + "ph";
/** @type {Record<string, string>} */
const TAIL_SOUNDS = {
  r: "k",
  R: "k",
  s: "n",
  e: "t",
  f: "l",
  a: "m",
  q: "p",
  t: "t",
  T: "t",
  d: "n",
  w: "t",
  c: "t",
  z: "k",
  x: "t",
  v: "p",
  g: "",
};

/** @type {[RegExp, string][]} */
const SPELLINGS = [
  [/[ts]ion/g, "sn"],
  [/sch/g, "sk"],
  [/ch|sh/g, "s"],
  [/ph/g, "p"],
  [/gh/g, ""],
  [/ck|qu?/g, "k"],
  [/x/g, "ks"],
  [/ng$/, "n"],
  [/c(?=[eiy])/g, "s"],
  [/c/g, "k"],
  [/g(?=[eiy])/g, "s"],
  [/g/g, "k"],
  [/r(?![aeiouy])/g, ""],
  [/r/g, "l"],
  [/[bfv]/g, "p"],
  [/d/g, "t"],
  [/[zj]/g, "s"],
  [/(?!^)h|[aeiouwy]/g, ""],
  [/(.)\1+/g, "$1"],
];

/** @param {string} text */
function soundOfHangul(text) {
  let sound = "";
  for (const character of text) {
    const keys = keysOfCharacter(character);
    const code = character.charCodeAt(0) - FIRST_SYLLABLE;
    if (code < 0) continue;
    sound += LEAD_SOUNDS[Math.floor(code / 588)].trim();
    if (code % 28) sound += TAIL_SOUNDS[keys[keys.length - 1]] || "";
  }
  return sound.replace(/(.)\1+/g, "$1");
}

/** @param {string} word */
function soundOfEnglish(word) {
  return SPELLINGS.reduce((sound, [spelling, by]) => sound.replace(spelling, by), word);
}

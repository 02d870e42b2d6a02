/* Every number of the ranking, with what it means and, in brackets, what it does: of 1,352 graded
   queries, how many gain (+) and lose (-) their right first page and how many show anything else (~),
   with a fifth less; and with a fifth more ("of 338": of every fourth, "of 169": of every eighth).
   tests/search/effects.py measures that. */
const TUNING = {
  /* How well a phrase of each sort speaks for what it names; a name does fully. */
  speaks: {
    misspelling: 0.96, // a spelling that someone believes is right [+0 -0 ~14; +0 -1 ~73]
    question: 0.9, // what somebody would ask [+5 -30 ~978; +12 -36 ~1028]
    title: 0.8, // the title of a page [+1 -1 ~138; +1 -2 ~173]
    heading: 0.72, // the heading of a section [+2 -1 ~442; +1 -2 ~508]
    label: 0.5, // a row of a table, the title of a drawing [+3 -5 ~200; +2 -0 ~264]
    /* What is read when something fails, unless it is typed whole. */
    message: 0.5, // [+0 -2 ~32; +0 -0 ~25; of 97 messages]
  },
  /* How well a word fits what it may mean, beside 1 for the word itself. */
  fits: {
    stem: 0.97, // the same word without a particle or ending [+2 -6 ~89; +1 -2 ~85; of 338]
    laterStem: 0.02, // less for each ending more that was taken off [+0 -0 ~9; +0 -0 ~7; of 338]
    prefix: 0.9, // the beginning of a word [+0 -3 ~66; +0 -1 ~67; of 338]
    prefixBare: 0.55, // a part of that counts from the first letters on, the rest by the share typed [+0 -0 ~14; +0 -1 ~14; of 338]
    prefixBeside: 0.5, // where the typed word is one, too [+0 -0 ~38; +0 -0 ~38; of 338]
    typo: 0.92, // a slip of the fingers [+1 -2 ~37; +2 -3 ~73; of 338]
    typoCost: 1.5, // what an edit costs, as a share of the word [+0 -2 ~25; +0 -0 ~24; of 338]
    otherStart: 0.85, // a slip in the first letter is rare [+0 -0 ~6; +0 -1 ~14; of 338]
    inside: 0.6, // a part of a compound [+0 -0 ~2; +0 -1 ~5; of 338]
    insideBare: 0.6, // a part of that counts in any case, the rest by the share typed [+0 -0 ~2; +0 -0 ~2; of 338]
    spelled: 0.95, // an abbreviation, letter by letter in Korean [+0 -0 ~2; +0 -0 ~1; of 338]
    initials: 0.85, // first consonants [+0 -1 ~3; +0 -0 ~3; of 338]
    initialsBare: 0.6, // some of the first consonants: a part counts in any case [+0 -0 ~2; +0 -0 ~1; of 338]
    initialsShare: 0.3, // and a part by the share typed [+0 -0 ~1; +0 -0 ~1; of 338]
    alike: 0.75, // another word for the same thing [+3 -1 ~151; +0 -5 ~164; of 338]
    sound: 0.7, // an English word in Korean spelling [+1 -1 ~17; +0 -3 ~32; of 169]
    soundShort: 0.85, // of a word with few consonants [+0 -0 ~6; +1 -0 ~19; of 169]
    soundNear: 0.75, // with one consonant changed [+0 -0 ~0; +0 -1 ~1; of 169]
    withoutEnding: 0.9, // any of these, for a Korean word whose ending was taken off [+1 -0 ~10; +0 -0 ~22; of 169]
  },
  /* From which likeness a word counts as known, as beyond doubt, and as strange. */
  likely: {
    known: 0.6, // it counts when it is asked whether a page answers [+2 -2 ~5; +1 -8 ~13]
    certain: 0.9, // no guess [+0 -1 ~58; +26 -170 ~561]
    strange: 0.75, // it is tried in pieces, and in the other keyboard layout [+0 -0 ~12; +0 -0 ~5]
    joined: 0.7, // neighbours written as one word [+2 -7 ~329; +2 -3 ~146]
    doubtful: 0.3, // from here on, trust in a meaning begins [+1 -1 ~85; +1 -0 ~91]
    trust: 0.5, // over this range it becomes full [+1 -1 ~101; +1 -0 ~97]
  },
  /* How much a word of a query weighs; a known one as much as it is rare. */
  weighs: {
    rarity: 0.7, // how far rarity counts: 0 not at all, 1 wholly [+5 -9 ~822; +8 -9 ~810]
    latin: 0.75, // an unknown word in Latin letters [+0 -2 ~42; +3 -1 ~36]
    hangul: 0.35, // an unknown word in Hangul: often an ending [+1 -0 ~44; +2 -1 ~48]
    weak: 0.05, // a word that says nothing [+3 -0 ~132; +1 -0 ~121]
    weakInPhrase: 0.06, // the same, in a phrase of the index [+0 -0 ~83; +2 -0 ~75]
    letter: 0.3, // times this, if only one key was typed [+0 -0 ~7; +0 -1 ~5]
  },
  /* Evidence for a page beside the concepts that it teaches. */
  share: {
    title: 0.25, // its best title [+1 -0 ~207; +1 -2 ~212]
    cover: 0.35, // how much of the query it has in all, squared [+3 -9 ~428; +6 -7 ~374]
    passage: 0.3, // its best single passage, squared [+2 -2 ~376; +4 -1 ~337]
    rest: 0.1, // the least of all this that counts, however sure the concept is [+0 -0 ~5; +2 -0 ~11]
    text: 0.8, // a word in a text, beside 1 for one in a name [+3 -5 ~677; +6 -5 ~809]
    textOnce: 0.35, // what a word in the texts of a page covers in any case [+0 -2 ~332; +1 -4 ~344]
    textOften: 0.4, // and how much more, if most of its parts have it [+0 -0 ~109; +0 -0 ~117]
    often: 3, // it does if a third of them has it [+0 -0 ~110; +0 -0 ~114]
  },
  /* How much the kind of a page counts, beside 1 for a page that teaches. */
  kind: {
    compare: 0.9, // a table [+4 -3 ~344; +1 -3 ~409]
    home: 0.7, // the start page [+0 -0 ~10; +0 -0 ~15]
    reference: 0.6, // pages that collect what others teach [+0 -0 ~20; +0 -0 ~38]
  },
  /* A page of comparisons, when the query asks for one. */
  compares: {
    bonus: 1.2, // if its title names all that is compared [+0 -4 ~40; +1 -1 ~28]
    row: 0.8, // what a row names is hardly what the table compares [+0 -0 ~5; +0 -0 ~18]
  },
  /* How a concept's phrases and the places that teach it come together. */
  concept: {
    exact: 0.5, // more for a name that is the query, letter by letter [+0 -0 ~47; +0 -0 ~40]
    whole: 0.3, // more for a name that covers the query wholly, and the other way round [+0 -0 ~76; +2 -0 ~60]
    wholeFrom: 0.6, // from this share on [+1 -4 ~267; +2 -0 ~164]
    wholeOver: 0.33, // fully so after this much more [+1 -1 ~50; +1 -0 ~61]
    lent: 0.9, // a word of a name, where a question of the same concept needs it [+5 -6 ~352; +3 -12 ~422]
    leftOut: 0.2, // and what it takes of such a question that no name does [+0 -0 ~174; +0 -0 ~174]
    passage: 0.1, // what the text adds to a name [+3 -0 ~175; +1 -1 ~196]
  },
  /* A concept's name in the language of the texts, for one in another. */
  translated: {
    worth: 0.8, // beside 1 for the word itself [+7 -1 ~636; +1 -4 ~715]
    least: 0.2, // a concept is meant from this score on [+0 -2 ~250; +2 -1 ~196]
    share: 0.6, // a text has a name if it has this much of it [+2 -1 ~541; +0 -0 ~393]
    grade: 0.5, // and the query if a word is met so well [+0 -0 ~10; +0 -0 ~2]
    sure: 1, // from this score on, its words are marked [+0 -0 ~65; +0 -0 ~39]
    marked: 0.5, // those that weigh at least this share of the heaviest [+0 -0 ~19; +0 -0 ~10]
  },
  /* When a page answers the query, and does not only share a word with it. */
  answers: {
    named: 1, // by a concept whose name it is, half typed: what is written waits [+0 -0 ~0; +0 -0 ~0]
    concept: 0.5, // by a concept alone; without it a query is refused [+0 -0 ~0; +0 -0 ~0]
    foreign: 0.6, // it covers this much of a query with a foreign name [+0 -1 ~1; +0 -1 ~1]
    strange: 0.44, // its score, if a word is unknown [+0 -7 ~7; +2 -5 ~9]
    words: 0.36, // its score, for several words [+0 -2 ~2; +2 -2 ~4]
    vague: 0.4, // its score, if little of the query is known [+1 -1 ~3; +1 -0 ~2]
    clear: 0.6, // this much is not little [+1 -1 ~3; +6 -5 ~13]
    cover: 0.35, // it covers this much of words [+0 -0 ~0; +1 -1 ~2]
    sentence: 0.25, // and this much of a sentence [+1 -1 ~3; +1 -0 ~1]
    missing: 0.25, // a word is missing on a page that covers less of it [+0 -0 ~6; +0 -0 ~2]
  },
  /* Which parts of a page are shown, in which order. */
  parts: {
    worth: 0.6, // what its text adds to the name of a part [+0 -0 ~838; +0 -0 ~796]
    page: 0.3, // the same for a page, which has the common words of all its parts [+0 -0 ~171; +0 -0 ~208]
    concept: 0.3, // a concept that is named so well stands first [+0 -0 ~249; +0 -0 ~156]
    shown: 0.25, // the least of the best score that is shown [+0 -0 ~411; +0 -0 ~423]
    open: 0.5, // and shown open [+0 -0 ~636; +0 -0 ~657]
  },
  /* Pages and marks in results. */
  shown: {
    least: 0.15, // of the best page's score [+0 -0 ~95; +0 -0 ~153]
    close: 0.2, // a page that has this much of the query is close [+0 -0 ~1; +0 -0 ~1]
    marked: 0.6, // a word is marked if it fits so well [+0 -0 ~81; +0 -0 ~287]
    also: 0.6, // another name is shown if it fits so well [+0 -0 ~198; +0 -0 ~149]
    alike: 0.34, // a concept is offered if its name looks so much like the query [+0 -0 ~3; +0 -0 ~2]
  },
  /* How a word without spaces is taken apart. */
  split: {
    known: 0.5, // a piece that is a word [+0 -0 ~2; +0 -0 ~0]
    ending: 0.6, // a piece that is an ending [+0 -0 ~0; +0 -0 ~1]
    sound: 1, // a piece that sounds like a word [+0 -0 ~0; +0 -0 ~2]
    unknown: 3, // any other, so that two are too much [+0 -0 ~0; +0 -0 ~0]
    most: 2, // more than this is no way to take it apart, [+0 -0 ~1; +0 -0 ~0]
    mostByLetter: 0.1, // for a long word by so much more a letter [+0 -0 ~0; +0 -0 ~0; of 338]
  },
  /* A message in a longer text: see pasted.js. */
  pasted: {
    share: 0.75, // so much of it, by weight, must stand there [+0 -0 ~4; +0 -0 ~0; of 97 messages]
  },
  /* What stands in the texts: see texts.js. */
  written: {
    unspaced: 0.95, // in a script that does not show where a word ends [+0 -11 ~20; +0 -0 ~2]
    start: 0.8, // at the beginning of a word [+0 -0 ~48; +0 -11 ~60]
    inside: 0.5, // inside of one [+0 -0 ~8; +0 -0 ~10]
    otherForm: 0.7, // with another ending [+0 -0 ~3; +0 -0 ~2]
    /* More where the whole query stands as it was typed: how much more does not matter, but without
       it 44 queries show their places in another order. */
    asTyped: 0.3, // [+0 -0 ~0; +0 -0 ~0]
    title: 0.1, // more for a title [+0 -0 ~20; +0 -0 ~24]
    collected: 0.1, // less on a page that collects what others teach [+0 -0 ~28; +0 -0 ~23]
  },
};

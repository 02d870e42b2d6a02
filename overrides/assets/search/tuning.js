/* Every number of the ranking, with what it means and, in brackets, what it does: how many graded
   queries gain (+) and lose (-) their right first page and how many show anything else (~), with a
   fifth less; and with a fifth more. "of 1352": of all, "of 338": of every fourth, "of 169": of
   every eighth. Measured on 2026-11-30 at 9fc3e41; tests/search/effects.py does that, and writes it. */
const TUNING = {
  /* How well a phrase of each sort speaks for what it names; a name does fully. */
  speaks: {
    misspelling: 0.96, // a spelling that someone believes is right [+0 -0 ~5; +0 -0 ~17; of 338]
    question: 0.9, // what somebody would ask [+3 -6 ~259; +4 -8 ~260; of 338]
    pageInPart: 0.97, // a name of a page that is not the whole query [+5 -1 ~101; +1 -8 ~130; of 338]
    title: 0.8, // the title of a page [+0 -1 ~43; +0 -0 ~51; of 338]
    heading: 0.72, // the heading of a section [+1 -0 ~112; +1 -0 ~129; of 338]
    label: 0.5, // a row of a table, the title of a drawing [+0 -0 ~41; +0 -0 ~47; of 338]
    /* What is read when something fails, unless it is typed whole. */
    message: 0.5, // [+0 -2 ~39; +0 -0 ~28; of 97 messages]
  },
  /* How well a word fits what it may mean, beside 1 for the word itself. */
  fits: {
    stem: 0.97, // the same word without a particle or ending [+0 -3 ~44; +1 -2 ~42; of 169]
    laterStem: 0.02, // less for each ending more that was taken off [+1 -0 ~5; +0 -0 ~4; of 169]
    prefix: 0.9, // the beginning of a word [+0 -3 ~28; +0 -1 ~32; of 169]
    prefixBare: 0.55, // a part of that counts from the first letters on, the rest by the share typed [+0 -0 ~9; +0 -0 ~9; of 169]
    prefixBeside: 0.5, // where the typed word is one, too [+0 -0 ~14; +0 -0 ~18; of 169]
    typo: 0.92, // a slip of the fingers [+2 -1 ~19; +1 -2 ~36; of 169]
    typoCost: 1.5, // what an edit costs, as a share of the word [+0 -0 ~15; +1 -0 ~15; of 169]
    otherStart: 0.85, // a slip in the first letter is rare [+0 -0 ~4; +0 -1 ~9; of 169]
    inside: 0.6, // a part of a compound [+0 -0 ~1; +0 -1 ~3; of 169]
    insideBare: 0.6, // a part of that counts in any case, the rest by the share typed [+0 -0 ~1; +0 -0 ~1; of 169]
    spelled: 0.95, // an abbreviation, letter by letter in Korean [+0 -0 ~2; +0 -0 ~1; of 169]
    initials: 0.85, // first consonants [+0 -1 ~2; +0 -0 ~2; of 169]
    initialsBare: 0.6, // some of the first consonants: a part counts in any case [+0 -0 ~2; +0 -0 ~1; of 169]
    initialsShare: 0.3, // and a part by the share typed [+0 -0 ~1; +0 -0 ~1; of 169]
    alike: 0.75, // another word for the same thing [+0 -1 ~76; +1 -3 ~82; of 169]
    sound: 0.7, // an English word in Korean spelling [+2 -1 ~16; +1 -3 ~33; of 169]
    soundShort: 0.85, // of a word with few consonants [+1 -0 ~6; +1 -0 ~20; of 169]
    soundNear: 0.75, // with one consonant changed [+0 -0 ~0; +0 -1 ~1; of 169]
    withoutEnding: 0.9, // any of these, for a Korean word whose ending was taken off [+1 -0 ~12; +0 -1 ~22; of 169]
  },
  /* From which likeness a word counts as known, as beyond doubt, and as strange. */
  likely: {
    known: 0.6, // it counts when it is asked whether a page answers [+1 -0 ~1; +1 -3 ~4; of 338]
    certain: 0.9, // no guess [+0 -0 ~8; +9 -74 ~151; of 338]
    strange: 0.75, // it is tried in pieces, and in the other keyboard layout [+0 -0 ~2; +0 -0 ~1; of 338]
    joined: 0.7, // neighbours written as one word [+0 -1 ~77; +1 -0 ~35; of 338]
    doubtful: 0.3, // from here on, trust in a meaning begins [+1 -0 ~21; +1 -0 ~27; of 338]
    trust: 0.5, // over this range it becomes full [+1 -0 ~24; +1 -0 ~30; of 338]
  },
  /* How much a word of a query weighs; a known one as much as it is rare. */
  weighs: {
    rarity: 0.7, // how far rarity counts: 0 not at all, 1 wholly [+1 -3 ~194; +3 -2 ~193; of 338]
    latin: 0.75, // an unknown word in Latin letters [+0 -2 ~11; +2 -1 ~18; of 338]
    hangul: 0.35, // an unknown word in Hangul: often an ending [+1 -0 ~9; +0 -0 ~13; of 338]
    weak: 0.05, // a word that says nothing [+1 -0 ~22; +0 -1 ~30; of 338]
    weakInPhrase: 0.06, // the same, in a phrase of the index [+1 -0 ~28; +1 -0 ~38; of 338]
    letter: 0.3, // times this, if only one key was typed [+0 -0 ~2; +0 -0 ~1; of 338]
  },
  /* Evidence for a page beside the concepts that it teaches. */
  share: {
    title: 0.25, // its best title [+1 -1 ~54; +1 -0 ~55; of 338]
    cover: 0.35, // how much of the query it has in all, squared [+1 -1 ~103; +1 -3 ~109; of 338]
    passage: 0.3, // its best single passage, squared [+0 -2 ~94; +1 -0 ~94; of 338]
    rest: 0.1, // the least of all this that counts, however sure the concept is [+0 -0 ~1; +0 -0 ~1; of 338]
    text: 0.8, // a word in a text, beside 1 for one in a name [+0 -2 ~155; +3 -0 ~191; of 338]
    /* And of such a word in Hangul: of these a text has only those that name a concept, which says so
       itself. */
    hangul: 0.5, // [+0 -0 ~82; +0 -0 ~86; of 338, on the Korean edition]
    textOnce: 0.35, // what a word in the texts of a page covers in any case [+1 -1 ~79; +0 -0 ~81; of 338]
    textOften: 0.4, // and how much more, if most of its parts have it [+0 -1 ~27; +0 -0 ~31; of 338]
    often: 3, // it does if a third of them has it [+0 -1 ~27; +0 -0 ~29; of 338]
  },
  /* How much the kind of a page counts, beside 1 for a page that teaches. */
  kind: {
    compare: 0.9, // a table [+0 -0 ~63; +0 -1 ~89; of 338]
    home: 0.7, // the start page [+0 -0 ~2; +0 -0 ~1; of 338]
    reference: 0.6, // pages that collect what others teach [+0 -0 ~11; +0 -0 ~10; of 338]
  },
  /* A page of comparisons, when the query asks for one. */
  compares: {
    bonus: 1.2, // if its title names all that is compared [+0 -0 ~7; +0 -0 ~9; of 338]
    row: 0.8, // what a row names is hardly what the table compares [+0 -0 ~4; +0 -0 ~4; of 338]
  },
  /* How a concept's phrases and the places that teach it come together. */
  concept: {
    exact: 0.5, // more for a name that is the query, letter by letter [+0 -0 ~16; +0 -0 ~8; of 338]
    whole: 0.3, // more for a name that covers the query wholly, and the other way round [+0 -0 ~16; +0 -0 ~12; of 338]
    wholeFrom: 0.6, // from this share on [+1 -0 ~73; +1 -0 ~45; of 338]
    wholeOver: 0.33, // fully so after this much more [+0 -0 ~14; +0 -0 ~13; of 338]
    lent: 0.9, // a word of a name, where a question of the same concept needs it [+2 -0 ~91; +0 -1 ~105; of 338]
    leftOut: 0.2, // and what it takes of such a question that no name does [+0 -0 ~38; +1 -0 ~35; of 338]
    passage: 0.1, // what the text adds to a name [+0 -1 ~51; +2 -0 ~51; of 338]
  },
  /* A concept's name in the language of the texts, for one in another. */
  translated: {
    worth: 0.8, // beside 1 for the word itself [+0 -1 ~175; +1 -2 ~176; of 338]
    least: 0.2, // a concept is meant from this score on [+0 -1 ~68; +0 -1 ~47; of 338]
    share: 0.6, // a text has a name if it has this much of it [+0 -1 ~133; +0 -0 ~101; of 338]
    grade: 0.5, // and the query if a word is met so well [+0 -0 ~1; +0 -0 ~1; of 338]
    sure: 1, // from this score on, its words are marked [+0 -0 ~12; +0 -0 ~11; of 338]
    marked: 0.5, // those that weigh at least this share of the heaviest [+0 -0 ~1; +0 -0 ~9; of 338]
  },
  /* When a page answers the query, and does not only share a word with it. */
  answers: {
    named: 1, // by a concept whose name it is, half typed: what is written waits; queries are typed whole here [+0 -0 ~0; +0 -0 ~0; of 1352]
    concept: 0.5, // by a concept alone; without it a query is refused [+0 -0 ~0; +0 -0 ~0; of 1352]
    foreign: 0.6, // it covers this much of a query with a foreign name [+0 -0 ~0; +1 -0 ~1; of 1352]
    strange: 0.44, // its score, if a word is unknown [+1 -7 ~8; +4 -8 ~13; of 1352]
    words: 0.36, // its score, for several words [+0 -0 ~0; +0 -1 ~1; of 1352]
    vague: 0.4, // its score, if little of the query is known [+2 -0 ~2; +0 -1 ~2; of 1352]
    clear: 0.6, // this much is not little [+1 -0 ~1; +3 -3 ~7; of 1352]
    cover: 0.35, // it covers this much of words [+0 -0 ~0; +3 -0 ~3; of 1352]
    sentence: 0.25, // and this much of a sentence [+0 -1 ~2; +0 -1 ~1; of 1352]
    missing: 0.25, // a word is missing on a page that covers less of it [+0 -0 ~2; +0 -0 ~2; of 1352]
  },
  /* Which parts of a page are shown, in which order. */
  parts: {
    worth: 0.6, // what its text adds to the name of a part [+0 -0 ~200; +0 -0 ~175; of 338]
    page: 0.3, // the same for a page, which has the common words of all its parts [+0 -0 ~47; +0 -0 ~52; of 338]
    concept: 0.3, // a concept that is named so well stands first [+0 -0 ~73; +0 -0 ~40; of 338]
    shown: 0.25, // the least of the best score that is shown [+0 -0 ~100; +0 -0 ~104; of 338]
    open: 0.5, // and shown open [+0 -0 ~156; +0 -0 ~156; of 338]
  },
  /* Pages and marks in results. */
  shown: {
    least: 0.15, // of the best page's score [+0 -0 ~17; +0 -0 ~23; of 338]
    close: 0.2, // a page that has this much of the query is close [+0 -0 ~0; +0 -0 ~1; of 1352]
    marked: 0.6, // a word is marked if it fits so well [+0 -0 ~12; +0 -0 ~73; of 338]
    also: 0.6, // another name is shown if it fits so well [+0 -0 ~51; +0 -0 ~39; of 338]
    alike: 0.34, // a concept is offered if its name looks so much like the query [+0 -0 ~0; +0 -0 ~1; of 1352]
  },
  /* How a word without spaces is taken apart. */
  split: {
    known: 0.5, // a piece that is a word [+0 -0 ~3; +0 -0 ~0; of 1352]
    ending: 0.6, // a piece that is an ending [+0 -0 ~2; +0 -0 ~1; of 1352]
    sound: 1, // a piece that sounds like a word [+0 -0 ~0; +0 -0 ~3; of 1352]
    unknown: 3, // any other, so that two are too much [+0 -0 ~0; +0 -0 ~0; of 1352]
    most: 2, // more than this is no way to take it apart, [+0 -0 ~2; +0 -0 ~0; of 1352]
    mostByLetter: 0.1, // for a long word by so much more a letter [+0 -0 ~0; +0 -0 ~0; of 1352]
  },
  /* A message in a longer text: see pasted.js. */
  pasted: {
    share: 0.75, // so much of it, by weight, must stand there [+0 -0 ~5; +0 -0 ~0; of 97 messages]
  },
  /* What stands in the texts: see texts.js. */
  written: {
    unspaced: 0.95, // in a script that does not show where a word ends [+0 -3 ~4; +0 -0 ~0; of 338]
    start: 0.8, // at the beginning of a word [+0 -0 ~11; +0 -3 ~21; of 338]
    inside: 0.5, // inside of one [+0 -0 ~6; +0 -0 ~4; of 338]
    otherForm: 0.7, // with another ending [+0 -0 ~2; +0 -0 ~4; of 338]
    /* More where the whole query stands as it was typed: how much more does not matter, but without
       it places come in another order. */
    asTyped: 0.3, // [+0 -0 ~0; +0 -0 ~0; of 338]
    title: 0.1, // more for a title [+0 -0 ~13; +0 -0 ~15; of 338]
    collected: 0.1, // less on a page that collects what others teach [+0 -0 ~13; +0 -0 ~12; of 338]
  },
};

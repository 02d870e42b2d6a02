/* Every number of the ranking, with what it means. */
const TUNING = {
  /* How well a phrase of each sort speaks for what it names; a name does fully. */
  speaks: {
    misspelling: 0.96, // a spelling that someone believes is right
    question: 0.9, // what somebody would ask
    title: 0.8, // the title of a page
    heading: 0.72, // the heading of a section
    label: 0.5, // a row of a table, the title of a drawing
    message: 0.5, // what is read when something fails, unless it is typed whole
  },
  /* How well a word fits what it may mean, beside 1 for the word itself. */
  fits: {
    stem: 0.97, // the same word without a particle or ending
    laterStem: 0.02, // less for each ending more that was taken off
    prefix: 0.9, // the beginning of a word
    prefixBare: 0.55, // a part of that counts from the first letters on, the rest by the share typed
    prefixBeside: 0.5, // where the typed word is one, too
    typo: 0.92, // a slip of the fingers
    typoCost: 1.5, // what an edit costs, as a share of the word
    otherStart: 0.85, // a slip in the first letter is rare
    inside: 0.6, // a part of a compound
    insideBare: 0.6, // a part of that counts in any case, the rest by the share typed
    spelled: 0.95, // an abbreviation, letter by letter in Korean
    initials: 0.85, // first consonants
    initialsBare: 0.6, // some of the first consonants: a part counts in any case
    initialsShare: 0.3, // and a part by the share typed
    alike: 0.75, // another word for the same thing
    sound: 0.7, // an English word in Korean spelling
    soundShort: 0.85, // of a word with few consonants
    soundNear: 0.75, // with one consonant changed
    withoutEnding: 0.9, // any of these, for a Korean word whose ending was taken off
  },
  /* From which likeness a word counts as known, as beyond doubt, and as strange. */
  likely: {
    known: 0.6, // it counts when it is asked whether a page answers
    certain: 0.9, // no guess
    strange: 0.75, // it is tried in pieces, and in the other keyboard layout
    joined: 0.7, // neighbours written as one word
    doubtful: 0.3, // from here on, trust in a meaning begins
    trust: 0.5, // over this range it becomes full
  },
  /* How much a word of a query weighs; a known one as much as it is rare. */
  weighs: {
    rarity: 0.8, // how far rarity counts: 0 not at all, 1 wholly
    leastRarity: 0.1, // of a word that stands almost everywhere
    latin: 0.75, // an unknown word in Latin letters
    hangul: 0.35, // an unknown word in Hangul: often an ending
    weak: 0.05, // a word that says nothing
    weakInPhrase: 0.06, // the same, in a phrase of the index
    letter: 0.3, // times this, if only one key was typed
  },
  /* Evidence for a page beside the concepts that it teaches. */
  share: {
    title: 0.25, // its best title
    cover: 0.35, // how much of the query it has in all, squared
    passage: 0.3, // its best single passage, squared
    rest: 0.1, // the least of all this that counts, however sure the concept is
    text: 0.8, // a word in a text, beside 1 for one in a name
    textOnce: 0.35, // what a word in the texts of a page covers in any case
    textOften: 0.4, // and how much more, if most of its parts have it
    often: 3, // it does if a third of them has it
  },
  /* How much the kind of a page counts, beside 1 for a page that teaches. */
  kind: {
    compare: 0.9, // a table
    home: 0.7, // the start page
    reference: 0.6, // pages that collect what others teach
  },
  /* A page of comparisons, when the query asks for one. */
  compares: {
    bonus: 1.2, // if its title names all that is compared
    row: 0.8, // what a row names is hardly what the table compares
  },
  /* How a concept's phrases and the places that teach it come together. */
  concept: {
    exact: 0.5, // more for a name that is the query, letter by letter
    whole: 0.3, // more for a name that covers the query wholly, and the other way round
    wholeFrom: 0.6, // from this share on
    wholeOver: 0.33, // fully so after this much more
    lent: 0.9, // a word of a name, where a question of the same concept needs it
    leftOut: 0.2, // and what it takes of such a question that no name does
    passage: 0.1, // what the text adds to a name
  },
  /* A concept's name in the language of the texts, for one in another. */
  translated: {
    worth: 0.8, // beside 1 for the word itself
    least: 0.2, // a concept is meant from this score on
    share: 0.6, // a text has a name if it has this much of it
    grade: 0.5, // and the query if a word is met so well
    sure: 1, // from this score on, its words are marked
    marked: 0.5, // those that weigh at least this share of the heaviest
  },
  /* When a page answers the query, and does not only share a word with it. */
  answers: {
    concept: 0.5, // by a concept alone
    foreign: 0.6, // it covers this much of a query with a foreign name
    strange: 0.44, // its score, if a word is unknown
    words: 0.36, // its score, for several words
    vague: 0.4, // its score, if little of the query is known
    clear: 0.6, // this much is not little
    cover: 0.35, // it covers this much of words
    sentence: 0.25, // and this much of a sentence
    missing: 0.25, // a word is missing on a page that covers less of it
  },
  /* The other keyboard layout is meant if it fits so well, and so much better. */
  layout: {
    sure: 0.75, // as good as a name
    better: 0.15, // than what was typed
  },
  /* Which parts of a page are shown, in which order. */
  parts: {
    worth: 0.6, // what its text adds to the name of a part
    page: 0.3, // the same for a page, which has the common words of all its parts
    concept: 0.3, // a concept that is named so well stands first
    shown: 0.25, // the least of the best score that is shown
    open: 0.5, // and shown open
  },
  /* Pages and marks in results. */
  shown: {
    least: 0.15, // of the best page's score
    close: 0.2, // a page that has this much of the query is close
    marked: 0.6, // a word is marked if it fits so well
    also: 0.6, // another name is shown if it fits so well
    alike: 0.34, // a concept is offered if its name looks so much like the query
  },
  /* How a word without spaces is taken apart. */
  split: {
    known: 0.5, // a piece that is a word
    form: 0.2, // and more if it has an ending
    ending: 0.6, // a piece that is an ending
    sound: 1, // a piece that sounds like a word
    unknown: 3, // any other
    most: 2, // more than this is no way to take it apart,
    mostByLetter: 0.1, // for a long word by so much more a letter
  },
  /* A message in a longer text: see pasted.js. */
  pasted: {
    share: 0.75, // so much of it, by weight, must stand there
    last: 0.5, // so much more counts what stands at the very end
  },
  /* What stands in the texts: see texts.js. */
  written: {
    unspaced: 0.95, // in a script that does not show where a word ends
    start: 0.8, // at the beginning of a word
    inside: 0.5, // inside of one
    otherForm: 0.7, // with another ending
    asTyped: 0.3, // more where the whole query stands as it was typed
    title: 0.1, // more for a title
    collected: 0.1, // less on a page that collects what others teach
  },
};

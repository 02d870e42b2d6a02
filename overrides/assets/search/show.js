/* From ranked pages to what Material's search box draws: groups of results, as HTML. */

/**
 * @typedef {object} Result a line of the results, as Material draws it
 * @property {string} location
 * @property {string} title HTML
 * @property {string} text HTML
 * @property {number} score
 * @property {Record<string, boolean>} terms words to mark there, or that are missing
 */
/** @typedef {{open: number, all: number}} Most */
/** @typedef {{items: Result[][], suggest?: string[], nothing?: boolean}} Answer */

/* How much is drawn: pages, and parts of the first and of each other, open or folded away. */
const MOST_GROUPS = { found: 7, close: 3 };
const MOST_PARTS = { first: { open: 4, all: 6 }, other: { open: 2, all: 2 } };
/* So many pages of concepts stand before those on which the query is only written. */
const FIRST_MEANT = 3;
const MOST_MARKED = 10;

/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

/** Fill `{name}` in a sentence.
 * @param {string} sentence
 * @param {Record<string, string>} values */
function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
}

class Marker {
  /**
   * @param {Library} library
   * @param {Map<number, number>} terms
   */
  constructor(library, terms) {
    this.vocabulary = library.vocabulary;
    this.terms = terms;
    /** @type {Map<string, boolean>} */
    this.known = new Map();
    /** @type {Map<number, Set<string>>} */
    this.inTexts = new Map();
    for (const [id, worth] of terms) {
      if (worth >= TUNING.shown.marked)
        for (const post of library.inTexts[id] || []) this.note(post);
    }
  }

  /** Note which words that were searched for stand in the text of an entry.
   * @param {TextPost} post */
  note({ entry, surface }) {
    this.inTexts.set(entry, (this.inTexts.get(entry) || new Set()).add(surface));
  }

  /** The words to mark where an entry leads.
   * @param {Entry} entry
   * @returns {string[]} */
  wordsAt(entry) {
    return [...this.find(entry.title).map(({ run }) => run), ...(this.inTexts.get(entry.id) || [])];
  }

  /** Whether a run of letters is a word that was searched for.
   * @param {string} run */
  hits(run) {
    if (!this.known.has(run)) this.known.set(run, this.isHit(run));
    return this.known.get(run);
  }

  /** @param {string} run */
  isHit(run) {
    const hangul = HANGUL.test(run);
    const forms = hangul ? koreanStems(run, this.vocabulary.endings) : [run.toLowerCase()];
    return (
      forms.some((form) => {
        const id = this.vocabulary.ids.get(this.vocabulary.key(form, hangul));
        return id !== undefined && (this.terms.get(id) || 0) >= TUNING.shown.marked;
      }) && !this.vocabulary.isWeak({ surface: run, hangul })
    );
  }

  /** The words of a text that were searched for, by place.
   * @param {string} text */
  find(text) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      let place = match.index;
      for (const run of match[0].match(RUN) || []) {
        if (run.length > 1 && this.hits(run))
          found.push({ from: place, to: place + run.length, run });
        place += run.length;
      }
    }
    return found;
  }

  /** A text as HTML, with `<mark>`.
   * @param {string} text */
  show(text) {
    let html = "";
    let place = 0;
    for (const { from, to } of this.find(text)) {
      html +=
        escapeHtml(text.slice(place, from)) +
        "<mark>" +
        escapeHtml(text.slice(from, to)) +
        "</mark>";
      place = to;
    }
    return html + escapeHtml(text.slice(place));
  }
}

/** The pages of a ranked query that are worth showing.
 * @param {Ranked} ranked
 * @param {number} most */
function pagesWorthShowing(ranked, most) {
  const least = ranked.pages.length ? ranked.pages[0].score * TUNING.shown.least : 0;
  return ranked.pages.slice(0, most).filter((page) => page.score >= least);
}

/**
 * The pages to show, in order: those that answer the query as concepts do, and those on which it
 * is written. What is written goes first where the other pages only rest on a guess, and where it
 * is an identifier, whose words mean little by themselves.

 * @param {Ranked} ranked
 * @param {WrittenPage[]} written
 * @returns {{page?: RankedPage, found?: WrittenPage}[]} */
function inOrder(ranked, written) {
  /** @type {{page?: RankedPage, found?: WrittenPage}[]} */
  const meant = isAnswered(ranked)
    ? pagesWorthShowing(ranked, MOST_GROUPS.found).map((page) => ({ page }))
    : [];
  /** @type {{page?: RankedPage, found?: WrittenPage}[]} */
  const wrote = written.map((found) => ({ found }));
  const surest =
    written.length &&
    ((isGuess(ranked) && !isNamed(ranked) && written[0].strong) ||
      (!ranked.exact && written[0].named));
  const first = surest ? 0 : FIRST_MEANT;
  const all = [...meant.slice(0, first), ...wrote, ...meant.slice(first)];
  const seen = new Set();
  return all
    .filter(({ page, found }) => {
      const number = (page || found)?.page;
      return !seen.has(number) && seen.add(number);
    })
    .slice(0, MOST_GROUPS.found);
}

/** Whether the best page teaches what the query names so well that a word half typed is no doubt.
 * @param {Ranked} ranked */
function isNamed({ pages }) {
  return pages.length > 0 && pages[0].concept >= TUNING.answers.named;
}

/** Whether some word of the query is not known for sure.
 * @param {Ranked} ranked */
function isGuess({ exact, query }) {
  return (
    !exact && query.best.some((best, place) => !query.weak[place] && best < TUNING.likely.certain)
  );
}

/** The groups of a query. The first link is the best: the Enter key opens it.
 * @param {Library} library
 * @param {Texts | null} texts
 * @param {Ranked} ranked
 * @param {WrittenPage[]} written
 * @returns {Result[][]} */
function showAnswer(library, texts, ranked, written) {
  const marker = new Marker(library, ranked.terms);
  const order = inOrder(ranked, written);
  const writtenOn = new Map(written.map((found) => [found.page, found]));
  return order.map(({ page, found }, place) => {
    const score = 10 * (order.length - place);
    const most = place ? MOST_PARTS.other : MOST_PARTS.first;
    if (found && texts) return showWritten(library, texts, found, score, most);
    if (!page) return [];
    return withExcerpts(
      showPage(library, page, marker, score, most),
      library,
      texts,
      writtenOn.get(page.page),
      most,
    );
  });
}

/** A page on which the query is written, with the places where.
 * @param {Library} library
 * @param {Texts} texts
 * @param {WrittenPage} found
 * @param {number} score
 * @param {Most} most
 * @returns {Result[]} */
function showWritten(library, texts, found, score, most) {
  const { location, title } = library.pages[found.page];
  const group = [{ location, title: escapeHtml(title), text: "", score, terms: {} }];
  const parts = found.places.filter((place) => place.all || !found.close).slice(0, most.all);
  for (const place of parts) {
    const shown = showPlace(library, texts, place);
    if (shown.location === location) {
      if (!group[0].text) Object.assign(group[0], { text: shown.text, terms: shown.terms });
    } else if (group.length <= most.open) {
      group.push({ ...shown, score: score + (group.length === 1 && !group[0].text ? 1 : 0) });
    }
  }
  return group;
}

/**
 * @param {Library} library
 * @param {Texts} texts
 * @param {WrittenPlace} place
 */
function showPlace(library, texts, place) {
  const { page, fragment, title } = texts.places[place.number];
  const known = library.titleAt(page, fragment) || title || library.pages[page].title;
  const location = library.pages[page].location + (fragment && "#" + fragment);
  return {
    location,
    title: escapeHtml(known),
    text: texts.excerpt(place),
    terms: texts.wordsAt(place),
  };
}

/** A group with the sentences in which the query is written, and with a part more for the best.
 * @param {Result[]} group
 * @param {Library} library
 * @param {Texts | null} texts
 * @param {WrittenPage | undefined} found
 * @param {Most} most
 * @returns {Result[]} */
function withExcerpts(group, library, texts, found, most) {
  if (!found || !texts) return group;
  const rest = found.places
    .filter((place) => place.all || !found.close)
    .map((place) => showPlace(library, texts, place))
    .filter((shown) => {
      const own = group.find((item) => item.location === shown.location);
      if (own && !own.text)
        Object.assign(own, { text: shown.text, terms: { ...own.terms, ...shown.terms } });
      return !own;
    });
  const more = rest.slice(0, Math.max(0, most.open + 1 - group.length));
  return [...group, ...more.map((shown) => ({ ...shown, score: group[0].score }))];
}

/** The groups of pages that do not answer the query, but come close.
 * @param {Library} library
 * @param {Ranked} ranked */
function showClose(library, ranked) {
  const marker = new Marker(library, ranked.terms);
  const pages = pagesWorthShowing(ranked, MOST_GROUPS.close);
  return pages.map((page, place) =>
    showPage(
      library,
      page,
      marker,
      10 * (pages.length - place),
      place ? MOST_PARTS.other : MOST_PARTS.first,
    ),
  );
}

/** A page and its best parts. What scores as much as the page is drawn open, the rest folded.
 * @param {Library} library
 * @param {RankedPage} page
 * @param {Marker} marker
 * @param {number} score
 * @param {Most} most
 * @returns {Result[]} */
function showPage(library, page, marker, score, most) {
  const { location } = library.pages[page.page];
  const order = (/** @type {Item} */ item) =>
    (item.entry.kind === CONCEPT && item.name > TUNING.parts.concept ? 10 : 0) + item.score;
  const all = page.items;
  const parent = all.find((item) => item.entry.kind === PAGE);
  const entry = parent ? parent.entry : library.entries[page.page];
  const items = all.filter((item) => item.entry.kind !== PAGE).sort((a, b) => order(b) - order(a));
  const top = items.length ? Math.max(...items.map((item) => item.score)) : 0;
  const kept = items.filter((item) => item.score >= top * TUNING.parts.shown).slice(0, most.all);
  const pageLeads = parent && parent.name + TUNING.parts.page * parent.passage >= top;
  const group = [{ ...showEntry(library, entry, marker), location, score }];
  kept.forEach((item, place) => {
    const isOpen = place < most.open && item.score >= top * TUNING.parts.open;
    const lead = place === 0 && !pageLeads ? 1 : 0;
    group.push({
      ...showEntry(library, item.entry, marker),
      title: showTitle(library, item, marker),
      location: addressOf(library, item.entry),
      score: isOpen ? score + lead : score - 5,
    });
  });
  const first = group[kept.length ? 1 : 0];
  for (const word of page.missing) first.terms[word.surface.toLowerCase()] = false;
  return group;
}

/**
 * @param {Library} library
 * @param {Entry} entry
 */
function addressOf(library, { page, fragment }) {
  return library.pages[page].location + (fragment && "#" + fragment);
}

/** A title, and the other name by which it was found: "API" is also found as "\uc5d0\uc774\ud53c\uc544\uc774".
 * @param {Library} library
 * @param {Item} item
 * @param {Marker} marker */
function showTitle(library, { entry, name, sort, phrase }, marker) {
  const also = sort === "name" && name > TUNING.shown.also ? library.phrases[phrase] : null;
  const html = marker.show(entry.title);
  if (!also || also.terms.every((id) => library.phrases[entry.phrases[0]].terms.includes(id)))
    return html;
  return html + " (" + marker.show(also.text) + ")";
}

/**
 * @param {Library} library
 * @param {Entry} entry
 * @param {Marker} marker
 */
function showEntry(library, entry, marker) {
  /** @type {Record<string, boolean>} */
  const terms = {};
  const words =
    entry.kind === CONCEPT ? wordsAtTarget(library, entry, marker) : marker.wordsAt(entry);
  for (const word of words.slice(0, MOST_MARKED)) terms[word.toLowerCase()] = true;
  return { title: marker.show(entry.title), text: marker.show(entry.text), terms };
}

/** The words to mark where a concept is taught: those searched for, else those of its name.
 * @param {Library} library
 * @param {Entry} concept
 * @param {Marker} marker */
function wordsAtTarget(library, concept, marker) {
  const target = library.entries.find(
    (entry) =>
      entry.page === concept.page &&
      entry.fragment === concept.fragment &&
      (entry.kind === SECTION || entry.kind === PAGE),
  );
  const found = target ? marker.wordsAt(target) : [];
  return found.length ? found : wordsOf(concept.title, false).map((word) => word.surface);
}

/** The last word of a query, completed by a name that the best page has; Material shows it in grey.
 * @param {Library} library
 * @param {Ranked} ranked
 * @param {string} text
 * @returns {string[]} */
function suggest(library, { pages }, text) {
  const typed = text.split(/[\s-]+/).pop() || "";
  if (typed.length < 2 || !pages.length) return [];
  const items = pages[0].items
    .slice()
    .sort((a, b) => b.name - a.name)
    .slice(0, 3);
  const names = items.flatMap(({ entry, phrase }) => [
    entry.title,
    phrase < 0 ? "" : library.phrases[phrase].text,
  ]);
  for (const { surface } of wordsOf(names.join(" "), false)) {
    if (surface.length > typed.length && surface.toLowerCase().startsWith(typed.toLowerCase())) {
      return [typed + surface.slice(typed.length)];
    }
  }
  return [];
}

/** The concepts whose names look most like the query, to offer when nothing was found.
 * @param {Library} library
 * @param {string} text */
function closestConcepts(library, text) {
  const pieces = pairsOf(keysOf(normal(text.slice(0, LONGEST_QUERY)).toLowerCase()));
  const graded = library.entries
    .filter((entry) => entry.kind === CONCEPT)
    .map((entry) => ({
      entry,
      grade: Math.max(
        ...entry.phrases
          .filter((id) => library.phrases[id].sort !== "question")
          .map((id) => {
            const own = pairsOf(keysOf(library.phrases[id].text));
            let shared = 0;
            for (const pair of pieces) if (own.has(pair)) shared += 1;
            return (2 * shared) / (own.size + pieces.size || 1);
          }),
      ),
    }));
  return graded
    .filter(({ grade }) => grade > TUNING.shown.alike)
    .sort((a, b) => b.grade - a.grade)
    .slice(0, 3)
    .map(({ entry }) => entry);
}

/** @param {string} text */
function pairsOf(text) {
  const pairs = new Set();
  const solid = text.replace(/[^\p{L}\p{N}]/gu, "");
  for (let place = 0; place + 2 <= solid.length; place += 1)
    pairs.add(solid.slice(place, place + 2));
  return pairs;
}

/** What is shown where no page answers: a group that says so, and the closest pages, if any share a
    word with the query, or else the closest concepts.
 * @param {Library} library
 * @param {Ranked} ranked
 * @param {string} text
 * @returns {Result[][]} */
function showNothing(library, ranked, text) {
  const words = library.sentences;
  const short = text.trim().length > 60 ? text.trim().slice(0, 60) + "\u2026" : text.trim();
  const say = (/** @type {string} */ sentence) => ({
    location: words.home,
    score: 0,
    terms: {},
    title: noteHtml(fill(sentence, { query: short })),
    text: escapeHtml(words.advice),
  });
  if (ranked.sure > TUNING.shown.close) return [[say(words.partly)], ...showClose(library, ranked)];
  const near = closestConcepts(library, text);
  return [
    [
      say(words.nothing),
      ...near.map((entry) => ({
        location: addressOf(library, entry),
        title: escapeHtml(fill(words.closest, { term: entry.title })),
        text: escapeHtml(entry.text),
        score: 10,
        terms: {},
      })),
    ],
  ];
}

/** A sentence of the search itself, told from a title by its class.
 * @param {string} sentence */
function noteHtml(sentence) {
  return '<span class="search-note">' + escapeHtml(sentence) + "</span>";
}

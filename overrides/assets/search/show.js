/* From ranked pages to what Material's search box draws: groups of results, as HTML. */

/* How much is drawn: pages, and parts of the first and of each other, open or folded away. */
const MOST_GROUPS = { found: 7, close: 3 };
const MOST_PARTS = { first: { open: 4, all: 6 }, other: { open: 2, all: 2 } };
const MOST_MARKED = 10;
const MARK_FROM = 0.6;
const ALSO_FROM = 0.6;
/* How much of a query a page must have, to be shown as a close one. */
const CLOSE = 0.2;

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

/** Fill `{name}` in a sentence. */
function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
}

class Marker {
  constructor(library, terms) {
    this.vocabulary = library.vocabulary;
    this.terms = terms;
    this.known = new Map();
    this.inTexts = new Map();
    for (const [id, worth] of terms) {
      if (worth >= MARK_FROM) for (const post of library.inTexts[id] || []) this.note(post);
    }
  }

  /** Note which words that were searched for stand in the text of an entry. */
  note({ entry, surface }) {
    if (!this.inTexts.has(entry)) this.inTexts.set(entry, new Set());
    this.inTexts.get(entry).add(surface);
  }

  /** The words to mark where an entry leads. */
  wordsAt(entry) {
    return [...this.find(entry.title).map(({ run }) => run), ...(this.inTexts.get(entry.id) || [])];
  }

  /** Whether a run of letters is a word that was searched for. */
  hits(run) {
    if (!this.known.has(run)) this.known.set(run, this.isHit(run));
    return this.known.get(run);
  }

  isHit(run) {
    const hangul = HANGUL.test(run);
    const forms = hangul ? koreanStems(run, this.vocabulary.endings) : [run.toLowerCase()];
    return forms.some((form) => {
      const id = this.vocabulary.ids.get(this.vocabulary.key(form, hangul));
      return id !== undefined && (this.terms.get(id) || 0) >= MARK_FROM;
    }) && !this.vocabulary.isWeak({ surface: run, hangul });
  }

  /** The words of a text that were searched for, by place. */
  find(text) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      let place = match.index;
      for (const run of match[0].match(RUN)) {
        if (run.length > 1 && this.hits(run)) found.push({ from: place, to: place + run.length, run });
        place += run.length;
      }
    }
    return found;
  }

  /** A text as HTML, with `<mark>`. */
  show(text) {
    let html = "";
    let place = 0;
    for (const { from, to } of this.find(text)) {
      html += escapeHtml(text.slice(place, from)) + "<mark>" + escapeHtml(text.slice(from, to)) + "</mark>";
      place = to;
    }
    return html + escapeHtml(text.slice(place));
  }
}

/** The groups of a ranked query. The first link is the best: the Enter key opens it. */
function showPages(library, ranked, most) {
  const marker = new Marker(library, ranked.terms);
  const count = Math.min(most, ranked.pages.length);
  const least = ranked.pages[0].score * 0.15;
  return ranked.pages.slice(0, count).filter((page) => page.score >= least)
    .map((page, place) => showPage(library, page, marker, 10 * (count - place), place ? MOST_PARTS.other : MOST_PARTS.first));
}

/** A page and its best parts. What scores as much as the page is drawn open, the rest folded. */
function showPage(library, page, marker, score, most) {
  const { location } = library.pages[page.page];
  const order = (item) => (item.entry.kind === CONCEPT && item.name > 0.3 ? 10 : 0) + item.score;
  const all = [...page.items.values()];
  const parent = all.find((item) => item.entry.kind === PAGE);
  const entry = parent ? parent.entry : library.entries[page.page];
  const items = all.filter((item) => item.entry.kind !== PAGE).sort((a, b) => order(b) - order(a));
  const top = items.length ? Math.max(...items.map((item) => item.score)) : 0;
  const kept = items.filter((item) => item.score >= top * 0.25).slice(0, most.all);
  const pageLeads = parent && parent.name + PASSAGE_WORTH.page * parent.passage >= top;
  const group = [{ ...showEntry(library, entry, marker), location, score }];
  kept.forEach((item, place) => {
    const isOpen = place < most.open && item.score >= top * 0.5;
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

function addressOf(library, { page, fragment }) {
  return library.pages[page].location + (fragment && "#" + fragment);
}

/** A title, and the other name by which it was found: "Fargate" is also found as "\ud30c\uac8c\uc774\ud2b8". */
function showTitle(library, { entry, name, sort, phrase }, marker) {
  const also = sort === "name" && name > ALSO_FROM ? library.phrases[phrase] : null;
  const html = marker.show(entry.title);
  if (!also || also.terms.every((id) => library.phrases[entry.phrases[0]].terms.includes(id))) return html;
  return html + " (" + marker.show(also.text) + ")";
}

function showEntry(library, entry, marker) {
  const terms = {};
  const words = entry.kind === CONCEPT ? wordsAtTarget(library, entry, marker) : marker.wordsAt(entry);
  for (const word of words.slice(0, MOST_MARKED)) terms[word.toLowerCase()] = true;
  return { title: marker.show(entry.title), text: marker.show(entry.text), terms };
}

/** The words to mark where a concept is taught: those searched for, else those of its name. */
function wordsAtTarget(library, concept, marker) {
  const target = library.entries.find((entry) => entry.page === concept.page &&
    entry.fragment === concept.fragment && (entry.kind === SECTION || entry.kind === PAGE));
  const found = target ? marker.wordsAt(target) : [];
  return found.length ? found : wordsOf(concept.title, false).map((word) => word.surface);
}

/** The last word of a query, completed by a name that the best page has; Material shows it in grey. */
function suggest(library, { pages }, text) {
  const typed = text.split(/[\s-]+/).pop();
  if (typed.length < 2) return [];
  const items = [...pages[0].items.values()].sort((a, b) => b.name - a.name).slice(0, 3);
  const names = items.flatMap(({ entry, phrase }) => [entry.title, phrase < 0 ? "" : library.phrases[phrase].text]);
  for (const { surface } of wordsOf(names.join(" "), false)) {
    if (surface.length > typed.length && surface.toLowerCase().startsWith(typed.toLowerCase())) {
      return [typed + surface.slice(typed.length)];
    }
  }
  return [];
}

/** The concepts whose names look most like the query, to offer when nothing was found. */
function closestConcepts(library, text) {
  const pieces = pairsOf(keysOf(normal(text.slice(0, LONGEST_QUERY)).toLowerCase()));
  const graded = library.entries.filter((entry) => entry.kind === CONCEPT).map((entry) => ({
    entry,
    grade: Math.max(...entry.phrases.filter((id) => library.phrases[id].sort !== "question").map((id) => {
      const own = (library.phrases[id].pairs = library.phrases[id].pairs || pairsOf(keysOf(library.phrases[id].text)));
      let shared = 0;
      for (const pair of pieces) if (own.has(pair)) shared += 1;
      return (2 * shared) / (own.size + pieces.size || 1);
    })),
  }));
  return graded.filter(({ grade }) => grade > 0.34).sort((a, b) => b.grade - a.grade).slice(0, 3)
    .map(({ entry }) => entry);
}

function pairsOf(text) {
  const pairs = new Set();
  const solid = text.replace(/[^\p{L}\p{N}]/gu, "");
  for (let place = 0; place + 2 <= solid.length; place += 1) pairs.add(solid.slice(place, place + 2));
  return pairs;
}

/** What is shown where no page answers: a group that says so, and the closest pages, if any share a
    word with the query, or else the closest concepts. */
function showNothing(library, ranked, text) {
  const { words } = library;
  const short = text.trim().length > 60 ? text.trim().slice(0, 60) + "\u2026" : text.trim();
  const say = (sentence) => ({ location: words.home, score: 0, terms: {},
    title: noteHtml(fill(sentence, { query: short })), text: escapeHtml(words.advice) });
  if (ranked.sure > CLOSE) return [[say(words.partly)], ...showPages(library, ranked, MOST_GROUPS.close)];
  const near = closestConcepts(library, text);
  return [[say(words.nothing), ...near.map((entry) => ({
    location: addressOf(library, entry),
    title: escapeHtml(fill(words.closest, { term: entry.title })),
    text: escapeHtml(entry.text),
    score: 10,
    terms: {},
  }))]];
}

/** A sentence of the search itself, told from a title by its class. */
function noteHtml(sentence) {
  return '<span class="search-note">' + escapeHtml(sentence) + "</span>";
}

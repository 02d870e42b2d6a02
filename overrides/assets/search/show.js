/* From ranked pages to what Material's search box draws: groups of results, as HTML. */

const MOST_GROUPS = 10;
const MOST_SHOWN = 4;
const MOST_IN_GROUP = 9;
const SNIPPET = 180;
const MARK_FROM = 0.6;

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
  }

  /** Whether a run of letters is a word that was searched for. */
  hits(run) {
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

  /** A text as HTML with `<mark>`, and the words marked. Long texts are cut round the first hit. */
  show(text, cut) {
    let shown = text;
    let found = this.find(text);
    if (cut && text.length > SNIPPET * 1.3) {
      const from = snippetStart(text, found);
      const end = text.length - from > SNIPPET ? text.lastIndexOf(" ", from + SNIPPET) : text.length;
      const to = end > from ? end : from + SNIPPET;
      shown = (from ? "\u2026 " : "") + text.slice(from, to) + (to < text.length ? " \u2026" : "");
      found = this.find(shown);
    }
    let html = "";
    let place = 0;
    for (const { from, to } of found) {
      html += escapeHtml(shown.slice(place, from)) + "<mark>" + escapeHtml(shown.slice(from, to)) + "</mark>";
      place = to;
    }
    return { html: html + escapeHtml(shown.slice(place)), words: found.map(({ run }) => run) };
  }
}

/** Where a snippet begins: at the sentence, or a few words before, of the densest run of hits. */
function snippetStart(text, found) {
  let best = 0;
  let most = 0;
  for (const { from } of found) {
    const near = new Set(found.filter((hit) => hit.from >= from && hit.from < from + SNIPPET)
      .map((hit) => hit.run.toLowerCase())).size;
    if (near > most) {
      most = near;
      best = from;
    }
  }
  const sentence = Math.max(text.lastIndexOf(". ", best), text.lastIndexOf("? ", best)) + 2;
  if (sentence === 1) return best < SNIPPET * 0.6 ? 0 : text.lastIndexOf(" ", best - 50) + 1;
  return best - sentence < SNIPPET * 0.6 ? sentence : text.lastIndexOf(" ", best - 50) + 1;
}

/** The groups of a ranked query. The first link is the best: the Enter key opens it. */
function showPages(library, ranked) {
  const marker = new Marker(library, ranked.terms);
  const count = Math.min(MOST_GROUPS, ranked.pages.length);
  const least = ranked.pages[0].score * 0.12;
  return ranked.pages.slice(0, count).filter((page) => page.score >= least)
    .map((page, place) => showPage(library, ranked, page, marker, 10 * (count - place)));
}

function showPage(library, ranked, page, marker, score) {
  const { location } = library.pages[page.page];
  const order = (item) => (item.entry.kind === CONCEPT && item.name > 0.3 ? 10 : 0) + item.score;
  const parent = page.entries.find((item) => item.entry.kind === PAGE);
  const entry = parent ? parent.entry : library.entries[page.page];
  const items = page.entries.filter((item) => item.entry.kind !== PAGE).sort((a, b) => order(b) - order(a));
  const top = items.length ? Math.max(...items.map((item) => item.score)) : 0;
  const kept = items.filter((item) => item.score >= top * 0.25).slice(0, MOST_IN_GROUP);
  const pageLeads = parent && parent.name + 0.6 * parent.passage >= top;
  const group = [{ ...showEntry(library, entry, marker), location, score }];
  kept.forEach((item, place) => {
    const shown = place < MOST_SHOWN && item.score >= top * 0.5;
    const lead = place === 0 && !pageLeads ? 1 : 0;
    const hash = "#" + item.entry.fragment;
    group.push({ ...showEntry(library, item.entry, marker), location: location + hash, score: shown ? score + lead : score - 5 });
  });
  const first = group[kept.length ? 1 : 0];
  for (const word of ranked.query.words.filter((word, index) => page.missing[index])) {
    first.terms[word.surface.toLowerCase()] = false;
  }
  return group;
}

function showEntry(library, entry, marker) {
  const title = marker.show(entry.title, false);
  const text = marker.show(entry.text, entry.kind !== CONCEPT);
  const terms = {};
  let words = [...title.words, ...text.words];
  if (entry.kind === CONCEPT) words = wordsAtTarget(library, entry, marker);
  for (const word of words.slice(0, 12)) terms[word.toLowerCase()] = true;
  return { title: title.html, text: text.html, terms };
}

/** The words to mark where a concept is taught: those of the heading's text, else of its name. */
function wordsAtTarget(library, concept, marker) {
  const target = library.entries.find((entry) => entry.page === concept.page &&
    entry.fragment === concept.fragment && (entry.kind === SECTION || entry.kind === PAGE));
  const found = target ? marker.find(target.title + " " + target.text).map(({ run }) => run) : [];
  return found.length ? found : wordsOf(concept.title, false).map((word) => word.surface);
}

/** The concepts whose names look most like the query, to offer when nothing was found. */
function closestConcepts(library, ranked, text) {
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

/** One group that says that nothing was found, and offers the closest concepts. */
function showNothing(library, ranked, text, words) {
  const near = closestConcepts(library, ranked, text);
  const short = text.trim().length > 60 ? text.trim().slice(0, 60) + "\u2026" : text.trim();
  const note = { location: words.home, score: 10, terms: {},
    title: noteHtml(fill(words.nothing, { query: short })), text: escapeHtml(words.advice) };
  return [[note, ...near.map((entry) => ({
    location: library.pages[entry.page].location + "#" + entry.fragment,
    title: escapeHtml(fill(words.closest, { term: entry.title })),
    text: escapeHtml(entry.text),
    score: 10,
    terms: {},
  }))]];
}

/** One group that says that the index did not load; its link asks again. */
function showFailure(text, words) {
  return [[{
    location: words.home + "?q=" + encodeURIComponent(text.slice(0, LONGEST_QUERY).replace(/[\ud800-\udfff]/g, "")),
    title: noteHtml(words.failed),
    text: '<span class="search-retry">' + escapeHtml(words.retry) + "</span>",
    score: 10,
    terms: {},
  }]];
}

/** A sentence of the search itself, told from a title by its class. */
function noteHtml(sentence) {
  return '<span class="search-note">' + escapeHtml(sentence) + "</span>";
}

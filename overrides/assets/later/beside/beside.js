/* Two languages side by side. The other one is read from its own page; the headings of both have the
   same ids, so that each section is put beside its own. What stands in this page stays where it is:
   rows of a grid part it, and one row more takes up what the other language needs beyond it. */

/** What is added to the ids of the other language: each id is there once. */
const PREFIX = "beside-";
/** Attributes that name ids. */
const NAMING = new Set(["id", "for", "popovertarget", "aria-labelledby", "aria-describedby"]);
const LEADING = new Set(["href", "src", "poster"]);
/** What works only in the page that it was made for: a button opens a note, or its script is not here. */
const IDLE =
  ".headerlink, .cmp-b, .cmp-k, .tally-s, .filter, .diagram-tools, .twin, form, label, input, script, button:not([popovertarget])";

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);
document.adoptedStyleSheets.push(sheet);

const page = /** @type {HTMLElement} */ (document.querySelector(".page"));

/**
 * The parts of a page by the heading above them, if it has an id; those above the first by "".
 *
 * @param {Element} whole
 * @returns {Map<string, HTMLElement[]>}
 */
function sectionsOf(whole) {
  /** @type {HTMLElement[]} */
  let parts = [];
  const sections = new Map([["", parts]]);
  for (const part of whole.children) {
    if (part.matches(".both-t, .page-end")) continue;
    if (part.matches("h2[id], h3[id]")) {
      parts = [];
      sections.set(part.id, parts);
    }
    parts.push(/** @type {HTMLElement} */ (part));
  }
  return sections;
}

/**
 * Make what was read elsewhere fit in here: addresses lead on, and ids are there once.
 *
 * @param {Element} whole
 * @param {string} address where it stands
 */
function fit(whole, address) {
  for (const part of whole.querySelectorAll(IDLE)) part.remove();
  const ids = new Set([...whole.querySelectorAll("[id]")].map((part) => part.id));
  const named = (/** @type {string} */ id) => (ids.has(id) ? PREFIX + id : id);
  for (const part of whole.querySelectorAll("*")) {
    for (const { name, value } of [...part.attributes]) {
      if (NAMING.has(name)) part.setAttribute(name, value.split(" ").map(named).join(" "));
      else if (LEADING.has(name) && value.startsWith("#"))
        part.setAttribute(name, `#${named(window.decoded(value))}`);
      else if (LEADING.has(name)) part.setAttribute(name, new URL(value, address).href);
      else if (value.includes("url(#"))
        part.setAttribute(
          name,
          value.replace(/url\(#([^)]*)\)/g, (_, id) => `url(#${named(id)})`),
        );
    }
  }
}

/**
 * Read the same page in another language.
 *
 * @param {string} address
 */
async function read(address) {
  const answer = await fetch(address);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  const whole = other.querySelector(".page");
  const { lang, dir } = other.documentElement;
  // A page for lost readers, or a copy of this one: what is kept for reading offline may be.
  if (!answer.ok || !whole || lang === document.documentElement.lang) throw new Error(address);
  const sections = sectionsOf(whole); // by the ids as they are there
  fit(whole, new URL(address, location.href).href);
  return { lang, dir, sections };
}

/**
 * Show it beside this page.
 *
 * @param {Awaited<ReturnType<typeof read>>} other
 */
function put({ lang, dir, sections }) {
  let row = 0;
  const rows = [];
  for (const [id, parts] of sectionsOf(page)) {
    const first = row + 1;
    for (const part of parts) part.style.gridRow = String(++row);
    // A part is as high as it needs; only the row after them grows with the other language.
    rows.push(`repeat(${parts.length}, minmax(max-content, 0px)) auto`);
    row += 1;
    const twin = sections.get(id);
    if (!twin) continue;
    const beside = document.createElement("div");
    beside.className = "both-t";
    beside.lang = lang;
    beside.dir = dir;
    beside.style.gridRow = `${first} / ${row + 1}`;
    beside.append(...twin.filter((part) => part.parentNode)); // what is idle was taken out
    parts[parts.length - 1].after(beside);
  }
  page.style.gridTemplateRows = rows.join(" ");
  const end = /** @type {HTMLElement | null} */ (page.querySelector(":scope > .page-end"));
  if (end) end.style.gridRow = String(row + 1);
  page.classList.add("both");
}

function take() {
  for (const part of page.querySelectorAll(":scope > .both-t")) part.remove();
  for (const part of /** @type {HTMLCollectionOf<HTMLElement>} */ (page.children))
    part.style.gridRow = "";
  page.style.gridTemplateRows = "";
  page.classList.remove("both");
}

/**
 * Change the page, and keep what is being read where it is.
 *
 * @param {() => void} change
 */
function inPlace(change) {
  const top = document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0;
  const read =
    scrollY > 0 && [...page.children].find((part) => part.getBoundingClientRect().bottom > top);
  const before = read ? read.getBoundingClientRect().top : 0;
  change();
  if (read) scrollBy({ top: read.getBoundingClientRect().top - before, behavior: "instant" });
}

/** @param {string} language what stands beside; "" for nothing */
function remember(language) {
  const address = new URL(location.href);
  if (language) address.searchParams.set("beside", language);
  else address.searchParams.delete("beside");
  history.replaceState(history.state, "", address);
}

document.addEventListener("site:beside", async (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (event.target);
  const pressed = button.getAttribute("aria-pressed") === "true";
  const address = String(button.dataset.beside);
  try {
    const other = pressed ? null : await read(address);
    inPlace(() => {
      take();
      if (other) put(other);
    });
    for (const each of document.querySelectorAll("[data-beside]"))
      each.setAttribute("aria-pressed", String(each === button && !pressed));
    remember(pressed ? "" : String(button.dataset.with));
  } catch {
    remember("");
    button.dispatchEvent(new Event("site:lost"));
  }
});

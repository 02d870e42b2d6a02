/* Work with a table: the panel above it, what it shows, and the address of that. */

/** As narrow as CSS takes for a phone, which shows the first of many columns at first. */
const PHONE = matchMedia("(max-width: 30em)");

/** @param {Element} cell */
function textOf(cell) {
  const copy = /** @type {Element} */ (cell.cloneNode(true));
  for (const number of copy.querySelectorAll("a.src")) number.remove();
  for (const note of copy.querySelectorAll("small")) note.prepend(": ");
  return (copy.textContent || "")
    .replace(/[\u2060\u200b]/g, "")
    .replace(/\s+/g, " ")
    .replace(" : ", ": ")
    .trim();
}

/** One table of the page, once a reader works with it. */
class WorkTable {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.button = /** @type {HTMLButtonElement} */ (figure.querySelector(".cmp-b"));
    this.head = [...figure.querySelectorAll("thead th")].slice(1);
    this.rows = [...figure.querySelectorAll("tbody tr")].map((row) => {
      const [name, ...cells] = row.children;
      return { row, name, cells, title: textOf(name), texts: cells.map(textOf) };
    });
    const template = /** @type {HTMLTemplateElement} */ (figure.querySelector(".cmp-k"));
    const panel = /** @type {Element} */ (template.content.firstElementChild);
    this.form = /** @type {HTMLFormElement} */ (panel.cloneNode(true));
    this.words = template.dataset;
    this.boxes = /** @type {HTMLInputElement[]} */ ([
      ...this.form.querySelectorAll("[name=columns]"),
    ]);
    this.ids = this.boxes.map((box) => box.value);
    this.status = /** @type {Element} */ (this.form.querySelector("[role=status]"));
    template.after(this.form);
    this.listen();
  }

  /** @param {string} name */
  field(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
  }

  listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", (event) => {
      if (!this.boxes.some((box) => box.checked)) {
        // No column is no view: the last one stays.
        /** @type {HTMLInputElement} */ (event.target).checked = true;
      }
      this.show(this.chosen());
      this.remember(/** @type {HTMLInputElement} */ (event.target).name === "find");
    });
    this.form.addEventListener("reset", () => {
      this.show(WHOLE);
      this.remember(false);
    });
    this.field("markdown").addEventListener("click", () => this.copy());
    this.field("csv").addEventListener("click", () => this.save());
  }

  /** @returns {View} */
  chosen() {
    const columns = this.boxes.filter((box) => box.checked).map((box) => box.value);
    return {
      columns: columns.length === this.ids.length ? [] : columns,
      differing: this.field("differing").checked,
      find: this.field("find").value,
    };
  }

  /** Open the panel; a phone's first columns are what is chosen then. */
  open() {
    const whole = this.figure.dataset.view !== undefined || this.figure.querySelector("td:target");
    const first = Number(this.words.first);
    const narrow = PHONE.matches && !whole && this.ids.length > first;
    this.show(narrow ? { ...WHOLE, columns: this.ids.slice(0, first) } : this.chosen());
    this.form.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
  }

  toggle() {
    if (this.form.hidden) {
      this.open();
      this.form.querySelector("input")?.focus();
    } else {
      this.form.hidden = true;
      this.button.setAttribute("aria-expanded", "false");
    }
  }

  /**
   * Show a view; one that names what is not there is the whole table, and says so.
   * @param {View} view
   */
  show(view) {
    const stale = view.columns.some((id) => !this.ids.includes(id));
    const { columns, differing, find } = stale ? WHOLE : view;
    const seen = this.ids.map((id) => !columns.length || columns.includes(id));
    this.figure.dataset.view = "";
    this.figure.style.setProperty("--n", String(seen.filter(Boolean).length));
    this.boxes.forEach((box, n) => {
      box.checked = seen[n];
    });
    this.field("differing").checked = differing;
    if (this.field("find").value !== find) this.field("find").value = find;
    const hide = (/** @type {Element[]} */ cells) => {
      for (const [n, cell] of cells.entries()) cell.toggleAttribute("hidden", !seen[n]);
    };
    hide(this.head);
    let count = 0;
    for (const { row, title, texts, cells } of this.rows) {
      hide(cells);
      const shown = isShown(
        title,
        texts.filter((_, n) => seen[n]),
        { columns, differing, find },
      );
      row.toggleAttribute("hidden", !shown);
      count += Number(shown);
    }
    const told = String(stale ? this.words.stale : count ? this.words.shown : this.words.none);
    this.status.textContent = told
      .replace("{rows}", String(count))
      .replace("{allrows}", String(this.rows.length))
      .replace("{columns}", String(seen.filter(Boolean).length))
      .replace("{allcolumns}", String(seen.length));
  }

  /**
   * Put the view into the address: a step back leads to the one before; typing is one step.
   * @param {boolean} typing
   */
  remember(typing) {
    const fragment = fragmentOf(this.figure.id, this.chosen());
    if (typing && typedIn === this) history.replaceState(history.state, "", fragment);
    else history.pushState(null, "", fragment);
    typedIn = typing ? this : null;
    dispatchEvent(new Event("site:shown"));
  }

  /** What shows, as lines of texts. */
  lines() {
    const shown = this.head.map((cell) => !cell.hasAttribute("hidden"));
    const line = (/** @type {string} */ first, /** @type {string[]} */ texts) => [
      first,
      ...texts.filter((_, n) => shown[n]),
    ];
    const rows = this.rows.filter(({ row }) => !row.hasAttribute("hidden"));
    return [
      line(String(this.words.aspect), this.head.map(textOf)),
      ...rows.map(({ title, texts }) => line(title, texts)),
    ];
  }

  get title() {
    return this.figure.querySelector("caption")?.textContent || "";
  }

  async copy() {
    const address = location.href.replace(/#.*/, "") + fragmentOf(this.figure.id, this.chosen());
    const text = markdownOf(this.lines(), this.title, address);
    try {
      await navigator.clipboard.writeText(text);
      this.status.textContent = String(this.words.copied);
    } catch {
      // From a file, and in browsers that refuse: the text is there to be copied by hand.
      const area = document.createElement("textarea");
      area.value = text;
      area.rows = 6;
      area.readOnly = true;
      area.setAttribute("aria-label", this.field("markdown").textContent || "");
      this.form.querySelector("textarea")?.remove();
      this.form.append(area);
      area.focus();
      area.select();
    }
  }

  save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csvOf(this.lines())], { type: "text/csv" }));
    link.download = `${this.figure.id.replace("table-", "")}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/** @type {Map<Element, WorkTable>} */
const tables = new Map();
/** The table that is being typed in: what is typed on is no step of its own.
    @type {WorkTable | null} */
let typedIn = null;

/** @param {HTMLElement} figure */
function tableOf(figure) {
  const known = tables.get(figure) || new WorkTable(figure);
  tables.set(figure, known);
  return known;
}

/** Show what the address names: a view of a table, or whole tables. */
function showAddress() {
  typedIn = null;
  const named = viewOf(location.hash);
  const figure = named && document.getElementById(named.table);
  for (const [other, table] of tables) if (other !== figure) table.show(WHOLE);
  if (!named || !figure || !figure.matches(".cmp")) return;
  const table = tableOf(figure);
  table.open();
  table.show(named.view);
}

document.addEventListener("site:table", (event) => {
  event.preventDefault();
  tableOf(/** @type {HTMLElement} */ (event.target)).toggle();
});
document.addEventListener("site:view", (event) => {
  event.preventDefault();
  showAddress();
  const named = viewOf(location.hash);
  if (named) document.getElementById(named.table)?.scrollIntoView();
});
addEventListener("popstate", showAddress);

/* Ask the questions of a decision one by one: what stands in the page is shown as far as it matters.

   The address says which answers were given, and every answer is a link: so going back, sharing and
   opening in a tab are the browser's own. */

/**
 * An element with what stands in it.
 * @param {string} name
 * @param {string} className
 * @param {(string | Node)[]} inside
 */
function made(name, className, ...inside) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...inside);
  return element;
}

/**
 * @param {string} href
 * @param {(string | Node)[]} inside
 */
function linked(href, ...inside) {
  const link = /** @type {HTMLAnchorElement} */ (made("a", "", ...inside));
  link.href = href;
  return link;
}

/**
 * What stands in an element, up to the list in it.
 * @param {Element} element
 */
function said(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const part of copy.querySelectorAll("ul")) part.remove();
  return copy;
}

/** One decision of the page, once a reader answers. */
class Chooser {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    this.words = section.dataset;
    this.now = /** @type {Element} */ (section.querySelector(".choose-now"));
    this.first = [...this.now.childNodes];
    const items = (/** @type {string} */ kind) =>
      /** @type {HTMLElement[]} */ ([...section.querySelectorAll(`[data-${kind}]`)]);
    this.candidates = new Map(items("c").map((item) => [String(item.dataset.c), item]));
    this.items = new Map(items("q").map((item) => [String(item.dataset.q), item]));
    /** @type {Asked[]} */
    this.questions = [...this.items].map(([id, item]) => ({
      id,
      when: JSON.parse(item.dataset.when || "[]"),
      answers: [...item.querySelectorAll("[data-a]")].map((answer) => ({
        id: String(/** @type {HTMLElement} */ (answer).dataset.a),
        out: this.reasons(answer).flatMap((reason) => this.out(reason)),
      })),
    }));
  }

  /** @param {Element} answer */
  reasons(answer) {
    return /** @type {HTMLElement[]} */ ([...answer.querySelectorAll("[data-out]")]);
  }

  /** @param {HTMLElement} reason */
  out(reason) {
    return String(reason.dataset.out).split(" ");
  }

  /**
   * @param {string} question
   * @param {string} answer
   */
  answer(question, answer) {
    const item = /** @type {Element} */ (this.items.get(question));
    return /** @type {Element} */ (item.querySelector(`[data-a="${answer}"]`));
  }

  /** @param {string} id */
  name(id) {
    const item = /** @type {Element} */ (this.candidates.get(id));
    return /** @type {Element} */ (item.querySelector("b")).cloneNode(true).childNodes;
  }

  /**
   * Show where the answers lead; one that nobody asks for is left out, and that is said.
   * @param {Map<string, string>} given
   */
  show(given) {
    const { steps, left, next, stale } = walk([...this.candidates.keys()], this.questions, given);
    this.section.toggleAttribute("data-view", steps.length > 0);
    if (!steps.length) {
      this.now.replaceChildren(...this.first);
      if (stale) this.now.prepend(this.stale());
      return;
    }
    const path = steps.map(({ question, answer }) => [question.id, answer]);
    this.now.replaceChildren(
      ...(stale ? [this.stale()] : []),
      ...(next ? this.question(next, path) : this.end(left)),
      this.ways(path, left),
      this.given(steps, path, !next),
    );
  }

  stale() {
    const told = made("p", "choose-stale", String(this.words.stale));
    told.setAttribute("role", "status");
    return told;
  }

  /** @param {string[][]} path */
  address(path) {
    return fragmentOf(this.section.id, path);
  }

  /**
   * The question that comes next, its answers as links.
   * @param {Asked} next
   * @param {string[][]} path
   */
  question(next, path) {
    const item = /** @type {Element} */ (this.items.get(next.id));
    const [ask, help] = [item.querySelector("b"), item.querySelector("small")];
    const answers = next.answers.map(({ id }) =>
      made(
        "li",
        "",
        linked(
          this.address([...path, [next.id, id]]),
          ...said(this.answer(next.id, id)).childNodes,
        ),
      ),
    );
    const parts = [made("p", "choose-ask", ...(ask ? ask.cloneNode(true).childNodes : []))];
    if (help) parts.push(made("p", "choose-help", ...help.cloneNode(true).childNodes));
    return [...parts, made("ul", "choose-answers", ...answers)];
  }

  /**
   * What is left: the first one with what to read next, then the others.
   * @param {string[]} left
   */
  end(left) {
    const [best, ...others] = left.map((id) => {
      const item = /** @type {Element} */ (this.candidates.get(id)).cloneNode(true);
      const pages = [.../** @type {Element} */ (item).querySelectorAll("a.next")];
      for (const page of pages) page.remove();
      return { name: this.name(id), parts: [...item.childNodes].slice(1), pages };
    });
    const list = pagesOf(best.pages);
    const shown = [
      made("p", "choose-ask", ...best.name),
      made("p", "choose-help", ...best.parts),
      made("p", "choose-label", String(this.words.next)),
      list,
    ];
    if (others.length) {
      const rows = others.map(({ name, parts, pages }) =>
        made("li", "", made("b", "", ...name), ...parts, " ", ...pages.slice(0, 1)),
      );
      shown.push(
        made("p", "choose-label", String(this.words.also)),
        made("ul", "choose-others", ...rows),
      );
    }
    return shown;
  }

  /**
   * How many are left, and the ways back.
   * @param {string[][]} path
   * @param {string[]} left
   */
  ways(path, left) {
    const told = String(this.words.left)
      .replace("{left}", String(left.length))
      .replace("{all}", String(this.candidates.size));
    const status = made("span", "", told);
    status.setAttribute("role", "status");
    return made(
      "p",
      "choose-ways-back",
      linked(this.address(path.slice(0, -1)), String(this.words.back)),
      linked(this.address([]), String(this.words.restart)),
      status,
    );
  }

  /**
   * The answers given, each with what it has ruled out and why.
   * @param {Walk["steps"]} steps
   * @param {string[][]} path
   * @param {boolean} ended
   */
  given(steps, path, ended) {
    const rows = steps.map(({ question, answer, fell }, n) => {
      const item = this.answer(question.id, answer);
      const ask = /** @type {Element} */ (this.items.get(question.id)).querySelector("b");
      const change = linked(this.address(path.slice(0, n)), ...said(item).childNodes);
      const label = String(this.words.change).replace("{question}", ask?.textContent || "");
      change.setAttribute("aria-label", `${change.textContent}. ${label}`);
      const row = made(
        "li",
        "",
        made("span", "", ...(ask?.cloneNode(true).childNodes || [])),
        " ",
        change,
      );
      const reasons = this.reasons(item).filter((r) => this.out(r).some((id) => fell.includes(id)));
      if (reasons.length) {
        const list = made("ul", "", ...reasons.map((reason) => reason.cloneNode(true)));
        const details = made("details", "fn", made("summary", "", this.fallen(fell)), list);
        row.append(details);
      }
      return row;
    });
    const label = made("p", "choose-label", String(ended ? this.words.why : this.words.soFar));
    const open = /** @type {HTMLButtonElement} */ (made("button", "", String(this.words.open)));
    open.type = "button";
    open.addEventListener("click", () => {
      for (const row of rows) row.querySelector("details")?.setAttribute("open", "");
    });
    label.append("\u2003", open);
    return made("div", "choose-given", label, made("ol", "", ...rows));
  }

  /** @param {string[]} fell */
  fallen(fell) {
    return String(this.words.fell).replace("{count}", String(fell.length));
  }
}

/** @param {Element[]} pages */
function pagesOf(pages) {
  return made("ul", "choose-pages", ...pages.map((page) => made("li", "", page)));
}

/** @type {Map<Element, Chooser>} */
const choosers = new Map();

/** Show what the address names; other decisions of the page are at their beginning. */
function showAnswered() {
  const named = answersOf(location.hash);
  const section = named && document.getElementById(named.decision);
  for (const [other, chooser] of choosers) if (other !== section) chooser.show(new Map());
  if (!named || !section?.matches(".choose")) return null;
  const chooser = choosers.get(section) || new Chooser(section);
  choosers.set(section, chooser);
  chooser.show(named.given);
  return section;
}

/**
 * Have the next key, and a voice, go on at the question.
 * @param {Element | null} section
 */
function moveTo(section) {
  const title = /** @type {HTMLElement | null | undefined} */ (
    section?.querySelector(".choose-ask")
  );
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: "nearest" });
}

document.addEventListener("site:choose", (event) => {
  event.preventDefault();
  moveTo(showAnswered());
});
addEventListener("hashchange", () => {
  if (answersOf(location.hash)) return; // told by the event above
  showAnswered();
  moveTo(document.getElementById(location.hash.slice(1)));
});

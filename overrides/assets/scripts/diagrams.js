/* Diagrams, large: a drawing opens in a dialog, to zoom and to move by mouse, touch and keys.
   Without this script the link beside the drawing opens it alone. All words stand in the page. */
(() => {
  "use strict";

  const MOST = 12; // how many times larger than whole
  const STEP = 1.3; // one press of a key or a button
  const MOVE = 0.12; // one press of an arrow, as a part of what is seen
  const EDGE = 8; // units left free around the whole drawing

  /** @typedef {ReturnType<typeof look>} View */
  /** @type {ReturnType<typeof make> | undefined} */
  let dialog; // made at first use, one a page
  /** @type {View} */
  let view;

  /** @type {NodeListOf<HTMLElement>} */
  const figures = document.querySelectorAll("figure.diagram");
  figures.forEach((figure) => {
    const button = /** @type {HTMLButtonElement} */ (figure.querySelector(".diagram-enlarge"));
    const drawing = figure.querySelector(".diagram-drawing");
    if (!button || !drawing || !window.HTMLDialogElement) return;
    button.hidden = false;
    figure.classList.add("diagram-large");
    button.addEventListener("click", () => open(figure, button));
    drawing.addEventListener("click", () => open(figure, button));
  });

  /** @param {HTMLElement} figure @param {HTMLElement} button */
  function open(figure, button) {
    dialog = dialog || make();
    const { box, title, bar, stage, help } = dialog;
    const svg = copy(/** @type {Element} */ (figure.querySelector(".diagram-drawing svg")));
    const words = /** @type {Record<string, string>} */ (figure.dataset);
    title.textContent = /** @type {Element} */ (figure.querySelector(".diagram-title")).textContent;
    help.textContent = words.help;
    bar.replaceChildren(
      tool(words.zoomIn, () => view.zoom(STEP)),
      tool(words.zoomOut, () => view.zoom(1 / STEP)),
      tool(words.whole, () => view.whole()),
      tool(words.close, () => box.close()),
    );
    stage.replaceChildren(svg);
    view = look(svg, stage);
    const page = document.documentElement.classList;
    box.onclose = () => {
      page.remove("diagram-open");
      button.focus();
    };
    box.showModal();
    page.add("diagram-open");
    stage.focus();
  }

  function make() {
    const box = element("dialog", "diagram-dialog");
    const head = element("div", "diagram-dialog-head");
    const title = element("p", "diagram-dialog-title");
    const bar = element("div", "diagram-dialog-bar");
    const stage = element("div", "diagram-stage");
    const help = element("p", "diagram-dialog-help");
    title.id = "diagram-dialog-title";
    help.id = "diagram-dialog-help";
    stage.id = "diagram-stage";
    stage.tabIndex = 0;
    stage.setAttribute("role", "group");
    stage.setAttribute("aria-labelledby", title.id);
    stage.setAttribute("aria-describedby", help.id);
    box.setAttribute("aria-labelledby", title.id);
    head.append(title, bar);
    box.append(head, stage, help);
    document.body.append(box);
    box.addEventListener("click", (event) => event.target === box && box.close());
    box.addEventListener("keydown", (event) => {
      event.stopPropagation(); // the page's own keys would leave it, or search behind the dialog
      key(event);
    });
    hands(stage);
    return { box, title, bar, stage, help };
  }

  /** @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {string} className */
  function element(name, className) {
    const made = document.createElement(name);
    made.className = className;
    return made;
  }

  /** @param {string} word @param {() => void} act */
  function tool(word, act) {
    const button = element("button", "");
    button.type = "button";
    button.textContent = word;
    button.addEventListener("click", act);
    return button;
  }

  /** A copy with ids of its own. @param {Element} svg */
  function copy(svg) {
    const clone = /** @type {Element} */ (svg.cloneNode(true));
    for (const part of clone.querySelectorAll("[id]")) part.id += "-large";
    ["aria-labelledby", "aria-describedby"].forEach((name) => {
      clone.setAttribute(name, clone.getAttribute(name) + "-large");
    });
    return clone;
  }

  /** What part of the drawing is seen: the viewBox moves, so lines and letters stay sharp.
   * @param {Element} svg
   * @param {Element} stage */
  function look(svg, stage) {
    const [, , w, h] = String(svg.getAttribute("viewBox")).split(" ").map(Number);
    const all = [-EDGE, -EDGE, w + 2 * EDGE, h + 2 * EDGE];
    let [x, y, width, height] = all;
    show();

    function show() {
      svg.setAttribute("viewBox", [x, y, width, height].map((n) => n.toFixed(2)).join(" "));
    }
    /** Units of the drawing in one pixel of the screen. */
    function unit() {
      const screen = stage.getBoundingClientRect();
      return Math.max(width / screen.width, height / screen.height);
    }
    /** Not further than to the edge of the whole. @type {(...of: number[]) => number} */
    const inside = (start, length, size, at) =>
      Math.min(Math.max(at, start - length / 2), start + size - length / 2);
    /** @param {number} dx @param {number} dy */
    function move(dx, dy) {
      x = inside(all[0], width, all[2], x + dx);
      y = inside(all[1], height, all[3], y + dy);
      show();
    }
    return {
      whole() {
        [x, y, width, height] = all;
        show();
      },
      /** Zoom; the point of the screen at (left, top) stays where it is.
       * @type {(factor: number, left?: number, top?: number) => void} */
      zoom(factor, left, top) {
        const screen = stage.getBoundingClientRect();
        const now = all[2] / width;
        const by = Math.min(Math.max(now * factor, 1), MOST) / now;
        const before = unit();
        const fromMiddleX = left === undefined ? 0 : left - screen.left - screen.width / 2;
        const fromMiddleY = top === undefined ? 0 : top - screen.top - screen.height / 2;
        const middleX = x + width / 2;
        const middleY = y + height / 2;
        width /= by;
        height /= by;
        const after = unit();
        x = middleX + fromMiddleX * (before - after) - width / 2;
        y = middleY + fromMiddleY * (before - after) - height / 2;
        if (all[2] / width <= 1.001) [x, y, width, height] = all;
        move(0, 0);
      },
      /** @type {(dx: number, dy: number) => void} */
      drag(dx, dy) {
        move(-dx * unit(), -dy * unit());
      },
      /** @type {(right: number, down: number) => void} */
      step(right, down) {
        move(right * width * MOVE, down * height * MOVE);
      },
    };
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, () => void>} */
    const acts = {
      "+": () => view.zoom(STEP),
      "=": () => view.zoom(STEP),
      "-": () => view.zoom(1 / STEP),
      _: () => view.zoom(1 / STEP),
      0: () => view.whole(),
      ArrowLeft: () => view.step(-1, 0),
      ArrowRight: () => view.step(1, 0),
      ArrowUp: () => view.step(0, -1),
      ArrowDown: () => view.step(0, 1),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Mouse, pen and fingers: the wheel zooms, one drags, two pinch. @param {HTMLElement} stage */
  function hands(stage) {
    const down = new Map();
    const spread = () => {
      const [one, other] = [...down.values()];
      return {
        far: Math.hypot(one.x - other.x, one.y - other.y),
        x: (one.x + other.x) / 2,
        y: (one.y + other.y) / 2,
      };
    };
    stage.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
        view.zoom(
          Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0015)),
          event.clientX,
          event.clientY,
        );
      },
      { passive: false },
    );
    stage.addEventListener("pointerdown", (event) => {
      stage.setPointerCapture(event.pointerId);
      down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    });
    stage.addEventListener("pointermove", (event) => {
      const last = down.get(event.pointerId);
      if (!last) return;
      const before = down.size === 2 ? spread() : null;
      const now = { x: event.clientX, y: event.clientY };
      down.set(event.pointerId, now);
      if (!before) {
        if (down.size === 1) view.drag(now.x - last.x, now.y - last.y);
        return;
      }
      const after = spread();
      if (before.far > 0) view.zoom(after.far / before.far, after.x, after.y);
      view.drag(after.x - before.x, after.y - before.y);
    });
    for (const name of /** @type {const} */ (["pointerup", "pointercancel"]))
      stage.addEventListener(name, (event) => down.delete(event.pointerId));
  }
})();

/* Where a link leads, and back where one was: rows that were never drawn have no true height yet (content-visibility), so a
   browser lands beside the place, or restores a number of pixels that means another row. */
(() => {
  "use strict";
  const KEY = "place:" + location.pathname;
  const ROUNDS = 10; // frames until all that comes near has its true height
  const BELOW_BARS = 110; // pixels from the top of the window, where something is read

  window.decoded = (fragment) => {
    const name = fragment.slice(1);
    try {
      return decodeURIComponent(name);
    } catch {
      return name; // a lone percent sign is meant as it stands
    }
  };

  /** What is read: no more than fits into the window, since what is within a whole table may move. */
  function reading() {
    let around = null;
    for (let y = BELOW_BARS; y < innerHeight; y += 40) {
      const part = document.elementFromPoint(innerWidth / 2, y)?.closest("article [id]");
      if (part && part.clientHeight < innerHeight) return part;
      around ||= part;
    }
    return around;
  }

  addEventListener("pagehide", () => {
    const part = scrollY && reading();
    if (part)
      sessionStorage.setItem(KEY, JSON.stringify([part.id, part.getBoundingClientRect().top]));
    else sessionStorage.removeItem(KEY);
  });

  /** Do `act` in this frame and the next ones: what comes into view gets its true height.
   * @param {() => void} act */
  function settle(act, rounds = ROUNDS) {
    act();
    if (rounds) requestAnimationFrame(() => settle(act, rounds - 1));
  }

  function land() {
    const target = document.querySelector(":target");
    if (target) settle(() => target.scrollIntoView({ behavior: "instant" }));
  }
  /* Only for who follows a link: going back within the page, the browser knows the place. */
  let followed = false;
  document.addEventListener("click", ({ target }) => {
    followed = !!(/** @type {Element} */ (target).closest("a[href*='#']"));
  });
  addEventListener("hashchange", () => followed && land());
  document.addEventListener("site:land", land);

  const visit = /** @type {PerformanceNavigationTiming | undefined} */ (
    performance.getEntriesByType("navigation")[0]
  );
  if (!/^(back_forward|reload)$/.test(String(visit?.type))) {
    addEventListener("load", land);
    return;
  }
  let id = "";
  let top = 0;
  try {
    [id, top] = JSON.parse(String(sessionStorage.getItem(KEY)));
  } catch {
    return; // nothing was kept, or something else under this name
  }
  const part = document.getElementById(id);
  if (!part) return;

  const restore = () => {
    const off = part.getBoundingClientRect().top - top;
    if (Math.abs(off) > 1) scrollBy({ top: off, behavior: "instant" });
  };
  addEventListener("pageshow", () => requestAnimationFrame(() => settle(restore)), { once: true });
})();

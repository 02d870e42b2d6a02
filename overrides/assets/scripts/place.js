/* Back where one was: rows that were never drawn have no true height yet (content-visibility), so a
   browser that draws the page anew restores a number of pixels that means another row. */
(function () {
  "use strict";
  const KEY = "place:" + location.pathname;
  const BELOW_BARS = 110; // pixels from the top of the window, where something is read

  function reading() {
    for (let y = BELOW_BARS; y < innerHeight; y += 40) {
      const part = document.elementFromPoint(innerWidth / 2, y)?.closest("article [id]");
      if (part) return part;
    }
    return null;
  }

  addEventListener("pagehide", () => {
    const part = scrollY && reading();
    if (part) sessionStorage.setItem(KEY, JSON.stringify([part.id, part.getBoundingClientRect().top]));
    else sessionStorage.removeItem(KEY);
  });

  const [visit] = performance.getEntriesByType("navigation");
  if (!visit || visit.type !== "back_forward") return;
  const [id, top] = JSON.parse(sessionStorage.getItem(KEY) || "[]");
  const part = id && document.getElementById(id);
  if (!part) return;

  let rounds = 3; // what comes into view on the way gets its true height, too
  function settle() {
    const off = part.getBoundingClientRect().top - top;
    if (Math.abs(off) > 1) scrollBy({ top: off, behavior: "instant" });
    if ((rounds -= 1)) requestAnimationFrame(settle);
  }
  addEventListener("pageshow", () => requestAnimationFrame(settle), { once: true });
})();

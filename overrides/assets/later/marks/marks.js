/* Marks the words of a search on the page that it led to: the results name them in the address. */
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search).get("h") || "";
  const article = document.querySelector("article");
  const words = asked
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 12);
  if (!article || !words.length) return;

  /* No hyphen: with the flag "u", a sign that means nothing by itself may not be escaped. */
  const literal = (/** @type {string} */ word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

  /* The texts that a reader sees, without those of drawings, which take no marks. */
  /** @type {Text[]} */
  const texts = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    if (!text.parentElement?.closest("svg, script, style, button")) texts.push(text);
  }

  /* A word is marked where it begins; a part of an identifier wherever it stands. */
  const wholes = (/** @type {string} */ word) =>
    new RegExp("(^|[^\\p{L}\\p{N}])(" + literal(word) + ")", "giu");
  const parts = (/** @type {string} */ word) => new RegExp("()(" + literal(word) + ")", "giu");
  for (const word of words) {
    const whole = wholes(word);
    const pattern = texts.some((text) => text.data.search(whole) >= 0) ? whole : parts(word);
    for (const text of texts.slice()) {
      const found = Array.from(text.data.matchAll(pattern));
      /* From the end, so that the places before it still hold. */
      for (const match of found.reverse()) {
        const mark = document.createElement("mark");
        const rest = text.splitText(match.index + match[1].length);
        texts.push(rest.splitText(match[2].length));
        rest.replaceWith(mark);
        mark.append(rest);
        mark.setAttribute("data-md-highlight", "");
      }
    }
  }
})();

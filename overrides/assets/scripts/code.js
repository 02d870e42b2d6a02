// The theme puts the buttons of each block of code into a landmark of its own, all without a name;
// readers who go from landmark to landmark would meet dozens. They are groups.
(() => {
  "use strict";
  const article = document.querySelector("article");
  if (!article) return;
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node instanceof HTMLElement && node.matches(".md-code__nav"))
          node.setAttribute("role", "group");
      }
    }
  }).observe(article, { childList: true, subtree: true });
})();

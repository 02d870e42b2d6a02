/* Which edition a reader wants: the one that was chosen, else the first of the browser's languages
   that there is. Only the home page follows it, before it is drawn; every other page shows what its
   address names, and offers the other. Where nothing can be kept, nothing is followed: a choice
   could not be remembered. */
(() => {
  "use strict";
  const KEY = "__edition";
  const { language, ways, home } = /** @type {Record<string, string>} */ (
    /** @type {HTMLScriptElement} */ (document.currentScript).dataset
  );
  const pairs = ways.trim().split(" ");
  const others = new Map(pairs.map((way) => /** @type {[string, string]} */ (way.split("="))));
  const editions = [language, ...others.keys()];
  const known = (/** @type {string} */ wanted) =>
    editions.find((one) => one.toLowerCase() === wanted.toLowerCase()) ||
    editions.find((one) => one.split("-")[0] === wanted.toLowerCase().split("-")[0]);

  function kept() {
    try {
      return __md_get(KEY);
    } catch {
      return null; // something else was kept under this name
    }
  }

  const chosen = kept();
  const wanted = editions.includes(chosen)
    ? chosen
    : (navigator.languages || []).map(known).find((one) => one) || language;
  document.documentElement.dataset.wanted = wanted;

  /** Whether a setting stays: not where site data is blocked (storage.js), and not where it is full. */
  function keeps() {
    if (!(localStorage instanceof Storage)) return false;
    __md_set(KEY + "?", true);
    try {
      return __md_get(KEY + "?") === true;
    } catch {
      return false;
    }
  }

  const fromSite = document.referrer.startsWith(__md_scope.href.split(/[?#]/)[0]);
  if (
    home !== undefined &&
    wanted !== language &&
    /^http/.test(location.protocol) &&
    !fromSite &&
    keeps()
  ) {
    location.replace(others.get(wanted) + location.search + location.hash);
  }

  /* The theme takes each for a site whose list of pages it has to fetch. To machines the two are one. */
  /** @type {NodeListOf<HTMLLinkElement>} */
  const alternates = document.querySelectorAll("link[rel=alternate]");
  for (const link of alternates) link.rel = "alternate ";

  /* Who goes to another edition has chosen it, and wants to read on where they are. */
  document.addEventListener("click", ({ target }) => {
    const link = /** @type {HTMLAnchorElement | null} */ (
      /** @type {Element} */ (target).closest("a[data-edition]")
    );
    if (!link) return;
    __md_set(KEY, link.dataset.edition);
    if (!link.closest(".md-header")) return;
    const line = innerHeight / 3;
    // What follows a question mark says what the part of that id shows.
    const named = document.getElementById(location.hash.slice(1).split("?")[0]);
    const headings = [
      ...document.querySelectorAll("article :is(h2, h3)[id]"),
      ...(named ? [named] : []),
    ];
    const read = headings.filter((part) => part.getBoundingClientRect().top < line).pop();
    link.hash = read && read !== named && scrollY > 0 ? read.id : location.hash;
  });
})();

// Tools of a table come with their first use, or with an address that names a view of a table.
(() => {
  "use strict";
  const address = new URL(
    "%later/tables%",
    /** @type {HTMLScriptElement} */ (document.currentScript).src,
  );
  let loading;

  function load() {
    loading =
      loading ||
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address.href;
        script.onload = resolve;
        script.onerror = () => {
          loading = null;
          script.remove();
          reject();
        };
        document.head.append(script);
      });
    return loading;
  }

  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest(".cmp-b");
    const figure = button?.closest("figure");
    if (button)
      load().then(
        () => figure.dispatchEvent(new Event("site:table", { bubbles: true })),
        () => {},
      );
  });

  function here() {
    if (!/^#table-[^?]+\?/.test(location.hash)) return;
    load().then(
      () => document.dispatchEvent(new Event("site:view")),
      () => {},
    );
  }
  addEventListener("hashchange", here);
  here();
})();

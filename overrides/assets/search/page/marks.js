/* Who comes from a search finds its words marked: the address names them. What marks them comes then. */
if (new URLSearchParams(location.search).has("h")) window.later("%later/marks%").catch(() => {});

// Gives a page one entry in the browser's history when the visitor comes to it and its choice is kept.
// rallymap/web/start_page.py inserts this into the page.
//
// Streamlit writes the page's path and its query by two entries, in either order. If the query comes first, an entry has
// the path of the page before and the query of this one: Back would show that page once more, with a foreign query.

(() => {
  const { pushState } = history;
  /** Whether the current entry was added here and differs from the one before in its query alone. */
  let isQueryAlone = false;

  history.pushState = (state, title, url) => {
    const next = new URL(url ?? "", location.href);
    const isOtherPage = next.pathname !== location.pathname;
    const belongsToNext = isOtherPage && isQueryAlone && next.search !== "" && next.search === location.search;
    isQueryAlone = !isOtherPage;
    if (belongsToNext) history.replaceState(state, title, url);
    else pushState.call(history, state, title, url);
  };

  window.addEventListener("popstate", () => {
    isQueryAlone = false;
  });
})();

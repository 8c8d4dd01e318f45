// Sets the language of titles in the list of events, which Markdown in Streamlit's buttons cannot express: screen
// readers then use the right voice, and browsers the right glyphs. rallymap/ui/explore/row_languages.py mounts it
// within the list.

/**
 * @typedef {{data: {languages: Record<string, string>}, parentElement: HTMLElement}} Component The arguments from
 * Streamlit.
 */

const ROW = '[class*="st-key-row-"]';
const NAME = /^st-key-row-.*?--(.+)$/;

/**
 * Streamlit calls this when a part of the list is rendered first and whenever it has other events.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the part is removed.
 */
export default function mount({ data, parentElement }) {
  const list = parentElement.closest(".st-key-list");
  if (!list) return () => {};
  const mark = () => {
    for (const row of list.querySelectorAll(ROW)) {
      const id = [...row.classList].map((name) => NAME.exec(name)?.[1]).find(Boolean) ?? "";
      const language = data.languages[id];
      const title = language && row.querySelector("strong");
      if (title) title.setAttribute("lang", language);
    }
  };
  // Rows are rendered after this, and again when they are clicked.
  const observer = new MutationObserver(mark);
  observer.observe(list, { childList: true, subtree: true });
  mark();
  return () => observer.disconnect();
}

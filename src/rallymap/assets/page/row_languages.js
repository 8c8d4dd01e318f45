// Marks the titles in the list of events with their language, which the Markdown of Streamlit's buttons cannot say: screen
// readers then read them with the right voice, and browsers choose the right letters.
// rallymap/ui/explore/row_languages.py mounts it within the list.

/** @typedef {{data: {languages: Record<string, string>}, parentElement: HTMLElement}} Component What Streamlit hands over. */

const ROW = '[class*="st-key-row-"]';
const NAME = /^st-key-row-.*?--(.+)$/;

/**
 * Streamlit calls this when a part of the list is drawn first and whenever it has other events.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the part goes.
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
  // Rows are drawn after this, and drawn again when they are pressed.
  const observer = new MutationObserver(mark);
  observer.observe(list, { childList: true, subtree: true });
  mark();
  return () => observer.disconnect();
}

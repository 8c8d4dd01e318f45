// The language selector in the top bar; also marks the open page on phones. rallymap/ui/reader_language.py mounts it.

/**
 * @typedef {{label: string, parameter: string, chosen: string, languages: [string, string, string][], page: string}} SwitchData
 *   Tag, native name and direction of each language; the path of the open page.
 */

/** Render the selector; Streamlit calls this at the first run and whenever the data changes. */
export default function mount(/** @type {{data: SwitchData, parentElement: HTMLElement}} */ { data, parentElement }) {
  const list = document.createElement("select");
  list.className = "rm-language";
  list.setAttribute("aria-label", data.label);
  for (const [code, name, direction] of data.languages) {
    const option = new Option(name, code, false, code === data.chosen);
    option.lang = code;
    option.dir = direction;
    list.append(option);
  }
  list.addEventListener("change", () => {
    const url = new URL(window.location.href);
    url.searchParams.set(data.parameter, list.value);
    window.location.assign(url);
  });
  parentElement.replaceChildren(list);
  markPage(data.page);
}

// Scroll a link into view when it gets the focus by keyboard: the top bar of phones scrolls, and ends before this list.
// Not on touch, or the tap would hit another link.
document.addEventListener("focusin", ({ target }) => {
  const link = target instanceof Element ? target.closest(".st-key-phone_nav a:focus-visible") : null;
  link?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
});

/** Mark the open page in the top bar of phones, which Streamlit does not do, and scroll to it once the bar is rendered. */
function markPage(/** @type {string} */ address) {
  const links = document.querySelectorAll(".st-key-phone_nav a");
  if (!links.length) requestAnimationFrame(() => markPage(address));
  for (const link of links) {
    link.removeAttribute("aria-current");
    if (link.getAttribute("href") !== address) continue;
    link.setAttribute("aria-current", "page");
    // Its position is final when the font has loaded.
    document.fonts.ready.then(() => link.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" }));
  }
}

// The list of languages in the top bar, which on phones scrolls to the open page. rallymap/ui/reader_language.py mounts it.

/**
 * @typedef {{label: string, parameter: string, chosen: string, languages: [string, string, string][]}} SwitchData
 *   Of each language its tag, what its speakers call it, and how its lines run.
 */

/** Draw the list; Streamlit calls this at the first run and whenever the data differs. */
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
  revealCurrentPage();
}

/** Scroll the top bar of phones to the page that is open, once Streamlit has drawn it. */
function revealCurrentPage() {
  const links = [...document.querySelectorAll(".st-key-phone_nav a")];
  if (!links.length) requestAnimationFrame(revealCurrentPage);
  const current = links.find((link) => link.getAttribute("aria-current") === "page");
  current?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
}

// Replaces Streamlit's own texts by those of the visitor's language, before they are drawn.
// rallymap/web/start_page.py inserts this into the page; rallymap/web/streamlit_words.py writes the texts.
//
// Only whole texts and labels in the list are replaced, and none within what people wrote.

(() => {
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  const OF_PEOPLE =
    "#rm-first, .stHtml, [data-testid=stMarkdown], [data-testid=stText], [data-testid=stAlert], iframe, svg, script, style, option";

  const SIZE = /^([\d.]+)([kKMGT]?B)$/; // of a file
  /** @type {Record<string, string>} */
  const UNITS = { B: "byte", K: "kilobyte", k: "kilobyte", M: "megabyte", G: "gigabyte", T: "terabyte" };
  const NUMBER_SIGNS = "0123456789.";

  /** @type {Map<string, string>} */
  let words = new Map();
  /** @type {[RegExp, string, string[]][]} */
  let patterns = [];
  // When the page is "interactive", before Streamlit's scripts run.
  document.addEventListener("readystatechange", start, { once: true });

  function start() {
    const element = document.getElementById("rm-words");
    if (!element) return; // an English page
    /** @type {[string, string][]} */
    const entries = Object.entries(JSON.parse(element.textContent ?? ""));
    words = new Map(entries.filter(([english]) => !english.includes("{")));
    patterns = entries
      .filter(([english]) => english.includes("{"))
      .map(([english, said]) => [asPattern(english), said, namesOf(english)]);
    watch();
  }

  function watch() {
    const made = new MutationObserver((changes) => {
      for (const { type, target, addedNodes, attributeName } of changes) {
        if (type === "childList") for (const node of addedNodes) replaceWithin(node);
        else if (type === "characterData") replaceText(target);
        else if (attributeName) replaceAttribute(/** @type {Element} */ (target), attributeName);
      }
    });
    made.observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ATTRIBUTES,
    });
  }

  function asPattern(/** @type {string} */ english) {
    const escaped = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    return new RegExp(`^${escaped.replace(/\{\w+\}/g, "(.+)")}$`);
  }

  function namesOf(/** @type {string} */ english) {
    return [...english.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  }

  function replaceWithin(/** @type {Node} */ node) {
    const tree = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let at = /** @type {Node | null} */ (tree.currentNode); at; at = tree.nextNode()) {
      if (at instanceof Text) replaceText(at);
      else if (at instanceof Element) for (const name of ATTRIBUTES) replaceAttribute(at, name);
    }
  }

  function replaceText(/** @type {Node} */ node) {
    const said = node.parentElement && !node.parentElement.closest(OF_PEOPLE) && translate(node.nodeValue ?? "");
    if (said) node.nodeValue = said;
  }

  function replaceAttribute(/** @type {Element} */ element, /** @type {string} */ name) {
    const value = element.getAttribute(name);
    const said = value && !element.closest(OF_PEOPLE) && translate(value);
    if (said) element.setAttribute(name, said);
  }

  /** Isolate a value within a right-to-left line; "10MB" has the page's unit and digits: "10 Mo", "10 МБ". */
  function isolated(/** @type {string} */ value) {
    const [, number, unit] = SIZE.exec(value) ?? [];
    return `\u2068${unit ? sizeWords(Number(number), UNITS[unit[0]]) : value}\u2069`;
  }

  /** `words` has the page's digits and decimal sign after the English ones; a browser may lack them, as in Kurdish. */
  function sizeWords(/** @type {number} */ number, /** @type {string} */ unit) {
    const signs = words.get(NUMBER_SIGNS) ?? NUMBER_SIGNS;
    const form = { style: "unit", unit, unitDisplay: "short", numberingSystem: "latn" };
    return new Intl.NumberFormat([document.documentElement.lang, "en-GB"], /** @type {any} */ (form))
      .formatToParts(number)
      .map(({ type, value }) => (type === "decimal" ? signs[10] : value))
      .join("")
      .replace(/\d/g, (digit) => signs[Number(digit)])
      .replace(/\s/, "\u00a0");
  }

  /** @returns {string} The translation; "" if the text is not in the list, or is translated already. */
  function translate(/** @type {string} */ text) {
    const english = text.trim();
    if (!english || english.length > 200) return "";
    let said = words.get(english) ?? (words.size && SIZE.test(english) ? isolated(english) : "");
    for (const [pattern, form, names] of said ? [] : patterns) {
      const match = pattern.exec(english);
      if (match) said = form.replace(/\{(\w+)\}/g, (_, name) => isolated(match[1 + names.indexOf(name)] ?? ""));
      if (match) break;
    }
    return said === english ? "" : said;
  }
})();

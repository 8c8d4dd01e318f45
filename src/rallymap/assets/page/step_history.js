// Gives each step of a form an entry in the browser's history, so that Back opens the step before. An entry keeps its
// form and step in `history.state`: addresses stay as they are. Back and Forward between entries of the open form are
// sent to Python as messages, with what was typed; all other entries are left to Streamlit.
// rallymap/ui/submit/step_history.py mounts it.

/**
 * @typedef {{page: string, form: string, step: string, opened: string[], address: Record<string, string>, session: string, answered: number}} Data
 *   Path of the form's page, token of the open form, its step, the steps that were opened last and end with it, the
 *   query parameters that bring back its draft, Python's session, and the number of the newest message that it has.
 * @typedef {{data: Data, parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} Component
 *   The arguments from Streamlit.
 * @typedef {{form: string, step: string}} Entry
 * @typedef {{entry: {key: string}}} Activation The entry that the page was loaded at.
 */

const NAME = "rallymapStep";

/** The form on the page; undefined while there is none. @type {Component | undefined} */
let shown;
/** The page of the form. An entry of another page is never its entry, though the form is removed a moment later. */
let page = "";
/** The page of the newest entry. */
let path = "";
/** Number of the newest message. */
let sent = 0;
/** The steps that messages ask for, until Python has answered the newest one. @type {string[]} */
let asked = [];
/** Whether no form was on the page, and the visitor did not go back or forward, since this script was loaded. */
let isFirst = true;

/**
 * Streamlit calls this when a form is rendered first, and whenever the data changes.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the form is removed.
 */
export default function mount(component) {
  const { data, parentElement } = component;
  // The page was left before its form was rendered.
  if (!location.pathname.endsWith(`/${component.data.page}`)) return () => {};
  const before = shown?.data;
  if (!before) page = path = location.pathname;
  if (before?.session !== data.session) sent = 0;
  shown = component;
  if (!before || data.answered >= sent) asked = [];
  follow(data, isFirst ? isReloaded() : before?.form === data.form);
  isFirst = false;
  return () => {
    // Streamlit also calls this before newer data; the form is removed only if its element is.
    setTimeout(() => {
      if (shown?.parentElement === parentElement && !parentElement.isConnected) shown = undefined;
    }, 0);
  };
}

/**
 * Whether the page was loaded again at its current entry. A step that was saved just before has no entry then.
 */
function isReloaded() {
  const [load] = performance.getEntriesByType("navigation");
  if (!(load instanceof PerformanceNavigationTiming) || load.type !== "reload") return false;
  // Back may have been pressed before this script was loaded. Where the browser does not say, the open step stays.
  const { navigation } = /** @type {{navigation?: {activation?: Activation, currentEntry: {key: string}}}} */ (window);
  return !navigation?.activation || navigation.activation.entry.key === navigation.currentEntry.key;
}

/**
 * Add an entry for a step that the visitor opened on the page.
 *
 * @param {Data} data
 * @param {boolean} isOpened Whether another step than that of the entry was opened here, not by Back or Forward.
 */
function follow({ form, step, opened }, isOpened) {
  if (asked.length > 0 || location.pathname !== page) return;
  const entry = entryOf(history.state);
  if (entry?.form !== form) {
    // The entry of a page that has just opened. Steps can have been opened before this script was loaded.
    const [first, ...later] = isFirst ? opened : [step];
    write("replaceState", form, first);
    for (const one of later) write("pushState", form, one);
  } else if (entry.step === step) {
    return;
  } else if (isOpened) {
    write("pushState", form, step);
  } else {
    ask(entry.step); // Back from another page, to an earlier step
  }
}

/**
 * Give a step an entry: a new one, or the current one.
 *
 * @param {"pushState" | "replaceState"} how
 * @param {string} form
 * @param {string} step
 */
function write(how, form, step) {
  history[how]({ ...history.state, [NAME]: { form, step } }, "", location.href);
}

/** Ask Python for a step. It also gets the steps known here: a click that is still on its way can open another one. */
function ask(/** @type {string} */ step) {
  if (!shown) return;
  const known = [shown.data.step, ...asked];
  asked.push(step);
  sent += 1;
  shown.setStateValue("message", { session: shown.data.session, seq: sent, step, known });
}

/** @returns {Entry | undefined} */
function entryOf(/** @type {Record<string, Entry> | null} */ state) {
  return state?.[NAME];
}

// Streamlit adds an entry when Python writes the draft into the address, at a moment that depends on the load. Then the
// current entry gets the address instead, so that no step has two entries.
const pushState = history.pushState;
history.pushState = (state, title, url) => {
  const isDraft = shown && !entryOf(state) && url && isDraftOf(shown.data, new URL(url, location.href));
  if (isDraft) history.replaceState({ ...history.state, ...state }, title, url);
  else pushState.call(history, state, title, url);
};

/** Whether an address differs from the current one only in its query, which has the draft of the open form. */
function isDraftOf(/** @type {Data} */ { form }, /** @type {URL} */ url) {
  return location.pathname === page && url.pathname === page && [...url.searchParams.values()].includes(form);
}

// Before Streamlit's own listener, which runs the whole page for an entry, without what is in its fields.
window.addEventListener(
  "popstate",
  (event) => {
    isFirst = false;
    const isWithinPage = path === page;
    path = location.pathname;
    const entry = entryOf(event.state);
    if (!shown || !entry || entry.form !== shown.data.form) return;
    if (isWithinPage) {
      event.stopImmediatePropagation();
      keepAddress(shown.data.address);
      // A field sends its text when it is left.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    } // else the form was not yet removed; Streamlit has to open its page again.
    if (entry.step !== (asked.at(-1) ?? shown.data.step)) ask(entry.step);
  },
  { capture: true },
);

/** Restore the query parameters that an entry from before the first save does not have: a reload needs them. */
function keepAddress(/** @type {Record<string, string>} */ parameters) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

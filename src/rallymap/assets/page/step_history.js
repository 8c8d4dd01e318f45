// Gives each step of a form an entry in the browser's history, so that Back opens the step before. An entry keeps its
// form and step in `history.state`: addresses stay as they are. Back and Forward between entries of the open form are
// sent to Python as messages, with what was typed; all other entries are left to Streamlit.
// rallymap/ui/submit/step_history.py mounts it.

/**
 * @typedef {{page: string, form: string, step: string, address: Record<string, string>, session: string, answered: number}} Data
 *   Path of the form's page, token of the open form, its step, the query parameters that bring back its draft, Python's session, and the number
 *   of the newest message that it has.
 * @typedef {{data: Data, parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} Component
 *   The arguments from Streamlit.
 * @typedef {{form: string, step: string, number: number}} Entry `number` is larger for later entries, also after a reload.
 */

const NAME = "rallymapStep";
/** How long an entry of the open step stays, so that a second click on Back does not leave two entries at once. */
const SKIP_MS = 80;

/** The form on the page; undefined while there is none. @type {Component | undefined} */
let shown;
/** The page of the form. An entry of another page is never its entry, though the form is removed a moment later. */
let page = "";
/** The page of the newest entry. */
let path = "";
/** Number of the newest entry that was opened. */
let here = 0;
/** Number of the newest message. */
let sent = 0;
/** The step that a message asks for, until Python has answered. */
let wanted = "";

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
  if (data.answered >= sent) wanted = "";
  follow(data, before?.form === data.form ? before : undefined);
  return () => {
    // Streamlit also calls this before newer data; the form is removed only if its element is.
    setTimeout(() => {
      if (shown?.parentElement === parentElement && !parentElement.isConnected) shown = undefined;
    }, 0);
  };
}

/** Add an entry for a step that the visitor opened on the page. */
function follow(/** @type {Data} */ { form, step }, /** @type {Data | undefined} */ before) {
  if (wanted || location.pathname !== page) return;
  const entry = entryOf(history.state);
  if (entry?.form !== form) {
    // The entry of a page that has just opened, or one that Streamlit has added since for the address of the draft.
    mark(form, step, "replaceState");
  } else if (!before) {
    here = entry.number;
    if (entry.step !== step) ask(entry.step); // Back from another page, to an earlier step
  } else if (entry.step !== step) {
    mark(form, step, "pushState");
  }
}

function mark(/** @type {string} */ form, /** @type {string} */ step, /** @type {"pushState" | "replaceState"} */ how) {
  here = Date.now();
  history[how]({ ...history.state, [NAME]: { form, step, number: here } }, "", location.href);
}

function ask(/** @type {string} */ step) {
  if (!shown) return;
  wanted = step;
  sent += 1;
  shown.setStateValue("message", { session: shown.data.session, seq: sent, step });
}

/** @returns {Entry | undefined} */
function entryOf(/** @type {Record<string, Entry> | null} */ state) {
  return state?.[NAME];
}

// Before Streamlit's own listener, which runs the whole page for an entry, without what is in its fields.
window.addEventListener(
  "popstate",
  (event) => {
    const isWithinPage = path === page;
    path = location.pathname;
    const entry = entryOf(event.state);
    if (!shown || !entry || entry.form !== shown.data.form) return;
    if (!isWithinPage) {
      // Back at a form that was not yet removed; Streamlit has to open its page again.
      here = entry.number;
      if (entry.step !== shown.data.step) ask(entry.step);
      return;
    }
    event.stopImmediatePropagation();
    keepAddress(shown.data.address);
    const direction = entry.number > here ? 1 : -1;
    here = entry.number;
    if (entry.step === (wanted || shown.data.step)) {
      // Streamlit added the address of the draft within the step.
      setTimeout(() => {
        if (entryOf(history.state)?.number === entry.number) history.go(direction);
      }, SKIP_MS);
      return;
    }
    // A field sends its text when it is left.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    ask(entry.step);
  },
  { capture: true },
);

/** Restore the query parameters that an entry from before the first save does not have: a reload needs them. */
function keepAddress(/** @type {Record<string, string>} */ parameters) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

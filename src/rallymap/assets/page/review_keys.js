// Keyboard shortcuts of the page Review, and the sheet that lists them. They can be switched off there (WCAG 2.1.4);
// the browser stores that. They are inactive while somebody types, while a menu is open, or with Ctrl, Alt or Meta. An
// error, the result of an action and a requested section are scrolled into view: they may be outside the window.
// rallymap/ui/review/shortcuts.py mounts it.

/**
 * @typedef {{open: string, section: string, turn: number, button: string, title: string, use: string, close: string,
 *   keys: [string, string][]}} Data
 *   The event and section of the last run ("" for none), how often somebody tried an action, and the texts of the
 *   sheet; `keys` are keys and what they do.
 * @typedef {{data: Data, parentElement: HTMLElement}} Component The arguments from Streamlit.
 * @typedef {{id: string, row: string, until: number}} Asked
 */

const STORED = "rallymap-shortcuts";
const MENUS = '[data-testid="stPopoverBody"], [role="listbox"], [role="dialog"], dialog[open]';
const TYPED_INTO = "textarea, select, [contenteditable]:not([contenteditable=false]), [role=combobox], [role=textbox]";
const NOT_TYPED_INTO = ["checkbox", "radio", "button", "submit", "range"];
const ROW_LIST = ".st-key-list-review";
const ROWS = `${ROW_LIST} [class*="st-key-row-"]`;
/** The first group is the event of a row; ui/review/panes.py defines these class names. */
const ROW_NAME = /^st-key-row-.*?--([a-z0-9-]+)(?:__|$)/;
const OPEN = ".st-key-open_event [data-event]";
/** How long a decision waits after the next event is in view: nobody can have read it earlier. */
const LOOK_MS = 700;
const PATIENCE_MS = 5000;

/** @type {Data | undefined} */
let shown;
/** The element that was mounted last; an earlier one may be removed after it. @type {HTMLElement | undefined} */
let mounted;
/** Until when decisions are ignored, in the page's time. */
let deafUntil = 0;
/** The event and row of the last move, until it is open. @type {Asked | undefined} */
let asked;
/** Whether a row was clicked by a move, and its event is not open yet. */
let isOpening = false;

/**
 * Streamlit calls this when the page is rendered first, and whenever another event is open.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the page is removed.
 */
export default function mount({ data, parentElement }) {
  const isMoved = shown !== undefined && shown.open !== data.open;
  if (isMoved) deafUntil = performance.now() + LOOK_MS;
  if (shown && shown.turn !== data.turn) whenDrawn(isMoved ? showResult : showErrors);
  else if (shown && data.section && shown.section !== data.section) whenDrawn(showSection);
  shown = data;
  mounted = parentElement;
  if (!parentElement.querySelector("dialog")) parentElement.append(...sheet(data));
  return () => {
    setTimeout(() => {
      if (mounted === parentElement && !parentElement.isConnected) shown = undefined;
    });
  };
}

// Only once per page: Streamlit calls `mount` again for each opened event.
window.addEventListener("keydown", (event) => {
  if (!shown || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const at = event.composedPath()[0];
  if (!(at instanceof Element) || isTypedInto(at) || document.querySelector(MENUS)) return;
  const key = letterOf(event);
  if (key === "?") document.querySelector(".rm-keys")?.dispatchEvent(new Event("rm-open"));
  else if (!isOn()) return;
  else if (!act(key)) return;
  event.preventDefault();
});

function whenDrawn(/** @type {() => void} */ act) {
  const end = performance.now() + PATIENCE_MS;
  const timer = setInterval(() => {
    const app = document.querySelector("[data-testid=stApp]");
    const isDrawn = app instanceof HTMLElement && app.dataset.testScriptState === "notRunning";
    if (!isDrawn && performance.now() < end) return;
    clearInterval(timer);
    act();
  }, 50);
}

/** Link each error to the field above it, and move to the first. */
function showErrors() {
  for (const field of document.querySelectorAll('[aria-invalid="true"][aria-describedby^="error-"]')) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  const errors = [...document.querySelectorAll('.rm-error[id^="error-"]')];
  const fields = errors.map(fieldAbove);
  for (const [index, field] of fields.entries()) {
    field?.setAttribute("aria-invalid", "true");
    field?.setAttribute("aria-describedby", errors[index].id);
  }
  fields[0]?.focus({ preventScroll: true });
  // A problem that belongs to no field is said at the top of the page, often far above the pressed button.
  const shown = fields[0] ?? document.querySelector(".rm-said-problem");
  shown?.scrollIntoView({ block: "center" });
}

/** After an action that opened another event, show what was done and the beginning of that event, both above. */
function showResult() {
  showErrors();
  document.querySelector(".st-key-review_said .rm-said")?.scrollIntoView({ block: "nearest" });
}

/** @returns {HTMLElement | undefined} */
function fieldAbove(/** @type {Element} */ error) {
  const all = [...document.querySelectorAll("[data-testid=stMain] :is(input, textarea)")];
  const above = all.filter((one) => one.compareDocumentPosition(error) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
  return above instanceof HTMLElement ? above : undefined;
}

function showSection() {
  document.querySelector(".st-key-sections")?.scrollIntoView({ block: "start" });
}

/** Return a key's Latin letter, also on keyboards of other scripts. */
function letterOf(/** @type {KeyboardEvent} */ event) {
  if (/^[a-z?/]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(-1).toLowerCase() : "";
}

function isTypedInto(/** @type {Element} */ element) {
  if (element instanceof HTMLInputElement) return !NOT_TYPED_INTO.includes(element.type);
  return element.closest(TYPED_INTO) !== null;
}

/** Perform a key's action; return whether the key has one here. */
function act(/** @type {string} */ key) {
  switch (key) {
    case "j":
      return move(1);
    case "k":
      return move(-1);
    case "p":
      return decide("decide_publish_");
    case "s":
      return decide("decide_send_back_");
    case "r":
      return decide("decide_reject_");
    case "w":
      return focus(".st-key-decision textarea, .st-key-selection textarea");
    case "x":
      return press(`.st-key-line-${CSS.escape(openEvent())} input`);
    case "u":
      return press(".st-key-undo_decision button");
    case "/":
      return focus(".st-key-filters input[type=text]");
    default:
      return false;
  }
}

/**
 * Return the visible event, or the one that was just requested; "" for none.
 *
 * `shown.open` would be too late: Streamlit renders the card some time before it calls `mount`.
 */
function openEvent() {
  const inSight = eventInSight();
  if (asked && (asked.id === inSight || performance.now() > asked.until)) asked = undefined;
  return asked ? asked.id : inSight;
}

function eventInSight() {
  const card = document.querySelector(OPEN);
  return (card instanceof HTMLElement && card.dataset.event) || "";
}

function move(/** @type {1 | -1} */ by) {
  const rows = [...document.querySelectorAll(ROWS)];
  const events = rows.map(eventOf);
  const open = openEvent();
  // A list of reports may contain one event in several rows.
  const at = by > 0 ? events.lastIndexOf(open) : events.indexOf(open);
  const to = at < 0 ? 0 : at + by;
  if (!rows[to]) return false;
  const row = [...rows[to].classList].find((name) => ROW_NAME.test(name)) ?? "";
  asked = { id: events[to], row, until: performance.now() + PATIENCE_MS };
  rows[to].scrollIntoView({ block: "nearest" });
  openAsked();
  return true;
}

/**
 * Click the last requested row, once the previously clicked one is open.
 *
 * Streamlit combines clicks that arrive together and runs the later one first: the earlier event would stay open.
 */
function openAsked() {
  if (isOpening || !asked) return;
  const { id, row } = asked;
  if (!press(`${ROW_LIST} .${CSS.escape(row)} button`)) return;
  isOpening = true;
  const end = performance.now() + PATIENCE_MS;
  const timer = setInterval(() => {
    if (eventInSight() !== id && performance.now() < end) return;
    clearInterval(timer);
    isOpening = false;
    if (asked && asked.id !== id && performance.now() < asked.until) openAsked();
  }, 20);
}

function eventOf(/** @type {Element} */ row) {
  for (const name of row.classList) {
    const found = ROW_NAME.exec(name);
    if (found) return found[1];
  }
  return "";
}

function decide(/** @type {string} */ start) {
  if (performance.now() < deafUntil) return true;
  // Until the next event is in view, when `mount` is called.
  if (!press(`[class*="st-key-${start}"] button`)) return false;
  deafUntil = performance.now() + PATIENCE_MS;
  setTimeout(() => {
    // The decision failed, and its reason is shown: the same event is still open.
    if (document.querySelector(".rm-error, .rm-said-problem")) deafUntil = 0;
  }, 2 * LOOK_MS);
  return true;
}

function press(/** @type {string} */ selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) return false;
  found.click();
  return true;
}

function focus(/** @type {string} */ selector) {
  const found = document.querySelector(selector);
  if (!(found instanceof HTMLElement)) return false;
  found.focus();
  return true;
}

function isOn() {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true; // the browser stores nothing
  }
}

function setOn(/** @type {boolean} */ value) {
  try {
    if (value) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, "off");
  } catch {
    // Valid until the page is left, in the check box only.
  }
}

/** Create the button and the sheet that it opens. */
function sheet(/** @type {Data} */ data) {
  const button = element("button", data.button);
  button.className = "rm-keys";
  button.type = "button";
  const dialog = document.createElement("dialog");
  dialog.className = "rm-sheet";
  const heading = element("h2", data.title);
  heading.id = "rm-sheet-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  const list = document.createElement("dl");
  for (const [key, does] of data.keys) {
    const term = document.createElement("dt");
    term.append(element("kbd", key));
    list.append(term, element("dd", does));
  }
  const use = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.addEventListener("change", () => setOn(box.checked));
  use.append(box, data.use);
  const close = element("button", data.close);
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  dialog.append(heading, list, use, close);
  for (const name of ["click", "rm-open"])
    button.addEventListener(name, () => {
      box.checked = isOn();
      dialog.showModal();
    });
  return [button, dialog];
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} text
 */
function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

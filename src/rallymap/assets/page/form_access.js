// Makes form fields accessible where Streamlit does not: errors are linked to their field, texts get their script's
// direction, and the focus moves to the start of a step. Date fields get the browser's own calendar in addition to
// typing, and the time-zone field a list. rallymap/ui/submit/form_access.py mounts it.

/** @typedef {{target: string, turn: number, days: string[], calendar: string}} FormFields `days` are names of fields,
 *   `calendar` is what the button of their calendar is called. */
/** @typedef {{data: FormFields, parentElement: HTMLElement}} Component The arguments from Streamlit. */

const PATIENCE_MS = 5000;
/** Height of the bar with Back and Next, which covers the end of the page. */
const BAR_PX = 76;
const FIELDS = "input, textarea, [role=combobox], [role=radiogroup]";
const ZONES = "rm-zones";
/** Pause in typing after which the text of a field with several lines is saved; Streamlit waits until it is left. */
const PAUSE_MS = 600;
const KEPT = "[class*=st-key-field_] :is(textarea, input[type=text])";

/** @type {Map<HTMLElement, FormHelper>} */
const helpers = new Map();

/**
 * Set up the form around the element; Streamlit calls this at the first run and whenever the data changes.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the element is removed.
 */
export default function mount({ data, parentElement }) {
  const known = helpers.get(parentElement);
  const helper = known ?? new FormHelper(parentElement);
  if (!known) helpers.set(parentElement, helper);
  helper.days = data.days;
  helper.calendar = data.calendar;
  helper.plan();
  helper.focus(data);
  return () => {
    // Streamlit also calls this if newer data arrived while this script was imported: the helper must stay, because the
    // call with the newer data uses it. The form is removed after this.
    setTimeout(() => {
      if (parentElement.isConnected) return;
      helper.remove();
      helpers.delete(parentElement);
    }, 0);
  };
}

class FormHelper {
  turn = 0;
  isDue = false;
  /** @type {string[]} */
  days = [];
  calendar = "";
  /** @type {string | null} */
  step = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  timer = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  pause = undefined;

  constructor(/** @type {HTMLElement} */ parent) {
    this.root = parent.closest(".st-key-page") ?? document.body;
    this.observer = new MutationObserver(() => this.plan());
    this.observer.observe(this.root, { childList: true, subtree: true });
    this.root.addEventListener("input", this.typed);
    document.addEventListener("visibilitychange", this.hidden);
    this.plan();
  }

  typed = (/** @type {Event} */ { target }) => {
    clearTimeout(this.pause);
    if (target instanceof HTMLTextAreaElement && target.matches(KEPT))
      this.pause = setTimeout(() => save(target), PAUSE_MS);
  };

  /** A phone may end a page that is not in sight at any time. */
  hidden = () => {
    const field = document.activeElement;
    if (document.visibilityState !== "hidden" || !(field instanceof HTMLElement)) return;
    if (field.matches(KEPT) && this.root.contains(field)) save(field);
  };

  plan() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.tieErrors();
      this.showStep();
      for (const field of this.root.querySelectorAll("input[type=text]:not([dir]), textarea:not([dir])"))
        field.setAttribute("dir", "auto");
      this.hideHoneypot();
      this.addCalendars();
      for (const field of fieldsNamed(this.root, "zone")) offerZones(field);
    });
  }

  /** Bring the chosen step into sight where the row of steps is wider than the screen. */
  showStep() {
    const row = this.root.querySelector(".st-key-add_step [role=radiogroup]");
    const step = row?.querySelector('[data-selected="true"]') ?? null;
    if (!row || !step) return;
    const [outer, inner] = [row.getBoundingClientRect(), step.getBoundingClientRect()];
    // Its width, too: the style sheet adds "needs attention" to a step.
    const shown = `${step.textContent} ${inner.width}`;
    if (shown === this.step) return;
    this.step = shown;
    row.scrollLeft += Math.max(0, inner.right - outer.right) - Math.max(0, outer.left - inner.left);
  }

  tieErrors() {
    const wrong = new Set();
    for (const error of this.root.querySelectorAll('.rm-error[id^="error-"]'))
      for (const field of fieldsNamed(this.root, error.id.slice("error-".length))) {
        wrong.add(field);
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", error.id);
      }
    for (const field of this.root.querySelectorAll('[aria-invalid="true"][aria-describedby^="error-"]')) {
      if (wrong.has(field)) continue;
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
  }

  /** Exclude keyboard and screen-reader users from the honeypot field. */
  hideHoneypot() {
    const honeypot = this.root.querySelector(".st-key-honeypot");
    honeypot?.setAttribute("aria-hidden", "true");
    for (const field of honeypot?.querySelectorAll("input") ?? []) {
      field.tabIndex = -1;
      field.setAttribute("autocomplete", "off");
    }
  }

  /** Add a calendar button to each date field; the chosen day is entered as if it were typed. */
  addCalendars() {
    for (const button of this.root.querySelectorAll(".rm-day"))
      if (!this.days.some((name) => button.closest(`.st-key-field_${name}`))) button.remove();
    for (const name of this.days) {
      const box = this.root.querySelector(`.st-key-field_${CSS.escape(name)}`);
      const field = box?.querySelector("input");
      if (!box || !field || box.querySelector(".rm-day")) continue;
      const label = `${this.calendar}: ${field.getAttribute("aria-label") ?? ""}`;
      box.append(dayButton(field, label));
    }
  }

  /**
   * Move the focus to `target`, once per turn, as soon as Streamlit has rendered that turn's page; not if somebody has
   * begun to type in a field before that, or the rest of the words would be lost. This script can be loaded after they
   * began. A busy server may take long to render the page.
   */
  focus(/** @type {FormFields} */ { target, turn }) {
    if (turn === this.turn) return;
    this.turn = turn;
    clearInterval(this.timer);
    let end = Number.POSITIVE_INFINITY;
    this.timer = setInterval(() => {
      if (document.activeElement?.matches("input, textarea")) {
        clearInterval(this.timer);
        return;
      }
      if (!isDrawn()) return;
      end = Math.min(end, Date.now() + PATIENCE_MS);
      const found = this.find(target, turn);
      if (found) show(found, target);
      if (found || Date.now() > end) clearInterval(this.timer);
    }, 50);
  }

  /** @returns {HTMLElement | undefined} */
  find(/** @type {string} */ target, /** @type {number} */ turn) {
    if (target.startsWith("field:")) return fieldsNamed(this.root, target.slice("field:".length))[0];
    return this.root.querySelector(`[data-focus="${target}"][data-turn="${turn}"]`) ?? undefined;
  }

  remove() {
    clearInterval(this.timer);
    clearTimeout(this.pause);
    this.root.removeEventListener("input", this.typed);
    document.removeEventListener("visibilitychange", this.hidden);
    this.observer.disconnect();
  }
}

/** @returns {HTMLElement} A button with the browser's own calendar, for a field that also takes dates in words. */
function dayButton(/** @type {HTMLInputElement} */ field, /** @type {string} */ label) {
  const part = document.createElement("span");
  part.className = "rm-day";
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.title = label;
  // Invisible and not focusable: the calendar opens next to it.
  const day = document.createElement("input");
  day.type = "date";
  day.tabIndex = -1;
  day.setAttribute("aria-hidden", "true");
  button.addEventListener("click", () => {
    day.value = /^\d{4}-\d\d-\d\d$/.test(field.value) ? field.value : "";
    day.showPicker();
  });
  day.addEventListener("change", () => {
    if (day.value) write(field, day.value);
  });
  part.append(day, button);
  return part;
}

/** Set a field's value so that Streamlit handles it like typing. */
function write(/** @type {HTMLInputElement} */ field, /** @type {string} */ text) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Let Streamlit take over a field's text now. A field with several lines does that on Ctrl+Enter, without moving. */
function save(/** @type {HTMLElement} */ field) {
  if (field instanceof HTMLTextAreaElement) {
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
    return;
  }
  field.blur();
  field.focus({ preventScroll: true });
}

/** Offer a list of time zones while somebody types one. */
function offerZones(/** @type {HTMLElement} */ field) {
  if (field.hasAttribute("list") || !(field instanceof HTMLInputElement)) return;
  if (!document.getElementById(ZONES)) {
    const list = document.createElement("datalist");
    list.id = ZONES;
    for (const zone of Intl.supportedValuesOf("timeZone")) list.append(new Option(zone));
    document.body.append(list);
  }
  field.setAttribute("list", ZONES);
}

/** @returns {HTMLElement[]} */
function fieldsNamed(/** @type {Element} */ root, /** @type {string} */ name) {
  const key = `.st-key-field_${CSS.escape(name)}`;
  return [...root.querySelectorAll(`:is(${key}, ${key}_0) :is(${FIELDS})`)].filter((one) => one instanceof HTMLElement);
}

function isDrawn() {
  const app = document.querySelector("[data-testid=stApp]");
  return app instanceof HTMLElement && app.dataset.testScriptState === "notRunning";
}

function show(/** @type {HTMLElement} */ element, /** @type {string} */ target) {
  element.focus({ preventScroll: true });
  if (target.startsWith("field:")) {
    element.scrollIntoView({ block: "center" });
    return;
  }
  document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  // In a low window, as at a zoom of 400 %, the page's introduction fills the view.
  if (element.getBoundingClientRect().bottom > window.innerHeight - BAR_PX) element.scrollIntoView({ block: "start" });
}

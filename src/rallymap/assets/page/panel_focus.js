// Moves the keyboard focus into the panel of an event when it opens, and back when it closes; Escape closes it.
// rallymap/ui/explore/panel_focus.py mounts it inside the panel.

/**
 * @typedef {{data: {event: string, move_in: boolean, label: string}, parentElement: HTMLElement}} Component
 *   The arguments from Streamlit.
 */

/** The element that had the focus before the panel. @type {Element | null} */
let opener = null;
/** The scroll position before the map was scrolled into view. @type {number | null} */
let before = null;
/** The event whose panel is open. */
let shown = "";

const MENUS = '[data-testid="stPopoverBody"], [role="listbox"], [role="dialog"]';

/**
 * Streamlit calls this when the panel opens and whenever it shows another event.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the panel is removed.
 */
export default function mount({ data, parentElement }) {
  const panel = parentElement.closest(".st-key-event_panel");
  if (panel instanceof HTMLElement && data.event !== shown) {
    enter(panel, data.move_in, data.label);
    shown = data.event;
  }
  return () => {
    // The panel is removed after this; only then it is known which element has lost the focus.
    setTimeout(() => {
      if (!parentElement.isConnected) leave();
    });
  };
}

// Only once per page: Streamlit calls `mount` again for each event in the panel.
window.addEventListener(
  "keydown",
  (event) => {
    // An open menu handles the key itself, and is still open when the key first arrives here.
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(MENUS)) return;
    const button = document.querySelector(".st-key-event_panel .st-key-close_event button");
    if (button instanceof HTMLElement) button.click();
  },
  { capture: true },
);

function enter(/** @type {HTMLElement} */ panel, /** @type {boolean} */ isMoving, /** @type {string} */ label) {
  panel.tabIndex = -1;
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", label);
  bringMap(panel);
  const active = document.activeElement;
  if (!isMoving || panel.contains(active)) return;
  // A row of the list may have been rendered again meanwhile, and then nothing has the focus.
  opener = active === document.body ? null : active;
  panel.focus({ preventScroll: true });
}

/**
 * On phones the panel covers a part of the page: scroll the map above it, so that the event's place is visible with its
 * text.
 */
function bringMap(/** @type {HTMLElement} */ panel) {
  const [map, page] = [document.querySelector(".st-key-map_card"), document.querySelector('[data-testid="stMain"]')];
  if (!map || !page || getComputedStyle(panel.parentElement ?? panel).position !== "fixed") return;
  before ??= page.scrollTop;
  // Repeat while the content above the map is still being rendered, until the reader moves the page.
  above.disconnect();
  above.observe(map.closest(".st-key-explore_page") ?? map);
}

const above = new ResizeObserver(() => document.querySelector(".st-key-map_card")?.scrollIntoView({ block: "start" }));
for (const act of ["pointerdown", "wheel", "keydown"]) {
  window.addEventListener(act, () => above.disconnect(), { capture: true, passive: true });
}

function leave() {
  above.disconnect();
  const page = document.querySelector('[data-testid="stMain"]');
  if (page && before !== null) page.scrollTop = before;
  before = null;
  const [ending, first] = [`--${shown}`, opener];
  [shown, opener] = ["", null];
  giveBack(ending, first, performance.now() + SETTLED_MS);
}

/** Time by which the page has been rendered without the panel, even on a slow device. */
const SETTLED_MS = 3000;

/**
 * Restore the focus, or move it to the event's row in the list. The panel's button may be removed after the panel's
 * script, and the list rendered again after both, each with the focus inside: so retry until the page has settled.
 *
 * @param {string} ending Suffix of the class of the event's row.
 * @param {Element | null} first The element that had the focus.
 * @param {number} end Deadline in ms, as in `performance.now()`.
 */
function giveBack(ending, first, end) {
  const active = document.activeElement;
  const row = [...document.querySelectorAll('[class*="st-key-row-"]')].find((element) =>
    [...element.classList].some((name) => name.endsWith(ending)),
  );
  const target = first?.isConnected ? first : row?.querySelector("button");
  const isLost = !active || active === document.body || active.closest(".st-key-event_panel") !== null;
  if (shown || !(isLost || active === target)) return; // another event is open, or the visitor moved the focus
  if (isLost && target instanceof HTMLElement) target.focus({ preventScroll: true });
  if (performance.now() < end) setTimeout(giveBack, 50, ending, first, end);
}

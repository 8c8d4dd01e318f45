// Moves the keyboard's focus into the panel of an event when it opens, and back to where the visitor was when it closes;
// Escape closes it.
// rallymap/ui/explore/panel_focus.py mounts it inside the panel.

/**
 * @typedef {{data: {event: string, move_in: boolean, label: string}, parentElement: HTMLElement}} Component
 *   What Streamlit hands over.
 */

/** What had the focus before the panel took it. @type {Element | null} */
let opener = null;
/** How far the page was scrolled before the map was brought into sight. @type {number | null} */
let before = null;
/** The event whose panel is open. */
let shown = "";

const MENUS = '[data-testid="stPopoverBody"], [role="listbox"], [role="dialog"]';

/**
 * Streamlit calls this when the panel opens and whenever it shows another event.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the panel goes.
 */
export default function mount({ data, parentElement }) {
  const panel = parentElement.closest(".st-key-event_panel");
  if (panel instanceof HTMLElement && data.event !== shown) {
    enter(panel, data.move_in, data.label);
    shown = data.event;
  }
  return () => {
    // The panel goes after this; only then it is known who has lost the focus with it.
    setTimeout(() => {
      if (!parentElement.isConnected) leave();
    });
  };
}

// Once for the page: Streamlit calls `mount` again for each event that the panel shows.
window.addEventListener(
  "keydown",
  (event) => {
    // An open menu takes the key for itself, and is still open when the key comes down to here first.
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
  // A row of the list may have been drawn again meanwhile, and then nothing has the focus.
  opener = active === document.body ? null : active;
  panel.focus({ preventScroll: true });
}

/** On phones the panel covers a part of the page: bring the map above it, so that the event's place is seen with its words. */
function bringMap(/** @type {HTMLElement} */ panel) {
  const [map, page] = [document.querySelector(".st-key-map_card"), document.querySelector('[data-testid="stMain"]')];
  if (!map || !page || getComputedStyle(panel.parentElement ?? panel).position !== "fixed") return;
  before ??= page.scrollTop;
  // Again while what is above the map is still being drawn, until the reader moves the page.
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

/** After this the page is drawn anew without the panel, also on a slow device. */
const SETTLED_MS = 3000;

/**
 * Focus what had the focus before, or the event's row in the list. The panel's button may go after the panel's script,
 * and the list may be drawn again after both, each with the focus in it: so look again until the page has settled.
 *
 * @param {string} ending How the class of the event's row ends.
 * @param {Element | null} first What had the focus.
 * @param {number} end In ms, as `performance.now()` counts.
 */
function giveBack(ending, first, end) {
  const active = document.activeElement;
  const row = [...document.querySelectorAll('[class*="st-key-row-"]')].find((element) =>
    [...element.classList].some((name) => name.endsWith(ending)),
  );
  const target = first?.isConnected ? first : row?.querySelector("button");
  const isLost = !active || active === document.body || active.closest(".st-key-event_panel") !== null;
  if (shown || !(isLost || active === target)) return; // another event is open, or the visitor went elsewhere
  if (isLost && target instanceof HTMLElement) target.focus({ preventScroll: true });
  if (performance.now() < end) setTimeout(giveBack, 50, ending, first, end);
}

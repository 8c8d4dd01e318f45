// Lets the keyboard into the pop-overs of the page, which Streamlit draws at the end of it: opened by a key, one takes
// the focus; Tab beyond either of its ends, or closing it, gives the focus back to the button that opened it.
// rallymap/ui/popover_focus.py mounts it.

const POPOVER = '[data-testid="stPopoverBody"]';
const BUTTON = '[data-testid="stPopoverButton"]';
const REACHED = 'button, input, select, textarea, a[href], summary, [tabindex="0"]';

/** The button whose pop-over was opened by a key. @type {HTMLElement | null} */
let opener = null;
/** Whether the pop-over of `opener` has been entered. */
let isInside = false;
let isWatching = false;

/** Streamlit calls this at the first run. */
export default function mount() {
  if (isWatching) return;
  isWatching = true;
  window.addEventListener("keydown", take, { capture: true });
  window.addEventListener("pointerdown", forget, { capture: true });
  new MutationObserver(follow).observe(document.body, { subtree: true, childList: true });
}

function forget() {
  opener = null;
  isInside = false;
}

function take(/** @type {KeyboardEvent} */ event) {
  const at = event.target instanceof Element ? event.target : null;
  const button = at?.closest(BUTTON);
  if (button instanceof HTMLElement && (event.key === "Enter" || event.key === " ")) {
    forget();
    opener = button;
  } else if (event.key === "Tab" && opener && at && document.querySelector(POPOVER)?.contains(at)) {
    const all = reached();
    const isAtEnd = event.shiftKey ? at === all[0] || at.matches(POPOVER) : at === all[all.length - 1];
    if (!isAtEnd) return;
    event.preventDefault();
    opener.focus();
  }
}

/** @returns {HTMLElement[]} What Tab reaches in the open pop-over, in its order. */
function reached() {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`${POPOVER} :is(${REACHED})`)]);
  return all.filter((one) => one.tabIndex >= 0 && !one.matches(":disabled") && one.checkVisibility());
}

function follow() {
  if (!opener) return;
  const popover = document.querySelector(POPOVER);
  if (popover instanceof HTMLElement && !isInside) {
    // The whole, as its parts are drawn one after the other; a screen reader says its name.
    isInside = true;
    popover.tabIndex = -1;
    popover.focus();
  } else if (!popover && isInside) {
    isInside = false;
    // What had the focus is gone with the pop-over, unless the page has moved it.
    if (document.activeElement === document.body && opener.isConnected) opener.focus();
  }
}

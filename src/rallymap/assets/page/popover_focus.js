// Makes popovers accessible by keyboard, which Streamlit appends to the end of the page: one opened by a key gets the
// focus; Tab beyond either end, or closing it, returns the focus to the button that opened it.
// rallymap/ui/popover_focus.py mounts it.

const POPOVER = '[data-testid="stPopoverBody"]';
const BUTTON = '[data-testid="stPopoverButton"]';
const REACHED = 'button, input, select, textarea, a[href], summary, [tabindex="0"]';

/** The button whose popover was opened by a key. @type {HTMLElement | null} */
let opener = null;
/** Whether the popover of `opener` has been entered. */
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

/** @returns {HTMLElement[]} The focusable elements of the open popover, in tab order. */
function reached() {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`${POPOVER} :is(${REACHED})`)]);
  return all.filter((one) => one.tabIndex >= 0 && !one.matches(":disabled") && one.checkVisibility());
}

function follow() {
  if (!opener) return;
  const popover = document.querySelector(POPOVER);
  if (popover instanceof HTMLElement && !isInside) {
    // The whole popover, because its parts are rendered one after the other; a screen reader announces its name.
    isInside = true;
    popover.tabIndex = -1;
    popover.focus();
  } else if (!popover && isInside) {
    isInside = false;
    // The focused element was removed with the popover, unless the page has moved the focus.
    if (document.activeElement === document.body && opener.isConnected) opener.focus();
  }
}

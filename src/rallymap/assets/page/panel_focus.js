// Moves the keyboard's focus into the panel of an event when it opens, and back to where the visitor was when it closes.
// rallymap/ui/explore/panel_focus.py mounts it inside the panel.

/** @typedef {{data: {event: string, move_in: boolean}, parentElement: HTMLElement}} Component What Streamlit hands over. */

/** What had the focus before the panel took it. @type {Element | null} */
let opener = null;
/** The event whose panel is open. */
let shown = "";

/**
 * Streamlit calls this when the panel opens and whenever it shows another event.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the panel goes.
 */
export default function mount({ data, parentElement }) {
  const panel = parentElement.closest(".st-key-event_panel");
  if (panel instanceof HTMLElement && data.event !== shown) {
    enter(panel, data.move_in);
    shown = data.event;
  }
  return () => {
    // The panel goes after this; only then it is known who has lost the focus with it.
    setTimeout(() => {
      if (!parentElement.isConnected) leave();
    });
  };
}

function enter(/** @type {HTMLElement} */ panel, /** @type {boolean} */ isMoving) {
  panel.tabIndex = -1;
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", "Event");
  const active = document.activeElement;
  if (!isMoving || panel.contains(active)) return;
  // A row of the list may have been drawn anew meanwhile, and then nothing has the focus.
  opener = active === document.body ? null : active;
  panel.focus({ preventScroll: true });
}

function leave() {
  const row = document.querySelector(`[class*="st-key-row-"][class*="--${CSS.escape(shown)}"] button`);
  shown = "";
  if (document.activeElement && document.activeElement !== document.body) return;
  const target = opener?.isConnected ? opener : row;
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  opener = null;
}

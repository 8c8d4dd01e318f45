// Moves the keyboard focus to the heading of the step that opened last, and scrolls it into view: the focused element
// was removed, or is above the new step. On an edit link's page the event and its form are the steps.
// rallymap/ui/step_focus.py mounts it at the end of the page.

/** @typedef {{data: {step: string, stopped: number}}} Component The arguments from Streamlit. */

/** The step that is open. */
let open = "";
/** How often its work was cancelled. */
let stopped = 0;
const TRIES = 20;

/**
 * Streamlit calls this when the page is rendered first, whenever the last step changes, and when its work was
 * cancelled: the focused Cancel button no longer exists.
 *
 * @param {Component} component
 */
export default function mount({ data }) {
  const before = { open, stopped };
  open = data.step;
  stopped = data.stopped;
  if (before.open !== "" && (before.open !== open || before.stopped !== stopped)) moveTo(open, TRIES);
}

function moveTo(/** @type {string} */ step, /** @type {number} */ tries) {
  const heading = document.querySelector(`.rm-step-${step}`);
  if (heading instanceof HTMLElement) {
    heading.tabIndex = -1;
    heading.scrollIntoView({ block: "center" });
    heading.focus({ preventScroll: true });
  } else if (tries > 0 && step === open) {
    requestAnimationFrame(() => moveTo(step, tries - 1)); // it is rendered a moment later
  }
}

// Moves the keyboard's focus to the heading of the step that opened last, and that into view: what had the focus is gone, or
// is above what is new. On the page behind an edit link the event and its form are the steps.
// rallymap/ui/step_focus.py mounts it at the end of the page.

/** @typedef {{data: {step: string, stopped: number}}} Component What Streamlit hands over. */

/** The step that is open. */
let open = "";
/** How often its work was stopped. */
let stopped = 0;
const TRIES = 20;

/**
 * Streamlit calls this when the page is drawn first, whenever another step is the last, and when its work was stopped: the
 * button for that, which had the focus, is gone.
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
    requestAnimationFrame(() => moveTo(step, tries - 1)); // it is drawn a moment later
  }
}

// Reads the period from Streamlit's slider while a visitor moves it, so that the map follows at once. Streamlit sends a
// value only after the move, and the page's run takes a quarter of a second more.
//
// Only a visitor's own move counts: after any other change of the period, the page clamps it to the slider's ends.

/** @typedef {[number, number]} Days First and last day, days since 1970-01-01. */

const INPUTS = '.st-key-period_slider input[type="range"]';
const DAY_IN_MICROSECONDS = 86_400_000_000; // Streamlit's unit for the values of a slider of dates
const FOLLOWS_MS = 500;
const SIGNS = ["keydown", "input", "pointerdown", "pointermove", "pointerup"];

/**
 * Call a function with the days of the slider whenever a visitor moves it.
 *
 * @param {(days: Days) => void} onMove
 * @returns {() => void} Stops it.
 */
export function watchSlider(onMove) {
  let moved = Number.NEGATIVE_INFINITY;
  let isDragging = false;
  const note = (/** @type {Event} */ { type, target }) => {
    const isInside = target instanceof Element && target.closest(".st-key-period_slider") !== null;
    if (type === "pointerdown") isDragging = isInside;
    if (isDragging || (isInside && !type.startsWith("pointer"))) moved = performance.now();
    if (type === "pointerup") isDragging = false;
  };
  for (const type of SIGNS) document.addEventListener(type, note, { capture: true, passive: true });
  const observer = new MutationObserver((changes) => {
    if (performance.now() - moved > FOLLOWS_MS) return;
    if (!changes.some(({ target }) => target instanceof Element && target.matches(INPUTS))) return;
    const [start, end] = [...document.querySelectorAll(INPUTS)].map((input) => dayOf(input));
    if (start <= end) onMove([start, end]);
  });
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["aria-valuetext"] });
  return () => {
    observer.disconnect();
    for (const type of SIGNS) document.removeEventListener(type, note, { capture: true });
  };
}

/** @returns {number} NaN if the input has no number. */
function dayOf(/** @type {Element} */ input) {
  return input instanceof HTMLInputElement ? Math.floor(input.valueAsNumber / DAY_IN_MICROSECONDS) : Number.NaN;
}

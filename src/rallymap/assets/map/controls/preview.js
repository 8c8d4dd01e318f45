// A period that the page's slider shows already: the map draws it at once. The page confirms it after its run.

/** @import { Period } from "../types.js" */

const REST_MS = 120;
const LAPSE_MS = 10_000;

export class Preview {
  /** @type {string | null} The period as JSON; null if the page has confirmed it. */
  text = null;
  /** @type {Record<"rest" | "lapse", ReturnType<typeof setTimeout> | undefined>} */
  timers = { rest: undefined, lapse: undefined };
  moved = Number.NEGATIVE_INFINITY;

  /**
   * @param {object} handlers
   * @param {() => Period} handlers.periodOfPage Shown again if the page does not confirm the slider's period in time.
   * @param {(period: Period) => void} handlers.onMove
   * @param {() => void} handlers.onRest Runs after the first move, and when the slider has not moved for a moment.
   */
  constructor({ periodOfPage, onMove, onRest }) {
    this.periodOfPage = periodOfPage;
    this.onMove = onMove;
    this.onRest = onRest;
  }

  move(/** @type {Period} */ period) {
    const isFirst = performance.now() - this.moved > REST_MS;
    this.moved = performance.now();
    this.end();
    this.text = JSON.stringify(period);
    this.onMove(period);
    // A single step is exact at once, before the page's run keeps the server busy; a drag when it rests.
    if (isFirst) this.onRest();
    else this.timers.rest = setTimeout(this.onRest, REST_MS);
    this.timers.lapse = setTimeout(() => {
      this.end();
      this.onMove(this.periodOfPage());
      this.onRest();
    }, LAPSE_MS);
  }

  end() {
    clearTimeout(this.timers.rest);
    clearTimeout(this.timers.lapse);
    this.text = null;
  }

  /**
   * Compare the page's period with the previewed one, and end the preview if they are the same.
   *
   * @returns {"none" | "older" | "confirmed"} "older" if the page does not know of the slider's last move yet.
   */
  compare(/** @type {Period} */ period) {
    if (this.text === null) return "none";
    if (this.text !== JSON.stringify(period)) return "older";
    this.end();
    return "confirmed";
  }
}

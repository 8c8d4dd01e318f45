// A period that the page's slider shows already: the map draws it at once. The page confirms it after its run.

/** @import { Period } from "../types.js" */

const REST_MS = 120;
const LAPSE_MS = 10_000;

export class Preview {
  /** @type {string | null} The period as JSON; null if the page has confirmed it. */
  text = null;
  /** @type {Record<"rest" | "lapse", ReturnType<typeof setTimeout> | undefined>} */
  timers = { rest: undefined, lapse: undefined };

  /**
   * @param {object} handlers
   * @param {() => Period} handlers.periodOfPage Shown again if the page does not confirm the slider's period in time.
   * @param {(period: Period) => void} handlers.onMove
   * @param {() => void} handlers.onRest Runs when the slider has not moved for a moment.
   */
  constructor({ periodOfPage, onMove, onRest }) {
    this.periodOfPage = periodOfPage;
    this.onMove = onMove;
    this.onRest = onRest;
  }

  move(/** @type {Period} */ period) {
    this.end();
    this.text = JSON.stringify(period);
    this.onMove(period);
    this.timers.rest = setTimeout(this.onRest, REST_MS);
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

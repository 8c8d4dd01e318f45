// A tooltip for the timeline's bins: their days and number of events.

import { binOf } from "../data/bins.js";
import { formatCount, formatPeriod, formatSecond } from "../data/formatting.js";
import { make } from "../dom.js";
import { trn } from "../words.js";

/** @import { Histogram } from "../types.js" */

/**
 * Return the texts for one bin: its days, the events in it, and those that may be in it.
 *
 * @param {Histogram} histogram
 * @param {ArrayLike<number>} edges Edges of the bins, in days.
 * @param {number} bin
 * @returns {{days: string, second: string, exact: string, coarse: string}} `second`: the days in the second calendar,
 *   "" if the language has none; `coarse` is "" if all dates are exact enough.
 */
export function describeBin({ bins, spans }, edges, bin) {
  let coarse = 0;
  for (const [first, last, n] of spans) if (first <= bin && bin <= last) coarse += n;
  // Translators: events that the bar may hold too, after a line such as "4 events"
  const more = trn("up to {n} more, whose date is less exact", "up to {n} more, whose date is less exact", coarse);
  /** @type {[number, number]} */
  const period = [edges[bin], edges[bin + 1] - 1];
  return {
    days: formatPeriod(period),
    second: formatSecond(period),
    exact: formatCount(bins[bin]),
    coarse: coarse ? more : "",
  };
}

/** A tooltip over the timeline's bins that follows the mouse; not shown for touch and keyboard. */
export class BinTip {
  /**
   * @param {HTMLElement} track
   * @param {() => {histogram: Histogram | null, edges: ArrayLike<number>}} read Returns what the track currently shows.
   * @param {(clientX: number) => number} dayAt
   */
  constructor(track, read, dayAt) {
    this.read = read;
    this.dayAt = dayAt;
    this.track = track;
    this.box = make("div", { class: "rm-bin-tip", hidden: true, "aria-hidden": "true" });
    track.append(this.box);
    track.addEventListener("pointermove", (event) => this.show(event));
    track.addEventListener("pointerleave", () => this.hide());
    track.addEventListener("pointerdown", () => this.hide());
  }

  hide() {
    this.box.hidden = true;
  }

  show(/** @type {PointerEvent} */ event) {
    const { histogram, edges } = this.read();
    if (!histogram || event.pointerType !== "mouse" || event.buttons) {
      this.hide();
      return;
    }
    const said = describeBin(histogram, edges, binOf(edges, this.dayAt(event.clientX)));
    const lines = [said.second, said.exact, said.coarse].filter(Boolean).map((line) => make("span", {}, line));
    this.box.replaceChildren(make("b", {}, said.days), ...lines);
    this.box.hidden = false;
    const { left, width } = this.track.getBoundingClientRect();
    const room = width - this.box.offsetWidth;
    this.box.style.left = `${Math.max(0, Math.min(room, event.clientX - left - this.box.offsetWidth / 2))}px`;
  }
}

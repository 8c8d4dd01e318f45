// The brush over the timeline that selects a period: by drawing, resizing or moving it with mouse, touch or keys.

import { binOf } from "../data/bins.js";
import { formatInBoth } from "../data/formatting.js";
import { make } from "../dom.js";
import { tr } from "../words.js";

/** @import { Period } from "../types.js" */

/** @typedef {(period: Period, options?: {wait?: boolean}) => void} OnRest `wait`: more key presses may follow. */

const LARGE_STEP = 10;
const NARROW_PX = 28;

/** A brush over `track`: calls `onMove` while the period changes and `onRest` when the change ends. */
export class Brush {
  /** @type {ArrayLike<number>} */
  edges = [0, 1];
  /** @type {[number, number]} */
  bounds = [0, 0];
  /** @type {Period} */
  period = null;
  held = false;

  /**
   * @param {HTMLElement} track
   * @param {{onMove: (period: Period) => void, onRest: OnRest}} handlers
   */
  constructor(track, { onMove, onRest }) {
    this.track = track;
    this.onMove = onMove;
    this.onRest = onRest;
    this.band = make("div", { class: "rm-band", role: "group", "aria-label": tr("Chosen period"), tabindex: "0" });
    this.handles = [tr("First day"), tr("Last day")].map((label, end) =>
      make("div", { class: "rm-handle", role: "slider", tabindex: "0", "aria-label": label, "data-end": end }),
    );
    this.band.append(...this.handles);
    track.append(this.band);
    track.addEventListener("pointerdown", (event) => this.grab(event));
    track.addEventListener("dblclick", () => this.rest(null));
    this.band.addEventListener("keydown", (event) => this.key(event));
  }

  /** Set the bins' edges, to which the brush snaps, and the first and last day with events. */
  setEdges(/** @type {ArrayLike<number>} */ edges, /** @type {[number, number]} */ bounds) {
    this.edges = edges;
    this.bounds = bounds;
    this.place();
  }

  /** @returns {[number, number]} The first and last day of the track. */
  get limits() {
    return [this.edges[0], this.edges[this.edges.length - 1] - 1];
  }

  /** Show a period without calling the handlers. */
  set(/** @type {Period} */ period) {
    this.period = period;
    this.place();
  }

  place() {
    const [first, last] = this.limits;
    const [a, b] = this.period ?? this.bounds;
    const at = (/** @type {number} */ day) => Math.max(0, Math.min(100, ((day - first) / (last + 1 - first)) * 100));
    this.band.style.left = `${at(a)}%`;
    const width = Math.max(0, at(b + 1) - at(a));
    this.band.style.width = `${width}%`;
    // Handles of a narrow brush are outside, so that they do not cover it or each other.
    this.band.classList.toggle("rm-narrow", (width / 100) * this.track.clientWidth < NARROW_PX);
    for (const [end, handle] of this.handles.entries()) {
      const day = end ? b : a;
      handle.setAttribute("aria-valuemin", String(first));
      handle.setAttribute("aria-valuemax", String(last));
      handle.setAttribute("aria-valuenow", String(Math.max(first, Math.min(last, day))));
      handle.setAttribute("aria-valuetext", formatInBoth(day));
    }
  }

  /** Return the period from the bin that contains `a` to the one that contains `b`. */
  snapped(/** @type {number} */ a, /** @type {number} */ b) {
    const [low, high] = a <= b ? [a, b] : [b, a];
    return this.wholeAsNull([this.edges[binOf(this.edges, low)], this.edges[binOf(this.edges, high) + 1] - 1]);
  }

  /** @returns {Period} Null, which means all days, for a period that has all days. */
  wholeAsNull(/** @type {[number, number]} */ period) {
    return period[0] <= this.bounds[0] && period[1] >= this.bounds[1] ? null : period;
  }

  move(/** @type {Period} */ period) {
    if (String(period) === String(this.period)) return;
    this.set(period);
    this.onMove(period);
  }

  rest(/** @type {Period} */ period, /** @type {{wait?: boolean}} */ options = {}) {
    this.move(period);
    this.onRest(this.period, options);
  }

  dayAt(/** @type {number} */ clientX) {
    const box = this.track.getBoundingClientRect();
    const [first, last] = this.limits;
    const part = Math.max(0, Math.min(1, (clientX - box.left) / box.width));
    return Math.min(last, first + Math.floor(part * (last + 1 - first)));
  }

  grab(/** @type {PointerEvent} */ event) {
    if (event.button !== 0 || !(event.target instanceof HTMLElement)) return;
    event.preventDefault();
    const from = this.dayAt(event.clientX);
    const [a, b] = this.period ?? this.bounds;
    const end = event.target.dataset.end;
    // If all days are selected, the brush covers everything: dragging in it draws a new period.
    const moves = event.target === this.band && this.period !== null;
    let dragged = false;
    const drag = (/** @type {PointerEvent} */ { clientX }) => {
      if (!dragged && Math.abs(clientX - event.clientX) < 4) return;
      dragged = true;
      const day = this.dayAt(clientX);
      if (end === "0") this.move(this.snapped(day, b));
      else if (end === "1") this.move(this.snapped(a, day));
      else if (moves) this.move(this.shifted([a, b], day - from));
      else this.move(this.snapped(from, day));
    };
    const drop = () => {
      this.held = false;
      this.track.removeEventListener("pointermove", drag);
      this.track.removeEventListener("pointerup", drop);
      this.track.removeEventListener("pointercancel", drop);
      if (dragged) this.onRest(this.period);
    };
    this.held = true;
    this.track.setPointerCapture(event.pointerId);
    this.track.addEventListener("pointermove", drag);
    this.track.addEventListener("pointerup", drop);
    this.track.addEventListener("pointercancel", drop);
    (end === undefined ? this.band : this.handles[Number(end)]).focus({ preventScroll: true });
  }

  /** Return a period moved by a number of days, with the same number of bins. */
  shifted(/** @type {[number, number]} */ [a, b], /** @type {number} */ days) {
    const bins = binOf(this.edges, b) - binOf(this.edges, a);
    const top = this.edges.length - 2 - bins;
    const bin = Math.max(0, Math.min(top, binOf(this.edges, Math.max(this.limits[0], a + days))));
    return this.snapped(this.edges[bin], this.edges[bin + bins]);
  }

  key(/** @type {KeyboardEvent} */ event) {
    if (!(event.target instanceof HTMLElement)) return;
    /** @type {Record<string, number>} */
    const steps = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -LARGE_STEP,
      PageUp: LARGE_STEP,
    };
    const end = event.target.dataset.end;
    const top = this.edges.length - 2;
    const [a, b] = this.period ?? this.bounds;
    const bins = [binOf(this.edges, a), binOf(this.edges, b)];
    const step = event.key === "Home" ? -top : event.key === "End" ? top : steps[event.key];
    if (event.key === "Escape") this.rest(null, { wait: true });
    else if (step === undefined) return;
    else if (end === undefined) {
      const by = Math.max(-bins[0], Math.min(top - bins[1], step));
      this.rest(this.snapped(this.edges[bins[0] + by], this.edges[bins[1] + by]), { wait: true });
    } else {
      const moved = Math.max(end === "1" ? bins[0] : 0, Math.min(end === "0" ? bins[1] : top, bins[end] + step));
      const period = end === "0" ? this.snapped(this.edges[moved], b) : this.snapped(a, this.edges[moved]);
      this.rest(period, { wait: true });
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

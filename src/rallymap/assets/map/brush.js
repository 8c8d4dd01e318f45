// The tinted band over the timeline that chooses a period: dragged, widened, moved; by mouse, touch or keys.

import { barOf } from "./answer.js";
import { make } from "./dom.js";
import { periodWords } from "./words.js";

const LARGE_STEP = 10;
const NARROW_PX = 28;

/**
 * A brush over `track`. It calls `onMove(period)` while it changes and `onRest(period, {wait})` when it is let go;
 * `wait` tells that more key presses may follow.
 *
 * A period is [first day, last day], both inclusive; null stands for all there is.
 */
export class Brush {
  constructor(track, { onMove, onRest }) {
    this.track = track;
    this.onMove = onMove;
    this.onRest = onRest;
    this.edges = [0, 1];
    this.bounds = [0, 0];
    this.period = null;
    this.held = false;
    this.band = make("div", { class: "rm-band", role: "group", "aria-label": "Chosen period", tabindex: "0" });
    this.handles = ["First day", "Last day"].map((label, end) =>
      make("div", { class: "rm-handle", role: "slider", tabindex: "0", "aria-label": label, "data-end": end }));
    this.band.append(...this.handles);
    track.append(this.band);
    track.addEventListener("pointerdown", (event) => this.grab(event));
    track.addEventListener("dblclick", () => this.rest(null));
    this.band.addEventListener("keydown", (event) => this.key(event));
  }

  /** Take over the bars' edges, to which the brush snaps, and the first and last day that have events. */
  setEdges(edges, bounds) {
    this.edges = edges;
    this.bounds = bounds;
    this.place();
  }

  get limits() {
    return [this.edges[0], this.edges[this.edges.length - 1] - 1];
  }

  /** Show a period without telling anyone. */
  set(period) {
    this.period = period;
    this.place();
  }

  place() {
    const [first, last] = this.limits;
    const [a, b] = this.period ?? this.bounds;
    const at = (day) => Math.max(0, Math.min(100, ((day - first) / (last + 1 - first)) * 100));
    this.band.style.left = `${at(a)}%`;
    const width = Math.max(0, at(b + 1) - at(a));
    this.band.style.width = `${width}%`;
    // Of a narrow band the handles stand outside, or they would cover it and each other.
    this.band.classList.toggle("rm-narrow", (width / 100) * this.track.clientWidth < NARROW_PX);
    this.handles.forEach((handle, end) => {
      const day = end ? b : a;
      handle.setAttribute("aria-valuemin", first);
      handle.setAttribute("aria-valuemax", last);
      handle.setAttribute("aria-valuenow", Math.max(first, Math.min(last, day)));
      handle.setAttribute("aria-valuetext", periodWords([day, day]));
    });
  }

  /** Return the period from the bar that holds `a` to the one that holds `b`. */
  snapped(a, b) {
    const [low, high] = a <= b ? [a, b] : [b, a];
    const period = [this.edges[barOf(this.edges, low)], this.edges[barOf(this.edges, high) + 1] - 1];
    return period[0] <= this.bounds[0] && period[1] >= this.bounds[1] ? null : period;
  }

  move(period) {
    if (String(period) === String(this.period)) return;
    this.set(period);
    this.onMove(period);
  }

  rest(period, options) {
    this.move(period);
    this.onRest(this.period, options);
  }

  dayAt(clientX) {
    const box = this.track.getBoundingClientRect();
    const [first, last] = this.limits;
    const part = Math.max(0, Math.min(1, (clientX - box.left) / box.width));
    return Math.min(last, first + Math.floor(part * (last + 1 - first)));
  }

  grab(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const from = this.dayAt(event.clientX);
    const [a, b] = this.period ?? this.bounds;
    const end = event.target.dataset.end;
    // With all days chosen the band is everywhere: dragging in it then draws a new period.
    const moves = event.target === this.band && this.period !== null;
    let dragged = false;
    const drag = ({ clientX }) => {
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
    (end === undefined ? this.band : this.handles[end]).focus({ preventScroll: true });
  }

  /** Return a period moved by some days, as many bars long as before. */
  shifted([a, b], days) {
    const bars = barOf(this.edges, b) - barOf(this.edges, a);
    const top = this.edges.length - 2 - bars;
    const bar = Math.max(0, Math.min(top, barOf(this.edges, Math.max(this.limits[0], a + days))));
    return this.snapped(this.edges[bar], this.edges[bar + bars]);
  }

  key(event) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -LARGE_STEP, PageUp: LARGE_STEP };
    const end = event.target.dataset.end;
    const top = this.edges.length - 2;
    const [a, b] = this.period ?? this.bounds;
    const bars = [barOf(this.edges, a), barOf(this.edges, b)];
    const step = event.key === "Home" ? -top : event.key === "End" ? top : steps[event.key];
    if (event.key === "Escape") this.rest(null, { wait: true });
    else if (step === undefined) return;
    else if (end === undefined) {
      const by = Math.max(-bars[0], Math.min(top - bars[1], step));
      this.rest(this.snapped(this.edges[bars[0] + by], this.edges[bars[1] + by]), { wait: true });
    } else {
      const moved = Math.max(end === "1" ? bars[0] : 0, Math.min(end === "0" ? bars[1] : top, bars[end] + step));
      const period = end === "0" ? this.snapped(this.edges[moved], b) : this.snapped(a, this.edges[moved]);
      this.rest(period, { wait: true });
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

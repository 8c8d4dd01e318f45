// Plays the events over time: as a sliding window, or as a running total.

import { binOf } from "../data/bins.js";
import { make } from "../dom.js";
import { formatNumber, tr } from "../words.js";

/** @import { Period } from "../types.js" */
/** @import { Brush, OnRest } from "./brush.js" */

const WHOLE_MS = 14_000; // duration of the whole record at speed 1
const SPEEDS = [1, 2, 4, 0.5];
const WINDOW_PART = 0.08;

export class Player {
  speed = 1;
  cumulative = false;
  loop = false;
  playing = false;
  /** Number of bins in the sliding window. */
  length = 1;
  /** The bin at which it started. */
  origin = 0;
  /** The last visible bin, with a fraction. */
  head = 0;
  before = 0;

  /** @param {{brush: Brush, onFrame: (period: Period) => void, onRest: OnRest}} options */
  constructor({ brush, onFrame, onRest }) {
    this.brush = brush;
    this.onFrame = onFrame;
    this.onRest = onRest;
    const button = (/** @type {() => void} */ onclick, kind = "rm-tool") =>
      make("button", { type: "button", class: kind, onclick });
    this.button = button(() => this.toggle(), "rm-play");
    this.back = button(() => this.step(-1), "rm-tool rm-back");
    this.forth = button(() => this.step(1), "rm-tool rm-forth");
    this.speedButton = button(() => this.nextSpeed());
    this.modeButton = button(() => this.switchMode());
    this.loopButton = button(() => this.switchLoop());
    name(this.back, tr("Step back"));
    name(this.forth, tr("Step forward"));
    // Translators: plays again and again
    name(this.loopButton, tr("Loop"), tr("Loop"));
    this.transport = make("span", { class: "rm-transport" }, this.button, this.back, this.forth);
    this.settings = make("span", { class: "rm-settings" }, this.speedButton, this.modeButton, this.loopButton);
    this.show();
  }

  toggle() {
    if (this.playing) this.stop({ rest: true });
    else this.start();
  }

  start() {
    const { edges } = this.brush;
    const [first, last] = this.brush.limits;
    const [a, b] = this.brush.period ?? [first, last];
    const all = this.brush.period === null || b >= last;
    const bins = edges.length - 1;
    const wide = Math.max(1, Math.round(bins * WINDOW_PART));
    const from = this.brush.period === null ? 0 : binOf(edges, a);
    this.length = this.brush.period === null ? wide : binOf(edges, b) - from + 1;
    this.origin = this.cumulative ? from : 0;
    if (this.length >= bins) this.length = wide;
    // A window at the end starts again; one in the middle continues.
    this.head = this.cumulative ? (all ? this.origin : binOf(edges, b)) : all ? this.length - 1 : binOf(edges, b);
    this.playing = true;
    this.before = performance.now();
    this.show();
    requestAnimationFrame((now) => this.frame(now));
  }

  frame(/** @type {number} */ now) {
    if (!this.playing) return;
    const bins = this.brush.edges.length - 1;
    this.head += ((now - this.before) / WHOLE_MS) * bins * this.speed;
    this.before = now;
    if (this.head >= bins - 1) {
      if (this.loop) this.head = this.cumulative ? this.origin : this.length - 1;
      else {
        this.showHead(bins - 1);
        this.stop({ rest: true });
        return;
      }
    }
    this.showHead(Math.floor(this.head));
    requestAnimationFrame((next) => this.frame(next));
  }

  showHead(/** @type {number} */ bin) {
    const { edges } = this.brush;
    const from = this.cumulative ? this.origin : Math.max(0, bin - this.length + 1);
    const period = this.brush.snapped(edges[from], edges[bin]);
    this.brush.set(period);
    this.onFrame(period);
  }

  /** Stop; with `rest`, the visible period becomes the selected one. */
  stop({ rest = false } = {}) {
    if (!this.playing) return;
    this.playing = false;
    this.show();
    if (rest) this.onRest(this.brush.period);
  }

  step(/** @type {number} */ by) {
    this.stop();
    const { edges } = this.brush;
    const bins = edges.length - 1;
    const [a, b] = this.brush.period ?? [edges[0], edges[Math.max(1, Math.round(bins * WINDOW_PART))] - 1];
    let [from, to] = [binOf(edges, a), binOf(edges, b)];
    if (this.brush.period !== null || by < 0) {
      const moved = Math.max(this.cumulative ? from - to : -from, Math.min(bins - 1 - to, by));
      to += moved;
      if (!this.cumulative) from += moved;
    }
    const period = this.brush.snapped(edges[from], edges[to]);
    this.brush.set(period);
    this.onFrame(period);
    this.onRest(period, { wait: true });
  }

  nextSpeed() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    this.show();
  }

  switchMode() {
    const was = this.playing;
    this.stop();
    this.cumulative = !this.cumulative;
    if (was) this.start();
    this.show();
  }

  switchLoop() {
    this.loop = !this.loop;
    this.show();
  }

  show() {
    this.button.classList.toggle("rm-playing", this.playing);
    name(this.button, this.playing ? tr("Pause") : tr("Play"));
    // The accessible name contains the visible text, so that voice control finds the button.
    const speed = `${this.speed === 0.5 ? "½" : formatNumber(this.speed)}×`;
    name(this.speedButton, tr("Speed {speed}", { speed }), speed);
    const mode = this.cumulative ? tr("Running total") : tr("Sliding window");
    // Translators: {mode} is "Running total" or "Sliding window", and has to be here as it is
    name(this.modeButton, tr("Mode: {mode}", { mode }), mode);
    this.loopButton.setAttribute("aria-pressed", String(this.loop));
  }
}

/** Set the accessible name of a button, and its visible text `seen`. */
function name(/** @type {HTMLElement} */ button, /** @type {string} */ label, seen = "") {
  button.textContent = seen;
  button.title = label;
  button.setAttribute("aria-label", label);
}

// The timeline below the map: a histogram, the selected period, and the playback controls.

import { DAY_MS } from "../data/bins.js";
import { formatCount, formatMonth, formatPeriod, formatSecond, formatYear } from "../data/formatting.js";
import { contextOf, make } from "../dom.js";
import { palette } from "../layers/theme.js";
import { formatNumber, tr, trn } from "../words.js";
import { BinTip } from "./bin_tip.js";
import { Brush } from "./brush.js";
import { Player } from "./player.js";

/** @import { Happening, Histogram, Period } from "../types.js" */
/** @import { OnRest } from "./brush.js" */

const HISTOGRAM_PX = 46;
const LEAST_BIN_PX = 2;

export class Timeline {
  /** @type {Histogram | null} */
  histogram = null;
  /** @type {Happening[]} */
  happenings = [];

  /**
   * @param {HTMLElement} host
   * @param {{onMove: (period: Period) => void, onRest: OnRest}} handlers
   */
  constructor(host, { onMove, onRest }) {
    this.title = make("output", { class: "rm-period", "aria-live": "polite" });
    this.count = make("span", { class: "rm-count" });
    this.canvas = make("canvas", { class: "rm-histogram", "aria-hidden": "true" });
    // The number of events in the highest bin: without it the axis has no scale.
    this.most = make("span", { class: "rm-most", "aria-hidden": "true" });
    this.track = make("div", { class: "rm-track" }, this.canvas, this.most);
    this.pins = make("div", { class: "rm-pins" });
    this.ticks = make("div", { class: "rm-ticks", "aria-hidden": "true" });
    this.brush = new Brush(this.track, {
      onMove: (period) => {
        this.player.stop();
        this.say(period);
        onMove(period);
      },
      onRest,
    });
    this.player = new Player({
      brush: this.brush,
      onFrame: (period) => {
        this.say(period);
        onMove(period);
      },
      onRest,
    });
    new BinTip(
      this.track,
      () => ({ histogram: this.histogram, edges: this.brush.edges }),
      (clientX) => this.brush.dayAt(clientX),
    );
    const { transport, settings } = this.player;
    const head = make("div", { class: "rm-timehead" }, transport, this.title, this.count, settings);
    host.append(head, make("div", { class: "rm-timebody" }, this.track, this.pins, this.ticks));
    new ResizeObserver(() => this.drawAll()).observe(this.track);
    document.addEventListener("keydown", (event) => {
      const { target } = event;
      if (event.key !== " " || (target instanceof Element && target.closest("button, summary"))) return;
      event.preventDefault();
      this.player.toggle();
    });
  }

  /** @returns {number} How many bins fit, as one of the values that the server accepts. */
  get room() {
    const width = this.track.clientWidth || 600;
    return [500, 250, 120].find((n) => width / n >= LEAST_BIN_PX) ?? 60;
  }

  /** Return whether somebody is brushing or playing. */
  get isMoving() {
    return this.player.playing || this.brush.held;
  }

  /** Set the bins' edges, and the first and last day with events. */
  setEdges(/** @type {ArrayLike<number>} */ edges, /** @type {[number, number]} */ bounds) {
    this.brush.setEdges(edges, bounds);
    this.drawTicks();
    this.drawPins();
  }

  setPeriod(/** @type {Period} */ period) {
    this.brush.set(period);
    this.say(period);
  }

  say(/** @type {Period} */ period) {
    const shown = period ?? this.brush.bounds;
    const second = formatSecond(shown);
    this.title.replaceChildren(formatPeriod(shown), ...(second ? [make("small", {}, second)] : []));
  }

  /** Show the number of events in view, and the total; `all` is null if unknown. */
  sayCount(/** @type {number} */ here, /** @type {number | null} */ all) {
    const seen = { here: formatNumber(here) };
    // Translators: how many events the map shows now
    if (all === null) this.count.textContent = trn("{n} in view", "{n} in view", here);
    else if (here === all) this.count.textContent = formatCount(all);
    else this.count.textContent = trn("{here} of {n} event in view", "{here} of {n} events in view", all, seen);
  }

  setHistogram(/** @type {Histogram} */ histogram) {
    this.histogram = histogram;
    this.drawHistogram();
  }

  setContext(/** @type {Happening[]} */ happenings) {
    this.happenings = happenings;
    this.drawPins();
  }

  drawAll() {
    this.drawHistogram();
    this.drawTicks();
    this.drawPins();
  }

  /** Return the position of a day on the track, from 0 to 1. */
  at(/** @type {number} */ day) {
    const [first, last] = this.brush.limits;
    return (day - first) / (last + 1 - first);
  }

  drawHistogram() {
    const width = this.track.clientWidth;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = width * ratio;
    this.canvas.height = HISTOGRAM_PX * ratio;
    if (!this.histogram || !width) return;
    const context = contextOf(this.canvas);
    const { bins, spans } = this.histogram;
    const { edges } = this.brush;
    context.scale(ratio, ratio);
    const coarse = new Float64Array(bins.length);
    for (const [first, last, n] of spans) for (let bin = first; bin <= last; bin++) coarse[bin] += n;
    let most = 0;
    for (let bin = 0; bin < bins.length; bin++) most = Math.max(most, bins[bin] + coarse[bin]);
    this.most.textContent = bins.length > 1 && most ? tr("highest bar: {n}", { n: formatNumber(most) }) : "";
    const high = (/** @type {number} */ n) => (n ? Math.max(4, (n / most) * (HISTOGRAM_PX - 4)) : 0);
    const { accent } = palette();
    context.fillStyle = accent;
    for (let bin = 0; bin < bins.length; bin++) {
      // Align to device pixels, so that a pale wide bar shows no seams.
      const [x0, x1] = [edges[bin], edges[bin + 1]].map((day) => Math.round(this.at(day) * width * ratio) / ratio);
      const gap = x1 - x0 > 4 ? 1 : 0;
      const solid = high(bins[bin]);
      const all = high(bins[bin] + coarse[bin]);
      if (all > solid) {
        // A coarse date falls somewhere in these bins: pale and without gaps, they look like one wide bar.
        context.globalAlpha = 0.45;
        context.fillRect(x0, HISTOGRAM_PX - all, x1 - x0, all - solid);
        context.globalAlpha = 1;
      }
      if (solid) {
        const wide = Math.max(LEAST_BIN_PX, x1 - x0 - gap);
        context.beginPath();
        context.roundRect(x0, HISTOGRAM_PX - solid, wide, solid, [Math.min(2, wide / 3), Math.min(2, wide / 3), 0, 0]);
        context.fill();
      }
    }
  }

  drawTicks() {
    const [first, last] = this.brush.limits;
    const width = this.track.clientWidth || 1;
    this.ticks.replaceChildren(
      ...tickDays(first, last, width).map(([day, text]) => {
        const tick = make("span", {}, text);
        tick.style.left = `${this.at(day) * 100}%`;
        return tick;
      }),
    );
  }

  drawPins() {
    const [first, last] = this.brush.limits;
    const seen = this.happenings.filter((happening) => happening.end >= first && happening.start <= last);
    this.pins.replaceChildren(
      ...seen.map((happening) => {
        const { title, start, end } = happening;
        const text = tr("{title} ({period})", { title, period: formatPeriod([start, end]) });
        const pin = make("button", { class: "rm-pin", type: "button", "aria-label": text });
        pin.style.left = `${this.at((start + end + 1) / 2) * 100}%`;
        const note = make("span", { class: "rm-note", role: "tooltip" }, text);
        if (this.at(start) > 0.5) note.classList.add("rm-note-left");
        pin.append(note);
        return pin;
      }),
    );
  }
}

/**
 * Return the days to label on the axis, with their text: years, or months if there is space.
 *
 * @param {number} first
 * @param {number} last
 * @param {number} width In pixels.
 * @returns {[number, string][]}
 */
export function tickDays(first, last, width) {
  const room = Math.max(2, Math.floor(width / 76));
  const years = (last - first) / 365.25;
  /** @type {[number, "month" | "year"][]} */
  const steps = [
    [1 / 12, "month"],
    [0.25, "month"],
    [1, "year"],
    [2, "year"],
    [5, "year"],
    [10, "year"],
    [20, "year"],
    [50, "year"],
  ];
  const [step, unit] = steps.find(([size]) => years / size <= room) ?? steps[steps.length - 1];
  const begin = new Date(first * DAY_MS);
  /** @type {[number, string][]} */
  const ticks = [];
  if (unit === "year") {
    for (let year = Math.ceil(begin.getUTCFullYear() / step) * step; ; year += step) {
      const day = Date.UTC(year, 0, 1) / DAY_MS;
      if (day > last) break;
      if (day >= first) ticks.push([day, formatYear(year)]);
    }
    return ticks;
  }
  const months = Math.round(step * 12);
  for (let month = 0; ; month += months) {
    const day = Date.UTC(begin.getUTCFullYear(), month, 1) / DAY_MS;
    if (day > last) break;
    const year = begin.getUTCFullYear() + Math.floor(month / 12);
    if (day >= first) ticks.push([day, month % 12 === 0 ? formatYear(year) : formatMonth(day)]);
  }
  return ticks;
}

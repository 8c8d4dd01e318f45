// The strip under the map: what was when, which period is chosen, and the controls that play it.

import { Brush } from "./brush.js";
import { make } from "./dom.js";
import { palette } from "./look.js";
import { Player } from "./player.js";
import { countWords, periodWords } from "./words.js";

const DAY_MS = 86_400_000;
const BARS_PX = 46;
const LEAST_BAR_PX = 2;

export class Timeline {
  constructor(host, { onMove, onRest, onPlaying }) {
    this.title = make("output", { class: "rm-period", "aria-live": "polite" });
    this.count = make("span", { class: "rm-count" });
    this.canvas = make("canvas", { class: "rm-bars", "aria-hidden": "true" });
    this.track = make("div", { class: "rm-track" }, this.canvas);
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
      onPlaying,
    });
    const head = make("div", { class: "rm-timehead" }, ...this.player.transport, this.title, this.count, ...this.player.settings);
    host.append(head, make("div", { class: "rm-timebody" }, this.track, this.pins, this.ticks));
    new ResizeObserver(() => this.drawAll()).observe(this.track);
  }

  /** Return how many bars there is room for, as one of the numbers that the server takes. */
  get room() {
    const width = this.track.clientWidth || 600;
    return [500, 250, 120].find((n) => width / n >= LEAST_BAR_PX) ?? 60;
  }

  /** Tell whether someone brushes or plays just now. */
  get isMoving() {
    return this.player.playing || this.brush.held;
  }

  /** Take over the bars' edges, and the first and last day that have events. */
  setEdges(edges, bounds) {
    this.brush.setEdges(edges, bounds);
    this.drawTicks();
    this.drawPins();
  }

  setPeriod(period) {
    this.brush.set(period);
    this.say(period);
  }

  say(period) {
    this.title.textContent = periodWords(period ?? this.brush.bounds);
  }

  /** Say how many events are in view, and of how many; `all` is null where that is not known. */
  sayCount(here, all) {
    const number = here.toLocaleString("en-GB");
    if (all === null) this.count.textContent = `${number} in view`;
    else this.count.textContent = here === all ? countWords(all) : `${number} of ${countWords(all)} in view`;
  }

  setHistogram({ bars, spans }) {
    this.histogram = { bars, spans };
    this.drawBars();
  }

  setMarks(marks) {
    this.marks = marks;
    this.drawPins();
  }

  drawAll() {
    this.drawBars();
    this.drawTicks();
    this.drawPins();
  }

  at(day) {
    const [first, last] = this.brush.limits;
    return (day - first) / (last + 1 - first);
  }

  drawBars() {
    const width = this.track.clientWidth, ratio = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = width * ratio;
    this.canvas.height = BARS_PX * ratio;
    if (!this.histogram || !width) return;
    const context = this.canvas.getContext("2d");
    const { bars, spans } = this.histogram, { edges } = this.brush;
    context.scale(ratio, ratio);
    const coarse = new Float64Array(bars.length);
    for (const [first, last, n] of spans) for (let bar = first; bar <= last; bar++) coarse[bar] += n;
    let most = 1;
    for (let bar = 0; bar < bars.length; bar++) most = Math.max(most, bars[bar] + coarse[bar]);
    const high = (n) => (n ? Math.max(4, (n / most) * (BARS_PX - 4)) : 0);
    const { accent } = palette();
    context.fillStyle = accent;
    for (let bar = 0; bar < bars.length; bar++) {
      // On whole device pixels, or a pale wide bar shows its seams.
      const [x0, x1] = [edges[bar], edges[bar + 1]].map((day) => Math.round(this.at(day) * width * ratio) / ratio);
      const gap = x1 - x0 > 4 ? 1 : 0;
      const solid = high(bars[bar]), all = bars[bar] ? high(bars[bar] + coarse[bar]) : high(coarse[bar]);
      if (all > solid) {
        // A coarse date is somewhere in these bars: pale, and without gaps it reads as one wide bar.
        context.globalAlpha = 0.45;
        context.fillRect(x0, BARS_PX - all, x1 - x0, all - solid);
        context.globalAlpha = 1;
      }
      if (solid) {
        const wide = Math.max(LEAST_BAR_PX, x1 - x0 - gap);
        context.beginPath();
        context.roundRect(x0, BARS_PX - solid, wide, solid, [Math.min(2, wide / 3), Math.min(2, wide / 3), 0, 0]);
        context.fill();
      }
    }
  }

  drawTicks() {
    const [first, last] = this.brush.limits;
    const width = this.track.clientWidth || 1;
    this.ticks.replaceChildren(...tickDays(first, last, width).map(([day, text]) => {
      const tick = make("span", {}, text);
      tick.style.left = `${this.at(day) * 100}%`;
      return tick;
    }));
  }

  drawPins() {
    const [first, last] = this.brush.limits;
    const seen = (this.marks ?? []).filter((mark) => mark.end >= first && mark.start <= last);
    this.pins.replaceChildren(...seen.map((mark) => {
      const words = `${mark.title} (${periodWords([mark.start, mark.end])})`;
      const pin = make("button", { class: "rm-pin", type: "button", "aria-label": words });
      pin.style.left = `${this.at((mark.start + mark.end + 1) / 2) * 100}%`;
      const note = make("span", { class: "rm-note", role: "tooltip" }, words);
      if (this.at(mark.start) > 0.5) note.classList.add("rm-note-left");
      pin.append(note);
      return pin;
    }));
  }
}

/** Return the days to write under the line, with their words: years, or months where there is room. */
function tickDays(first, last, width) {
  const room = Math.max(2, Math.floor(width / 76));
  const years = (last - first) / 365.25;
  const steps = [[1 / 12, "month"], [0.25, "month"], [1, "year"], [2, "year"], [5, "year"], [10, "year"], [20, "year"], [50, "year"]];
  const [step, unit] = steps.find(([size]) => years / size <= room) ?? steps.at(-1);
  const begin = new Date(first * DAY_MS);
  const ticks = [];
  if (unit === "year") {
    for (let year = Math.ceil(begin.getUTCFullYear() / step) * step; ; year += step) {
      const day = Date.UTC(year, 0, 1) / DAY_MS;
      if (day > last) break;
      if (day >= first) ticks.push([day, String(year)]);
    }
    return ticks;
  }
  const months = Math.round(step * 12);
  for (let month = 0; ; month += months) {
    const date = new Date(Date.UTC(begin.getUTCFullYear(), month, 1));
    const day = date / DAY_MS;
    if (day > last) break;
    const name = date.toLocaleString("en-GB", { month: "short", timeZone: "UTC" });
    if (day >= first) ticks.push([day, month % 12 === 0 ? String(date.getUTCFullYear()) : name]);
  }
  return ticks;
}

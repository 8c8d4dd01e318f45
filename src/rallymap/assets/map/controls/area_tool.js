// The button for drawing an area on the map, a rectangle or a polygon; the page then filters by it.

import { boxBetween, crossesItself, goesRound, MAX_CORNERS, ringOf } from "../data/areas.js";
import { post } from "../data/messages.js";
import { make } from "../dom.js";
import { addButton, screenStep } from "../leaflet.js";
import { mark, tr, trn } from "../words.js";
import { Outline } from "./outline.js";

/** @import { LatLng } from "leaflet" */

/** @typedef {[number, number]} Pixel From the map's top left corner. */

const LABEL = mark("Show only events in an area");
const HINT = mark("Press each corner of the area, or drag a rectangle.");
const KEYS = mark(
  "Arrow keys move the cross, Space sets a corner, Backspace removes the last one. Enter finishes, Escape cancels.",
);
const MIN_PX = 8;
/** Radius around the first corner within which a click closes the area. */
const REACH_PX = 14;
const STEP_PX = 10;
const LONG_STEP_PX = 50;

/** @type {Record<string, Pixel>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class AreaTool {
  /** @type {Pixel | null} Start of the pointer's drag. */
  start = null;
  /** @type {LatLng[]} The corners so far. */
  corners = [];
  /** @type {Pixel | null} Cross at which the keyboard sets a corner. */
  cross = null;

  constructor(/** @type {import("leaflet").Map} */ map, /** @type {HTMLElement} */ stage) {
    this.map = map;
    const label = tr(LABEL);
    this.button = make("a", { class: "rm-area", href: "#", role: "button", title: label, "aria-label": label });
    this.outline = new Outline();
    this.said = make("p", { role: "status" });
    this.done = make("button", { type: "button", class: "rm-draw-done", onclick: () => this.finish() });
    this.back = make("button", { type: "button", onclick: () => this.removeLast() }, tr("Remove last corner"));
    const cancel = make("button", { type: "button", onclick: () => this.turn(false) }, tr("Cancel"));
    this.bar = make(
      "div",
      { class: "rm-draw-bar", onpointerdown: (/** @type {Event} */ event) => event.stopPropagation() },
      this.said,
      make("p", { class: "rm-draw-keys" }, tr(KEYS)),
      make("div", { class: "rm-draw-buttons" }, this.done, this.back, cancel),
    );
    this.sheet = make(
      "div",
      {
        class: "rm-draw",
        hidden: true,
        tabindex: "0",
        role: "application",
        "aria-label": `${tr(HINT)} ${tr(KEYS)}`,
        onpointerdown: (/** @type {PointerEvent} */ event) => this.begin(event),
        onpointermove: (/** @type {PointerEvent} */ event) => this.draw(event),
        onpointerup: (/** @type {PointerEvent} */ event) => this.end(event),
        onpointercancel: () => this.turn(false),
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.press(event),
      },
      this.outline.element,
      this.bar,
    );
    stage.append(this.sheet);
    addButton(map, this.button, () => this.turn(Boolean(this.sheet.hidden)));
    map.on("move zoomend resize", () => this.show());
    this.turn(false);
  }

  /** Start or end drawing. */
  turn(/** @type {boolean} */ isOn) {
    const hadFocus = this.sheet.contains(document.activeElement);
    this.sheet.hidden = !isOn;
    this.start = this.cross = null;
    this.corners = [];
    this.button.setAttribute("aria-pressed", String(isOn));
    if (isOn) {
      this.sheet.focus();
      if (this.sheet.matches(":focus-visible")) this.cross = this.middle();
      this.show();
      this.say(tr(HINT));
    } else if (hadFocus) this.button.focus();
  }

  begin(/** @type {PointerEvent} */ event) {
    event.preventDefault();
    if (!event.isPrimary || event.button > 0) return;
    this.sheet.focus();
    this.sheet.setPointerCapture(event.pointerId);
    this.start = this.pointOf(event);
    this.cross = null;
  }

  draw(/** @type {PointerEvent} */ event) {
    const at = this.pointOf(event);
    if (this.start && !this.corners.length) this.outline.showRectangle(this.start, at);
    else if (event.pointerType === "mouse" || this.start) this.show(at);
  }

  end(/** @type {PointerEvent} */ event) {
    const { start } = this;
    if (!start || !event.isPrimary) return;
    this.start = null;
    const at = this.pointOf(event);
    const [width, height] = [0, 1].map((axis) => Math.abs(at[axis] - start[axis]));
    if (this.corners.length || Math.max(width, height) < MIN_PX) this.addCorner(at);
    else if (Math.min(width, height) >= MIN_PX) this.take({ area: boxBetween(this.placeOf(start), this.placeOf(at)) });
    else this.show();
  }

  press(/** @type {KeyboardEvent} */ event) {
    const { key } = event;
    event.stopPropagation(); // Space plays the timeline otherwise
    if (key === "Escape") this.turn(false);
    else if (event.target !== this.sheet) return;
    else if (key === "Enter") this.finish();
    else if (key === "Backspace" || key === "Delete") this.removeLast();
    else if (key === " ") this.addCorner(this.aim());
    else if (ARROWS[key]) this.step(ARROWS[key], event.shiftKey ? LONG_STEP_PX : STEP_PX);
    else return;
    event.preventDefault();
  }

  /** Move the keyboard's cross; at an edge, pan the map instead. */
  step(/** @type {Pixel} */ [dx, dy], /** @type {number} */ px) {
    const [x, y] = this.aim();
    const size = this.map.getSize();
    const [toX, toY] = [x + dx * px, y + dy * px];
    this.cross = [Math.max(0, Math.min(size.x, toX)), Math.max(0, Math.min(size.y, toY))];
    const beyond = screenStep(toX - this.cross[0], toY - this.cross[1]);
    if (beyond.x || beyond.y) this.map.panBy(beyond, { animate: false });
    this.show();
  }

  addCorner(/** @type {Pixel} */ at) {
    const { corners } = this;
    const isAt = (/** @type {LatLng} */ corner, /** @type {number} */ reach) =>
      Math.hypot(at[0] - this.pixelOf(corner)[0], at[1] - this.pixelOf(corner)[1]) <= reach;
    if (corners.length > 2 && isAt(corners[0], REACH_PX)) return this.finish();
    const place = this.placeOf(at);
    if (corners.length === MAX_CORNERS)
      return this.say(trn("An area has at most {n} corner.", "An area has at most {n} corners.", MAX_CORNERS));
    if (goesRound([...corners, place]))
      return this.say(tr("The area would go around the whole Earth. Set this corner nearer to the others."));
    // Ignore the second click of a double click.
    if (!corners.length || !isAt(corners[corners.length - 1], MIN_PX / 2)) corners.push(place);
    this.sayCorners();
  }

  removeLast() {
    this.corners.pop();
    this.sayCorners();
    if (!this.corners.length) this.sheet.focus();
  }

  /** Apply the drawn area, or the visible area if there is no corner yet. */
  finish() {
    const { x, y } = this.map.getSize();
    const { corners } = this;
    if (!corners.length) this.take({ area: boxBetween(this.placeOf([0, 0]), this.placeOf([x, y])) });
    else if (corners.length > 2) this.take({ ring: ringOf(corners, this.map.getZoom()) });
    else this.say(tr("An area needs three corners or more."));
  }

  take(/** @type {Record<string, unknown>} */ message) {
    post(message);
    this.turn(false);
  }

  sayCorners() {
    const { length } = this.corners;
    this.show();
    if (crossesItself(this.corners)) this.say(tr("Sides of the area cross: only what is shaded counts."));
    else this.say(length ? trn("{n} corner", "{n} corners", length) : tr(HINT));
  }

  say(/** @type {string} */ sentence) {
    this.said.textContent = sentence;
    const { length } = this.corners;
    this.done.textContent = length ? tr("Done") : tr("Use what the map shows");
    this.done.disabled = length === 1 || length === 2;
    this.back.hidden = !length;
  }

  /** Render the corners at their current positions, and a line to the pointer. */
  show(/** @type {Pixel | null} */ pointer = this.cross) {
    if (this.sheet.hidden) return;
    const pixels = this.corners.map((corner) => this.pixelOf(corner));
    this.outline.showCorners(pixels, pointer, this.cross, pixels.length > 2 ? REACH_PX : 0);
  }

  /** @returns {Pixel} The position of the keyboard's cross, initially the centre of the map. */
  aim() {
    this.cross ??= this.middle();
    return this.cross;
  }

  /** @returns {Pixel} */
  middle() {
    const { x, y } = this.map.getSize();
    return [Math.round(x / 2), Math.round(y / 2)];
  }

  placeOf(/** @type {Pixel} */ at) {
    return this.map.containerPointToLatLng(at);
  }

  /** @returns {Pixel} */
  pixelOf(/** @type {LatLng} */ place) {
    const { x, y } = this.map.latLngToContainerPoint(place);
    return [x, y];
  }

  /** @returns {Pixel} The position of a pointer. */
  pointOf(/** @type {PointerEvent} */ event) {
    const { left, top } = this.sheet.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }
}

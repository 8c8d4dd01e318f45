// The button that draws a rectangle on the map; the page then shows the events within it.

import { boxBetween } from "../data/areas.js";
import { post } from "../data/messages.js";
import { make } from "../dom.js";
import { addButton } from "../leaflet.js";
import { mark, tr } from "../words.js";

const LABEL = mark("Show only events in an area");
const HINT = mark("Drag to draw a rectangle. Enter takes what the map shows, Escape ends drawing.");
const MIN_PX = 8;

export class AreaTool {
  /** @type {[number, number] | null} Where the rectangle began, in pixels of the map. */
  start = null;

  constructor(/** @type {import("leaflet").Map} */ map, /** @type {HTMLElement} */ stage) {
    this.map = map;
    const label = tr(LABEL);
    this.button = make("a", { class: "rm-area", href: "#", role: "button", title: label, "aria-label": label });
    this.frame = make("div", { class: "rm-draw-frame", hidden: true });
    this.sheet = make(
      "div",
      {
        class: "rm-draw",
        hidden: true,
        tabindex: "0",
        role: "group",
        "aria-label": tr(HINT),
        onpointerdown: (/** @type {PointerEvent} */ event) => this.begin(event),
        onpointermove: (/** @type {PointerEvent} */ event) => this.draw(event),
        onpointerup: (/** @type {PointerEvent} */ event) => this.end(event),
        onpointercancel: () => this.turn(false),
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.press(event),
      },
      make("p", {}, tr(HINT)),
      this.frame,
    );
    stage.append(this.sheet);
    addButton(map, this.button, () => this.turn(Boolean(this.sheet.hidden)));
    this.turn(false);
  }

  /** Begin or end drawing. */
  turn(/** @type {boolean} */ isOn) {
    const hadFocus = this.sheet.contains(document.activeElement);
    this.sheet.hidden = !isOn;
    this.frame.hidden = true;
    this.start = null;
    this.button.setAttribute("aria-pressed", String(isOn));
    if (isOn) this.sheet.focus();
    else if (hadFocus) this.button.focus();
  }

  begin(/** @type {PointerEvent} */ event) {
    this.sheet.setPointerCapture(event.pointerId);
    this.start = this.pointOf(event);
    event.preventDefault();
  }

  draw(/** @type {PointerEvent} */ event) {
    if (!this.start) return;
    const [x, y] = this.pointOf(event);
    const { style } = this.frame;
    style.left = `${Math.min(x, this.start[0])}px`;
    style.top = `${Math.min(y, this.start[1])}px`;
    style.width = `${Math.abs(x - this.start[0])}px`;
    style.height = `${Math.abs(y - this.start[1])}px`;
    this.frame.hidden = false;
  }

  end(/** @type {PointerEvent} */ event) {
    if (!this.start) return;
    const [x, y] = this.pointOf(event);
    const isDrawn = Math.abs(x - this.start[0]) >= MIN_PX && Math.abs(y - this.start[1]) >= MIN_PX;
    if (isDrawn) this.take(this.start, [x, y]);
    else this.start = null;
  }

  press(/** @type {KeyboardEvent} */ event) {
    const { x, y } = this.map.getSize();
    if (event.key === "Enter") this.take([0, 0], [x, y]);
    else if (event.key === "Escape") this.turn(false);
  }

  take(/** @type {[number, number]} */ one, /** @type {[number, number]} */ other) {
    const [from, to] = [one, other].map((point) => this.map.containerPointToLatLng(point));
    post({ area: boxBetween(from, to) });
    this.turn(false);
  }

  /** @returns {[number, number]} Where a pointer is, in pixels of the map. */
  pointOf(/** @type {PointerEvent} */ event) {
    const { left, top } = this.sheet.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }
}

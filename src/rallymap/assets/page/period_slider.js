// The slider of a page's period: two thumbs on the days of the record. rallymap/ui/explore/period_slider.py mounts it.
//
// Each thumb is a native range input, as large as the thumb, for keys and screen readers; the track handles pointers.
// Time runs from left to right in every language, as on the map's timeline (docs/directions.md). A map on the page
// follows the event "rallymap:period" while a thumb moves; Streamlit gets the period when the thumb rests.

import { DAY_MS } from "../map/data/bins.js";
import { dateWords, secondWords, yearWords } from "../map/data/date_words.js";
import { make } from "../map/dom.js";

/** @import { DatesOfLanguage, SecondCalendar } from "../map/types.js" */

/** @typedef {[number, number]} Days First and last day, days since 1970-01-01. */
/**
 * @typedef {object} SliderData
 * @property {string} session
 * @property {number} answered Number of the last message that the page knows of.
 * @property {Days} limits
 * @property {Days} days
 * @property {string} label
 * @property {[string, string]} ends Names of the thumbs.
 * @property {DatesOfLanguage} dates
 * @property {SecondCalendar | null} second
 * @property {string} both A date with the same in the second calendar.
 */
/**
 * @typedef {{data: SliderData, parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} Component
 *   The arguments from Streamlit.
 */

const KEYS_MS = 200;
const DRAG_PX = 4;
const THUMB_PX = 12; // radius

/** @type {WeakMap<HTMLElement, PeriodSlider>} */
const sliders = new WeakMap();
let messages = 0;

/**
 * Show the slider; Streamlit calls this at the first run and whenever the data changes.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the element is removed.
 */
export default function mount({ data, parentElement, setStateValue }) {
  const slider = sliders.get(parentElement) ?? new PeriodSlider(parentElement, data);
  sliders.set(parentElement, slider);
  slider.send = (days) => {
    messages += 1;
    setStateValue("message", { session: data.session, seq: messages, days });
    return messages;
  };
  slider.show(data);
  return () => slider.flush(); // a popover may close before the pause after a key has passed
}

class PeriodSlider {
  /** @type {(days: Days) => number} */
  send = () => 0;
  /** Number of the last message. */
  sent = 0;
  isHeld = false;
  hasMoved = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  constructor(/** @type {HTMLElement} */ parent, /** @type {SliderData} */ data) {
    this.data = data;
    this.days = data.days;
    // The rows of words are hidden from screen readers, which read the same as the values of the thumbs.
    this.words = [make("p"), make("p")];
    this.years = [make("span"), make("span")];
    this.stretch = make("i");
    this.thumbs = [0, 1].map((end) => this.makeThumb(end));
    this.track = make("div", { class: "rm-slider-track" }, this.stretch, ...this.thumbs);
    this.track.addEventListener("pointerdown", (event) => this.grab(event));
    this.box = make(
      "div",
      { class: "rm-slider", dir: "ltr", role: "group" },
      make("div", { class: "rm-slider-days", "aria-hidden": "true" }, ...this.words),
      this.track,
      make("div", { class: "rm-slider-years", "aria-hidden": "true" }, ...this.years),
    );
    parent.replaceChildren(this.box);
  }

  makeThumb(/** @type {number} */ end) {
    const thumb = make("input", { type: "range" });
    thumb.addEventListener("input", () => this.step(end, thumb.valueAsNumber));
    thumb.addEventListener("keydown", (event) => {
      const months = { PageUp: 1, PageDown: -1 }[event.key];
      if (!months) return;
      event.preventDefault(); // a browser's own step is a tenth of the track
      this.step(end, monthsAfter(this.days[end], months));
    });
    // The track moves the thumb: it also does so where the thumb is not the nearest.
    for (const type of ["mousedown", "touchstart"])
      thumb.addEventListener(type, (event) => event.preventDefault(), { passive: false });
    return thumb;
  }

  /** Apply the page's state, unless the visitor has moved a thumb since. */
  show(/** @type {SliderData} */ data) {
    if (data.session !== this.data.session) this.sent = 0;
    this.data = data;
    this.box.setAttribute("aria-label", data.label);
    for (const [end, thumb] of this.thumbs.entries()) thumb.setAttribute("aria-label", data.ends[end]);
    const isOlder = this.isHeld || this.hasMoved || data.answered < this.sent;
    this.place(isOlder ? this.days : data.days);
  }

  place(/** @type {Days} */ days) {
    this.days = days;
    const { limits, both } = this.data;
    for (const [end, thumb] of this.thumbs.entries()) {
      const [date, second] = this.datesOf(days[end]);
      thumb.min = String(end ? days[0] : limits[0]);
      thumb.max = String(end ? limits[1] : days[1]);
      thumb.value = String(days[end]);
      thumb.style.left = `${this.partOf(days[end]) * 100}%`;
      thumb.setAttribute("aria-valuetext", second ? both.replace("{date}", date).replace("{second}", second) : date);
      this.words[end].replaceChildren(
        make("span", { dir: "auto" }, date),
        ...(second ? [make("small", { dir: "auto" }, second)] : []),
      );
      this.years[end].textContent = yearWords(this.data.dates, new Date(limits[end] * DAY_MS).getUTCFullYear());
    }
    this.stretch.style.left = this.thumbs[0].style.left;
    this.stretch.style.width = `${(this.partOf(days[1]) - this.partOf(days[0])) * 100}%`;
  }

  /** @returns {[string, string]} A day in words, and in the second calendar. */
  datesOf(/** @type {number} */ day) {
    const { dates, second } = this.data;
    return [dateWords(dates, day, "yMMMMd"), second ? secondWords(second, day) : ""];
  }

  partOf(/** @type {number} */ day) {
    const [first, last] = this.data.limits;
    return (day - first) / (last - first);
  }

  /** Move a thumb, not past the other one. */
  move(/** @type {number} */ end, /** @type {number} */ wanted) {
    const [low, high] = end ? [this.days[0], this.data.limits[1]] : [this.data.limits[0], this.days[1]];
    const day = Math.max(low, Math.min(high, wanted));
    if (day === this.days[end]) return;
    this.hasMoved = true;
    this.moveTo(end ? [this.days[0], day] : [day, this.days[1]]);
  }

  moveTo(/** @type {Days} */ days) {
    this.place(days);
    document.dispatchEvent(new CustomEvent("rallymap:period", { detail: days }));
  }

  /** Move by a key or by a screen reader, of which more may follow. */
  step(/** @type {number} */ end, /** @type {number} */ day) {
    this.move(end, day);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), KEYS_MS);
  }

  /** Send the period if it was moved. */
  flush() {
    clearTimeout(this.timer);
    if (!this.hasMoved || this.isHeld) return;
    this.hasMoved = false;
    // Moved back: to send it would close a period that reaches beyond the record.
    if (this.data.answered >= this.sent && String(this.days) === String(this.data.days)) return;
    this.sent = this.send(this.days);
  }

  /** A tap moves the nearest thumb to it; a drag takes the nearest thumb along. */
  grab(/** @type {PointerEvent} */ event) {
    if (event.button !== 0 || this.isHeld) return;
    event.preventDefault();
    const { left, width } = this.track.getBoundingClientRect();
    const [first, last] = this.data.limits;
    const dayAt = (/** @type {number} */ x) => first + Math.round(((x - left) / width) * (last - first));
    const from = event.clientX;
    const before = this.days;
    const places = before.map((day) => left + this.partOf(day) * width);
    const [toFirst, toLast] = places.map((x) => Math.abs(from - x));
    const isOn = Math.min(toFirst, toLast) <= THUMB_PX;
    const isOnBoth = Math.max(toFirst, toLast) <= THUMB_PX;
    let end = toFirst < toLast || (toFirst === toLast && from < places[0]) ? 0 : 1;
    let isDragged = false;
    const drag = (/** @type {PointerEvent} */ { clientX }) => {
      if (!isDragged && Math.abs(clientX - from) < DRAG_PX) return;
      if (!isDragged && isOnBoth) end = clientX < from ? 0 : 1; // either thumb was meant
      if (!isDragged) this.focus(end);
      isDragged = true;
      this.move(end, dayAt(isOn ? clientX - from + places[end] : clientX));
    };
    const listening = new AbortController();
    const drop = () => {
      this.isHeld = false;
      listening.abort();
      this.flush();
    };
    const listen = { signal: listening.signal };
    this.isHeld = true;
    this.track.setPointerCapture(event.pointerId);
    this.track.addEventListener("pointermove", drag, listen);
    this.track.addEventListener(
      "pointerup",
      () => {
        if (!isDragged && !isOn) this.move(end, dayAt(from));
        drop();
      },
      listen,
    );
    this.track.addEventListener(
      "pointercancel",
      () => {
        if (isDragged) this.moveTo(before); // the page scrolls instead
        drop();
      },
      listen,
    );
    this.focus(end);
  }

  focus(/** @type {number} */ end) {
    this.thumbs[end].focus({ preventScroll: true });
  }
}

/** Return the same day of a later or earlier month, or that month's last day. */
function monthsAfter(/** @type {number} */ day, /** @type {number} */ months) {
  const date = new Date(day * DAY_MS);
  const wanted = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate());
  const last = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0);
  return Math.min(wanted, last) / DAY_MS;
}

// The map's view. It fits all events, or the event in the URL, until a person moves the map, and then stays at that
// view. Only a view chosen by a person goes into the URL, so that a URL shows the same on every screen.

import { keepFractionalMinimum } from "../leaflet.js";

/** @import { AnswerPoint, Box, View } from "../types.js" */

const REST_MS = 350;
const EDGE_PX = 40; // margin on each side of the fitted area
const CLOSEST_FIT = 6; // a country and its neighbours
const CLOSEST_ROUTE = 13; // a part of a city
const CROSSING_SHARE = 2 / 3; // share of the width without crossing the antimeridian
const WORLD_PX = 256; // at zoom 0
const INHABITED_SHARE = 0.5; // height of the inhabited world relative to its width
const MOST_WORLDS = 1.6; // wider than that, a map zooms in between two whole zooms
const LEAST_ONCE = 0.3; // the smallest phones need the space, or buttons cover markers
const RESET = /** @type {import("leaflet").ZoomPanOptions} */ ({ reset: true });

export class Viewport {
  /** @type {View | null} View chosen by a person or the URL; null fits all events. */
  place = null;
  /** @type {View | null} View around the event in the URL. */
  linked = null;
  /** @type {Box | null} Extent of all events, once known. */
  box = null;
  /** @type {Box} Last known extent with events: a filter without events does not move the map. */
  lastBox = [0, 0.25, 1, 0.75];
  own = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /**
   * @param {import("leaflet").Map} map
   * @param {HTMLElement} stage
   * @param {{onRest: () => void, onMoved: () => void}} handlers
   *   `onRest` runs each time the map becomes idle, `onMoved` only after a person moved it.
   */
  constructor(map, stage, { onRest, onMoved }) {
    this.map = map;
    this.furthest = map.getMinZoom();
    keepFractionalMinimum(map);
    map.on("moveend", () => {
      if (!this.own) this.moved(onMoved);
      onRest();
    });
    new ResizeObserver(() => this.resize()).observe(stage);
  }

  /** Return whether the map should fit all events but their extent is not known yet. */
  get waits() {
    return this.place === null && this.box === null;
  }

  get showsAll() {
    return this.place === null && this.linked === null;
  }

  /** @returns {View} The current view. */
  now() {
    const centre = this.map.getCenter().wrap();
    return [round(centre.lat), round(centre.lng), Math.floor(this.map.getZoom())];
  }

  /** Go to a view from the URL, or fit all events (null). */
  open(/** @type {View | null} */ place) {
    this.place = place;
    this.linked = null;
    this.apply();
  }

  /** Forget the extent of the events, because other events are shown now. */
  forget() {
    this.box = null;
    this.linked = null;
  }

  /** Set the extent of the events; null if there are none. */
  fit(/** @type {Box | null} */ box) {
    this.lastBox = box ?? this.lastBox;
    this.box = this.lastBox;
    if (this.limit() || this.showsAll) this.apply();
  }

  /** Go to a box at a person's request, with a zoom between `furthest` and `closest`. */
  goTo(/** @type {Box} */ box, /** @type {{closest: number, furthest: number}} */ { closest, furthest }) {
    this.map.setView(this.middleOf(box), Math.max(furthest, Math.min(closest, this.zoomOf(box))));
  }

  /**
   * Move the map to an event: if a person asked for it, only until it is in view; otherwise as close as a country, or
   * until its route fills the map.
   *
   * @param {[number, number]} point
   * @param {{asked: boolean, route?: [number, number][]}} how
   */
  reveal(point, { asked, route = [] }) {
    if (asked) {
      if (!this.map.getBounds().contains(point)) this.map.panTo(point);
    } else if (this.place === null) {
      const along = route.map((at) => this.map.project(at, 0).divideBy(256));
      const [xs, ys] = [along.map(({ x }) => x), along.map(({ y }) => y)];
      /** @type {Box} */
      const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
      this.linked =
        route.length > 1 ? [...this.middleOf(box), Math.min(CLOSEST_ROUTE, this.zoomOf(box))] : [...point, CLOSEST_FIT];
      this.apply();
    }
  }

  /** Return the largest whole zoom at which a box is completely visible; Leaflet raises it to a fractional minimum. */
  zoomOf(/** @type {Box} */ [west, north, east, south]) {
    const size = this.map.getSize().subtract([2 * EDGE_PX, 2 * EDGE_PX]);
    const fitting = Math.min(size.x / Math.max(east - west, 1e-9), size.y / Math.max(south - north, 1e-9)) / 256;
    const zoom = Math.floor(Math.log2(Math.max(fitting, 1e-9)));
    return Math.max(Math.floor(this.map.getMinZoom()), Math.min(this.map.getMaxZoom(), zoom));
  }

  /** @returns {[number, number]} Latitude and longitude of a box's centre. */
  middleOf(/** @type {Box} */ [west, north, east, south]) {
    const { lat, lng } = this.map.unproject([(west + east) * 128, (north + south) * 128], 0).wrap();
    return [lat, lng];
  }

  /** Apply the view exactly: without `RESET` Leaflet pans by whole pixels, and the centre drifts. */
  apply() {
    this.quietly(() => {
      const place = this.place ?? this.linked;
      if (place) this.map.setView([place[0], place[1]], place[2], RESET);
      else if (this.box) this.map.setView(this.middleOf(this.box), Math.min(CLOSEST_FIT, this.zoomOf(this.box)), RESET);
    });
  }

  resize() {
    this.quietly(() => {
      this.map.invalidateSize({ animate: false, pan: false });
      this.limit();
    });
    this.apply();
  }

  /** Set the minimum zoom by the size of the map and the extent of the events; return whether it has changed. */
  limit() {
    const least = furthestZoom(this.map.getSize(), this.furthest, this.box);
    if (this.map.getMinZoom() === least) return false;
    this.quietly(() => {
      if (this.map.getZoom() >= least) {
        this.map.setMinZoom(least);
        return;
      }
      // `setMinZoom` would zoom to it with an animation, whose end looks like a person's move.
      this.map.options.minZoom = least;
      this.map.setView(this.map.getCenter(), Math.floor(least), RESET); // Leaflet would round it up
      this.map.fire("zoomlevelschange");
    });
    return true;
  }

  /** Move the map without treating it as a person's move. */
  quietly(/** @type {() => void} */ move) {
    const before = this.own;
    this.own = true;
    move();
    this.own = before;
  }

  moved(/** @type {() => void} */ onMoved) {
    this.place = this.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(onMoved, REST_MS);
  }
}

/**
 * Return the minimum zoom: the world is visible at most once, so that no event appears twice, unless all events then
 * do not fit between the top and the bottom. A very wide map repeats the world only as far as these need.
 *
 * @param {{x: number, y: number}} size in pixels
 * @param {number} furthest Minimum zoom of other maps.
 * @param {Box | null} [box] Extent of all events, once known.
 */
export function furthestZoom({ x: width, y: height }, furthest, box = null) {
  const once = Math.log2(width / WORLD_PX);
  if (!(once > LEAST_ONCE)) return furthest;
  if (!box && height >= width * INHABITED_SHARE) return Math.max(furthest, once);
  const [, north, , south] = box ?? [0, 0, 0, INHABITED_SHARE];
  const room = Math.max(height - 2 * EDGE_PX, 1);
  const fitting = Math.log2(room / (WORLD_PX * Math.max(south - north, 1e-9)));
  if (fitting >= once) return Math.max(furthest, once);
  const whole = Math.floor(fitting);
  return Math.max(furthest, width > MOST_WORLDS * WORLD_PX * 2 ** whole ? fitting : whole);
}

/**
 * @returns {Box | null} The smallest extent around points on the globe; east may exceed 1. It crosses the antimeridian
 *   only if that makes it much narrower: on a world map, readers expect Europe in the middle.
 */
export function extentOf(/** @type {AnswerPoint[]} */ points) {
  const boxes = points.filter((point) => point.box).map((point) => point.box);
  if (!boxes.length) return null;
  const north = Math.min(...boxes.map((box) => box[1]));
  const south = Math.max(...boxes.map((box) => box[3]));
  const spans = boxes.map(([west, , east]) => [west, east]).sort((a, b) => a[0] - b[0]);
  // The extent excludes the widest gap between neighbours; the first gap crosses the antimeridian.
  let end = spans[0][1];
  let west = spans[0][0];
  let widest = -1;
  for (const [from, to] of spans) {
    if (from - end > widest) {
      widest = from - end;
      west = from;
    }
    end = Math.max(end, to);
  }
  const first = spans[0][0];
  // Points west of the gap come after the antimeridian.
  const east = Math.max(first, ...spans.filter((span) => span[0] < west).map((span) => span[1])) + 1;
  if (west === first || east - west > (end - first) * CROSSING_SHARE) return [first, north, end, south];
  return [west, north, east, south];
}

function round(/** @type {number} */ degrees) {
  return Math.round(degrees * 10_000) / 10_000;
}

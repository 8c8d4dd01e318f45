// Where the map looks. It shows all events, or the one that the address opens, until a person moves it, and from then on
// where they moved it: only that goes into the address, so that one address shows the same on every screen.

/** @import { AnswerPoint, Box, View } from "../types.js" */

const REST_MS = 350;
const EDGE_PX = 40; // free on each side of what is fitted
const CLOSEST_FIT = 6; // a country and its neighbours
const CLOSEST_ROUTE = 13; // a part of a city
const CROSSING_SHARE = 2 / 3; // of the width without crossing the date line
const WORLD_PX = 256; // at zoom 0
const UPRIGHT_SHARE = 0.6; // of the width is the height of what people live on
const LEAST_BETWEEN = 0.3; // the smallest phones need the room, or buttons lie over markers
const MOST_BETWEEN = 0.49; // Leaflet rounds a zoom between two, from a half upwards

export class Viewport {
  /** @type {View | null} What a person or the address chose; null: all events. */
  place = null;
  /** @type {View | null} Around the event that the address opens. */
  linked = null;
  /** @type {Box | null} Of all events, once known. */
  box = null;
  /** @type {Box} Where there were events last: a filter that leaves none does not move the map. */
  lastBox = [0, 0.25, 1, 0.75];
  own = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /**
   * @param {import("leaflet").Map} map
   * @param {HTMLElement} stage
   * @param {{onRest: () => void, onMoved: () => void}} handlers
   *   `onRest` runs each time the map comes to rest, `onMoved` only after a person moved it.
   */
  constructor(map, stage, { onRest, onMoved }) {
    this.map = map;
    this.furthest = map.getMinZoom();
    map.on("moveend", () => {
      if (!this.own) this.moved(onMoved);
      onRest();
    });
    new ResizeObserver(() => this.resize()).observe(stage);
  }

  /** Return whether the map is to show all events and it is not known yet where they are. */
  get waits() {
    return this.place === null && this.box === null;
  }

  get showsAll() {
    return this.place === null && this.linked === null;
  }

  /** @returns {View} What is shown. */
  now() {
    const centre = this.map.getCenter().wrap();
    return [round(centre.lat), round(centre.lng), Math.round(this.map.getZoom())];
  }

  /** Look at a place from the address, or with null at all events. */
  open(/** @type {View | null} */ place) {
    this.place = place;
    this.linked = null;
    this.apply();
  }

  /** Forget where the events are, as others are shown now. */
  forget() {
    this.box = null;
    this.linked = null;
  }

  /** Take note of where the events are; null: there is none. */
  fit(/** @type {Box | null} */ box) {
    this.lastBox = box ?? this.lastBox;
    this.box = this.lastBox;
    if (this.showsAll) this.apply();
  }

  /** Go to a box because a person asked for it, no closer than `closest` and no further than `furthest`. */
  goTo(/** @type {Box} */ box, /** @type {{closest: number, furthest: number}} */ { closest, furthest }) {
    this.map.setView(this.middleOf(box), Math.max(furthest, Math.min(closest, this.zoomOf(box))));
  }

  /**
   * Look at an event: where a person asked for it, no more than comes into sight; else as close as a country, or so close
   * that its route fills the map.
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

  /** Return the closest zoom at which a box is wholly seen. */
  zoomOf(/** @type {Box} */ [west, north, east, south]) {
    const size = this.map.getSize().subtract([2 * EDGE_PX, 2 * EDGE_PX]);
    const fitting = Math.min(size.x / Math.max(east - west, 1e-9), size.y / Math.max(south - north, 1e-9)) / 256;
    const zoom = Math.floor(Math.log2(Math.max(fitting, 1e-9)));
    return Math.max(this.map.getMinZoom(), Math.min(this.map.getMaxZoom(), zoom));
  }

  /** @returns {[number, number]} Latitude and longitude of a box's middle. */
  middleOf(/** @type {Box} */ [west, north, east, south]) {
    const { lat, lng } = this.map.unproject([(west + east) * 128, (north + south) * 128], 0).wrap();
    return [lat, lng];
  }

  /** Show the place or all events, exactly: without "reset" Leaflet pans by whole pixels, and the centre drifts. */
  apply() {
    this.quietly(() => {
      const reset = /** @type {import("leaflet").ZoomPanOptions} */ ({ reset: true });
      const place = this.place ?? this.linked;
      if (place) this.map.setView([place[0], place[1]], place[2], reset);
      else if (this.box) this.map.setView(this.middleOf(this.box), Math.min(CLOSEST_FIT, this.zoomOf(this.box)), reset);
    });
  }

  resize() {
    this.quietly(() => {
      this.map.invalidateSize({ animate: false, pan: false });
      this.map.setMinZoom(furthestZoom(this.map.getSize(), this.furthest));
    });
    this.apply();
  }

  /** Move the map without it being taken for a person's doing. */
  quietly(/** @type {() => void} */ move) {
    this.own = true;
    move();
    this.own = false;
  }

  moved(/** @type {() => void} */ onMoved) {
    this.place = this.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(onMoved, REST_MS);
  }
}

/**
 * Return how far a map can be zoomed out: on a phone no further than that the world is seen once, or each event would be
 * seen twice. A wide map repeats the world as other maps do: one world across it would be cut at the top and bottom.
 *
 * @param {{x: number, y: number}} size in pixels
 * @param {number} furthest of other maps
 */
export function furthestZoom({ x: width, y: height }, furthest) {
  const once = Math.log2(width / WORLD_PX);
  const isUpright = once > LEAST_BETWEEN && once < 1 && height > width * UPRIGHT_SHARE;
  return isUpright ? Math.max(furthest, Math.min(once, MOST_BETWEEN)) : furthest;
}

/**
 * @returns {Box | null} The smallest around points on the round Earth; east may be beyond 1. It crosses the date line only
 *   where that makes it much narrower: on a map of the whole world readers look for Europe in the middle.
 */
export function extentOf(/** @type {AnswerPoint[]} */ points) {
  const boxes = points.filter((point) => point.box).map((point) => point.box);
  if (!boxes.length) return null;
  const north = Math.min(...boxes.map((box) => box[1]));
  const south = Math.max(...boxes.map((box) => box[3]));
  const spans = boxes.map(([west, , east]) => [west, east]).sort((a, b) => a[0] - b[0]);
  // The widest gap between neighbours is what the extent leaves out; the first gap goes round the date line.
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
  // What is west of the gap comes after the date line.
  const east = Math.max(first, ...spans.filter((span) => span[0] < west).map((span) => span[1])) + 1;
  if (west === first || east - west > (end - first) * CROSSING_SHARE) return [first, north, end, south];
  return [west, north, east, south];
}

function round(/** @type {number} */ degrees) {
  return Math.round(degrees * 10_000) / 10_000;
}

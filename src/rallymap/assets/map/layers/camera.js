// Screen positions of points on the unit square, also during Leaflet's zoom animation.

/** @import { AnswerPoint, Box, CameraState } from "../types.js" */

const DURATION_MS = 250; // duration of .leaflet-zoom-anim

/** Follows a map and calls `onMove` whenever its view has moved. */
export class Camera {
  /** @type {{from: CameraState, to: CameraState, zoom: number, begun: number} | null} */
  flight = null;

  constructor(/** @type {import("leaflet").Map} */ map, /** @type {() => void} */ onMove) {
    this.map = map;
    this.onMove = onMove;
    map.on("move zoom viewreset resize", () => {
      if (!this.flight) onMove();
    });
    map.on("zoomanim", (event) => this.fly(/** @type {any} */ (event))); // `noUpdate` is not in Leaflet's types
    map.on("zoomend moveend", () => {
      this.flight = null;
      onMove();
    });
  }

  /** @returns {CameraState} A point is at `u * scale + x`, `v * scale + y` CSS pixels from the map's corner. */
  now() {
    if (!this.flight) return this.atRest();
    const { from, to, begun } = this.flight;
    const part = ease(Math.min(1, (performance.now() - begun) / DURATION_MS));
    const mixed = (/** @type {"scale" | "x" | "y"} */ name) => from[name] + (to[name] - from[name]) * part;
    return { scale: mixed("scale"), x: mixed("x"), y: mixed("y") };
  }

  /** @returns {CameraState} The state at the end of an animation. */
  atRest() {
    const corner = this.map.getPixelOrigin().add(this.map.containerPointToLayerPoint([0, 0]));
    return { scale: 256 * 2 ** this.map.getZoom(), x: -corner.x, y: -corner.y };
  }

  /** @returns {Box} The visible area at rest; west and east may be outside the unit square. */
  viewBox() {
    const { scale, x, y } = this.atRest();
    const size = this.map.getSize();
    return [-x / scale, -y / scale, (size.x - x) / scale, (size.y - y) / scale];
  }

  /** @returns {(point: AnswerPoint) => boolean} Whether a point is in view; always true for countries. */
  inView() {
    const [west, north, east, south] = this.viewBox();
    return (point) => {
      if (point.x === undefined) return true;
      if (point.y < north || point.y > south) return false;
      return east - west >= 1 || (((point.x - west) % 1) + 1) % 1 <= east - west;
    };
  }

  /** Return the current zoom, or the target of an animation. */
  zoom() {
    return this.flight ? this.flight.zoom : this.map.getZoom();
  }

  fly(/** @type {import("leaflet").ZoomAnimEvent & {noUpdate?: boolean}} */ { center, zoom, noUpdate }) {
    if (noUpdate) return; // a pinch: its steps arrive as "move"
    const corner = this.map.project(center, zoom).subtract(this.map.getSize().divideBy(2));
    const to = { scale: 256 * 2 ** zoom, x: -corner.x, y: -corner.y };
    this.flight = { from: this.now(), to, zoom, begun: performance.now() };
    const step = () => {
      if (!this.flight) return;
      this.onMove();
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
}

/** Leaflet's own curve, cubic-bezier(0, 0, 0.25, 1), so that markers and base map move together. */
function ease(/** @type {number} */ time) {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 20; i++) {
    const s = (low + high) / 2;
    if (0.75 * s * s * (1 - s) + s ** 3 < time) low = s;
    else high = s;
  }
  const s = (low + high) / 2;
  return 3 * s * s * (1 - s) + s ** 3;
}

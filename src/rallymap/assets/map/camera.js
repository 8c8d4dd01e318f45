// Where things on the unit square stand on the screen, also while Leaflet animates a zoom.

const DURATION_MS = 250; // as long as .leaflet-zoom-anim takes

/** Follows a map and tells `onMove` whenever what it shows stands elsewhere. */
export class Camera {
  constructor(map, onMove) {
    this.map = map;
    this.onMove = onMove;
    map.on("move zoom viewreset resize", () => {
      if (!this.flight) onMove();
    });
    map.on("zoomanim", (event) => this.fly(event));
    map.on("zoomend moveend", () => {
      this.flight = null;
      onMove();
    });
  }

  /** Return {scale, x, y}: a point stands at `u * scale + x`, `v * scale + y` CSS pixels from the map's corner. */
  now() {
    if (!this.flight) return this.atRest();
    const { from, to, begun } = this.flight;
    const part = ease(Math.min(1, (performance.now() - begun) / DURATION_MS));
    const mixed = (name) => from[name] + (to[name] - from[name]) * part;
    return { scale: mixed("scale"), x: mixed("x"), y: mixed("y") };
  }

  atRest() {
    const corner = this.map.getPixelOrigin().add(this.map.containerPointToLayerPoint([0, 0]));
    return { scale: 256 * 2 ** this.map.getZoom(), x: -corner.x, y: -corner.y };
  }

  /** Return the zoom that is shown, or flown to. */
  zoom() {
    return this.flight ? this.flight.zoom : this.map.getZoom();
  }

  fly({ center, zoom, noUpdate }) {
    if (noUpdate) return; // a pinch: its steps come as "move"
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

/** Leaflet's own curve, cubic-bezier(0, 0, 0.25, 1), so that marks and base map move as one. */
function ease(time) {
  let low = 0, high = 1;
  for (let i = 0; i < 20; i++) {
    const s = (low + high) / 2;
    if (0.75 * s * s * (1 - s) + s ** 3 < time) low = s;
    else high = s;
  }
  const s = (low + high) / 2;
  return 3 * s * s * (1 - s) + s ** 3;
}

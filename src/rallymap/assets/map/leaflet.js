// The only module that uses Leaflet's global `L`: Leaflet 2 has none, so an upgrade changes this file. The rest of the
// code gets a map and calls its methods.

import { make } from "./dom.js";
import { formatLength, IS_RTL, tr } from "./words.js";

/** @import { Circle, GridLayer, LatLng, LatLngBounds, LayerGroup, Map as LeafletMap, Marker, Point, Polygon, Polyline, TileLayer } from "leaflet" */

/** @type {import("leaflet").ControlPosition[]} The corners for controls, at the start and the end of lines. */
const [TOP_START, BOTTOM_START, BOTTOM_END] = IS_RTL
  ? ["topright", "bottomright", "bottomleft"]
  : ["topleft", "bottomleft", "bottomright"];

/** Create a map in an element; on pages from a server, folium does this. */
export function makeMap(/** @type {HTMLElement} */ element, /** @type {import("leaflet").MapOptions} */ options) {
  return L.map(element, options);
}

/**
 * Let a map keep a fractional minimum zoom. Leaflet rounds it, mostly to the next zoom, and each step that begins at it.
 */
export function keepFractionalMinimum(/** @type {LeafletMap} */ map) {
  /** @type {any} */ (map)._limitZoom = (/** @type {number} */ zoom) => {
    const least = map.getMinZoom();
    const beyond = zoom - least;
    const isStep = Math.abs(beyond - Math.round(beyond)) < 1e-6;
    const whole = isStep ? Math.floor(zoom + 1e-6) : Math.round(zoom);
    return Math.max(least, Math.min(map.getMaxZoom(), whole));
  };
}

/** Add the zoom buttons, a scale bar (valid for the centre of the map) and the credits. */
export function addStandardControls(/** @type {LeafletMap} */ map, /** @type {string} */ credits) {
  L.control.zoom({ position: TOP_START, zoomInTitle: tr("Zoom in"), zoomOutTitle: tr("Zoom out") }).addTo(map);
  // Wide enough for its text; next to the credits on a phone.
  const scale = L.control.scale({ position: BOTTOM_START, imperial: false, maxWidth: 140 });
  const bar = /** @type {any} */ (scale);
  bar._updateMetric = (/** @type {number} */ widest) => {
    const metres = bar._getRoundNum(widest);
    bar._updateScale(bar._mScale, formatLength(metres), metres / widest);
  };
  scale.addTo(map);
  L.control.attribution({ position: BOTTOM_END, prefix: false }).addAttribution(credits).addTo(map);
}

/** Add a bar with one button below the zoom buttons. */
export function addButton(
  /** @type {LeafletMap} */ map,
  /** @type {HTMLElement} */ button,
  /** @type {() => void} */ onPress,
) {
  L.DomEvent.on(button, "click", (event) => {
    L.DomEvent.stop(event);
    onPress();
  });
  const control = new L.Control({ position: TOP_START });
  control.onAdd = () => {
    const bar = make("div", { class: "leaflet-bar leaflet-control" }, button);
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  control.addTo(map);
}

/** Prevent clicks and scrolling on an element from moving the map below it. */
export function shieldMap(/** @type {HTMLElement} */ element) {
  L.DomEvent.disableClickPropagation(element);
  L.DomEvent.disableScrollPropagation(element);
}

/**
 * Create a layer of canvas tiles that `draw(canvas, coords)` fills.
 *
 * @param {{tileSize: number, overlap: number, className: string, draw: (tile: HTMLCanvasElement, coords: {x: number, y: number, z: number}) => void}} options
 *   `overlap`: pixels by which a tile is wider than its slot, so that no seam shows while the map zooms.
 * @returns {GridLayer}
 */
export function makeCanvasLayer({ tileSize, overlap, className, draw }) {
  /** @type {any} */
  const CanvasLayer = L.GridLayer.extend({
    createTile(/** @type {{x: number, y: number, z: number}} */ coords) {
      const tile = document.createElement("canvas");
      draw(tile, coords);
      return tile;
    },
    _initTile(/** @type {HTMLElement} */ tile) {
      /** @type {any} */ (L.GridLayer.prototype)._initTile.call(this, tile);
      tile.style.width = tile.style.height = `${tileSize + overlap}px`;
    },
    // Leaflet's `redraw` would make tiles of a fractional zoom, but repeat the world after the tiles of a whole one.
    _clampZoom(/** @type {number} */ zoom) {
      return /** @type {any} */ (L.GridLayer.prototype)._clampZoom.call(this, Math.round(zoom));
    },
  });
  return new CanvasLayer({ tileSize, updateWhenZooming: false, keepBuffer: 1, className });
}

/**
 * Create the layer of the operator's street tiles; nothing is fetched until it is switched on.
 *
 * @returns {(shown: boolean) => void} Shows the tiles or hides them.
 */
export function makeStreetTiles(
  /** @type {LeafletMap} */ map,
  /** @type {{url: string, credit: string}} */ { url, credit },
) {
  const credits = document.createElement("span");
  credits.textContent = credit; // Leaflet inserts attributions as HTML; this one stays text
  /** @type {TileLayer} */
  const tiles = L.tileLayer(url, { maxZoom: map.getMaxZoom(), attribution: credits.innerHTML, zIndex: 2 });
  return (shown) => {
    if (shown) tiles.addTo(map);
    else tiles.remove();
  };
}

/** @returns {LayerGroup} An empty group of layers on the map. */
export function addLayerGroup(/** @type {LeafletMap} */ map) {
  return L.layerGroup().addTo(map);
}

/**
 * Create a marker from one of our elements.
 *
 * @param {[number, number] | LatLng} at Latitude and longitude.
 * @param {HTMLElement} face
 * @param {{size: [number, number], anchor?: [number, number]} & import("leaflet").MarkerOptions} options
 *   `size` and `anchor` of the element in pixels; further options go to Leaflet.
 * @returns {Marker}
 */
export function makeMarker(at, face, { size, anchor, ...options }) {
  return L.marker(at, {
    icon: L.divIcon({ html: face, className: "", iconSize: size, iconAnchor: anchor }),
    ...options,
  });
}

/** @returns {Circle} A non-interactive circle around a place; radius in metres. */
export function makeCircle(/** @type {[number, number]} */ at, /** @type {import("leaflet").CircleOptions} */ options) {
  return L.circle(at, { ...options, interactive: false });
}

/** @returns {Polygon} A non-interactive area; its corners are latitude and longitude. */
export function makePolygon(
  /** @type {[number, number][]} */ corners,
  /** @type {import("leaflet").PolylineOptions} */ options,
) {
  return L.polygon(corners, { ...options, interactive: false });
}

/** @returns {Polyline} A non-interactive line; its points are latitude and longitude. */
export function makeLine(
  /** @type {[number, number][]} */ points,
  /** @type {import("leaflet").PolylineOptions} */ options,
) {
  return L.polyline(points, { ...options, interactive: false });
}

/** @returns {LatLngBounds} Bounds at `radius` metres around a place. */
export function boundsAround(/** @type {number} */ lat, /** @type {number} */ lon, /** @type {number} */ radius) {
  return L.latLng(lat, lon).toBounds(2 * radius);
}

/** @returns {LatLng} The coordinates of a point on the unit square. */
export function placeOf(/** @type {number} */ x, /** @type {number} */ y) {
  return L.CRS.EPSG3857.pointToLatLng(L.point(x, y).multiplyBy(256), 0);
}

/** @returns {Point} An offset on the screen, in pixels. */
export function screenStep(/** @type {number} */ x, /** @type {number} */ y) {
  return L.point(x, y);
}

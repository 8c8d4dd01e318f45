// Entry point of the small map of forms: candidates to click, a pin to drag, a route as a line. esbuild bundles it,
// rallymap/views/map_page.py loads the bundle.

import { connect } from "./data/connection.js";
import { gridOf, gridQuery } from "./data/map_data.js";
import { post } from "./data/messages.js";
import { fetchFilesByPage, fetchRoute } from "./data/server.js";
import { spread } from "./data/spread.js";
import { make } from "./dom.js";
import { RouteLine } from "./layers/route_line.js";
import { palette, setTheme } from "./layers/theme.js";
import { loadTypeface } from "./layers/typeface.js";
import { addLayerGroup, boundsAround, makeCircle, makeMarker, placeOf, screenStep } from "./leaflet.js";
import { setUpPage } from "./page.js";
import { formatNumber, tr } from "./words.js";

/** @import { LatLng, Map as LeafletMap, Marker } from "leaflet" */
/** @import { BaseLayer, Candidate, PickState, RoutePoint } from "./types.js" */

const NUDGE_PX = 8;
const WORLD = 2 ** 30;
const MAX_NAMES = 9;
const CHOICE_PX = 26;
const WAYPOINT_PX = 24;
/** @type {[number, number]} */
const PIN_PX = [30, 38];
const PIN_TIP = 36; // from its upper edge
/** @type {[number, number]} */
const WORLD_CENTRE = [30, 10];
const WORLD_ZOOM = 1;
const ROUTE_ZOOM = 14; // its points may be a street apart
// Our base map has coasts and borders but no streets: at closer zooms there would be no orientation.
/** @type {Record<string, number>} */
const ZOOM = { venue: 7, district: 7, city: 6, region: 5, country: 3 };

/** @returns {Promise<PickMap>} The map, once it receives messages from the page. */
export async function start(/** @type {LeafletMap} */ map) {
  fetchFilesByPage();
  loadTypeface().catch(console.error);
  const { base, stage } = setUpPage(map);
  const pickMap = new PickMap(map, base);
  new ResizeObserver(() => pickMap.resize()).observe(stage);
  return connect(pickMap);
}

class PickMap {
  /** @type {PickState | null} */
  said = null;
  isHeld = false;
  /** Clickable markers with their size. @type {{marker: Marker, size: number}[]} */
  marks = [];
  /** @type {Marker | undefined} */
  pin = undefined;

  constructor(/** @type {LeafletMap} */ map, /** @type {BaseLayer} */ base) {
    this.map = map;
    this.base = base;
    this.line = new RouteLine(map);
    this.layer = addLayerGroup(map);
    this.names = addLayerGroup(map);
    map.on("moveend", () => this.nameCities());
    map.on("zoomend", () => this.spread());
    map.on("click", ({ latlng }) => this.said?.draggable && this.postPin(latlng));
  }

  /** Show the state of the form. */
  show(/** @type {PickState} */ said) {
    const last = this.said;
    if (said.theme !== last?.theme) {
      setTheme(said.theme);
      this.base.redraw();
    }
    const places = (/** @type {PickState | null} */ from) =>
      JSON.stringify([from?.candidates, from?.view, from?.route]);
    const isNew = places(said) !== places(last) || said.chosen !== last?.chosen;
    this.said = said;
    // Redrawing would remove the pin under the mouse; the result of its drop is shown next.
    if (this.isHeld) return;
    this.layer.clearLayers();
    this.marks = [];
    this.pin = undefined;
    for (const [index, candidate] of said.candidates.entries()) this.addCandidate(said, candidate, index);
    this.line.show(said.route.map(({ lat, lon }) => [lat, lon]));
    for (const point of said.route) this.addPoint(point);
    if (said.draggable) this.addPin(said);
    if (isNew || (said.pin && !this.map.getBounds().contains(said.pin))) this.moveTo(said);
    this.spread();
  }

  /** Keep the centre; a map without a size so far has had no view. */
  resize() {
    const before = this.map.getSize();
    this.map.invalidateSize({ animate: false });
    if (this.said && !(before.x && before.y)) this.moveTo(this.said);
  }

  addCandidate(/** @type {PickState} */ said, /** @type {Candidate} */ candidate, /** @type {number} */ index) {
    const { accent, soft } = palette();
    const chosen = index === said.chosen;
    // Next to a route, whose points are inside it, a city's area would colour the whole map.
    if (candidate.radius_m > 0 && said.route.length < 2) {
      const dashArray = ["region", "country"].includes(candidate.precision) ? "4 4" : undefined;
      makeCircle([candidate.lat, candidate.lon], {
        radius: candidate.radius_m,
        color: chosen ? accent : soft,
        weight: 1,
        fillOpacity: chosen ? 0.22 : 0.1,
        dashArray,
      }).addTo(this.layer);
    }
    if (chosen && said.draggable) return; // the pin is here
    const face = make("span", { class: chosen ? "rm-choice rm-chosen" : "rm-choice" }, formatNumber(index + 1));
    const marker = makeMarker([candidate.lat, candidate.lon], face, { size: [CHOICE_PX, CHOICE_PX], keyboard: true });
    marker.on("click", () => post({ candidate: index })).addTo(this.layer);
    this.marks.push({ marker, size: CHOICE_PX });
    marker.getElement()?.setAttribute("aria-label", tr("Choose {place}", { place: candidate.label }));
    const tip = make("span", { dir: "auto" }, candidate.label);
    marker.bindTooltip(tip, { direction: "top", offset: [0, -12], className: "rm-pick-tip" });
  }

  /** Add a marker for a route point; a click leads to its field. */
  addPoint(/** @type {RoutePoint} */ { lat, lon, label, number }) {
    const face = make("span", { class: "rm-waypoint" }, formatNumber(number));
    const marker = makeMarker([lat, lon], face, {
      size: [WAYPOINT_PX, WAYPOINT_PX],
      keyboard: true,
      zIndexOffset: 500,
    });
    marker.on("click", () => post({ point: number })).addTo(this.layer);
    this.marks.push({ marker, size: WAYPOINT_PX });
    marker.getElement()?.setAttribute("aria-label", label);
    const tip = make("span", { dir: "auto" }, label);
    marker.bindTooltip(tip, { direction: "top", offset: [0, -12], className: "rm-pick-tip" });
  }

  addPin(/** @type {PickState} */ said) {
    const chosen = said.candidates[said.chosen ?? -1];
    /** @type {[number, number] | undefined} */
    const at = said.pin ?? (chosen && [chosen.lat, chosen.lon]);
    if (!at) return;
    const pin = makeMarker(at, make("span", { class: "rm-pin-face" }), {
      size: PIN_PX,
      anchor: [PIN_PX[0] / 2, PIN_TIP],
      draggable: true,
      autoPan: true,
      keyboard: true,
      zIndexOffset: 1000,
    }).addTo(this.layer);
    this.pin = pin;
    const drop = () => this.postPin(pin.getLatLng());
    pin.on("dragstart", () => {
      this.isHeld = true;
    });
    pin.on("dragend", () => {
      this.isHeld = false;
      drop();
    });
    const label = chosen
      ? tr("Pin: {place}. Drag it, or move it with the arrow keys and press Enter.", { place: chosen.label })
      : tr("Pin. Drag it, or move it with the arrow keys and press Enter.");
    const element = pin.getElement();
    element?.setAttribute("aria-label", label);
    element?.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (event.key === "Enter") drop();
      if (!step) return;
      const by = screenStep(step[0] * NUDGE_PX, step[1] * NUDGE_PX);
      const point = this.map.latLngToContainerPoint(pin.getLatLng()).add(by);
      pin.setLatLng(this.map.containerPointToLatLng(point));
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** Move apart markers that cover each other or are covered by the pin. */
  spread() {
    const boxes = this.marks.map(({ marker, size }) => {
      const { x, y } = this.map.latLngToContainerPoint(marker.getLatLng());
      return { x, y, width: size, height: size };
    });
    const tip = this.pin && this.map.latLngToContainerPoint(this.pin.getLatLng());
    const [width, height] = PIN_PX;
    const fixed = tip ? [{ x: tip.x, y: tip.y - PIN_TIP + height / 2, width, height }] : [];
    for (const [index, by] of spread(boxes, fixed, this.map.getSize().x).entries()) {
      const { marker, size } = this.marks[index];
      const element = marker.getElement();
      if (element) element.style.marginLeft = `${by - size / 2}px`;
    }
  }

  postPin(/** @type {LatLng} */ latlng) {
    const { lat, lng } = latlng.wrap();
    post({ pin: [Math.max(-90, Math.min(90, lat)), lng] });
  }

  moveTo(/** @type {PickState} */ { candidates, chosen, pin, view, route }) {
    const one = candidates[chosen ?? (candidates.length === 1 ? 0 : -1)];
    if (route.length > 1) {
      /** @type {[number, number][]} */
      const points = route.map(({ lat, lon }) => [lat, lon]);
      this.map.fitBounds(points, { padding: [30, 30], maxZoom: ROUTE_ZOOM, animate: false });
    } else if (one) this.map.setView(pin ?? [one.lat, one.lon], ZOOM[one.precision] ?? 7, { animate: false });
    else if (candidates.length) {
      /** @type {[number, number][]} */
      const points = candidates.map(({ lat, lon }) => [lat, lon]);
      this.map.fitBounds(points, { padding: [30, 30], maxZoom: 9, animate: false });
    } else if (pin) this.map.setView(pin, ZOOM.venue, { animate: false });
    else if (view) this.map.fitBounds(boundsAround(...view), { animate: false });
    else this.map.setView(WORLD_CENTRE, WORLD_ZOOM, { animate: false });
    this.base.ensureLand(this.map.getZoom()).catch(console.error);
  }

  /** Label the largest cities in view without overlaps, for orientation. */
  async nameCities() {
    const names = await fetchRoute("place-names", gridQuery(gridOf(this.map, 0.1)), { sort: "names" });
    if (!names) return;
    this.names.clearLayers();
    const taken = [];
    const size = this.map.getSize();
    for (const [text, x, y] of names) {
      const at = placeOf(x / WORLD, y / WORLD);
      const point = this.map.latLngToContainerPoint(at);
      const box = [point.x - 8, point.y - 9, point.x + 10 + text.length * 7, point.y + 9];
      const fits = box[0] > 0 && box[1] > 0 && box[2] < size.x && box[3] < size.y;
      if (!fits || taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
      taken.push(box);
      const face = make("span", { class: "rm-city", dir: "auto" }, text);
      const quiet = { interactive: false, keyboard: false, zIndexOffset: -1000 };
      makeMarker(at, face, { size: [0, 0], ...quiet }).addTo(this.names);
      if (taken.length === MAX_NAMES) break;
    }
  }
}

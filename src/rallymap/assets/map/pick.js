// The small map of forms: candidates to press, a pin to drag. Loaded by the page that rallymap/views/map_page.py builds.

import { make } from "./dom.js";
import { dress } from "./frame.js";
import { palette, setTheme } from "./look.js";
import { gridOf } from "./map_data.js";
import { tell } from "./messages.js";
import { ask } from "./server.js";

const NUDGE_PX = 8;
const WORLD = 2 ** 30;
const MOST_NAMES = 9;
const WORLD_VIEW = [[30, 10], 1];
// Our own base has coasts and borders but no streets: nearer than this there is nothing to find one's way by.
const ZOOM = { venue: 7, district: 7, city: 6, region: 5, country: 3 };

export async function start(map) {
  const { base, stage } = await dress(map);
  new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(stage);
  return new PickMap(map, base);
}

class PickMap {
  constructor(map, base) {
    this.map = map;
    this.base = base;
    this.layer = L.layerGroup().addTo(map);
    this.names = L.layerGroup().addTo(map);
    map.on("moveend", () => this.nameCities());
    map.on("click", ({ latlng }) => this.said?.draggable && this.tellPin(latlng));
  }

  show(said) {
    if (said.theme !== this.said?.theme) {
      setTheme(said.theme);
      this.base.redraw();
    }
    const places = (from) => JSON.stringify([from?.candidates, from?.view]);
    const looks = places(said) !== places(this.said) || said.chosen !== this.said?.chosen;
    this.said = said;
    this.layer.clearLayers();
    said.candidates.forEach((candidate, index) => this.addCandidate(candidate, index));
    if (said.draggable) this.addPin();
    if (looks || (said.pin && !this.map.getBounds().contains(said.pin))) this.look();
  }

  addCandidate(candidate, index) {
    const { accent, soft } = palette();
    const chosen = index === this.said.chosen;
    if (candidate.radius_m > 0) {
      L.circle([candidate.lat, candidate.lon], {
        radius: candidate.radius_m, color: chosen ? accent : soft, weight: 1, fillOpacity: chosen ? 0.22 : 0.1,
        dashArray: ["region", "country"].includes(candidate.precision) ? "4 4" : null, interactive: false,
      }).addTo(this.layer);
    }
    if (chosen && this.said.draggable) return; // the pin stands here
    const face = make("span", { class: chosen ? "rm-choice rm-chosen" : "rm-choice" }, String(index + 1));
    const marker = L.marker([candidate.lat, candidate.lon], {
      icon: L.divIcon({ html: face, className: "", iconSize: [26, 26] }), keyboard: true,
    });
    marker.on("click", () => tell({ candidate: index })).addTo(this.layer);
    marker.getElement().setAttribute("aria-label", `Choose ${candidate.label}`);
    marker.bindTooltip(make("span", {}, candidate.label), { direction: "top", offset: [0, -12], className: "rm-pick-tip" });
  }

  addPin() {
    const chosen = this.said.candidates[this.said.chosen ?? -1];
    const at = this.said.pin ?? (chosen && [chosen.lat, chosen.lon]);
    if (!at) return;
    const face = make("span", { class: "rm-pin-face" });
    const pin = L.marker(at, {
      icon: L.divIcon({ html: face, className: "", iconSize: [30, 38], iconAnchor: [15, 36] }),
      draggable: true, autoPan: true, keyboard: true, zIndexOffset: 1000,
    }).addTo(this.layer);
    const drop = () => this.tellPin(pin.getLatLng());
    pin.on("dragend", drop);
    const element = pin.getElement();
    element.setAttribute("aria-label", `Pin${chosen ? `: ${chosen.label}` : ""}. Drag it, or move it with the arrow keys and press Enter.`);
    element.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (event.key === "Enter") drop();
      if (!step) return;
      const point = this.map.latLngToContainerPoint(pin.getLatLng()).add(L.point(step).multiplyBy(NUDGE_PX));
      pin.setLatLng(this.map.containerPointToLatLng(point));
      event.preventDefault();
      event.stopPropagation();
    });
  }

  tellPin(latlng) {
    const { lat, lng } = latlng.wrap();
    tell({ pin: [Math.max(-90, Math.min(90, lat)), lng] });
  }

  look() {
    const { candidates, chosen, pin, view } = this.said;
    const one = candidates[chosen ?? (candidates.length === 1 ? 0 : -1)];
    if (one) this.map.setView(pin ?? [one.lat, one.lon], ZOOM[one.precision] ?? 7, { animate: false });
    else if (candidates.length) {
      this.map.fitBounds(candidates.map(({ lat, lon }) => [lat, lon]), { padding: [30, 30], maxZoom: 9, animate: false });
    } else if (pin) this.map.setView(pin, ZOOM.venue, { animate: false });
    else if (view) this.map.fitBounds(L.latLng(view[0], view[1]).toBounds(2 * view[2]), { animate: false });
    else this.map.setView(...WORLD_VIEW, { animate: false });
    this.base.ensureLand(this.map.getZoom()).catch(console.error);
  }

  /** Write the largest cities in view, so that one knows where one is; none over another. */
  async nameCities() {
    const names = await ask("place-names", String(new URLSearchParams(gridOf(this.map, 0.1))), { sort: "names" });
    if (!names) return;
    this.names.clearLayers();
    const taken = [], size = this.map.getSize();
    for (const [text, x, y] of names) {
      const at = L.CRS.EPSG3857.pointToLatLng(L.point(x, y).multiplyBy(256 / WORLD), 0);
      const point = this.map.latLngToContainerPoint(at);
      const box = [point.x - 8, point.y - 9, point.x + 10 + text.length * 7, point.y + 9];
      const fits = box[0] > 0 && box[1] > 0 && box[2] < size.x && box[3] < size.y;
      if (!fits || taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
      taken.push(box);
      const face = make("span", { class: "rm-city" }, text);
      L.marker(at, {
        icon: L.divIcon({ html: face, className: "", iconSize: [0, 0] }), interactive: false, keyboard: false, zIndexOffset: -1000,
      }).addTo(this.names);
      if (taken.length === MOST_NAMES) break;
    }
  }
}

// The route of the selected event: a line from its start to its end, and a ring at the end.

import { make } from "../dom.js";
import { addLayerGroup, makeLine, makeMarker } from "../leaflet.js";

export class RouteLine {
  constructor(/** @type {import("leaflet").Map} */ map) {
    this.group = addLayerGroup(map);
  }

  /** Show a route, replacing the earlier one; nothing without points. */
  show(/** @type {[number, number][] | undefined} */ points) {
    this.group.clearLayers();
    if (!points || points.length < 2) return;
    this.group.addLayer(makeLine(points, { className: "rm-route-casing", weight: 8 }));
    this.group.addLayer(makeLine(points, { className: "rm-route", weight: 4 }));
    const end = make("span", { class: "rm-route-end" });
    const quiet = { interactive: false, keyboard: false };
    this.group.addLayer(makeMarker(points[points.length - 1], end, { size: [14, 14], ...quiet }));
  }
}

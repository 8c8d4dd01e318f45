// Outlines of the areas in the filter.

import { areasOf } from "../data/areas.js";
import { addLayerGroup, makeCircle, makePolygon } from "../leaflet.js";

const STYLE = { className: "rm-filter-area", weight: 2 };

export class FilterAreas {
  shown = "";

  constructor(/** @type {import("leaflet").Map} */ map) {
    this.group = addLayerGroup(map);
  }

  /** Show the areas of a filter's query, replacing the earlier ones. */
  show(/** @type {string} */ query) {
    const { rings, circle } = areasOf(query);
    const text = JSON.stringify([rings, circle]);
    if (text === this.shown) return;
    this.shown = text;
    this.group.clearLayers();
    for (const ring of rings) this.group.addLayer(makePolygon(ring, STYLE));
    if (circle) this.group.addLayer(makeCircle(circle.at, { ...STYLE, radius: circle.radius }));
  }
}

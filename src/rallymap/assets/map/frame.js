// Sets up the map's page: our style sheet, then the base map and the controls that all our maps have.

import { makeBaseLayer } from "./base_layer.js";
import { make } from "./dom.js";

/**
 * Move a Leaflet map into a stage that fills the frame; resolves to {stage, base, card} once the style is there.
 *
 * Whoever calls it lets the map follow the stage's size.
 */
export async function dress(map) {
  await loadStyle("./map.css");
  const stage = make("div", { class: "rm-stage" }, map.getContainer());
  const card = make("main", { class: "rm-card" }, stage);
  document.body.append(card);
  const base = makeBaseLayer();
  base.addTo(map);
  L.control.zoom({ position: "topleft" }).addTo(map);
  L.control.attribution({ position: "bottomright", prefix: false })
    .addAttribution("Borders: Natural Earth · Places: GeoNames").addTo(map);
  return { stage, base, card };
}

function loadStyle(name) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(name, import.meta.url);
    link.onload = resolve;
    link.onerror = () => reject(new Error(`${name} could not be loaded`));
    document.head.append(link);
  });
}

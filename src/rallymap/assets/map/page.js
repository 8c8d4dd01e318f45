// Sets up the map's page: the base map and the controls that all our maps share.

import { make } from "./dom.js";
import { FINE_FROM_ZOOM, makeBaseLayer } from "./layers/base_layer.js";
import { addStandardControls } from "./leaflet.js";
import { tr } from "./words.js";

/** @import { BaseLayer } from "./types.js" */

const SIGNS = /** @type {const} */ (["pointerenter", "pointerdown", "focusin", "wheel"]);

/**
 * Move a Leaflet map into a stage that fills the host. The caller keeps the map at the stage's size.
 *
 * @param {import("leaflet").Map} map
 * @param {HTMLElement} host
 * @returns {{stage: HTMLElement, base: BaseLayer, card: HTMLElement}}
 */
export function setUpPage(map, host = document.body) {
  const stage = make("div", { class: "rm-stage" }, map.getContainer());
  const card = make("main", { class: "rm-card" }, stage);
  host.append(card);
  const base = makeBaseLayer();
  base.addTo(map);
  // Files for closer views are fetched once somebody uses the map: most visits on phones do not need them.
  for (const sign of SIGNS)
    card.addEventListener(sign, () => base.ensureLand(FINE_FROM_ZOOM).catch(console.error), { once: true });
  addStandardControls(map, tr("Borders: Natural Earth · Places: GeoNames"));
  return { stage, base, card };
}

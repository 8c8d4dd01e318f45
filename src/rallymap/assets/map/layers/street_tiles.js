// Street maps of the operator's choice: shown only after a visitor's click in the legend.

import { fetchRoute } from "../data/server.js";
import { makeStreetTiles } from "../leaflet.js";

/**
 * Add a switch for street maps to the legend if the operator has set them up.
 *
 * @param {import("leaflet").Map} map
 * @param {import("../controls/legend.js").Legend} legend
 * @param {(isOn: boolean) => void} onSwitch
 */
export async function offerStreetTiles(map, legend, onSwitch) {
  const tiles = await fetchRoute("tiles", "");
  if (!tiles.url) return;
  const show = makeStreetTiles(map, tiles);
  legend.offerTiles(tiles.host, (isOn) => {
    show(isOn);
    onSwitch(isOn);
  });
}

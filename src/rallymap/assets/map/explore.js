// Entry of the map with its timeline: esbuild makes one file of it, rallymap/views/map_page.py loads that.

import { Card } from "./card.js";
import { connect } from "./data/connection.js";
import { setUpPage } from "./page.js";

/** @returns {Promise<Card>} The card, once it listens to the page around it. */
export async function start(/** @type {import("leaflet").Map} */ map) {
  return connect(new Card(map, setUpPage(map)));
}

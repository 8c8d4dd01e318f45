// Entry point of the map with its timeline: esbuild bundles it, rallymap/views/map_page.py loads the bundle.

import { Card } from "./card.js";
import { AreaTool } from "./controls/area_tool.js";
import { connect } from "./data/connection.js";
import { fetchFilesByPage } from "./data/server.js";
import { FilterAreas } from "./layers/filter_areas.js";
import { loadTypeface } from "./layers/typeface.js";
import { setUpPage } from "./page.js";

/** @import { PageState } from "./types.js" */

/** @returns {Promise<Card>} The card, once it receives messages from the page. */
export async function start(/** @type {import("leaflet").Map} */ map) {
  fetchFilesByPage();
  const frame = setUpPage(map);
  const card = new Card(map, frame);
  const areas = new FilterAreas(map);
  new AreaTool(map, frame.stage);
  loadTypeface().then(() => card.placeNames.measureAgain(), console.error);
  connect({
    show: (/** @type {PageState} */ said) => {
      areas.show(said.filter);
      return card.show(said);
    },
    preview: (/** @type {[number, number]} */ days) => {
      const period = card.timeline.brush.wholeAsNull(days);
      card.timeline.setPeriod(period);
      card.slider.move(period);
    },
  });
  return card;
}

// Entry of the two maps of Compare, which move together: rallymap/views/map_page.py loads the file that esbuild makes of it.

import { Card } from "./card.js";
import { LinkedView } from "./controls/linked_view.js";
import { connect } from "./data/connection.js";
import { deliverTo, noteAnswer } from "./data/messages.js";
import { fetchFilesByPage } from "./data/server.js";
import { loadTypeface } from "./layers/typeface.js";
import { setUpPage } from "./page.js";

/** @returns {Promise<Card>} The card, once it listens to the page around it. */
export async function start(/** @type {import("leaflet").Map} */ map) {
  document.documentElement.classList.add("rm-side"); // no timeline: the page has one for both sides
  fetchFilesByPage();
  const card = new Card(map, setUpPage(map));
  loadTypeface().then(() => card.placeNames.measureAgain(), console.error);
  const linked = new LinkedView(card);
  deliverTo((message) => {
    // The page needs to know what was pressed; where this map looks concerns the other map alone.
    if (typeof message.event === "string") window.parent.postMessage({ rallymap: "message", message }, "*");
    else if ("view" in message && message.view === null) linked.post(null);
    noteAnswer(/** @type {number} */ (message.seq));
  });
  return connect(card);
}

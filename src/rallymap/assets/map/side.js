// Entry point of the two synchronised maps of Compare: esbuild bundles it, rallymap/views/map_page.py loads the bundle.

import { Card } from "./card.js";
import { LinkedView } from "./controls/linked_view.js";
import { connect } from "./data/connection.js";
import { deliverTo, noteAnswer } from "./data/messages.js";
import { fetchFilesByPage } from "./data/server.js";
import { loadTypeface } from "./layers/typeface.js";
import { setUpPage } from "./page.js";

/** @returns {Promise<Card>} The card, once it receives messages from the page. */
export async function start(/** @type {import("leaflet").Map} */ map) {
  document.documentElement.classList.add("rm-side"); // no timeline: the page has one for both sides
  fetchFilesByPage();
  const card = new Card(map, setUpPage(map));
  loadTypeface().then(() => card.placeNames.measureAgain(), console.error);
  const linked = new LinkedView(card);
  deliverTo((message) => {
    // The page only needs to know what was clicked; the view only concerns the other map.
    if (typeof message.event === "string") window.parent.postMessage({ rallymap: "message", message }, "*");
    else if ("view" in message && message.view === null) linked.post(null);
    noteAnswer(/** @type {number} */ (message.seq));
  });
  return connect(card);
}

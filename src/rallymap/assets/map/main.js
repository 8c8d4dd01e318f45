// Starts the map with its timeline. Loaded by the page that rallymap/views/map_page.py builds.

import { Card } from "./card.js";
import { dress } from "./frame.js";

export async function start(map) {
  return new Card(map, await dress(map));
}

// Loaded by rallymap/views/basemap.py: begins the map with its timeline.

import { Card } from "./card.js";
import { dress } from "./frame.js";

export async function start(map) {
  return new Card(map, await dress(map));
}

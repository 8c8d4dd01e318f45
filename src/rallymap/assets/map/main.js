// Loaded by rallymap/views/basemap.py: begins the map's card.

import { Card } from "./card.js";

/** Dress the frame, build the card around the map, and return what Python talks to. */
export async function start(map) {
  await loadStyle("./map.css");
  const card = new Card(map);
  card.base.ensureLand(3).catch(console.error);
  return card;
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

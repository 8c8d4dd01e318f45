// The operator's street tiles: asked of their host only once the visitor switches them on.

/** Return a function that shows the tiles or hides them. */
export function makeStreetTiles(map, { url, credit }) {
  const credits = document.createElement("span");
  credits.textContent = credit; // Leaflet writes attributions as HTML; this one stays text
  const tiles = L.tileLayer(url, { maxZoom: map.getMaxZoom(), attribution: credits.innerHTML, zIndex: 2 });
  return (shown) => (shown ? tiles.addTo(map) : tiles.remove());
}

// Areas in degrees: those that a filter's query names, and what a rectangle on the map covers.

/** @typedef {[number, number]} Corner Latitude, longitude. */

/** @returns {{rings: Corner[][], circle: {at: Corner, radius: number} | null}} Radius in metres. */
export function areasOf(/** @type {string} */ query) {
  const asked = new URLSearchParams(query);
  /** @type {Corner[][]} */
  const rings = [];
  const bbox = numbersOf(asked.get("bbox"));
  if (bbox.length === 4) {
    const [west, south, , north] = bbox;
    const east = bbox[2] < west ? bbox[2] + 360 : bbox[2];
    rings.push([
      [south, west],
      [south, east],
      [north, east],
      [north, west],
    ]);
  }
  const corners = (asked.get("area") ?? "").split(";").map(numbersOf);
  if (corners.length > 2) rings.push(corners.map(([lon, lat]) => /** @type {Corner} */ ([lat, lon])));
  const near = numbersOf(asked.get("near"));
  const [radius] = numbersOf(asked.get("radius_km"));
  const circle = near.length === 2 && radius ? { at: /** @type {Corner} */ (near), radius: radius * 1000 } : null;
  return { rings, circle };
}

/**
 * Return west, south, east and north of a rectangle between two corners of the map; west above east crosses the
 * antimeridian.
 *
 * @returns {[number, number, number, number]}
 */
export function boxBetween(
  /** @type {{lat: number, lng: number}} */ one,
  /** @type {{lat: number, lng: number}} */ other,
) {
  const lons = [Math.min(one.lng, other.lng), Math.max(one.lng, other.lng)];
  const lats = [Math.min(one.lat, other.lat), Math.max(one.lat, other.lat)].map((lat) =>
    Math.max(-90, Math.min(90, lat)),
  );
  const [west, east] = lons[1] - lons[0] >= 360 ? [-180, 180] : lons.map(wrapped);
  return [round(west), round(lats[0]), round(east), round(lats[1])];
}

function numbersOf(/** @type {string | null} */ text) {
  return text ? text.split(",").map(Number) : [];
}

function wrapped(/** @type {number} */ lon) {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

function round(/** @type {number} */ degrees) {
  return Math.round(degrees * 1e4) / 1e4;
}

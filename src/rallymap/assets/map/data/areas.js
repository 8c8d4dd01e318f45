// Areas in degrees: those in a filter's query, and those drawn on the map.

/** @typedef {[number, number]} Corner Latitude, longitude. */
/**
 * @typedef {{lat: number, lng: number}} LatLng Decimal degrees; the longitude continues beyond 180 if the map was
 * panned around.
 */

/** Maximum number of corners; the server rejects more. */
export const MAX_CORNERS = 100;
const MAX_DIGITS = 5;

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
export function boxBetween(/** @type {LatLng} */ one, /** @type {LatLng} */ other) {
  const lons = [Math.min(one.lng, other.lng), Math.max(one.lng, other.lng)];
  const lats = [Math.min(one.lat, other.lat), Math.max(one.lat, other.lat)].map(limited);
  const [west, east] = lons[1] - lons[0] >= 360 ? [-180, 180] : lons.map(wrapped);
  return [round(west), round(lats[0]), round(east), round(lats[1])];
}

/**
 * Return corners as in links: longitude and latitude, with as many digits as a pixel of the map is worth. Longitudes
 * are between -360 and 360, and continue beyond 180 if the ring crosses the antimeridian.
 *
 * @param {LatLng[]} corners At most 360 degrees apart.
 * @param {number} zoom Zoom of the map on which they were drawn.
 * @returns {[number, number][]}
 */
export function ringOf(corners, zoom) {
  const digits = Math.max(0, Math.min(MAX_DIGITS, Math.ceil(Math.log10((256 * 2 ** zoom) / 360))));
  const lons = corners.map(({ lng }) => lng);
  let shift = -360 * Math.floor((Math.min(...lons) + 180) / 360);
  if (Math.max(...lons) + shift > 360) shift -= 360;
  return corners.map(({ lat, lng }) => [round(lng + shift, digits), round(limited(lat), digits)]);
}

/** @returns {string} The link's query of a drawn area, from the map's message. */
export function queryOfArea(/** @type {{area?: number[], ring?: number[][]}} */ { area, ring }) {
  if (area) return `bbox=${area.join(",")}`;
  return ring ? `area=${ring.map((corner) => corner.join(",")).join(";")}` : "";
}

/**
 * Return whether a point is in a ring, as in rallymap/query/areas.py: what a ring covers twice is outside.
 *
 * @param {Corner[]} ring
 * @param {Corner} point
 */
export function isWithin(ring, [lat, lon]) {
  const sides = ring.map((corner, i) => [ring.at(i - 1) ?? corner, corner]);
  const passed = [-360, 0, 360].flatMap((turn) =>
    sides.filter(
      ([[lat1, lon1], [lat2, lon2]]) =>
        lat1 > lat !== lat2 > lat && lon + turn < ((lon2 - lon1) * (lat - lat1)) / (lat2 - lat1) + lon1,
    ),
  );
  return passed.length % 2 === 1;
}

/** Return whether corners extend over more than 360 degrees. */
export function goesRound(/** @type {LatLng[]} */ corners) {
  const lons = corners.map(({ lng }) => lng);
  return Math.max(...lons) - Math.min(...lons) > 360;
}

/** Return whether a ring intersects itself. */
export function crossesItself(/** @type {LatLng[]} */ corners) {
  const sides = corners.map((corner, i) => [corner, corners[(i + 1) % corners.length]]);
  return sides.some(([a, b], i) =>
    sides.slice(i + 2).some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0),
  );
}

/** Return the side of the line from `a` to `b` on which a point is: positive, negative, or 0 on the line. */
function side(/** @type {LatLng} */ a, /** @type {LatLng} */ b, /** @type {LatLng} */ point) {
  return (b.lng - a.lng) * (point.lat - a.lat) - (b.lat - a.lat) * (point.lng - a.lng);
}

function numbersOf(/** @type {string | null} */ text) {
  return text ? text.split(",").map(Number) : [];
}

function wrapped(/** @type {number} */ lon) {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

function limited(/** @type {number} */ lat) {
  return Math.max(-90, Math.min(90, lat));
}

function round(/** @type {number} */ degrees, digits = 4) {
  return Number(degrees.toFixed(digits));
}

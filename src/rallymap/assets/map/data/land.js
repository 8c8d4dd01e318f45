// Parses the base map's binary files (tools/build_basemap.py defines the format), and finds the country of a point.

/** @import { Box, Country, Land, Outline } from "../types.js" */

/** @typedef {{points: Float32Array, stroked: boolean, box: Box}} Arc */

/** @returns {Land} The countries of a land file, and the borders as lines. */
export function readLand(/** @type {ArrayBuffer} */ buffer) {
  const bytes = new Uint8Array(buffer);
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const signed = () => {
    const value = number();
    return value & 1 ? -((value + 1) >> 1) : value >> 1;
  };

  const size = 2 ** number();
  const arcs = Array.from({ length: number() }, () => {
    const head = number();
    const points = new Float32Array(2 * (head >> 1));
    let x = 0;
    let y = 0;
    for (let i = 0; i < points.length; i += 2) {
      x += signed();
      y += signed();
      points[i] = x / size;
      points[i + 1] = y / size;
    }
    return { points, stroked: Boolean(head & 1), box: boxOf(points) };
  });
  const countries = Array.from({ length: number() }, () => {
    const code = bytes[at] ? String.fromCharCode(bytes[at], bytes[at + 1]) : "";
    at += 2;
    const rings = Array.from({ length: number() }, () => Array.from({ length: number() }, signed));
    return { code, polygons: rings.map((ring) => joinArcs(ring, arcs)) };
  });
  const rings = countries.flatMap((country) => country.polygons);
  return { countries, rings, borders: arcs.filter((arc) => arc.stroked) };
}

/** @returns {Outline} A ring of arcs; arcs with a negative number are reversed. */
function joinArcs(/** @type {number[]} */ ring, /** @type {Arc[]} */ arcs) {
  const length = ring.reduce((sum, i) => sum + arcs[i < 0 ? ~i : i].points.length, 0);
  const points = new Float32Array(length);
  let end = 0;
  for (const i of ring) {
    const arc = arcs[i < 0 ? ~i : i].points;
    if (i >= 0) {
      points.set(arc, end);
    } else {
      for (let k = 0; k < arc.length; k += 2) {
        points[end + k] = arc[arc.length - 2 - k];
        points[end + k + 1] = arc[arc.length - 1 - k];
      }
    }
    end += arc.length;
  }
  return { points, box: boxOf(points) };
}

/** @returns {Box} The box around points on the unit square, y growing to the south. */
function boxOf(/** @type {Float32Array} */ points) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    box[0] = Math.min(box[0], points[i]);
    box[1] = Math.min(box[1], points[i + 1]);
    box[2] = Math.max(box[2], points[i]);
    box[3] = Math.max(box[3], points[i + 1]);
  }
  return box;
}

/** @returns {Country | undefined} The country at a point of the unit square; undefined over the sea. */
export function countryAt(/** @type {Land} */ { countries }, /** @type {number} */ x, /** @type {number} */ y) {
  return countries.find(({ code, polygons }) => code && polygons.filter((ring) => encloses(ring, x, y)).length % 2);
}

/** Return whether a ray from a point crosses a ring an odd number of times. */
function encloses(/** @type {Outline} */ { points, box }, /** @type {number} */ x, /** @type {number} */ y) {
  if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return false;
  let isInside = false;
  for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [points[i], points[i + 1], points[j], points[j + 1]];
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) isInside = !isInside;
  }
  return isInside;
}

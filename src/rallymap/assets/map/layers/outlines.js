// Outlines in the pixels of a zoom, simplified: each is computed when a tile first needs it.

/** @import { Outline } from "../types.js" */

const LEAST_STEP_PX = 0.8;
const ZOOMS_KEPT = 4;

export class OutlineCache {
  /** @type {Map<number, Map<Outline, Float32Array>>} By zoom, the most recently used one last. */
  zooms = new Map();

  /** @returns {Float32Array} x, y, x, y, ... in pixels of the world at a zoom. */
  at(/** @type {Outline} */ outline, /** @type {number} */ zoom) {
    const known = this.linesOf(zoom);
    let line = known.get(outline);
    if (!line) {
      line = thinned(outline.points, 2 ** zoom * 256);
      known.set(outline, line);
    }
    return line;
  }

  linesOf(/** @type {number} */ zoom) {
    let lines = this.zooms.get(zoom);
    if (!lines) {
      if (this.zooms.size >= ZOOMS_KEPT) this.zooms.delete(/** @type {number} */ (this.zooms.keys().next().value));
      lines = new Map();
      this.zooms.set(zoom, lines);
    }
    return lines;
  }
}

/** Scale a line, dropping points less than a pixel from the previous one; both ends are kept. */
export function thinned(/** @type {Float32Array} */ points, /** @type {number} */ scale) {
  const kept = new Float32Array(points.length);
  let end = 0;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] * scale;
    const y = points[i + 1] * scale;
    const isLast = i === points.length - 2;
    if (!end || isLast || Math.abs(x - kept[end - 2]) + Math.abs(y - kept[end - 1]) >= LEAST_STEP_PX) {
      kept[end++] = x;
      kept[end++] = y;
    }
  }
  return kept.slice(0, end);
}

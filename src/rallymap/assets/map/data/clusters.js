// Groups points that would overlap on the screen into clusters.

/** @import { Answer, AnswerPoint, Cluster, Period } from "../types.js" */

const FEW_POINTS = 60;
const NEAR_PX = { few: 16, many: 44 };
const APART_PX = 240;
// The closest useful zoom by the precision of a place: venue, district, city, region, country.
const ZOOMS_BY_PRECISION = [17, 14, 11, 7, 5];
const OVERLAP_PX = 6; // discs that overlap by less than this stay apart
const LEAST_TARGET_PX = 24; // WCAG 2.2, 2.5.8

/** Return the radius of a cluster's marker in pixels, which grows slowly with its total. */
export function markerRadius(/** @type {number} */ total) {
  return total === 1 ? 8 : Math.min(28, 13 + 3 * Math.log10(total));
}

/** Return half the width in pixels of a marker's click target, which is square. */
export function targetRadius(/** @type {number} */ total) {
  return Math.max(LEAST_TARGET_PX / 2, markerRadius(total) + 3);
}

/**
 * Cluster an answer's points at a zoom, counting a period.
 *
 * The point with most events (over all time) absorbs its neighbours, and the cluster is at that point. Clusters
 * therefore stay in place while a period is brushed or played, and only their numbers change.
 *
 * @param {Answer} answer
 * @param {Period} period
 * @param {number} zoom
 * @param {{isSmall?: boolean}} [map] On small maps, no marker with few points covers another's click target.
 * @returns {Cluster[]} Without clusters that are empty in the period.
 */
export function clusterPoints(answer, period, zoom, { isSmall = false } = {}) {
  const scale = 256 * 2 ** zoom;
  const few = answer.points.length <= FEW_POINTS;
  const reach = NEAR_PX.many / scale;
  const columns = Math.max(1, Math.floor(1 / reach)); // the last column's neighbour is the first: the map wraps around
  /** @type {Cluster[]} */
  const clusters = [];
  /** @type {Map<number, Cluster[]>} */
  const grid = new Map();
  for (const point of heaviestFirst(answer)) {
    const tally = { total: 0, kinds: new Float64Array(answer.kinds.length), event: -1 };
    answer.tally(point, period, tally);
    if (tally.total <= 0) continue;
    const column = Math.min(columns - 1, Math.floor(point.x / reach));
    const row = Math.floor(point.y / reach);
    const host = few ? null : findHost(grid, columns, column, row, point, reach);
    const cluster = { answer, x: point.x, y: point.y, points: [point], box: point.box, weight: point.weight, ...tally };
    if (host) {
      join(host, cluster);
    } else {
      clusters.push(cluster);
      const key = column * 2 ** 26 + row;
      const there = grid.get(key);
      if (there) there.push(cluster);
      else grid.set(key, [cluster]);
    }
  }
  return few ? part(clusters, scale, isSmall ? targetsOverlap : discsOverlap) : clusters;
}

/**
 * Merge clusters with few points, each into the first one that it overlaps, until none overlap, even as they grow.
 *
 * @param {Cluster[]} clusters
 * @param {number} scale
 * @param {(a: Cluster, b: Cluster, across: number, down: number) => boolean} overlap Takes distances in pixels.
 * @returns {Cluster[]}
 */
function part(clusters, scale, overlap) {
  /** @type {Cluster[]} */
  const kept = [];
  for (const cluster of clusters) {
    const host = kept.find((other) => {
      const across = Math.abs(other.x - cluster.x - turnsTo(cluster.x, other.x)) * scale;
      return overlap(other, cluster, across, Math.abs(other.y - cluster.y) * scale);
    });
    if (host) join(host, cluster);
    else kept.push(cluster);
  }
  return kept.length < clusters.length ? part(kept, scale, overlap) : kept;
}

/** @type {(a: Cluster, b: Cluster, across: number, down: number) => boolean} */
function discsOverlap(a, b, across, down) {
  const touching = markerRadius(a.weight) + markerRadius(b.weight) - OVERLAP_PX;
  return Math.hypot(across, down) < Math.max(NEAR_PX.few, touching);
}

/** @type {(a: Cluster, b: Cluster, across: number, down: number) => boolean} */
function targetsOverlap(a, b, across, down) {
  return Math.max(across, down) < targetRadius(a.weight) + targetRadius(b.weight);
}

function heaviestFirst(/** @type {Answer} */ answer) {
  answer.heaviestFirst ??= [...answer.points].sort((a, b) => b.weight - a.weight);
  return answer.heaviestFirst;
}

/**
 * Find the nearest cluster that absorbs a point.
 *
 * @param {Map<number, Cluster[]>} grid Clusters by cell.
 * @param {number} columns
 * @param {number} column
 * @param {number} row
 * @param {AnswerPoint} point
 * @param {number} reach
 * @returns {Cluster | null}
 */
function findHost(grid, columns, column, row, point, reach) {
  /** @type {Cluster | null} */
  let best = null;
  let least = reach;
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      const key = ((column + dx + columns) % columns) * 2 ** 26 + row + dy;
      for (const cluster of grid.get(key) ?? []) {
        const distance = Math.hypot(cluster.x - point.x - turnsTo(point.x, cluster.x), cluster.y - point.y);
        if (distance < least) {
          best = cluster;
          least = distance;
        }
      }
    }
  }
  return best;
}

/** Return by how many worlds (-1, 0, 1) a position must be moved to be closest to another. */
function turnsTo(/** @type {number} */ x, /** @type {number} */ other) {
  return Math.round(other - x);
}

function join(/** @type {Cluster} */ cluster, /** @type {Cluster} */ other) {
  cluster.points.push(...other.points);
  cluster.total += other.total;
  cluster.weight += other.weight;
  cluster.event = other.event >= 0 ? other.event : cluster.event;
  for (let k = 0; k < other.kinds.length; k++) cluster.kinds[k] += other.kinds[k];
  const turns = turnsTo(other.x, cluster.x);
  const [a, b] = [cluster.box, other.box];
  cluster.box = [
    Math.min(a[0], b[0] + turns),
    Math.min(a[1], b[1]),
    Math.max(a[2], b[2] + turns),
    Math.max(a[3], b[3]),
  ];
}

/** Return whether all of a cluster's points are at one place, so that no zoom separates them. */
export function isOneSpot(/** @type {Pick<Cluster, "box">} */ cluster) {
  return cluster.box[0] === cluster.box[2] && cluster.box[1] === cluster.box[3];
}

/** Return the zoom that separates a cluster's points, limited by their precision; 0 if they are at one point. */
export function closestZoom(/** @type {Pick<Cluster, "box" | "points" | "answer">} */ cluster) {
  if (isOneSpot(cluster)) return 0;
  const [west, north, east, south] = cluster.box;
  // Two points in one street need not fill the screen.
  const apart = Math.ceil(Math.log2(APART_PX / (256 * Math.max(east - west, south - north))));
  const coarsest = Math.max(...cluster.points.map((point) => cluster.answer.placeOf(point).precision));
  return Math.min(apart, ZOOMS_BY_PRECISION[coarsest]);
}

// Puts points that would overlap on the screen into groups.

import { markRadius } from "./marks.js";

const FEW_POINTS = 60;
const NEAR_PX = { few: 16, many: 44 };
const APART_PX = 240;
// The closest zoom that shows more, by how exactly a place is known: venue, district, city, region, country.
const ZOOMS_BY_PRECISION = [17, 14, 11, 7, 5];
const OVERLAP_PX = 6; // discs that overlap by less than this stay apart

/**
 * Group an answer's points at a zoom, counting a period.
 *
 * The heaviest point (over all time) takes its neighbours in, and the group stands where that point stands. So the
 * groups hold still while a period is brushed or played, and only their numbers change.
 *
 * Returns groups {answer, x, y, points, total, kinds, event, box}, without those that are empty in the period.
 */
export function groupPoints(answer, period, zoom) {
  const scale = 256 * 2 ** zoom;
  const few = answer.points.length <= FEW_POINTS;
  const reach = NEAR_PX.many / scale;
  const columns = Math.max(1, Math.floor(1 / reach)); // the last column's neighbour is the first: the map goes round
  const groups = [];
  const grid = new Map();
  for (const point of heaviestFirst(answer)) {
    const tally = { total: 0, kinds: new Float64Array(answer.kinds.length), event: -1 };
    answer.tally(point, period, tally);
    if (tally.total <= 0) continue;
    const column = Math.min(columns - 1, Math.floor(point.x / reach)), row = Math.floor(point.y / reach);
    const host = findHost(grid, columns, column, row, point, few ? (other) => touching(other, point) / scale : () => reach);
    if (host) {
      join(host, point, tally);
    } else {
      const group = { answer, x: point.x, y: point.y, points: [point], box: point.box, weight: point.weight, ...tally };
      groups.push(group);
      const key = column * 2 ** 26 + row;
      if (grid.has(key)) grid.get(key).push(group);
      else grid.set(key, [group]);
    }
  }
  return groups;
}

function heaviestFirst(answer) {
  answer.heaviest ??= [...answer.points].sort((a, b) => b.weight - a.weight);
  return answer.heaviest;
}

/** Return the distance in pixels at which the marks of a group and a point of few would overlap, over all time. */
function touching(group, point) {
  return Math.max(NEAR_PX.few, markRadius(group.weight) + markRadius(point.weight) - OVERLAP_PX);
}

function findHost(grid, columns, column, row, point, reachOf) {
  let best = null, least = Infinity;
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      const key = ((column + dx + columns) % columns) * 2 ** 26 + row + dy;
      for (const group of grid.get(key) ?? []) {
        const distance = Math.hypot(group.x - point.x - turnsTo(point.x, group.x), group.y - point.y);
        if (distance < least && distance < reachOf(group)) [best, least] = [group, distance];
      }
    }
  }
  return best;
}

/** Return by how many turns of the Earth (-1, 0, 1) a position must be moved to lie nearest to another. */
function turnsTo(x, other) {
  return Math.round(other - x);
}

function join(group, point, tally) {
  group.points.push(point);
  group.total += tally.total;
  group.weight += point.weight;
  group.event = tally.event >= 0 ? tally.event : group.event;
  for (let k = 0; k < tally.kinds.length; k++) group.kinds[k] += tally.kinds[k];
  const turns = turnsTo(point.x, group.x);
  const [a, b] = [group.box, point.box];
  group.box = [Math.min(a[0], b[0] + turns), Math.min(a[1], b[1]), Math.max(a[2], b[2] + turns), Math.max(a[3], b[3])];
}

/** Tell whether all of a group's points lie at one spot, so that no zoom takes them apart. */
export function isOneSpot(group) {
  return group.box[0] === group.box[2] && group.box[1] === group.box[3];
}

/** Return the zoom at which a group's points stand well apart, or as close as they are known; none, 0, at one spot. */
export function closestZoom(group) {
  if (isOneSpot(group)) return 0;
  const [west, north, east, south] = group.box;
  // Two spots in one street need not fill the screen.
  const apart = Math.ceil(Math.log2(APART_PX / (256 * Math.max(east - west, south - north))));
  const coarsest = Math.max(...group.points.map((point) => group.answer.placeOf(point).precision));
  return Math.min(apart, ZOOMS_BY_PRECISION[coarsest]);
}

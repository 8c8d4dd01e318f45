// Draws clusters as markers: discs with a ring of kinds for several events, a kind's shape for one.

import { markerRadius } from "../data/clusters.js";
import { formatNumber, tr } from "../words.js";
import { palette, traceKind } from "./theme.js";

/** @import { Answer, Cluster, Place } from "../types.js" */

const EARTH_M = 40_075_016.686;
// Values of rallymap.events.LocationPrecision, finest first.
const VENUE = 0;
const CITY = 2;
const LEAST_DISC_PX = 14;

/**
 * Draw one cluster's marker.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Cluster} cluster
 * @param {number} x
 * @param {number} y
 * @param {{answer: Answer, scale: number, place: Place, alpha?: number, chosen?: boolean}} options
 *   `scale`: width of the world in pixels; `place`: precision and radius of the cluster's place.
 */
export function drawMarker(context, cluster, x, y, { answer, scale, place, alpha = 1, chosen = false }) {
  context.globalAlpha = alpha;
  const kind = answer.kinds[indexOfMost(cluster.kinds)];
  if (cluster.total > 1) {
    // Events in one city with an unknown street stay together at any zoom; their disc grows instead.
    const radius = cluster.box[0] === cluster.box[2] && place.precision > VENUE ? discRadius(cluster, place, scale) : 0;
    if (radius > markerRadius(cluster.total) + 4) drawArea(context, kind, x, y, radius, place.precision);
    drawCluster(context, cluster, x, y, answer);
  } else if (place.precision <= VENUE) {
    drawShape(context, kind, x, y, 8);
  } else {
    drawArea(context, kind, x, y, discRadius(cluster, place, scale), place.precision);
    if (place.precision <= CITY) drawShape(context, kind, x, y, 5.5);
  }
  if (chosen) drawChosen(context, x, y, cluster.total > 1 ? markerRadius(cluster.total) + 5 : 13);
  context.globalAlpha = 1;
}

function discRadius(/** @type {Cluster} */ cluster, /** @type {Place} */ place, /** @type {number} */ scale) {
  const latitude = Math.atan(Math.sinh((0.5 - cluster.y) * 2 * Math.PI));
  const truePx = (place.radius / (EARTH_M * Math.cos(latitude))) * scale;
  return Math.max(place.precision <= CITY ? LEAST_DISC_PX : LEAST_DISC_PX + 6, Math.min(truePx, 3000));
}

/** A shaded disc for a city or district; for a region or country a dashed outline without a centre. */
function drawArea(context, kind, x, y, radius, precision) {
  const colour = palette().kinds[kind];
  const alpha = context.globalAlpha;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.globalAlpha = alpha * (radius > 60 ? 0.14 : 0.26);
  context.fill();
  context.globalAlpha = alpha;
  if (precision <= CITY) return;
  context.setLineDash([4, 4]);
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  context.stroke();
  context.setLineDash([]);
}

function drawShape(context, kind, x, y, size) {
  const { card, kinds } = palette();
  traceKind(context, kind, x, y, size);
  context.fillStyle = kinds[kind];
  context.strokeStyle = card;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.stroke();
  context.fill();
}

function drawCluster(context, cluster, x, y, answer) {
  const { card, ink, kinds } = palette();
  const radius = markerRadius(cluster.total);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = card;
  context.fill();
  const sum = cluster.kinds.reduce((a, b) => a + b, 0);
  let from = -Math.PI / 2;
  context.lineWidth = 4;
  for (let k = 0; k < cluster.kinds.length; k++) {
    if (!cluster.kinds[k]) continue;
    const to = from + (cluster.kinds[k] / sum) * 2 * Math.PI;
    context.beginPath();
    context.arc(x, y, radius - 2, from, to);
    context.strokeStyle = kinds[answer.kinds[k]];
    context.stroke();
    from = to;
  }
  context.fillStyle = ink;
  context.font = `700 ${radius > 20 ? 14 : 13}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(shortNumber(cluster.total), x, y + 0.5);
}

function drawChosen(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = palette().accent;
  context.lineWidth = 2.5;
  context.stroke();
}

export const FONT = '"Source Sans", "Source Sans Pro", system-ui, sans-serif';

/** Format a number: 999, 1.2k, 34k, 1.2M. */
export function shortNumber(/** @type {number} */ n) {
  if (n < 1000) return formatNumber(n);
  const isThousands = n < 999_500;
  const value = n / (isThousands ? 1000 : 1_000_000);
  const short = { n: formatNumber(value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value)) };
  // Translators: thousands in a small disc, where one or two letters have room at most
  if (isThousands) return tr("{n}k", short);
  // Translators: millions in a small disc, where one or two letters have room at most
  return tr("{n}M", short);
}

/** Return the index of the largest number, the first if there are several. */
export function indexOfMost(/** @type {ArrayLike<number>} */ numbers) {
  let best = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i] > numbers[best]) best = i;
  return best;
}

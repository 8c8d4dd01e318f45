// Time in days since 1970-01-01, and the bins of the timeline.

export const DAY_MS = 86_400_000;

/** Return the index of the bin that contains a day, or of the nearest bin. */
export function binOf(/** @type {ArrayLike<number>} */ edges, /** @type {number} */ day) {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Format a day as YYYY-MM-DD. */
export function isoDay(/** @type {number} */ day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

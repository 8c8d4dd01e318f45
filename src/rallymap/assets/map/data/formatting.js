// Dates and counts in words.

import { DAY_MS } from "./bins.js";
import { KIND_NOUNS } from "./kinds.js";

/** @import { Cluster, Period } from "../types.js" */

const LANGUAGE = "en-GB";
/** @type {Record<string, Intl.DateTimeFormat>} */
const formats = {};

function format(/** @type {number} */ day, /** @type {Intl.DateTimeFormatOptions} */ options) {
  const key = JSON.stringify(options);
  formats[key] ??= new Intl.DateTimeFormat(LANGUAGE, { timeZone: "UTC", ...options });
  return formats[key].format(new Date(day * DAY_MS));
}

/** Write a day in words: "1 February 2020". */
export function formatDay(/** @type {number} */ day) {
  return format(day, { day: "numeric", month: "long", year: "numeric" });
}

/** Write a short name of a day's month: "Feb". */
export function formatMonth(/** @type {number} */ day) {
  return format(day, { month: "short" });
}

/** Write a whole number: "1,234". */
export function formatNumber(/** @type {number} */ n) {
  return n.toLocaleString(LANGUAGE);
}

/** Write a period, both days inclusive, in the shortest exact words. */
export function formatPeriod(/** @type {NonNullable<Period>} */ [first, last]) {
  const [a, b] = [first, last].map((day) => new Date(day * DAY_MS));
  const wholeMonths = a.getUTCDate() === 1 && new Date((last + 1) * DAY_MS).getUTCDate() === 1;
  if (wholeMonths && a.getUTCMonth() === 0 && b.getUTCMonth() === 11) {
    const years = [a.getUTCFullYear(), b.getUTCFullYear()];
    return years[0] === years[1] ? `${years[0]}` : `${years[0]} – ${years[1]}`;
  }
  if (wholeMonths) {
    const [from, to] = [first, last].map((day) => format(day, { month: "long", year: "numeric" }));
    return from === to ? from : `${from} – ${to}`;
  }
  if (first === last) return formatDay(first);
  if (a.getUTCFullYear() === b.getUTCFullYear() && a.getUTCMonth() === b.getUTCMonth()) {
    return `${a.getUTCDate()}–${formatDay(last)}`;
  }
  if (a.getUTCFullYear() === b.getUTCFullYear()) {
    return `${format(first, { day: "numeric", month: "long" })} – ${formatDay(last)}`;
  }
  return `${formatDay(first)} – ${formatDay(last)}`;
}

/** Write a count with its noun: "1 event", "1,234 events". */
export function formatCount(/** @type {number} */ n, one = "event", many = "events") {
  return `${formatNumber(n)} ${n === 1 ? one : many}`;
}

/** Say what a cluster of events is made of: "23 events: 14 rallies, 9 marches", "3 events: 2 Iran, 1 Tibet". */
export function describeCluster(/** @type {Pick<Cluster, "total" | "kinds" | "answer">} */ cluster) {
  const sum = cluster.kinds.reduce((a, b) => a + b, 0);
  if (sum !== cluster.total) return formatCount(cluster.total);
  const { labels, head } = cluster.answer;
  const parts = labels
    .map((label, k) => {
      const n = cluster.kinds[k];
      const nouns = head.colour === "community" ? undefined : KIND_NOUNS[head.kinds[k]];
      return { n, text: nouns ? formatCount(n, ...nouns) : `${formatNumber(n)} ${label}` };
    })
    .filter(({ n }) => n)
    .sort((a, b) => b.n - a.n)
    .map(({ text }) => text);
  return `${formatCount(cluster.total)}: ${parts.join(", ")}`;
}

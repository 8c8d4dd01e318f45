// Dates and counts in the page's language.

import { DATES, listWords, SECOND, tr, trn } from "../words.js";
import { DAY_MS } from "./bins.js";
import { dateWords, periodWords, secondPeriodWords, yearWords } from "./date_words.js";
import { KIND_COUNTS } from "./kinds.js";

/** @import { Cluster, Period } from "../types.js" */

/** The ends of a period without a first or a last day, as in rallymap/dates.py. */
const [EARLIEST, LATEST] = [Date.UTC(1800, 0, 1) / DAY_MS, Date.UTC(2199, 11, 31) / DAY_MS];

/** Format a day: "1 February 2020". */
export function formatDay(/** @type {number} */ day) {
  return dateWords(DATES, day, "yMMMMd");
}

/** Format the short name of a day's month: "Feb". */
export function formatMonth(/** @type {number} */ day) {
  return dateWords(DATES, day, "MMM");
}

/** Format a year: "2020". */
export function formatYear(/** @type {number} */ year) {
  return yearWords(DATES, year);
}

/** Format a period, both days inclusive, in the shortest exact form: "February 2020", "since 1 February 2020". */
export function formatPeriod(/** @type {NonNullable<Period>} */ period) {
  return formatOpen(period, formatDay) ?? periodWords(DATES, period);
}

/** Format a period in the language's second calendar; "" if it has none. */
export function formatSecond(/** @type {NonNullable<Period>} */ period) {
  if (!SECOND) return "";
  const second = SECOND;
  return formatOpen(period, (day) => secondPeriodWords(second, [day, day])) ?? secondPeriodWords(second, period);
}

/** @returns {string | undefined} A period that lacks one of its ends. */
function formatOpen(
  /** @type {NonNullable<Period>} */ [first, last],
  /** @type {(day: number) => string} */ formatEnd,
) {
  if (last >= LATEST && first > EARLIEST) return tr("since {date}", { date: formatEnd(first) });
  return first <= EARLIEST && last < LATEST ? tr("until {date}", { date: formatEnd(last) }) : undefined;
}

/** Format a day for screen readers, in both calendars if there are two. */
export function formatInBoth(/** @type {number} */ day) {
  const [date, second] = [formatDay(day), formatSecond([day, day])];
  return second ? tr("{date} ({second})", { date, second }) : date;
}

/** Format a number of events: "1 event", "1,234 events". */
export function formatCount(/** @type {number} */ n) {
  return trn("{n} event", "{n} events", n);
}

/** Describe the content of a cluster: "23 events: 14 rallies, 9 marches", "3 events: 2 Iran, 1 Tibet". */
export function describeCluster(/** @type {Pick<Cluster, "total" | "kinds" | "answer">} */ cluster) {
  const sum = cluster.kinds.reduce((a, b) => a + b, 0);
  if (sum !== cluster.total) return formatCount(cluster.total);
  const { labels, head } = cluster.answer;
  const parts = labels
    .map((label, k) => ({ n: cluster.kinds[k], label, kind: head.colour === "community" ? "" : head.kinds[k] }))
    .filter(({ n }) => n)
    .sort((a, b) => b.n - a.n)
    .map(({ n, label, kind }) => KIND_COUNTS[kind]?.(n) ?? countWith(n, label));
  // Translators: {parts} is a list such as "14 rallies, 9 marches"
  return trn("{n} event: {parts}", "{n} events: {parts}", cluster.total, { parts: listWords(parts) });
}

function countWith(/** @type {number} */ n, /** @type {string} */ label) {
  // Translators: how many events, and of which community: "2 Iran"
  return trn("{n} {label}", "{n} {label}", n, { label });
}

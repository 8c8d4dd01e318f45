// Dates and counts in words.

import { CODE, DATES, IS_ENGLISH, LANGUAGES, listWords, tr, trn } from "../words.js";
import { DAY_MS } from "./bins.js";
import { KIND_COUNTS } from "./kinds.js";

/** @import { Cluster, Period } from "../types.js" */

/** @type {Record<string, Intl.DateTimeFormat>} */
const formats = {};
const years = new Intl.NumberFormat(LANGUAGES, { useGrouping: false });

/** @type {Record<string, Intl.DateTimeFormatOptions>} What is written, by CLDR's letters. */
const SKELETONS = {
  yMMMMd: { day: "numeric", month: "long", year: "numeric" },
  yMMMM: { month: "long", year: "numeric" },
  MMMMd: { day: "numeric", month: "long" },
  MMM: { month: "short" },
};

function formatOf(/** @type {string} */ skeleton) {
  const options = SKELETONS[skeleton];
  // Sources and the timeline count by the Gregorian calendar, whatever else a language's readers use.
  formats[skeleton] ??= new Intl.DateTimeFormat(LANGUAGES, { timeZone: "UTC", calendar: "gregory", ...options });
  return formats[skeleton];
}

function format(/** @type {number} */ day, /** @type {string} */ skeleton) {
  const date = new Date(day * DAY_MS);
  return DATES ? fillPattern(DATES.patterns[skeleton], DATES.names, date) : counted(formatOf(skeleton).format(date));
}

/** Count the first day of a month, as French does and CLDR leaves out: "1er janvier". */
function counted(/** @type {string} */ words) {
  return CODE === "fr" ? words.replace(/\b1\b/g, "1er") : words;
}

/**
 * Write a date by a pattern of CLDR, in which words are between apostrophes.
 *
 * @param {string} pattern
 * @param {Record<string, string[]>} names
 * @param {Date} date
 */
function fillPattern(pattern, names, date) {
  return pattern.replace(/'([^']*)'|y+|d+|M+|L+/g, (part, quoted) => {
    if (quoted !== undefined) return quoted || "'";
    if (part[0] === "y") return formatYear(date.getUTCFullYear());
    if (part[0] === "d") return years.format(date.getUTCDate());
    return names[part]?.[date.getUTCMonth()] ?? years.format(date.getUTCMonth() + 1);
  });
}

/** Write a day in words: "1 February 2020". */
export function formatDay(/** @type {number} */ day) {
  return format(day, "yMMMMd");
}

/** Write a short name of a day's month: "Feb". */
export function formatMonth(/** @type {number} */ day) {
  return format(day, "MMM");
}

/** Write a year: "2020". */
export function formatYear(/** @type {number} */ year) {
  return years.format(year);
}

/** Write a period, both days inclusive, in the shortest exact words. */
export function formatPeriod(/** @type {NonNullable<Period>} */ [first, last]) {
  const [a, b] = [first, last].map((day) => new Date(day * DAY_MS));
  const wholeMonths = a.getUTCDate() === 1 && new Date((last + 1) * DAY_MS).getUTCDate() === 1;
  if (wholeMonths && a.getUTCMonth() === 0 && b.getUTCMonth() === 11) {
    return span(formatYear(a.getUTCFullYear()), formatYear(b.getUTCFullYear()));
  }
  if (wholeMonths) {
    const [from, to] = [first, last].map((day) => format(day, "yMMMM"));
    return span(from, to);
  }
  if (first === last) return formatDay(first);
  // Browsers differ in how they write a span in English.
  if (DATES) return span(formatDay(first), formatDay(last));
  if (!IS_ENGLISH) return counted(formatOf("yMMMMd").formatRange(a, b));
  const sameYear = a.getUTCFullYear() === b.getUTCFullYear();
  if (sameYear && a.getUTCMonth() === b.getUTCMonth()) return `${a.getUTCDate()}–${formatDay(last)}`;
  return span(sameYear ? format(first, "MMMMd") : formatDay(first), formatDay(last));
}

function span(/** @type {string} */ from, /** @type {string} */ to) {
  // Translators: years, months or days: "2019 – 2020"
  return from === to ? from : tr("{from} – {to}", { from, to });
}

/** Write a count of events: "1 event", "1,234 events". */
export function formatCount(/** @type {number} */ n) {
  return trn("{n} event", "{n} events", n);
}

/** Say what a cluster of events is made of: "23 events: 14 rallies, 9 marches", "3 events: 2 Iran, 1 Tibet". */
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

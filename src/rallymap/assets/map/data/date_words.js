// Formats days, months and periods with CLDR patterns from the server, which also uses them (`language/calendar.py`),
// so that both produce the same text, even in languages that the browser does not support.

import { binOf, DAY_MS } from "./bins.js";

/** @import { DatesOfLanguage, Period, SecondCalendar } from "../types.js" */

/** Keys of a period's patterns: the largest part that differs. */
const DIFFERENCES = /** @type {const} */ (["y", "M", "d"]);

/**
 * Format a day, or its month or year.
 *
 * @param {DatesOfLanguage} dates
 * @param {number} day since 1970-01-01
 * @param {string} skeleton CLDR skeleton: "yMMMMd", "yMMMM", "y", "MMM"
 */
export function dateWords(dates, day, skeleton) {
  return fillPattern(dates, dates.patterns[skeleton], new Date(day * DAY_MS));
}

/** Format a year with the language's digits: "2020". */
export function yearWords(/** @type {DatesOfLanguage} */ dates, /** @type {number} */ year) {
  return inDigits(dates.digits, String(year));
}

/**
 * Format a period, both days inclusive, in the shortest exact form: "2020", "February–April 2020", "2–9 February 2020".
 *
 * @param {DatesOfLanguage} dates
 * @param {NonNullable<Period>} period
 */
export function periodWords(dates, [first, last]) {
  const [start, end, after] = [first, last, last + 1].map((day) => new Date(day * DAY_MS));
  const wholeMonths = start.getUTCDate() === 1 && after.getUTCDate() === 1;
  const wholeYears = wholeMonths && start.getUTCMonth() === 0 && after.getUTCMonth() === 0;
  const skeleton = wholeYears ? "y" : wholeMonths ? "yMMMM" : "yMMMMd";
  const spans = dates.spans[skeleton];
  const differs = DIFFERENCES.find((letter) => spans[letter] && part(start, letter) !== part(end, letter));
  const halves = differs && spans[differs];
  if (!halves) return dateWords(dates, first, skeleton);
  return fillPattern(dates, halves[0], start) + fillPattern(dates, halves[1], end);
}

/**
 * Format a day in the language's second calendar; "" if it is outside the period for which the server sent its months.
 *
 * @param {SecondCalendar} second
 * @param {number} day since 1970-01-01
 */
export function secondWords(second, day) {
  const starts = startsOf(second);
  if (day < starts[0] || day >= starts[starts.length - 1]) return "";
  const n = binOf(starts, day);
  const all = second.month - 1 + n;
  const words = second.form
    .replace("{day}", `${day - starts[n] + 1}`)
    .replace("{year}", `${second.year + Math.floor(all / 12)}`);
  return inDigits(second.digits, words).replace("{month}", second.months[all % 12]);
}

/** Format the days of a period in the language's second calendar; "" if one of them is outside its months. */
export function secondPeriodWords(
  /** @type {SecondCalendar} */ second,
  /** @type {NonNullable<Period>} */ [first, last],
) {
  const ends = [...new Set([secondWords(second, first), secondWords(second, last)])];
  return ends.includes("") ? "" : ends.join(" – ");
}

/** @type {WeakMap<SecondCalendar, number[]>} */
const starts = new WeakMap();

/** Return the first day of each month, and the day after the last; made once, as playing formats many periods. */
function startsOf(/** @type {SecondCalendar} */ second) {
  let days = starts.get(second);
  if (!days) {
    days = [second.first];
    for (const more of second.lengths) days.push(days[days.length - 1] + 28 + Number(more));
    starts.set(second, days);
  }
  return days;
}

function inDigits(/** @type {string} */ digits, /** @type {string} */ text) {
  return text.replace(/\d/g, (digit) => digits[Number(digit)]);
}

function part(/** @type {Date} */ date, /** @type {string} */ letter) {
  return letter === "y" ? date.getUTCFullYear() : letter === "M" ? date.getUTCMonth() : date.getUTCDate();
}

/**
 * Format a date with a CLDR pattern, in which text may be quoted by apostrophes.
 *
 * @param {DatesOfLanguage} dates
 * @param {string} pattern
 * @param {Date} date
 */
function fillPattern(dates, pattern, date) {
  return pattern.replace(/'([^']*)'|y+|d+|M+|L+/g, (field, quoted) => {
    if (quoted !== undefined) return quoted || "'";
    if (field[0] === "y") return yearWords(dates, date.getUTCFullYear());
    return dates.names[field][field[0] === "d" ? date.getUTCDate() - 1 : date.getUTCMonth()];
  });
}

// Dates and counts in words.

import { KINDS } from "./look.js";

const LANGUAGE = "en-GB";
const DAY_MS = 86_400_000;
const formats = {};

function format(day, options) {
  const key = JSON.stringify(options);
  formats[key] ??= new Intl.DateTimeFormat(LANGUAGE, { timeZone: "UTC", ...options });
  return formats[key].format(new Date(day * DAY_MS));
}

export function dayWords(day) {
  return format(day, { day: "numeric", month: "long", year: "numeric" });
}

/** Say a period, both days inclusive, as shortly as it can be said exactly. */
export function periodWords([first, last]) {
  const [a, b] = [first, last].map((day) => new Date(day * DAY_MS));
  const wholeMonths = a.getUTCDate() === 1 && new Date((last + 1) * DAY_MS).getUTCDate() === 1;
  if (wholeMonths && a.getUTCMonth() === 0 && b.getUTCMonth() === 11) {
    const years = [a.getUTCFullYear(), b.getUTCFullYear()];
    return years[0] === years[1] ? `${years[0]}` : `${years[0]} – ${years[1]}`;
  }
  const month = { month: "long", year: "numeric" };
  if (wholeMonths) {
    const [from, to] = [format(first, month), format(last, month)];
    return from === to ? from : `${from} – ${to}`;
  }
  if (first === last) return dayWords(first);
  if (a.getUTCFullYear() === b.getUTCFullYear() && a.getUTCMonth() === b.getUTCMonth()) {
    return `${a.getUTCDate()}–${dayWords(last)}`;
  }
  if (a.getUTCFullYear() === b.getUTCFullYear()) return `${format(first, { day: "numeric", month: "long" })} – ${dayWords(last)}`;
  return `${dayWords(first)} – ${dayWords(last)}`;
}

export function countWords(n, one = "event", many = "events") {
  return `${n.toLocaleString(LANGUAGE)} ${n === 1 ? one : many}`;
}

/** Say what a group of events is made of: "23 events: 14 rally, 9 march". */
export function groupWords(group, kinds) {
  const sum = group.kinds.reduce((a, b) => a + b, 0);
  if (sum !== group.total) return countWords(group.total);
  const parts = kinds
    .map((kind, k) => [group.kinds[k], KINDS[kind].label.toLowerCase()])
    .filter(([n]) => n)
    .sort((a, b) => b[0] - a[0])
    .map(([n, label]) => `${n.toLocaleString(LANGUAGE)} ${label}`);
  return `${countWords(group.total)}: ${parts.join(", ")}`;
}

// Translations of the page's language, from its element "messages".

/** @import { PageWords } from "./types.js" */

/** @type {PageWords} */
const page = read();

function read() {
  const text = typeof document === "undefined" ? "" : document.getElementById("messages")?.textContent;
  // A module that is loaded alone, in a test, has no page.
  return text
    ? JSON.parse(text)
    : { lang: "en-GB", messages: {}, plurals: "", separators: {}, countries: {}, dates: {}, second: null };
}

/**
 * For Intl: the page's language with its digits, such as "fa-u-nu-arabext"; English with the same digits if the browser
 * does not support it, as Chromium with Kurdish.
 */
export const LANGUAGES = [page.lang, `en-GB${/-u-nu-\w+/.exec(page.lang)?.[0] ?? ""}`];

/** Date formats of the page's language. */
export const DATES = page.dates;

/** The page's second calendar, as that of Solar Hijri in Persian; null in most languages. */
export const SECOND = page.second;

export const IS_ENGLISH = page.lang === "en-GB";

/** The page's language as in URLs: "en", "fa", "zh-Hant". */
export const CODE = IS_ENGLISH ? "en" : page.lang.split("-u-")[0];

/** Separator of short facts on one line: a middle dot, unless a digit looks like one. */
export const SEPARATOR = /-nu-arab/.test(page.lang) ? " | " : " · ";

/** Whether the page's direction is right to left. */
export const IS_RTL = typeof document !== "undefined" && document.documentElement.dir === "rtl";

const numbers = new Intl.NumberFormat(LANGUAGES);
const lists = new Intl.ListFormat(LANGUAGES, { type: "unit", style: "short" });

/** Format a number: "1,234". */
export function formatNumber(/** @type {number} */ n) {
  return joinParts(numbers.formatToParts(n));
}

/** Format a range of numbers: "2–5". */
export function formatRange(/** @type {number} */ low, /** @type {number} */ high) {
  return joinParts(numbers.formatRangeToParts(low, high));
}

/** Format a length in whole metres, or kilometres: "500 m", "2,000 km". */
export function formatLength(/** @type {number} */ metres) {
  const [n, unit] = metres < 1000 ? [metres, "meter"] : [metres / 1000, "kilometer"];
  return joinParts(new Intl.NumberFormat(LANGUAGES, { style: "unit", unit, unitDisplay: "short" }).formatToParts(n));
}

/** Join the parts of a number with the page's separators. */
function joinParts(/** @type {{type: string, value: string}[]} */ parts) {
  return parts.map(({ type, value }) => page.separators[type] ?? value).join("");
}

/** Return the name of a country in the page's language; its code (ISO 3166-1) if there is none. */
export function countryName(/** @type {string} */ code) {
  return page.countries[code] ?? code;
}

/** Format a list: "2 marches, 1 rally". */
export function listWords(/** @type {string[]} */ words) {
  return lists.format(words);
}

/**
 * Translate a sentence, written in English with `{name}` for each value.
 *
 * @param {string} message
 * @param {Record<string, string | number>} [values]
 */
export function tr(message, values = {}) {
  const said = page.messages[message];
  return fill(typeof said === "string" ? said : message, values);
}

/**
 * Translate a sentence with a count, which replaces `{n}`: `trn("{n} event", "{n} events", 1234)`.
 *
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Record<string, string | number>} [values]
 */
export function trn(one, many, n, values = {}) {
  const forms = page.messages[one];
  const form = Number(page.plurals[n < 200 ? n : 100 + (n % 100)]);
  const said = Array.isArray(forms) ? forms[form] : undefined; // an operator's catalogue may lack some
  return fill(said ?? (n === 1 ? one : many), { ...values, n: formatNumber(n) });
}

/** Mark a sentence for translation by a later `tr` of the result. */
export function mark(/** @type {string} */ message) {
  return message;
}

function fill(/** @type {string} */ text, /** @type {Record<string, string | number>} */ values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// Says sentences in the language of the page, which holds them in its element "messages".

/** @type {{lang: string, messages: Record<string, string | Record<string, string>>}} */
const page = read();

function read() {
  const text = typeof document === "undefined" ? "" : document.getElementById("messages")?.textContent;
  return text ? JSON.parse(text) : { lang: "en-GB", messages: {} };
}

/** The language for Intl, with its digits: "en-GB", "fa-u-nu-arabext". */
export const LANGUAGE = page.lang;

/** Whether lines run from right to left. */
export const IS_RTL = typeof document !== "undefined" && document.documentElement.dir === "rtl";

const rules = new Intl.PluralRules(LANGUAGE);
const numbers = new Intl.NumberFormat(LANGUAGE);

/** Write a number: "1,234". */
export function formatNumber(/** @type {number} */ n) {
  return numbers.format(n);
}

/**
 * Say a sentence, written in English with `{name}` for each value.
 *
 * @param {string} message
 * @param {Record<string, string | number>} [values]
 */
export function tr(message, values = {}) {
  const said = page.messages[message];
  return fill(typeof said === "string" ? said : message, values);
}

/**
 * Say a sentence with a count, which `{n}` stands for: `trn("{n} event", "{n} events", 1234)`.
 *
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Record<string, string | number>} [values]
 */
export function trn(one, many, n, values = {}) {
  const forms = page.messages[one];
  const said = typeof forms === "object" ? (forms[rules.select(n)] ?? forms.other) : n === 1 ? one : many;
  return fill(said, { ...values, n: formatNumber(n) });
}

/** Name a sentence that is said later, by `tr` of what this returns. */
export function mark(/** @type {string} */ message) {
  return message;
}

function fill(/** @type {string} */ text, /** @type {Record<string, string | number>} */ values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// The kinds of events and their names; rallymap/events.py has the same list.

import { mark, tr, trn } from "../words.js";

/** @import { AnswerHead } from "../types.js" */

/** @type {Record<string, string>} */
export const KIND_LABELS = {
  rally: mark("Rally"),
  // Translators: people who walk through streets, not the month
  march: mark("March"),
  vigil: mark("Vigil"),
  exhibition: mark("Exhibition or bookstand"),
  conference: mark("Conference"),
  picket: mark("Picket"),
  performance: mark("Performance"),
  other: mark("Other gathering"),
};

/** Format a number of events by the name of their kind. @type {Record<string, (n: number) => string>} */
export const KIND_COUNTS = {
  rally: (n) => trn("{n} rally", "{n} rallies", n),
  march: (n) => trn("{n} march", "{n} marches", n),
  vigil: (n) => trn("{n} vigil", "{n} vigils", n),
  exhibition: (n) => trn("{n} exhibition or bookstand", "{n} exhibitions or bookstands", n),
  conference: (n) => trn("{n} conference", "{n} conferences", n),
  picket: (n) => trn("{n} picket", "{n} pickets", n),
  performance: (n) => trn("{n} performance", "{n} performances", n),
  other: (n) => trn("{n} other gathering", "{n} other gatherings", n),
};

const STYLES = Object.keys(KIND_LABELS);

/** @returns {string[]} The style key (colour and shape) of each category of a colouring. */
export function stylesOf(/** @type {AnswerHead} */ { colour, kinds }) {
  return colour === "community" ? kinds.map((name, k) => (name ? STYLES[k] : "other")) : kinds;
}

/** @returns {string} The label of a kind by its name. */
export function kindLabel(/** @type {string} */ name) {
  return KIND_LABELS[name] ? tr(KIND_LABELS[name]) : name;
}

/** @returns {string[]} The label of each category of a colouring. */
export function labelsOf(/** @type {AnswerHead} */ { colour, kinds }) {
  return kinds.map((name) => (colour === "community" ? name || tr("Other communities") : kindLabel(name)));
}

// The kinds of events and their names; rallymap/events.py has the same list.

/** @import { AnswerHead } from "../types.js" */

/** @type {Record<string, string>} */
export const KIND_LABELS = {
  rally: "Rally",
  march: "March",
  vigil: "Vigil",
  exhibition: "Exhibition, bookstand",
  conference: "Conference",
  picket: "Picket",
  performance: "Performance",
  other: "Other gathering",
};

/** One event of a kind, and several. @type {Record<string, [string, string]>} */
export const KIND_NOUNS = {
  rally: ["rally", "rallies"],
  march: ["march", "marches"],
  vigil: ["vigil", "vigils"],
  exhibition: ["exhibition or bookstand", "exhibitions or bookstands"],
  conference: ["conference", "conferences"],
  picket: ["picket", "pickets"],
  performance: ["performance", "performances"],
  other: ["other gathering", "other gatherings"],
};

const STYLES = Object.keys(KIND_LABELS);

/** @returns {string[]} The colour and shape, by the name of a kind, of each category of a colouring. */
export function stylesOf(/** @type {AnswerHead} */ { colour, kinds }) {
  return colour === "community" ? kinds.map((name, k) => (name ? STYLES[k] : "other")) : kinds;
}

/** @returns {string[]} The label of each category of a colouring. */
export function labelsOf(/** @type {AnswerHead} */ { colour, kinds }) {
  return kinds.map((name) => (colour === "community" ? name || "Other communities" : (KIND_LABELS[name] ?? name)));
}

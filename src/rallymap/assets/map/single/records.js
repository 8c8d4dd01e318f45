// Reads what is embedded in the file: rallymap/views/single_file.py writes it.

/** @import { Happening } from "../types.js" */

/**
 * An event as the file holds it: id, title, kind, when, where, the name of its place, [lat, lon] or null, country code,
 * communities, lines of text, sources as [title, address, byline, archived copy], language of a title that is not in the
 * page's, or "".
 *
 * @typedef {[string, string, string, string, string, string, [number, number] | null, string, string[], string[],
 *   [string, string, string, string][], string]} EventRecord
 */

/**
 * Numbers of each event, in the order of the events: newest first, undated ones last.
 *
 * @typedef {Record<"x" | "y" | "start" | "end" | "radius" | "kind" | "community" | "place" | "coarse" | "online" | "city", number[]>} Columns
 */

/**
 * @typedef {object} FileData
 * @property {string} version
 * @property {[number, number] | null} bounds First and last day.
 * @property {number[][]} bins Edges of the timeline's bars, from fine to coarse.
 * @property {string[]} kinds
 * @property {string[]} communities Those with a colour of their own; "" means all others.
 * @property {Record<string, string>} countries Names by code.
 * @property {Columns} columns
 * @property {EventRecord[]} events
 * @property {{countries: Record<string, string[]>, communities: Record<string, string[]>, cities: string[][]}} names What
 *   other languages call the countries by code, the communities, and the cities; a column has the number of a city.
 * @property {Happening[]} context
 * @property {[string, number, number][]} places Cities, the largest first, with x and y.
 * @property {import("leaflet").MapOptions} map
 */

/** @returns {Promise<ArrayBuffer>} What a script element holds as packed bytes (deflate) in base64. */
export async function unpackElement(/** @type {string} */ id) {
  const text = document.getElementById(id)?.textContent ?? "";
  const packed = Uint8Array.from(atob(text.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/** @returns {Promise<FileData>} */
export async function readRecords() {
  return JSON.parse(new TextDecoder().decode(await unpackElement("data")));
}

/** Return a text without case and accents, so that "göteborg" is found by "Goteborg". */
export function fold(/** @type {string} */ text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Letters from which a word may be the beginning of a name in another language. */
const MIN_BEGINNING = 4;

export class TextSearch {
  constructor(/** @type {FileData} */ { events, columns, names }) {
    /** @type {string[]} What is said of each event. */
    this.texts = events.map((event) => fold([event[1], ...event[9], ...event[10].flat()].join("\n")));
    /** @type {string[]} What its places and communities are called elsewhere: names without spaces, each after a "\n". */
    this.names = events.map((event, i) =>
      [
        ...(names.countries[event[7]] ?? []),
        ...event[8].flatMap((name) => names.communities[name] ?? []),
        ...(names.cities[columns.city[i]] ?? []),
      ]
        .map((name) => `\n${joined(fold(name).split(/\s+/))}`)
        .join(""),
    );
  }

  /** Return a function that says of the i-th event whether it has all words of a text. */
  finds(/** @type {string} */ text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const begins = (/** @type {string} */ word, /** @type {number} */ i) =>
      word.length >= MIN_BEGINNING && this.names[i].includes(`\n${word}`);
    const whole = joined(words);
    return (/** @type {number} */ i) =>
      words.every((word) => this.texts[i].includes(word) || begins(word, i)) || begins(whole, i);
  }
}

function joined(/** @type {string[]} */ words) {
  return words.join("").replace(/[\s\u200c-]/g, "");
}

// Reads the data embedded in the file: rallymap/views/single_file.py writes it.

/** @import { Happening } from "../types.js" */

/**
 * An event in the file: id, title, kind, when, where, the name of its place, [lat, lon] or null, country code,
 * communities, lines of text, sources as [title, URL, byline, archived copy], and the title's language if it is not the
 * page's, or "".
 *
 * @typedef {[string, string, string, string, string, string, [number, number] | null, string, string[], string[],
 *   [string, string, string, string][], string]} EventRecord
 */

/**
 * Numbers of all events, in the order of the events: newest first, undated ones last.
 *
 * @typedef {Record<"x" | "y" | "start" | "end" | "radius" | "kind" | "community" | "place" | "coarse" | "online" | "city", number[]>} Columns
 */

/**
 * @typedef {object} FileData
 * @property {string} version
 * @property {[number, number] | null} bounds First and last day.
 * @property {number[][]} bins Edges of the timeline's bins, from fine to coarse.
 * @property {string[]} kinds
 * @property {string[]} communities Those with their own colour; "" means all others.
 * @property {Record<string, string>} countries Names by code.
 * @property {Columns} columns
 * @property {EventRecord[]} events
 * @property {{countries: Record<string, string[]>, communities: Record<string, string[]>, cities: string[][]}} names
 *   Names in other languages: of countries by code, of communities, and of cities; a column has the index of a city.
 * @property {Happening[]} context
 * @property {[string, number, number][]} places Cities, the largest first, with x and y.
 * @property {import("leaflet").MapOptions} map
 */

/** @returns {Promise<ArrayBuffer>} The content of a script element, compressed (deflate) and in base64. */
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

/** Normalise case and accents, so that "Goteborg" finds "göteborg". */
export function fold(/** @type {string} */ text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Minimum number of letters for a prefix match with a name in another language. */
const MIN_BEGINNING = 4;

export class TextSearch {
  constructor(/** @type {FileData} */ { events, columns, names }) {
    /** @type {string[]} The searchable text of each event. */
    this.texts = events.map((event) => fold([event[1], ...event[9], ...event[10].flat()].join("\n")));
    /** @type {string[]} Other names of its places and communities, without spaces, each after a "\n". */
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

  /** Return a function that tests whether the i-th event has all words of a text. */
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

// Reads the data embedded in the file: rallymap/views/single_file.py writes it.

/** @import { Happening } from "../types.js" */
/** @import { SearchData } from "./search_types.js" */

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
 * @typedef {Record<"x" | "y" | "start" | "end" | "radius" | "kind" | "community" | "place" | "coarse" | "online", number[]>} Columns
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
 * @property {SearchData} search
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

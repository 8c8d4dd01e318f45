// Fetches map data from our own server; a newer request of a kind aborts the older one. In the map in one file
// (single.js) the file itself answers; in an iframe on one of our pages, the page provides the map's files.

import { CODE, IS_ENGLISH, tr } from "../words.js";

/**
 * A replacement for the server.
 *
 * @typedef {{answer: (route: string, query: URLSearchParams) => any, file: (name: string) => Promise<ArrayBuffer>}} LocalAnswers
 */

/** @type {LocalAnswers | null} */
let local = null;

/** Answer requests locally instead of by a server. */
export function answerFrom(/** @type {LocalAnswers} */ answers) {
  local = answers;
}

let isPageAsked = false;

/**
 * Let the page around the iframe fetch the map's files (assets/page/map_files.js). A sandboxed iframe has a unique
 * origin, so browsers that partition their cache by origin do not cache its files; they cache what the page fetches.
 */
export function fetchFilesByPage() {
  isPageAsked = true;
}

/** @returns {Promise<ArrayBuffer>} A file of the map, by its name below assets/<version>/. */
export async function fetchFile(/** @type {string} */ name) {
  if (local) return local.file(name);
  const url = new URL(`../${name}`, import.meta.url); // relative to the bundle
  if (isPageAsked) return askPage(url.href);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.arrayBuffer();
}

/** @returns {Promise<ArrayBuffer>} */
function askPage(/** @type {string} */ url) {
  const { port1, port2 } = new MessageChannel();
  window.parent.postMessage({ rallymap: "file", url }, "*", [port2]);
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) =>
      data instanceof ArrayBuffer ? resolve(data) : reject(new Error(`${url}: ${data}`));
  });
}

/** @type {Record<string, AbortController>} */
const running = {};

/**
 * Fetch from a route below /map/.
 *
 * @param {string} route
 * @param {string | URLSearchParams} query
 * @param {{sort?: string, as?: "json" | "bytes"}} options `sort`: only the newest of several requests with this value
 *   counts.
 * @returns {Promise<any>} The answer; null if a newer request with the same `sort` was made.
 * @throws {Error} With the server's message if it rejects the request.
 */
export async function fetchRoute(route, query, { sort = "", as = "json" } = {}) {
  if (local) return local.answer(route, new URLSearchParams(query));
  const control = new AbortController();
  if (sort) {
    running[sort]?.abort();
    running[sort] = control;
  }
  const url = new URL(`../../map/${route}${query ? `?${query}` : ""}`, document.baseURI);
  if (!IS_ENGLISH) url.searchParams.set("lang", CODE); // a sandboxed iframe sends no cookie with the language
  try {
    const response = await fetch(url, { signal: control.signal });
    if (!response.ok) throw new Error(await reasonOf(response));
    return as === "json" ? await response.json() : await response.arrayBuffer();
  } catch (error) {
    if (control.signal.aborted) return null;
    throw error;
  }
}

/** @returns {Promise<string>} The reason for a rejected request. */
async function reasonOf(/** @type {Response} */ response) {
  try {
    return (await response.json()).error;
  } catch {
    return tr("the server answered {status}", { status: response.status });
  }
}

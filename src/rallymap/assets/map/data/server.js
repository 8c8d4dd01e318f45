// Fetches map data from our own server; a newer request of a sort ends the older one. In the map that is one file
// (single.js) the file itself answers; in a frame of one of our pages, the page hands over the map's files.

import { CODE, IS_ENGLISH, tr } from "../words.js";

/**
 * What answers in the place of a server.
 *
 * @typedef {{answer: (route: string, query: URLSearchParams) => any, file: (name: string) => Promise<ArrayBuffer>}} LocalAnswers
 */

/** @type {LocalAnswers | null} */
let local = null;

/** Let something else answer than a server. */
export function answerFrom(/** @type {LocalAnswers} */ answers) {
  local = answers;
}

let isPageAsked = false;

/**
 * Have the page around the frame fetch the map's files (assets/page/map_files.js). A sandboxed frame has an origin that no
 * other has, and browsers that keep a cache for each origin keep nothing for it; what the page fetches, they keep.
 */
export function fetchFilesByPage() {
  isPageAsked = true;
}

/** @returns {Promise<ArrayBuffer>} A file of the map, by its name below assets/<version>/. */
export async function fetchFile(/** @type {string} */ name) {
  if (local) return local.file(name);
  const url = new URL(`../${name}`, import.meta.url); // as seen from the bundle
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
 * @param {{sort?: string, as?: "json" | "bytes"}} options `sort`: of several requests of one sort only the newest counts.
 * @returns {Promise<any>} The answer; null where a newer request of the same `sort` has been made.
 * @throws {Error} With the server's sentence, where it refuses.
 */
export async function fetchRoute(route, query, { sort = "", as = "json" } = {}) {
  if (local) return local.answer(route, new URLSearchParams(query));
  const control = new AbortController();
  if (sort) {
    running[sort]?.abort();
    running[sort] = control;
  }
  const url = new URL(`../../map/${route}${query ? `?${query}` : ""}`, document.baseURI);
  if (!IS_ENGLISH) url.searchParams.set("lang", CODE); // a sandboxed frame sends no cookie that would say it
  try {
    const response = await fetch(url, { signal: control.signal });
    if (!response.ok) throw new Error(await reasonOf(response));
    return as === "json" ? await response.json() : await response.arrayBuffer();
  } catch (error) {
    if (control.signal.aborted) return null;
    throw error;
  }
}

/** @returns {Promise<string>} Why a request was refused. */
async function reasonOf(/** @type {Response} */ response) {
  try {
    return (await response.json()).error;
  } catch {
    return tr("the server answered {status}", { status: response.status });
  }
}

// Checks whether the current answer covers what the map shows, and fetches another if not.

import { readAnswer } from "./answer.js";
import { isoDay } from "./bins.js";
import { fetchRoute } from "./server.js";

/** @import { Answer, Choice, Grid, Period } from "../types.js" */

/** @typedef {{key: string, grid: Grid, text: string, bins: number}} CubeRequest */

const CELL_BITS = 3; // a cell is 256 / 2**3 = 32 pixels
const BLOCK = 8; // views are rounded out to 8 cells, so that nearby viewers share an answer
const MARGIN = 0.2;

/**
 * Return the cells in view at the map's zoom, with a margin, rounded out to blocks.
 *
 * @param {import("leaflet").Map} map
 * @param {number} margin Margin as a share of the view's size.
 * @returns {Grid}
 */
export function gridOf(map, margin = MARGIN) {
  const z = Math.round(map.getZoom()) + CELL_BITS;
  const world = 2 ** z;
  const size = map.getSize();
  const corner = map.project(map.getCenter(), map.getZoom()).subtract(size.divideBy(2));
  const cell = 256 / 2 ** CELL_BITS;
  const out = (/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ extra) => [
    Math.floor((low - extra) / cell / BLOCK) * BLOCK,
    Math.ceil((high + extra) / cell / BLOCK) * BLOCK,
  ];
  let [x0, x1] = out(corner.x, corner.x + size.x, size.x * margin);
  const [y0, y1] = out(corner.y, corner.y + size.y, size.y * margin).map((y) => Math.max(0, Math.min(world, y)));
  if (x1 - x0 >= world) [x0, x1] = [0, world];
  return { z, x0, y0, x1: Math.max(x1, x0 + 1), y1: Math.max(y1, y0 + 1) };
}

/** Return a grid as a query. */
export function gridQuery(/** @type {Grid} */ grid) {
  return new URLSearchParams(Object.entries(grid).map(([name, value]) => [name, String(value)]));
}

export class MapData {
  /** @type {Answer | null} */
  answer = null;
  /** @type {CubeRequest | null} The request of `answer`. */
  request = null;
  /** @type {{text: string, answer: Promise<Answer | null>} | null} */
  loading = null;

  constructor(/** @type {import("leaflet").Map} */ map) {
    this.map = map;
  }

  /** Return whether the current answer is exact for this choice and the map's current view. */
  serves(/** @type {Choice} */ choice) {
    return this.answer !== null && this.covers(choice) && this.answer.knows(choice.period);
  }

  /** Return whether the current answer covers this choice and the map's current view, for any period. */
  covers(/** @type {Choice} */ choice) {
    const { answer, request } = this;
    if (!answer || !request || request.key !== keyOf(choice)) return false;
    if (answer.head.whole) return true;
    const now = gridOf(this.map, 0);
    return (answer.isEvents || now.z === request.grid.z) && inside(now, request.grid);
  }

  /** Fetch missing data; resolves to an answer that serves, or null if a newer request was made. */
  load(/** @type {Choice} */ choice) {
    return this.fetchOnce(this.request && this.covers(choice) ? this.request : this.requestFor(choice), choice);
  }

  /** Fetch the whole world: for the extent of the events, and with few events for every view. */
  loadWorld(/** @type {Choice} */ choice) {
    const size = this.map.getSize();
    const z = Math.max(0, Math.floor(Math.log2(Math.max(size.x, 256) / 256))) + CELL_BITS; // the cells that its view will need
    const world = { z, x0: 0, y0: 0, x1: 2 ** z, y1: 2 ** z };
    return this.fetchOnce(this.requestFor({ ...choice, layer: "clusters" }, world), choice);
  }

  /** Fetch an answer, or wait for the same request if it is running. */
  fetchOnce(/** @type {CubeRequest} */ request, /** @type {Choice} */ choice) {
    const text = `${request.text} ${choice.period}`;
    if (this.loading?.text === text) return this.loading.answer;
    const answer = this.fetch(request, choice.period).finally(() => {
      if (this.loading?.text === text) this.loading = null;
    });
    this.loading = { text, answer };
    return answer;
  }

  /** @returns {CubeRequest} */
  requestFor(/** @type {Choice} */ choice, grid = gridOf(this.map)) {
    const query = new URLSearchParams(choice.filter);
    query.set("v", choice.version);
    if (choice.colour !== "kind") query.set("colour", choice.colour);
    if (choice.layer === "countries") query.set("by", "country");
    else for (const [name, value] of gridQuery(grid)) query.set(name, value);
    return { key: keyOf(choice), grid, text: String(query), bins: choice.bins };
  }

  /** @returns {Promise<Answer | null>} */
  async fetch(/** @type {CubeRequest} */ request, /** @type {Period} */ period) {
    const fresh = request !== this.request;
    const many = !fresh || !this.answer?.isEvents; // few events are sent individually, for any period
    const [cube, mix] = await Promise.all([
      fresh ? fetchRoute("cube", `${request.text}&bins=${request.bins}`, { sort: "cube", as: "bytes" }) : true,
      period && many ? this.fetchPeriod(request, period) : true,
    ]);
    if (!cube || !mix) return null;
    if (fresh) {
      this.request = request;
      this.answer = readAnswer(cube);
    }
    const { answer } = this;
    if (!answer || !period) return answer;
    if (mix !== true) answer.learn(period, mix);
    if (answer.knows(period)) return answer;
    // Few events have become many, or the data changed between the two answers: fetch again.
    const again = await this.fetchPeriod(request, period);
    if (again) answer.learn(period, again);
    return again && answer;
  }

  fetchPeriod(/** @type {CubeRequest} */ { text }, /** @type {[number, number]} */ [first, last]) {
    return fetchRoute("period", `${text}&from=${isoDay(first)}&to=${isoDay(last)}`, { sort: "period", as: "bytes" });
  }
}

function keyOf(/** @type {Choice} */ choice) {
  return `${choice.version} ${choice.filter} ${choice.bins} ${choice.colour} ${choice.layer === "countries"}`;
}

/** Return whether a grid is within another, which may have another zoom or be in another copy of the world. */
export function inside(/** @type {Grid} */ inner, /** @type {Grid} */ outer) {
  const factor = 2 ** (outer.z - inner.z);
  const world = 2 ** outer.z;
  const width = outer.x1 - outer.x0;
  const [x0, x1] = [inner.x0 * factor, inner.x1 * factor];
  const from = (((x0 - outer.x0) % world) + world) % world;
  const wide = width >= world || from + (x1 - x0) <= width;
  return wide && inner.y0 * factor >= outer.y0 && inner.y1 * factor <= outer.y1;
}

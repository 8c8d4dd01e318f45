// Labels of events: fetched on demand, and cached.

import { fetchRoute } from "./server.js";

/** @import { EventLabel, LabelPage } from "../types.js" */

/** @type {Map<string, EventLabel>} */
const known = new Map();
const BATCH = 50;

/** Clear the cache, because other events are public now. */
export function forgetLabels() {
  known.clear();
}

/** @returns {EventLabel | undefined} An event's label if it is cached. */
export function labelOf(/** @type {string} */ id) {
  return known.get(id);
}

/**
 * Fetch the labels of events.
 *
 * @param {string[]} ids
 * @returns {Promise<EventLabel[]>} Those found, in the order of `ids`.
 */
export async function fetchLabels(ids) {
  const missing = ids.filter((id) => !known.has(id));
  for (let i = 0; i < missing.length; i += BATCH) {
    const { events } = await fetchRoute("events", `ids=${missing.slice(i, i + BATCH).join(",")}`);
    remember(events);
  }
  return ids.flatMap((id) => known.get(id) ?? []);
}

/**
 * Fetch one page of the events in some cells.
 *
 * @param {{filter: string, days: {from: string, to: string} | null}} choice Days as YYYY-MM-DD.
 * @param {number} z Zoom of the cells.
 * @param {[number, number][]} cells
 * @param {number} offset
 * @returns {Promise<LabelPage>}
 */
export async function fetchCellPage({ filter, days }, z, cells, offset) {
  const query = new URLSearchParams(filter);
  query.set("z", String(z));
  query.set("cells", cells.map((cell) => cell.join(".")).join(","));
  query.set("offset", String(offset));
  for (const [name, day] of Object.entries(days ?? {})) query.set(name, day);
  const page = await fetchRoute("events", query);
  remember(page.events);
  return page;
}

function remember(/** @type {EventLabel[]} */ events) {
  for (const event of events) known.set(event.id, event);
}

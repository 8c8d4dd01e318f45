// What events are called: asked for when someone points at one, and remembered.

import { ask } from "./server.js";

const known = new Map();
const AT_ONCE = 50;

/** Forget all, as other events are public now. */
export function forgetTitles() {
  known.clear();
}

/** Return an event's label {id, title, kind, when, where, at} if it is known already. */
export function labelOf(id) {
  return known.get(id);
}

/** Fetch the labels of events; resolves to those found, in the order asked for. */
export async function fetchLabels(ids) {
  const missing = ids.filter((id) => !known.has(id));
  for (let i = 0; i < missing.length; i += AT_ONCE) {
    const { events } = await ask("events", `ids=${missing.slice(i, i + AT_ONCE).join(",")}`);
    remember(events);
  }
  return ids.map((id) => known.get(id)).filter(Boolean);
}

/** Fetch one page of the events in some cells; resolves to {total, events}. */
export async function fetchCellPage(choice, z, cells, offset) {
  const query = new URLSearchParams(choice.filter);
  query.set("z", z);
  query.set("cells", cells.map((cell) => cell.join(".")).join(","));
  query.set("offset", offset);
  if (choice.period) {
    query.set("from", choice.from);
    query.set("to", choice.to);
  }
  const page = await ask("events", query);
  remember(page.events);
  return page;
}

function remember(events) {
  for (const event of events) known.set(event.id, event);
}

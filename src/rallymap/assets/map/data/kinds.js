// The kinds of events and their names; rallymap/events.py has the same list.

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

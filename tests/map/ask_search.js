// Answers the queries of a file like the map in one file: node ask_search.js DATA QUERIES; prints ids as JSON.

import { readFileSync } from "node:fs";
import { TextSearch } from "../../src/rallymap/assets/map/single/text_search.js";

const [data, queries] = process.argv.slice(2).map((name) => readFileSync(name, "utf-8"));
const { events, search } = JSON.parse(data);
const searched = new TextSearch({ events, search });
const found = queries.split("\n").map((query) => {
  const isFound = searched.finds(query);
  return events.flatMap(([id], i) => (isFound(i) ? [id] : []));
});
process.stdout.write(JSON.stringify(found));

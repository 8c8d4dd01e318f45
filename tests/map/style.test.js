// Scripts and style sheet name the same classes: a class renamed in one of them alone leaves an element without its style.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../src/rallymap/assets/map/", import.meta.url);

test("every class of ours is in the scripts and in the style sheet", () => {
  const scripts = readdirSync(FOLDER, { recursive: true }).filter((name) => name.endsWith(".js"));
  const code = scripts.map((name) => readFileSync(new URL(name, FOLDER), "utf8")).join("\n");
  const style = readFileSync(new URL("map.css", FOLDER), "utf8");
  const named = (text, pattern) => [...new Set(text.match(pattern))].map((name) => name.replace(".", "")).sort();
  assert.deepEqual(named(code, /\brm-[a-z-]+/g), named(style, /\.rm-[a-z-]+/g));
});

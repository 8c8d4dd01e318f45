// One entry in the browser's history for each page, whichever of its path and its query Streamlit writes first.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SCRIPT = new URL("../../src/rallymap/assets/page/page_history.js", import.meta.url);

/** Run the script in a window with a history; return its entries, and functions that add one and go back. */
function open(path) {
  const location = new URL(path, "https://rallies.example");
  const entries = [location.href];
  const listeners = [];
  const go = (url) => {
    location.href = new URL(url, location.href).href;
    return location.href;
  };
  const history = {
    pushState: (_state, _title, url) => entries.push(go(url)),
    replaceState: (_state, _title, url) => entries.splice(-1, 1, go(url)),
  };
  const window = { addEventListener: (_name, run) => listeners.push(run) };
  vm.runInNewContext(readFileSync(SCRIPT, "utf8"), { history, location, window, URL });
  return {
    paths: () => entries.map((entry) => entry.replace("https://rallies.example", "")),
    push: (...urls) => {
      for (const url of urls) history.pushState({}, "", url);
    },
    back: () => {
      entries.pop();
      go(entries.at(-1));
      for (const run of listeners) run();
    },
  };
}

test("the query of the next page does not stay with the page before", () => {
  const page = open("/quality");
  page.push("/quality?q=Berlin", "/?q=Berlin");
  assert.deepEqual(page.paths(), ["/quality", "/?q=Berlin"]);
});

test("all other entries stay", () => {
  const page = open("/");
  page.push("/?q=Berlin", "/trends", "/trends?q=Berlin", "/quality", "/", "/?q=Oslo", "/about");
  assert.deepEqual(page.paths(), [
    "/",
    "/?q=Berlin",
    "/trends",
    "/trends?q=Berlin",
    "/quality",
    "/",
    "/?q=Oslo",
    "/about",
  ]);
});

test("an entry to which the visitor went back stays", () => {
  const page = open("/");
  page.push("/?q=Berlin", "/about");
  page.back();
  page.push("/trends?q=Berlin");
  assert.deepEqual(page.paths(), ["/", "/?q=Berlin", "/trends?q=Berlin"]);
});

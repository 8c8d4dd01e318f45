// Streamlit's own texts in the visitor's language: sizes of files have the page's digits and units.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SCRIPT = new URL("../../src/rallymap/assets/page/streamlit_words.js", import.meta.url);

/** Run the script with words on a page; return a function that gives what it makes of a text. */
function pageWith(words, lang = "fa") {
  class Text {}
  let start = () => {};
  let changed = () => {};
  const document = {
    body: {},
    documentElement: { lang },
    addEventListener: (_, run) => {
      start = run;
    },
    getElementById: () => words && { textContent: JSON.stringify(words) },
  };
  class MutationObserver {
    constructor(run) {
      changed = run;
    }
    observe() {}
  }
  vm.runInNewContext(readFileSync(SCRIPT, "utf8"), { document, MutationObserver, Text });
  start();
  return (text) => {
    const node = { nodeValue: text, parentElement: { closest: () => null } };
    changed([{ type: "characterData", target: node }]);
    return node.nodeValue;
  };
}

test("the size of a file has the digits, the decimal sign and the unit of the language, isolated from its line", () => {
  const said = pageWith({ "{size} per file": "هر فایل {size}", "0123456789.": "۰۱۲۳۴۵۶۷۸۹٫" });
  assert.equal(said("10MB per file"), "هر فایل \u2068۱۰\u00a0MB\u2069");
  assert.equal(said("151.5KB"), "\u2068۱۵۱٫۵\u00a0kB\u2069");
  assert.equal(said("10 MB of flyers"), "10 MB of flyers");
  assert.equal(pageWith(null)("151.5KB"), "151.5KB");
  const signs = { "0123456789.": "0123456789," };
  assert.equal(pageWith(signs, "fr")("1.5MB"), "\u20681,5\u00a0Mo\u2069");
  assert.equal(pageWith({ "0123456789.": "0123456789." }, "uk")("10MB"), "\u206810\u00a0МБ\u2069");
  assert.equal(pageWith(signs, "ku")("1.5MB"), "\u20681,5\u00a0MB\u2069"); // unknown to browsers
});

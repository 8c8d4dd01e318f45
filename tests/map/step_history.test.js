// The steps of a form in the browser's history, with a stand-in for the history.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SCRIPT = new URL("../../src/rallymap/assets/page/step_history.js", import.meta.url);
const NAME = "rallymapStep";

/** Open a page and load its script; `start` is the state of the entry that it opens at. */
function openPage(start = {}) {
  const entries = [{}, start];
  const messages = [];
  let at = 1;
  let answer = () => {};
  const history = {
    get state() {
      return entries[at];
    },
    pushState(state) {
      at += 1;
      entries.splice(at, entries.length, state);
    },
    replaceState(state) {
      entries[at] = state;
    },
  };
  const location = { pathname: "/add", href: "https://site.example/add" };
  const page = {
    history,
    location,
    URL,
    HTMLElement: class {},
    PerformanceNavigationTiming: class {},
    document: { activeElement: null },
    performance: { getEntriesByType: () => [] },
    setTimeout,
    addEventListener: (_, run) => {
      answer = run;
    },
  };
  page.window = page;
  vm.runInNewContext(readFileSync(SCRIPT, "utf8").replace("export default", "globalThis.mount ="), page);
  const parentElement = { isConnected: true };
  let data = { page: "add", form: "token", step: "What", opened: ["What"], address: {}, session: "s", answered: 0 };
  return {
    messages,
    /** What Python renders: `changes` of the data. */
    render: (changes = {}) => {
      data = { ...data, ...changes };
      page.mount({ data, parentElement, setStateValue: (_, message) => messages.push(message) });
    },
    go: (by) => {
      at += by;
      answer({ state: entries[at], stopImmediatePropagation() {} });
    },
    steps: () => entries.map((state) => state[NAME]?.step),
    at: () => entries[at][NAME]?.step,
  };
}

test("each step that was opened while the script was loaded gets its entry", () => {
  const page = openPage();
  page.render({ step: "Where", opened: ["What", "When", "Where"] });
  assert.deepEqual(page.steps(), [undefined, "What", "When", "Where"]);
  page.go(-1);
  assert.deepEqual([page.at(), page.messages.at(-1).step], ["When", "When"]);
});

test("steps that were opened before count once", () => {
  const page = openPage();
  page.render();
  page.render({ step: "When", opened: ["What", "When"] });
  page.render({ step: "Where", opened: ["What", "When", "Where"] });
  assert.deepEqual(page.steps(), [undefined, "What", "When", "Where"]);
});

test("Python gets the steps that the page knew when Back was pressed", () => {
  const page = openPage();
  page.render({ step: "Who", opened: ["What", "When", "Who"] });
  page.go(-1);
  page.go(-1);
  const told = page.messages.map(({ seq, step, known }) => ({ seq, step, known: [...known] }));
  assert.deepEqual(told, [
    { seq: 1, step: "When", known: ["Who"] },
    { seq: 2, step: "What", known: ["Who", "When"] },
  ]);
});

test("a step that Python opened in place of the wanted one gets an entry", () => {
  const page = openPage();
  page.render({ step: "When", opened: ["What", "When"] });
  page.go(-1);
  page.render({ step: "When", answered: 1 });
  assert.deepEqual([page.steps(), page.at()], [[undefined, "What", "When"], "When"]);
});

// Messages between map and page: one at a time, the newest of a kind, and no answer taken for news.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

const posted = [];
globalThis.window = { parent: { postMessage: (data) => posted.push(data) } };
const { noteAnswer, post } = await import("../../src/rallymap/assets/map/data/messages.js");
const { PageStates } = await import("../../src/rallymap/assets/map/data/page_state.js");

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() });
});
afterEach(() => {
  mock.timers.tick(60_000);
  mock.timers.reset();
  posted.length = 0;
});

const values = () => posted.map(({ message: { seq: _, ...rest } }) => rest);

test("a second message waits for the page's answer, and only the newest of a kind is sent", () => {
  post({ view: 1 });
  post({ view: 2 });
  post({ view: 3 });
  assert.deepEqual(values(), [{ view: 1 }]);
  noteAnswer(posted[0].message.seq);
  mock.timers.tick(249);
  assert.equal(posted.length, 1);
  mock.timers.tick(1);
  assert.deepEqual(values(), [{ view: 1 }, { view: 3 }]);
  assert.ok(posted[1].message.seq > posted[0].message.seq);
});

test("without an answer the next message goes after a while", () => {
  post({ event: "a" });
  post({ period: null });
  noteAnswer(0); // of an older message
  mock.timers.tick(2499);
  assert.equal(posted.length, 1);
  mock.timers.tick(1);
  assert.deepEqual(values(), [{ event: "a" }, { period: null }]);
});

test("what the page repeats of our report is no news, another value is", () => {
  const page = new PageStates();
  page.last = { period: null };
  page.report("period", [1, 9]);
  assert.equal(page.isNews("period", [1, 9]), false);
  page.last = { period: [1, 9] };
  assert.equal(page.isNews("period", [1, 9]), false);
  assert.equal(page.isNews("period", [2, 9]), true);
});

test("an older report that is repeated late changes nothing, one that was overtaken does not come back", () => {
  const page = new PageStates();
  page.expect("layer", "heat");
  page.expect("layer", "clusters");
  assert.equal(page.isNews("layer", "heat"), false);
  assert.equal(page.isNews("layer", "clusters"), false);
  page.last = { layer: "clusters" };
  assert.equal(page.isNews("layer", "heat"), true);
});

test("a view is reported once, at rest, and only to a list that follows", () => {
  const page = new PageStates();
  const box = () => [0, 0, 1, 1];
  page.reportBox(box);
  mock.timers.tick(1000);
  assert.deepEqual(values(), []);
  page.last = { follow: true };
  page.reportBox(null);
  page.reportBox(box);
  page.reportBox(box);
  mock.timers.tick(350);
  page.reportBox(box);
  mock.timers.tick(1000);
  assert.deepEqual(values(), [{ box: [0, 0, 1, 1] }]);
});

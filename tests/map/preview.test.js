// The period of the page's slider on the map, before and after the page confirms it.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Preview } from "../../src/rallymap/assets/map/controls/preview.js";

let moves;
let rests;
let preview;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  moves = [];
  rests = 0;
  preview = new Preview({
    periodOfPage: () => [1, 2],
    onMove: (period) => moves.push(period),
    onRest: () => {
      rests += 1;
    },
  });
});

test("each move is drawn at once, and made exact after the first and the last", () => {
  preview.move([3, 4]);
  assert.equal(rests, 1);
  preview.move([3, 5]);
  preview.move([3, 6]);
  assert.deepEqual(moves, [
    [3, 4],
    [3, 5],
    [3, 6],
  ]);
  assert.equal(rests, 1);
  mock.timers.tick(120);
  assert.equal(rests, 2);
});

test("without a preview, the page's period always counts", () => {
  assert.equal(preview.compare([3, 4]), "none");
});

test("a run of the page that began before the last move does not count", () => {
  preview.move([3, 4]);
  preview.move([3, 5]);
  assert.equal(preview.compare([3, 4]), "older");
  assert.equal(preview.compare([3, 5]), "confirmed");
  assert.equal(preview.compare([3, 4]), "none");
});

test("all days are confirmed by no period", () => {
  preview.move(null);
  assert.equal(preview.compare([1, 2]), "older");
  assert.equal(preview.compare(null), "confirmed");
});

test("the page's period returns if the page does not confirm the slider's", () => {
  preview.move([3, 4]);
  mock.timers.tick(9_999);
  assert.deepEqual(moves, [[3, 4]]);
  mock.timers.tick(1);
  assert.deepEqual(moves, [
    [3, 4],
    [1, 2],
  ]);
  assert.equal(rests, 2);
  assert.equal(preview.compare([5, 6]), "none");
});

test("nothing returns after the page has confirmed", () => {
  preview.move([3, 4]);
  preview.compare([3, 4]);
  mock.timers.tick(20_000);
  assert.deepEqual(moves, [[3, 4]]);
});

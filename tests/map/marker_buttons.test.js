// What screen readers say of a marker, with borders that are squares.

import "./english_page.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { labelFor } from "../../src/rallymap/assets/map/controls/marker_buttons.js";
import { countryAt } from "../../src/rallymap/assets/map/data/land.js";

const ring = (left, top, size) => ({
  points: new Float32Array([left, top, left + size, top, left + size, top + size, left, top + size]),
  box: [left, top, left + size, top + size],
});
const country = (code, at) => ({ code, polygons: [ring(at, 0.25, 0.125)] });
const land = {
  countries: [
    ...["NO", "SE", "DK", "FI", "IS"].map((code, i) => country(code, i / 8)),
    { code: "", polygons: [ring(0.75, 0.25, 0.125)] }, // disputed
    { code: "LS", polygons: [ring(0, 0.5, 0.25), ring(0.0625, 0.5625, 0.125)] }, // with a hole
  ],
};
const answer = { isEvents: false, labels: ["rally"], head: { kinds: ["rally"] } };

function cluster(columns, codes = []) {
  const points = columns.map((column, i) => ({
    x: column / 8 + 0.0625,
    y: 0.3,
    weight: 9 - i,
    codes: codes[i] ?? [""],
  }));
  const [first] = points;
  const total = points.length;
  return { answer, points, total, kinds: new Float64Array([total]), event: 0, box: [first.x, 0.3, first.x, 0.3] };
}

test("a point is in the country whose borders are around it, not in its holes, at sea or where no code is", () => {
  const at = (x, y) => countryAt(land, x, y)?.code;
  assert.deepEqual([at(0.05, 0.3), at(0.13, 0.3), at(0.05, 0.6), at(0.1, 0.6)], ["NO", "SE", "LS", undefined]);
  assert.deepEqual([at(0.8, 0.3), at(0.05, 0.45)], [undefined, undefined]);
});

test("a marker of several places is named by their countries", () => {
  assert.equal(labelFor(cluster([1, 1, 0]), land), "3 events: 3 rallies, Sweden, Norway");
  assert.equal(labelFor(cluster([1, 9]), land), "2 events: 2 rallies, Sweden"); // in a copy of the world
  assert.equal(labelFor(cluster([1, 1, 7]), land), "3 events: 3 rallies"); // the one at sea may be elsewhere
  assert.equal(labelFor(cluster([4, 3, 2, 1, 0]), land), "5 events: 5 rallies, 5 countries");
  assert.equal(labelFor(cluster([4, 3, 2, 1, 0, 7]), land), "6 events: 6 rallies"); // one more may be a sixth country
  assert.equal(labelFor(cluster([7, 7]), land), "2 events: 2 rallies");
  assert.equal(labelFor(cluster([0, 1]), undefined), "2 events: 2 rallies"); // the borders are not there yet
});

test("the countries that events have themselves come before those of the borders", () => {
  assert.equal(labelFor(cluster([7, 7], [["DK"], ["DK"]]), land), "2 events: 2 rallies, Denmark"); // a coast in the sea
  assert.equal(labelFor(cluster([1, 7], [[""], ["DK"]]), land), "2 events: 2 rallies, Sweden, Denmark");
  assert.equal(labelFor(cluster([1], [["SE", "NO"]]), land), "rally");
  assert.equal(labelFor(cluster([7, 7], [["DK"], ["DK", ""]]), land), "2 events: 2 rallies");
});

test("the country of a point is looked up once, also when the map moves", () => {
  let asked = 0;
  const counted = {
    get countries() {
      asked += 1;
      return land.countries;
    },
  };
  for (let move = 0; move < 3; move++) assert.match(labelFor(cluster([1, 1, 0]), counted), /Sweden, Norway$/);
  assert.equal(asked, 2); // two of the three events are at one point
});

// Areas of a filter in degrees, and rectangles drawn on the map.

import assert from "node:assert/strict";
import { test } from "node:test";

import { areasOf, boxBetween } from "../../src/rallymap/assets/map/data/areas.js";

test("a box, a ring and a circle are read from a filter's query", () => {
  assert.deepEqual(areasOf("kind=march"), { rings: [], circle: null });
  assert.deepEqual(areasOf("bbox=179,-20,-179,-10").rings, [
    [
      [-20, 179],
      [-20, 181],
      [-10, 181],
      [-10, 179],
    ],
  ]);
  assert.deepEqual(areasOf("area=10%2C59%3B11%2C59%3B11%2C60").rings, [
    [
      [59, 10],
      [59, 11],
      [60, 11],
    ],
  ]);
  assert.deepEqual(areasOf("near=59.9%2C10.7&radius_km=25").circle, { at: [59.9, 10.7], radius: 25_000 });
});

test("a rectangle has its degrees in order, whichever way it was drawn and however often the map went round", () => {
  assert.deepEqual(boxBetween({ lat: 60, lng: 11 }, { lat: 59, lng: 10 }), [10, 59, 11, 60]);
  assert.deepEqual(boxBetween({ lat: -10, lng: 179 }, { lat: -20, lng: 181 }), [179, -20, -179, -10]);
  assert.deepEqual(boxBetween({ lat: 95, lng: -300 }, { lat: -95, lng: 300 }), [-180, -90, 180, 90]);
});

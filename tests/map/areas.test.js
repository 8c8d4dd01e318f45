// Areas of a filter in degrees, and rectangles and rings of corners drawn on the map.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  areasOf,
  boxBetween,
  crossesItself,
  goesRound,
  isWithin,
  queryOfArea,
  ringOf,
} from "../../src/rallymap/assets/map/data/areas.js";

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

const corner = (/** @type {[number, number]} */ [lat, lng]) => ({ lat, lng });

test("a ring has longitude before latitude, and as many digits as a pixel of the map is worth", () => {
  const corners = [corner([59.123456, 10.123456]), corner([59, 11.98765]), corner([60.5, 11])];
  assert.deepEqual(ringOf(corners, 4), [
    [10.12, 59.12],
    [11.99, 59],
    [11, 60.5],
  ]);
  assert.deepEqual(ringOf(corners, 0)[0], [10, 59]);
  assert.deepEqual(ringOf(corners, 12)[0], [10.1235, 59.1235]);
  assert.deepEqual(ringOf(corners, 19)[0], [10.12346, 59.12346]);
});

test("a ring goes on past 180 degrees where it crosses the antimeridian, however often the map went round", () => {
  const fiji = [
    [178, -18],
    [182, -18],
    [180, -15],
  ];
  for (const turns of [-720, -360, 0, 360]) {
    const corners = fiji.map(([lon, lat]) => corner([lat, lon + turns]));
    assert.deepEqual(ringOf(corners, 4), fiji);
  }
  const wide = [corner([0, 100]), corner([10, 400]), corner([-95, 450])];
  assert.deepEqual(ringOf(wide, 4), [
    [-260, 0],
    [40, 10],
    [90, -90],
  ]);
});

test("corners may reach around the Earth once", () => {
  assert.equal(goesRound([corner([0, -100]), corner([1, 260])]), false);
  assert.equal(goesRound([corner([0, -100]), corner([1, 261])]), true);
});

test("sides of a ring cross, or only meet", () => {
  const square = [corner([0, 0]), corner([0, 10]), corner([10, 10]), corner([10, 0])];
  const [a, b, c, d] = square;
  assert.equal(crossesItself([]), false);
  assert.equal(crossesItself([a, b, c]), false);
  assert.equal(crossesItself(square), false);
  assert.equal(crossesItself([a, c, b, d]), true);
  assert.equal(crossesItself([a, b, d, c]), true);
  assert.equal(crossesItself([...square, corner([5, 20])]), true);
  assert.equal(crossesItself([...square, corner([5, 5])]), false);
  const bend = [
    [10, 5],
    [5, 5],
    [5, 0],
    [0, 0],
    [0, 10],
    [10, 10],
  ];
  assert.equal(crossesItself(bend.map(([lat, lng]) => corner([lat, lng]))), false);
});

test("points are within what was drawn, across the antimeridian and where sides cross", () => {
  const holds = (message, point) => isWithin(areasOf(queryOfArea(message)).rings[0], point);
  const inOslo = [59.91, 10.75];
  assert.deepEqual(
    [holds({ area: [10, 59, 11, 60] }, inOslo), holds({ area: [11, 59, 12, 60] }, inOslo)],
    [true, false],
  );
  const triangle = {
    ring: [
      [10, 59],
      [11, 59],
      [11, 60.5],
    ],
  };
  assert.deepEqual([holds(triangle, [59.2, 10.9]), holds(triangle, [60.2, 10.2])], [true, false]);
  const overDateLine = [
    { area: [179, -20, -179, -10] },
    {
      ring: [
        [179, -20],
        [181, -20],
        [181, -10],
        [179, -10],
      ],
    },
    {
      ring: [
        [-181, -20],
        [-179, -20],
        [-179, -10],
        [-181, -10],
      ],
    },
  ];
  for (const drawn of overDateLine) {
    assert.deepEqual(
      [179.5, -179.5, 178, -178, 0].map((lon) => holds(drawn, [-15, lon])),
      [true, true, false, false, false],
    );
  }
  const star = {
    ring: [
      [0, 10],
      [6, -8],
      [-9.5, 3.1],
      [9.5, 3.1],
      [-6, -8],
    ],
  };
  assert.deepEqual([holds(star, [0, 0]), holds(star, [8, 0]), holds(star, [-8, 0])], [false, true, false]);
});

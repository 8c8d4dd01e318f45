// Which names of places the map shows, with a map and a scene of numbers alone.

import "./english_page.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { PlaceNames } from "../../src/rallymap/assets/map/layers/place_names.js";

const box = (left, top, right, bottom) => ({ getBoundingClientRect: () => ({ left, top, right, bottom }) });

function placed(controls, names) {
  const container = { ...box(100, 0, 500, 600), parentElement: { querySelectorAll: () => controls } };
  const map = { getContainer: () => container, getSize: () => ({ x: 400, y: 600 }), getZoom: () => 6 };
  const scene = {
    context: { measureText: (text) => ({ width: 8 * text.length }) },
    camera: { atRest: () => ({ scale: 1000, x: 0, y: 0 }) },
    inSight: () => [],
  };
  const shown = new PlaceNames(map, scene);
  shown.names = names.map(([text, x, y], rank) => ({ text, x: x / 1000, y: y / 1000, rank }));
  shown.place();
  return shown.placed.map(({ text }) => text);
}

test("no name is shown where the scale, the zoom buttons or the legend would cover a part of it", () => {
  const names = [
    ["Reims", 60, 560],
    ["Metz", 300, 400],
    ["Bonn", 320, 40],
  ];
  assert.deepEqual(placed([], names), ["Reims", "Metz", "Bonn"]);
  assert.deepEqual(placed([box(110, 550, 210, 580), box(380, 10, 490, 60)], names), ["Metz"]);
});

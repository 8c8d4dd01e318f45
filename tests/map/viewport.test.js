// Where the map looks for an event that the address opens; Leaflet's map is made of its projection alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { furthestZoom, Viewport } from "../../src/rallymap/assets/map/controls/viewport.js";

/** A point as Leaflet's, of a flat world of 256 pixels: 0.7 degrees of latitude for each, so that numbers stay simple. */
const point = (x, y) => ({ x, y, divideBy: (n) => point(x / n, y / n), subtract: ([a, b]) => point(x - a, y - b) });

class Stub {
  observe() {}
}

function viewportOn(map) {
  globalThis.ResizeObserver = Stub;
  return new Viewport(map, {}, { onRest: () => {}, onMoved: () => {} });
}

function flatMap() {
  const map = {
    shown: undefined,
    on: () => {},
    getSize: () => point(1000, 600),
    getZoom: () => 18,
    getMinZoom: () => 1,
    setMinZoom: () => {},
    getMaxZoom: () => 18,
    project: ([lat, lon]) => point(lon + 128, 128 - lat),
    unproject: ([x, y]) => ({ wrap: () => ({ lat: 128 - y, lng: x - 128 }) }),
    setView: (place, zoom) => {
      map.shown = [...place.map((value) => Math.round(value * 1000) / 1000), zoom];
    },
  };
  return map;
}

function viewOf(at, how) {
  const map = flatMap();
  viewportOn(map).reveal(at, how);
  return map.shown;
}

test("an event that the address opens is shown with its country, a march as close as its route fits", () => {
  assert.deepEqual(viewOf([59.9, 10.7], { asked: false }), [59.9, 10.7, 6]);
  assert.deepEqual(viewOf([59.9, 10.7], { asked: false, route: [[59.9, 10.7]] }), [59.9, 10.7, 6]);
  const long = [
    [50, 10],
    [60, 30],
    [55, 5],
  ]; // over countries
  assert.deepEqual(viewOf([50, 10], { asked: false, route: long }), [55, 17.5, 5]);
  const short = [
    [59.9, 10.7],
    [59.901, 10.702],
  ]; // over a square
  assert.deepEqual(viewOf([59.9, 10.7], { asked: false, route: short }), [59.901, 10.701, 13]);
});

test("a filter that leaves no event does not move the map, and the first visit to none shows the world", () => {
  const map = flatMap();
  const viewport = viewportOn(map);
  viewport.fit(null);
  assert.deepEqual(map.shown, [0, 0, 1]);
  viewport.forget();
  viewport.fit([0.5, 0.25, 0.52, 0.27]);
  const events = [61.44, 2.56, 6];
  assert.deepEqual(map.shown, events);
  viewport.forget();
  viewport.fit(null);
  assert.deepEqual(map.shown, events);
  assert.equal(viewport.waits, false);
});

test("phones, tablets and desktops show the world once at most, a very wide map no more of it than fits", () => {
  const zooms = (sizes, box) => sizes.map(([x, y]) => Math.round(furthestZoom({ x, y }, 0, box) * 100));
  const upright = [
    [320, 330],
    [358, 330],
    [398, 420],
    [512, 600],
    [772, 600],
    [944, 533],
    [1476, 760],
  ];
  assert.deepEqual(zooms(upright), [32, 48, 64, 100, 159, 188, 253]);
  const wide = [
    [358, 120],
    [2116, 760],
    [256, 300],
    [288, 320],
    [0, 0],
  ];
  assert.deepEqual(zooms(wide), [0, 241, 0, 0, 0]);
  // From Narvik to Auckland: not 1.7 worlds.
  assert.deepEqual(zooms([[1795, 740]], [0.1, 0.235, 0.99, 0.61]), [278]);
  assert.deepEqual(zooms(upright, [0.1, 0.2, 0.9, 0.7]), [32, 48, 64, 100, 159, 182, 200]); // all events stay in view
  assert.deepEqual(zooms(upright, [0, 0, 1, 1]), [0, 0, 0, 100, 100, 82, 141]); // events at both poles
});

test("a fractional minimum stays as it is, and a step from it is to the next whole zoom", () => {
  const map = Object.assign(flatMap(), { getMinZoom: () => Math.log2(772 / 256) });
  viewportOn(map);
  const least = map.getMinZoom();
  const asked = [0, 1, least, least + 1, least + 2, 2, 2.4, 2.6, 99];
  assert.deepEqual(
    asked.map((zoom) => map._limitZoom(zoom)),
    [least, least, least, 2, 3, 2, 2, 3, 18],
  );
});

test("a map that grows zooms to its new minimum by itself: the end of Leaflet's animation would be a person's move", () => {
  const map = flatMap();
  let zoom = 0;
  let size = point(364, 120);
  const told = [];
  Object.assign(map, {
    options: { minZoom: 0 },
    getZoom: () => zoom,
    getSize: () => size,
    getCenter: () => [26, 26],
    getMinZoom: () => map.options.minZoom,
    invalidateSize: () => {},
    setView: (_, wanted) => {
      zoom = Math.max(map.options.minZoom, Math.round(wanted)); // as Leaflet limits it
    },
    setMinZoom: (least) => told.push(["setMinZoom", zoom, least]),
    fire: (event) => told.push([event, zoom, map.options.minZoom]),
  });
  const viewport = viewportOn(map);
  viewport.resize();
  size = point(364, 348); // now the whole world is seen once
  viewport.resize();
  viewport.resize();
  const once = Math.log2(364 / 256);
  assert.deepEqual(told, [["zoomlevelschange", once, once]]);
});

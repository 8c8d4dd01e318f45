// The modules that need no browser: dates and counts in words, bins, clusters, grids, outlines, extents.

import assert from "node:assert/strict";
import { test } from "node:test";

import "./english_page.js";

import { describeBin } from "../../src/rallymap/assets/map/controls/bin_tip.js";
import { tickDays } from "../../src/rallymap/assets/map/controls/timeline.js";
import { extentOf } from "../../src/rallymap/assets/map/controls/viewport.js";
import { readAnswer } from "../../src/rallymap/assets/map/data/answer.js";
import { binOf, isoDay } from "../../src/rallymap/assets/map/data/bins.js";
import {
  closestZoom,
  clusterPoints,
  isOneSpot,
  markerRadius,
  targetRadius,
} from "../../src/rallymap/assets/map/data/clusters.js";
import { describeCluster, formatCount, formatPeriod } from "../../src/rallymap/assets/map/data/formatting.js";
import { labelsOf, stylesOf } from "../../src/rallymap/assets/map/data/kinds.js";
import { inside } from "../../src/rallymap/assets/map/data/map_data.js";
import { spread } from "../../src/rallymap/assets/map/data/spread.js";
import { shortNumber } from "../../src/rallymap/assets/map/layers/markers.js";
import { OutlineCache, thinned } from "../../src/rallymap/assets/map/layers/outlines.js";
import { packEvents } from "./answers.js";

const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

test("a bar of the timeline says its days, its events, and how many more it may hold", () => {
  const edges = ["2022-01-01", "2022-02-01", "2022-03-01", "2022-04-01"].map(day);
  const histogram = { bins: new Uint32Array([1, 0, 1200]), spans: [[0, 1, 3], [1, 2, 1]] }; // biome-ignore format: one row
  assert.deepEqual(
    [0, 1, 2].map((bin) => Object.values(describeBin(histogram, edges, bin))),
    [
      ["January 2022", "", "1 event", "up to 3 more, whose date is less exact"],
      ["February 2022", "", "0 events", "up to 4 more, whose date is less exact"],
      ["March 2022", "", "1,200 events", "up to 1 more, whose date is less exact"],
    ],
  );
  assert.equal(describeBin({ bins: new Uint32Array([2]), spans: [] }, edges, 0).coarse, "");
});

test("marks that would cover each other move apart towards the middle, and never under what is fixed", () => {
  const box = (x, y) => ({ x, y, width: 26, height: 26 });
  assert.deepEqual(spread([box(50, 50), box(60, 60), box(50, 50), box(50, 90)], [], 400), [0, 16, 52, 0]);
  assert.deepEqual(spread([box(390, 50), box(390, 50)], [], 400), [0, -26]);
  assert.deepEqual(spread([box(50, 50)], [{ x: 50, y: 60, width: 30, height: 38 }], 400), [28]);
});

test("counts have their noun and thousands", () => {
  assert.equal(formatCount(1), "1 event");
  assert.equal(formatCount(1234), "1,234 events");
  assert.deepEqual([999, 1000, 9_949, 34_000, 999_499, 999_500, 1_200_000].map(shortNumber), [
    "999", "1k", "9.9k", "34k", "999k", "1M", "1.2M",
  ]); // biome-ignore format: one row
});

test("a cluster is described by its kinds, most first; without them by its total", () => {
  const answer = { labels: ["Rally", "March"], head: { colour: "kind", kinds: ["rally", "march"] } };
  assert.equal(describeCluster({ total: 5, kinds: [2, 3], answer }), "5 events: 3 marches, 2 rallies");
  assert.equal(describeCluster({ total: 1, kinds: [1, 0], answer }), "1 event: 1 rally");
  assert.equal(describeCluster({ total: 5, kinds: [9, 9], answer }), "5 events");
});

test("communities have the colours and shapes of kinds, the last one that of all others", () => {
  const head = { colour: "community", kinds: ["Iran", "Tibet", ""] };
  assert.deepEqual(stylesOf(head), ["rally", "march", "other"]);
  assert.deepEqual(labelsOf(head), ["Iran", "Tibet", "Other communities"]);
  const answer = { labels: labelsOf(head), head };
  assert.equal(describeCluster({ total: 3, kinds: [1, 2, 0], answer }), "3 events: 2 Tibet, 1 Iran");
});

test("a day is in the bin that begins at or before it", () => {
  const edges = [0, 10, 20, 30];
  assert.deepEqual(
    [-5, 0, 9, 10, 29, 99].map((d) => binOf(edges, d)),
    [0, 0, 0, 1, 2, 2],
  );
  assert.equal(isoDay(day("2020-02-29")), "2020-02-29");
});

test("near points become one cluster where the heavier one is, also across the date line", () => {
  const at = (id, x, y) => ({ id, x, y, start: 1 });
  const answer = readAnswer(
    packEvents([at("a", 0.9999, 0.5), at("b", 0.9999, 0.5), at("c", 0.0001, 0.5), at("d", 0.4, 0.5)], [0, 10]),
  );
  const clusters = clusterPoints(answer, null, 1);
  assert.deepEqual(
    clusters.map(({ x, total }) => [x.toFixed(4), total]),
    [
      ["0.9999", 3],
      ["0.4000", 1],
    ],
  );
  assert.deepEqual(
    clusters[0].box.map((n) => n.toFixed(4)),
    ["0.9999", "0.5000", "1.0001", "0.5000"],
  );
  assert.equal(clusterPoints(answer, [5, 9], 1).length, 0);
  assert.equal(clusterPoints(answer, null, 12).length, 3);
});

test("on small maps no marker of few points covers the target of another, whatever the zoom", () => {
  // In a row, on a slope and in a heap that grows while it takes others in.
  const spots = [0, 1, 2, 3, 4, 5].flatMap((i) => [
    [0.3 + i / 600, 0.5],
    [0.5 + i / 800, 0.5 + i / 800],
    [0.7 + (i % 2) / 900, 0.5 + i / 2000],
  ]);
  const answer = readAnswer(
    packEvents(
      spots.map(([x, y], i) => ({ id: `e${i}`, x, y, start: 1 })),
      [0, 10],
    ),
  );
  for (const zoom of [1, 3, 4, 5, 6]) {
    const clusters = clusterPoints(answer, null, zoom, { isSmall: true });
    assert.equal(
      clusters.reduce((sum, { total }) => sum + total, 0),
      spots.length,
    );
    const boxes = clusters.map(({ x, y, total }) => [x * 256 * 2 ** zoom, y * 256 * 2 ** zoom, targetRadius(total)]);
    for (const [i, [x, y, r]] of boxes.entries()) {
      assert.ok(r >= 12);
      for (const [a, b, q] of boxes.slice(i + 1)) assert.ok(Math.max(Math.abs(x - a), Math.abs(y - b)) >= r + q);
    }
  }
  assert.equal(clusterPoints(answer, null, 12).length, spots.length);
});

test("no zoom parts events at one spot; others no closer than their places are known", () => {
  const answer = { placeOf: ({ precision }) => ({ precision, radius: 0 }) };
  const spot = { answer, points: [{ precision: 0 }], box: [0.5, 0.5, 0.5, 0.5] };
  assert.equal(isOneSpot(spot), true);
  assert.equal(closestZoom(spot), 0);
  const apart = [0.5, 0.5, 0.500001, 0.5];
  assert.equal(closestZoom({ answer, points: [{ precision: 0 }], box: apart }), 17);
  assert.equal(closestZoom({ answer, points: [{ precision: 2 }], box: apart }), 11);
  assert.deepEqual([1, 10, 1e9].map(markerRadius), [8, 16, 28]);
});

test("a grid is within another of other zooms and other copies of the world", () => {
  const outer = { z: 5, x0: 24, y0: 8, x1: 40, y1: 24 }; // over the date line
  assert.equal(inside({ z: 5, x0: 26, y0: 10, x1: 30, y1: 12 }, outer), true);
  assert.equal(inside({ z: 5, x0: -4, y0: 10, x1: 2, y1: 12 }, outer), true);
  assert.equal(inside({ z: 6, x0: 100, y0: 20, x1: 110, y1: 24 }, outer), false);
  assert.equal(inside({ z: 6, x0: 52, y0: 20, x1: 60, y1: 24 }, outer), true);
  assert.equal(inside({ z: 5, x0: 26, y0: 2, x1: 30, y1: 12 }, outer), false);
});

test("an extent leaves out the widest gap on the round Earth", () => {
  const point = (x, y) => ({ box: [x, y, x, y] });
  assert.deepEqual(extentOf([point(0.4, 0.3), point(0.6, 0.5)]), [0.4, 0.3, 0.6, 0.5]);
  assert.deepEqual(extentOf([point(0.02, 0.3), point(0.97, 0.5)]), [0.97, 0.3, 1.02, 0.5]);
  assert.equal(extentOf([{}]), null);
  // Vancouver, Nicosia and Auckland: crossing the date line would save a sixth of the width only.
  const far = [point(0.158, 0.34), point(0.592, 0.39), point(0.985, 0.61)];
  assert.deepEqual(extentOf(far), [0.158, 0.34, 0.985, 0.61]);
});

test("ticks are years, or months where there is room", () => {
  assert.deepEqual(tickDays(day("2018-06-01"), day("2021-06-01"), 320), [
    [day("2019-01-01"), "2019"],
    [day("2020-01-01"), "2020"],
    [day("2021-01-01"), "2021"],
  ]);
  assert.deepEqual(tickDays(day("2019-11-15"), day("2020-02-15"), 400), [
    [day("2019-12-01"), "Dec"],
    [day("2020-01-01"), "2020"],
    [day("2020-02-01"), "Feb"],
  ]);
});

test("an outline loses the points that no eye would miss, never its ends", () => {
  const line = Float32Array.from([0, 0, 0.001, 0, 0.5, 0, 0.999, 0, 1, 0]);
  assert.deepEqual([...thinned(line, 10)], [0, 0, 5, 0, 9.989999771118164, 0, 10, 0]);
  const outline = { points: line, box: [0, 0, 1, 0] };
  const cache = new OutlineCache();
  const first = cache.at(outline, 3);
  assert.equal(cache.at(outline, 3), first);
  for (let zoom = 4; zoom < 8; zoom++) cache.at(outline, zoom);
  assert.equal(cache.zooms.size, 4);
  assert.notEqual(cache.at(outline, 3), first);
});

test("a period without a first or a last day does not name the year in which the calendar ends", () => {
  const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  const said = (...days) => formatPeriod(days.map(day));
  assert.equal(said("2022-01-01", "2199-12-31"), "since 1 January 2022");
  assert.equal(said("1800-01-01", "2022-01-31"), "until 31 January 2022");
  assert.equal(said("2022-01-01", "2022-01-31"), "January 2022");
});

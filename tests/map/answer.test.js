import assert from "node:assert/strict";
import { test } from "node:test";
import { readAnswer } from "../../src/rallymap/assets/map/data/answer.js";
import { pack, packCells, packEvents } from "./answers.js";

const EDGES = [0, 10, 20, 30];
const UNDATED = -1_000_000;

const few = () =>
  readAnswer(
    packEvents(
      [
        { id: "a", x: 0.25, y: 0.5, start: 3, kind: 0 },
        { id: "b", x: 0.25, y: 0.5, start: 8, end: 21, kind: 1, place: 2, radius: 5000 },
        { id: "c", x: 0.75, y: 0.25, start: 10, end: 29, kind: 0, coarse: 1 },
        { id: "d", x: 0.75, y: 0.25, start: UNDATED, kind: 0 },
      ],
      EDGES,
    ),
  );

const countOf = (answer, point, period) => {
  const tally = { total: 0, kinds: new Float64Array(2), event: -1 };
  answer.tally(point, period, tally);
  return [tally.total, [...tally.kinds]];
};

test("few events are joined by spot and counted in a period", () => {
  const answer = few();
  assert.deepEqual(
    answer.points.map(({ x, y, weight }) => [x, y, weight]),
    [
      [0.25, 0.5, 2],
      [0.75, 0.25, 2],
    ],
  );
  assert.deepEqual(countOf(answer, answer.points[0], null), [2, [1, 1]]);
  assert.deepEqual(countOf(answer, answer.points[0], [0, 3]), [1, [1, 0]]);
  assert.deepEqual(countOf(answer, answer.points[0], [21, 21]), [1, [0, 1]]);
  assert.deepEqual(countOf(answer, answer.points[0], [22, 29]), [0, [0, 0]]);
  assert.deepEqual(countOf(answer, answer.points[1], [0, 29]), [1, [1, 0]]);
});

test("few events: the least exact place of a spot counts", () => {
  const answer = few();
  assert.deepEqual(answer.placeOf(answer.points[0]), { precision: 2, radius: 5000 });
});

test("few events: exact dates fill bins, coarse ones are spans, undated ones are in none", () => {
  const { bins, spans } = few().histogram(() => true);
  assert.deepEqual([...bins], [2, 1, 1]);
  assert.deepEqual(spans, [[1, 2, 1]]);
});

test("few events: the newest comes first, undated ones last", () => {
  const answer = few();
  const all = { points: answer.points };
  assert.deepEqual(
    answer.eventsOf(all, null).map((i) => answer.ids[i]),
    ["c", "b", "a", "d"],
  );
});

const byKind = () =>
  // Cell, kind, bin: of each, how many begin there.
  readAnswer(
    packCells({
      starts: [1, 0, 2, 0, 3, 0, 5, 0, 0, 0, 0, 7],
      undated: [1, 0],
      mix: [4, 3, 5, 7],
    }),
  );

test("many events are counted between edges of bins, by kind", () => {
  const answer = byKind();
  assert.equal(answer.exactKinds, true);
  assert.deepEqual(countOf(answer, answer.points[0], null), [7, [4, 3]]);
  assert.deepEqual(countOf(answer, answer.points[0], [10, 29]), [5, [2, 3]]);
  assert.deepEqual(countOf(answer, answer.points[1], [0, 9]), [5, [5, 0]]);
});

test("many events: a period that ends within a bin has to be fetched", () => {
  const answer = byKind();
  assert.equal(answer.shows([0, 9]), true);
  assert.equal(answer.shows([0, 12]), false);
  answer.learn([0, 12], pack({ version: "v1" }, { mix: Int32Array.from([9, 1, 0, 2]) }));
  assert.equal(answer.knows([0, 12]), true);
  assert.deepEqual(countOf(answer, answer.points[0], [0, 12]), [10, [9, 1]]);
});

test("many events: numbers of another version are not taken over", () => {
  const answer = byKind();
  answer.learn([0, 12], pack({ version: "v2" }, { mix: Int32Array.from([9, 1, 0, 2]) }));
  assert.equal(answer.knows([0, 12]), false);
});

test("many events: coarse dates leave the bins for spans", () => {
  const answer = readAnswer(
    packCells({ starts: [4, 4, 4, 0, 0, 0], undated: [0, 0], mix: [6, 6, 0, 0], coarse: [0, 0, 1, 3] }),
  );
  const { bins, spans } = answer.histogram((point) => point.index === 0);
  assert.deepEqual([...bins], [1, 1, 4]);
  assert.deepEqual(spans, [[0, 1, 3]]);
  assert.deepEqual(answer.histogram(() => false).spans, []);
});

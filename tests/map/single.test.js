import assert from "node:assert/strict";
import { test } from "node:test";
import { readAnswer } from "../../src/rallymap/assets/map/data/answer.js";
import { FileAnswers } from "../../src/rallymap/assets/map/single/answers.js";

const UNDATED = -(2 ** 31);
const DAY = 86_400_000;

/** Newest first: [id, start, end, kind, country, x, coarse]; x of -1 is no place. */
const EVENTS = [
  ["e", 29, 29, 1, "NO", -1, 0],
  ["d", 12, 25, 0, "SE", 500, 0],
  ["c", 10, 19, 1, "NO", 100, 1],
  ["b", 3, 3, 0, "NO", 100, 0],
  ["a", UNDATED, UNDATED, 1, "SE", 500, 0],
];

const data = () => ({
  version: "12",
  bounds: [3, 29],
  bins: [Array.from({ length: 31 }, (_, i) => i), [0, 10, 20, 30]],
  kinds: ["rally", "march"],
  communities: ["Iran", ""],
  columns: {
    x: EVENTS.map((event) => event[5]),
    y: EVENTS.map((event) => event[5]),
    start: EVENTS.map((event) => event[1]),
    end: EVENTS.map((event) => event[2]),
    radius: EVENTS.map(() => 100),
    kind: EVENTS.map((event) => event[3]),
    community: EVENTS.map(() => 0),
    place: EVENTS.map(() => 2),
    coarse: EVENTS.map((event) => event[6]),
  },
  events: EVENTS.map(([id, , , , country]) => [id, `Rally ${id}`, "rally", "then", "there", "City", [1, 2], country]),
  context: [{ title: "x", start: 1, end: 1 }],
  places: [
    ["Large", 0, 0],
    ["Next to it", 1, 1],
    ["Far", 2 ** 29, 2 ** 29],
  ],
});

const ask = (answers, route, query) => answers.answer(route, new URLSearchParams(query));
const day = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const totalOf = (answer, period) =>
  answer.points.reduce((sum, point) => {
    const tally = { total: 0, kinds: new Float64Array(2) };
    answer.tally(point, period, tally);
    return sum + tally.total;
  }, 0);

test("the file answers with its events that have a place, oldest first", () => {
  const answer = readAnswer(ask(new FileAnswers(data()), "cube", "z=3&bins=10"));
  assert.deepEqual(answer.ids, ["a", "b", "c", "d"]);
  assert.equal(answer.head.whole, true);
  assert.deepEqual([...answer.edges], [0, 10, 20, 30]);
  assert.equal(totalOf(answer, null), 4);
  assert.equal(totalOf(answer, [10, 19]), 2);
});

test("only chosen events are answered", () => {
  const answers = new FileAnswers(data());
  answers.chosen = [0, 3];
  const answer = readAnswer(ask(answers, "cube", "z=3&bins=500&colour=community"));
  assert.deepEqual([answer.ids, answer.head.kinds, answer.edges.length], [["b"], ["Iran", ""], 31]);
});

test("countries are counted for any period, undated events only without one", () => {
  const answers = new FileAnswers(data());
  const answer = readAnswer(ask(answers, "cube", "by=country&bins=10"));
  assert.deepEqual(
    answer.points.map(({ country, weight }) => [country, weight]),
    [
      ["NO", 2],
      ["SE", 2],
    ],
  );
  assert.equal(totalOf(answer, null), 4);
  assert.equal(totalOf(answer, [20, 29]), 1);
  answer.learn([4, 13], ask(answers, "period", `by=country&from=${day(4)}&to=${day(13)}`));
  assert.equal(totalOf(answer, [4, 13]), 2);
});

test("labels, happenings and city names come from the file", () => {
  const answers = new FileAnswers(data());
  assert.deepEqual(
    ask(answers, "events", "ids=c,nowhere,a").events.map(({ id, title, at }) => [id, title, at]),
    [
      ["c", "Rally c", [1, 2]],
      ["a", "Rally a", [1, 2]],
    ],
  );
  assert.deepEqual(ask(answers, "version", ""), { version: "12" });
  assert.deepEqual(ask(answers, "tiles", ""), {});
  assert.equal(ask(answers, "context", "").length, 1);
  const names = ask(answers, "place-names", "z=3&x0=0&y0=0&x1=8&y1=8").map(([name]) => name);
  assert.deepEqual(names, ["Large", "Far"]);
});

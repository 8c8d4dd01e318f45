// Scripts write days, months and periods as the server does, in every language, by the patterns that it sends;
// tests/language/test_script_dates.py holds the same file against the server.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  dateWords,
  periodWords,
  secondPeriodWords,
  secondWords,
  yearWords,
} from "../../src/rallymap/assets/map/data/date_words.js";

const shared = JSON.parse(readFileSync(new URL("dates.json", import.meta.url), "utf-8"));
const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

for (const [code, { dates, days, periods, second, second_days }] of Object.entries(shared)) {
  test(`days, months and periods have the words, grammar and digits of ${code}`, () => {
    for (const [text, words] of Object.entries(days)) {
      const written = ["yMMMMd", "MMM"].map((skeleton) => dateWords(dates, day(text), skeleton));
      assert.deepEqual(written, words);
    }
    for (const [text, words] of Object.entries(periods))
      assert.equal(periodWords(dates, text.split(" ").map(day)), words);
    if (!second) return;
    for (const [text, words] of Object.entries(second_days)) assert.equal(secondWords(second, day(text)), words);
  });
}

test("a period is written in the shortest exact words, a year in the language's digits", () => {
  assert.deepEqual(Object.values(shared.en.periods), [
    "2020",
    "2019–2020",
    "February 2020",
    "February–April 2020",
    "November 2019 – February 2020",
    "2 February 2020",
    "1–9 February 2020",
    "2 February – 1 April 2020",
    "31 December 2019 – 1 January 2020",
  ]);
  assert.equal(shared.fr.periods["2020-02-01 2020-02-09"], "1er–9 février 2020");
  assert.equal(yearWords(shared.fa.dates, 2020), "۲۰۲۰");
});

test("a period has both its days in the second calendar, or none", () => {
  const { second } = shared.fa;
  assert.equal(secondPeriodWords(second, ["2018-01-01", "2022-12-31"].map(day)), "۱۱ دی ۱۳۹۶ – ۱۰ دی ۱۴۰۱");
  assert.equal(secondPeriodWords(second, ["2020-02-01", "2020-02-01"].map(day)), "۱۲ بهمن ۱۳۹۸");
  assert.equal(secondPeriodWords(second, ["1900-01-01", "2020-02-01"].map(day)), "");
});

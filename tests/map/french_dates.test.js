// French counts the first day of a month, which browsers leave out.

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = {
  getElementById: () => ({ textContent: JSON.stringify({ lang: "fr", messages: {} }) }),
  documentElement: { dir: "ltr" },
  baseURI: "https://a.example/frame/x/y",
};
const { formatDay, formatPeriod } = await import("../../src/rallymap/assets/map/data/formatting.js");

const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

test("the first day of a month is the first, others are numbers", () => {
  assert.equal(formatDay(day("2021-01-01")), "1er janvier 2021");
  assert.equal(formatDay(day("2021-01-11")), "11 janvier 2021");
  assert.equal(formatPeriod([day("2021-02-01"), day("2021-02-02")]), "1er–2 février 2021");
});

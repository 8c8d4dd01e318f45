// Dates of a language that the browser does not know are written by the patterns that the page brings.

import assert from "node:assert/strict";
import { test } from "node:test";

const months = "rêbendan sibat adar nîsan gulan hezîran tîrmeh tebax îlon cotmeh mijdar berfanbar".split(" ");
const said = {
  lang: "qaa-u-nu-latn", // of no browser
  messages: {},
  dates: {
    patterns: { yMMMMd: "d'ê' MMMM'a' y'an'", yMMMM: "MMMM'a' y'an'", MMMMd: "d'ê' MMMM'ê'", MMM: "LLL" },
    names: { MMMM: months, LLLL: months, MMM: months, LLL: months.map((name) => name.slice(0, 3)) },
  },
};
globalThis.document = {
  getElementById: () => ({ textContent: JSON.stringify(said) }),
  documentElement: { dir: "ltr" },
  baseURI: "https://a.example/frame/x/y",
};
const { formatDay, formatMonth, formatPeriod } = await import("../../src/rallymap/assets/map/data/formatting.js");

const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

test("days, months and spans have the names and the grammar of the page's language", () => {
  assert.equal(formatDay(day("2020-02-01")), "1ê sibata 2020an");
  assert.equal(formatMonth(day("2020-02-01")), "sib");
  assert.equal(formatPeriod([day("2020-02-01"), day("2020-02-29")]), "sibata 2020an");
  assert.equal(formatPeriod([day("2019-01-01"), day("2020-12-31")]), "2019 – 2020");
  assert.equal(formatPeriod([day("2020-02-02"), day("2020-04-09")]), "2ê sibata 2020an – 9ê nîsana 2020an");
});

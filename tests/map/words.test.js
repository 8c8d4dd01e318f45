// What the scripts say in a page of another language: its sentences, plural forms, digits and months.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const counts = ["{n} подія", "{n} події", "{n} подій"];
/** The form of each count, after the rule of the catalogues of Slavic languages. */
const slavic = Array.from({ length: 200 }, (_, n) => {
  const [one, ten] = [n % 10, Math.floor(n / 10) % 10];
  return ten === 1 || one === 0 || one > 4 ? 2 : one === 1 ? 0 : 1;
}).join("");
const { uk } = JSON.parse(readFileSync(new URL("dates.json", import.meta.url), "utf-8"));
const said = {
  lang: "uk-u-nu-latn",
  plurals: slavic,
  separators: { group: "\u00a0", decimal: "," },
  countries: { NO: "Норвегія", PS: "Палестина" },
  dates: uk.dates,
  messages: {
    "{n} event": counts,
    "{n} event: {parts}": ["{n} подія: {parts}", "{n} події: {parts}", "{n} подій: {parts}"],
    "{n} rally": ["{n} мітинг", "{n} мітинги"],
    "Other gathering": "Інше зібрання",
    "Pin: {place}. Drag it, or move it with the arrow keys and press Enter.": "{place}: булавка.",
  },
};
const elements = { messages: { textContent: JSON.stringify(said) } };
globalThis.document = {
  getElementById: (id) => elements[id],
  documentElement: { dir: "ltr" },
  baseURI: "https://a.example/frame/x/y",
};
const { describeCluster, formatCount, formatPeriod } = await import("../../src/rallymap/assets/map/data/formatting.js");
const { fetchRoute } = await import("../../src/rallymap/assets/map/data/server.js");
const { kindLabel } = await import("../../src/rallymap/assets/map/data/kinds.js");
const { countryName, formatLength, formatNumber, tr } = await import("../../src/rallymap/assets/map/words.js");

const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

test("counts take the plural form of the language", () => {
  assert.deepEqual([1, 3, 5, 21].map(formatCount), ["1 подія", "3 події", "5 подій", "21 подія"]);
  assert.deepEqual([111, 1011, 1203].map(formatCount), ["111 подій", "1\u00a0011 подій", "1\u00a0203 події"]);
  const answer = { labels: ["Rally"], head: { colour: "kind", kinds: ["rally"] } };
  assert.equal(describeCluster({ total: 2, kinds: [2], answer }), "2 події: 2 мітинги");
  assert.equal(describeCluster({ total: 5, kinds: [5], answer }), "5 подій: 5 rallies"); // a form is missing
});

test("a sentence keeps its values, and one without a translation is said in English", () => {
  const pin = "Pin: {place}. Drag it, or move it with the arrow keys and press Enter.";
  assert.equal(tr(pin, { place: "{n} Ы" }), "{n} Ы: булавка.");
  assert.equal(tr("Play"), "Play");
  assert.deepEqual([kindLabel("other"), kindLabel("rally"), kindLabel("new")], ["Інше зібрання", "Rally", "new"]);
});

test("numbers and days are written as the language does, by the Gregorian calendar", () => {
  assert.equal(formatNumber(12345), "12\u00a0345");
  assert.deepEqual([500, 2000, 1e7].map(formatLength), ["500 м", "2 км", "10\u00a0000 км"]);
  assert.equal(formatPeriod([day("2020-02-02"), day("2020-02-02")]), "2 лютого 2020\u202fр.");
  assert.equal(formatPeriod([day("2019-01-01"), day("2020-12-31")]), "2019–2020");
});

test("requests say which language their answer is to be in", async () => {
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    return { ok: true, json: async () => ({}) };
  };
  await fetchRoute("events", "ids=a,b");
  assert.deepEqual(asked, ["https://a.example/map/events?ids=a%2Cb&lang=uk"]);
});

test("countries have the names of our pages, and those without a name their code", () => {
  assert.deepEqual(["NO", "PS", "XX"].map(countryName), ["Норвегія", "Палестина", "XX"]);
});

test("a language that the browser does not know has its own plural forms, separators and countries", async () => {
  const unknown = {
    ...{ lang: "qku-u-nu-arab", messages: { "{n} event": ["{n} çalakî", "{n} çalakiyan"] }, dates: uk.dates },
    ...{ plurals: `00${"1".repeat(198)}`, separators: { group: ".", decimal: "," }, countries: { NO: "Norwêc" } },
  };
  elements.messages.textContent = JSON.stringify(unknown);
  const words = await import("../../src/rallymap/assets/map/words.js?unknown");
  const say = (n) => words.trn("{n} event", "{n} events", n);
  assert.deepEqual([0, 1, 2, 1200].map(say), ["٠ çalakî", "١ çalakî", "٢ çalakiyan", "١.٢٠٠ çalakiyan"]);
  assert.equal(words.formatRange(1000, 2500), "١.٠٠٠–٢.٥٠٠");
  assert.equal(words.formatLength(1500), "١,٥ km");
  assert.equal(words.countryName("NO"), "Norwêc");
});

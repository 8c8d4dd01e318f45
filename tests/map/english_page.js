// Stands for an English page of the server: imported first, as modules read the page's element when they start.

import { readFileSync } from "node:fs";

const { en } = JSON.parse(readFileSync(new URL("dates.json", import.meta.url), "utf-8"));
const said = {
  ...{ lang: "en-GB", messages: {}, plurals: "", separators: { group: ",", decimal: "." } },
  ...{ countries: { NO: "Norway", SE: "Sweden", DK: "Denmark", FI: "Finland", IS: "Iceland" }, dates: en.dates },
};
globalThis.document = {
  getElementById: (id) => (id === "messages" ? { textContent: JSON.stringify(said) } : null),
  documentElement: { dir: "ltr" },
  baseURI: "https://a.example/frame/x/y",
};

// Entry point of the map for embedding: rallymap/views/embed_page.py writes its page.

import { Card } from "./card.js";
import { fetchLabels } from "./data/event_labels.js";
import { deliverTo, noteAnswer } from "./data/messages.js";
import { make } from "./dom.js";
import { setUpPage } from "./page.js";
import { CODE, IS_ENGLISH, tr } from "./words.js";

/** @import { PageState } from "./types.js" */

/** @typedef {{choice: PageState & {theme: string}, site: string, address: string, link: string}} Embedded */

/** @returns {Promise<Card>} The card, once it shows the state in the URL. */
export async function start(/** @type {import("leaflet").Map} */ map) {
  /** @type {Embedded} */
  const { choice, site, address, link } = JSON.parse(document.getElementById("embedded")?.textContent ?? "{}");
  const parts = setUpPage(map);
  const card = new Card(map, parts);
  const opened = make("a", { target: "_blank", rel: "noopener", hidden: true, dir: "auto" });
  const whole = make("a", { target: "_blank", rel: "noopener", href: link }, tr("Open on {site}", { site }));
  parts.card.append(make("p", { class: "rm-embed" }, opened, whole));
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = () => /** @type {import("./types.js").Theme} */ (choice.theme || (dark.matches ? "dark" : "light"));
  /** @type {PageState} */
  let state = { ...choice, theme: theme() };
  const show = (/** @type {Partial<PageState>} */ changed) => {
    state = { ...state, ...changed };
    return card.show(state);
  };
  const open = async (/** @type {string} */ id) => {
    const [label] = await fetchLabels([id]);
    if (!label) return;
    opened.textContent = label.title;
    opened.lang = label.lang ?? "";
    opened.href = `${address}events/${id}${IS_ENGLISH ? "" : `?lang=${CODE}`}`;
    opened.hidden = false;
  };
  deliverTo((message) => {
    if (typeof message.event === "string") open(message.event).catch(console.error);
    if ("period" in message) show({ period: /** @type {PageState["period"]} */ (message.period) });
    if ("view" in message) {
      const { view, layer, colour } = /** @type {any} */ (message);
      show({ view, layer, colour });
    }
    if (typeof message.data === "string") show({ version: message.data });
    noteAnswer(/** @type {number} */ (message.seq));
  });
  dark.addEventListener("change", () => show({ theme: theme() }));
  await show({});
  if (state.selected) open(state.selected).catch(console.error);
  return card;
}

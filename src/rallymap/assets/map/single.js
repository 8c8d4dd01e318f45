// Entry point of the map in one file: the same map as on the site, with events, list and search in the file itself.
// rallymap/views/single_file.py inserts the bundle into the file.

import { Card } from "./card.js";
import { AreaTool } from "./controls/area_tool.js";
import { areasOf, isWithin, queryOfArea } from "./data/areas.js";
import { deliverTo, noteAnswer } from "./data/messages.js";
import { answerFrom } from "./data/server.js";
import { make, messageOf } from "./dom.js";
import { FilterAreas } from "./layers/filter_areas.js";
import { setTheme } from "./layers/theme.js";
import { makeMap } from "./leaflet.js";
import { setUpPage } from "./page.js";
import { FileAnswers } from "./single/answers.js";
import { Panel } from "./single/panel.js";
import { readRecords } from "./single/records.js";
import { TextSearch } from "./single/text_search.js";
import { tr } from "./words.js";

/** @import { PageState, Period } from "./types.js" */
/** @import { FileData } from "./single/records.js" */
/** @import { Wanted } from "./single/panel.js" */

const NARROW_PX = 900;

class SingleFile {
  constructor(/** @type {FileData} */ data, /** @type {HTMLElement} */ host, /** @type {HTMLElement} */ side) {
    this.data = data;
    this.answers = new FileAnswers(data);
    answerFrom(this.answers);
    this.search = new TextSearch(data);
    /** @type {string[]} Words that were searched instead of those as typed. */
    this.similar = [];
    this.panel = new Panel(side, data, {
      onFilter: (wanted) => this.choose(wanted),
      onOpen: (id) => this.open(id),
    });
    this.host = host;
    this.filters = 0;
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    /** @type {PageState} */
    this.state = {
      version: data.version,
      filter: "",
      undated: "",
      period: null,
      selected: null,
      view: null,
      layer: "clusters",
      colour: "kind",
      theme: dark.matches ? "dark" : "light",
      bounds: data.bounds,
      context: data.context.length ? "" : null,
      shown: null,
      follow: false,
      fit: null,
    };
    setTheme(this.state.theme);
    dark.addEventListener("change", ({ matches }) => {
      this.show({ theme: matches ? "dark" : "light" });
      this.list(); // its icons have the theme's colours
    });
    const element = make("div", { id: "map" });
    host.append(element);
    const map = makeMap(element, data.map);
    const frame = setUpPage(map, host);
    this.card = new Card(map, frame);
    this.outlines = new FilterAreas(map);
    new AreaTool(map, frame.stage);
    deliverTo((message) => this.hear(message));
    window.addEventListener("hashchange", () => this.openFromAddress());
  }

  async start() {
    await this.choose(this.panel.wanted);
    this.openFromAddress();
  }

  /** Update the map with the changed state. */
  show(/** @type {Partial<PageState>} */ changed) {
    this.state = { ...this.state, ...changed };
    return this.card.show(this.state);
  }

  /** Apply a message from the map. */
  hear(/** @type {Record<string, any>} */ message) {
    if ("event" in message) this.open(message.event);
    if ("period" in message) {
      this.show({ period: message.period });
      this.list();
    }
    if ("area" in message || "ring" in message) this.panel.setArea(queryOfArea(message));
    if ("view" in message) this.show({ view: message.view, layer: message.layer, colour: message.colour });
    noteAnswer(message.seq);
  }

  /** Show the events that match the panel's filters. */
  choose(/** @type {Wanted} */ { text, kind, country, community, area }) {
    const [ring] = areasOf(area).rings;
    const isFound = this.search.finds(text);
    this.similar = this.search.similarWords(text);
    this.answers.chosen = this.data.events.flatMap((event, i) => {
      const fits =
        (!kind || event[2] === kind) &&
        (!country || event[7] === country) &&
        (!community || event[8].includes(community)) &&
        (!ring || (event[6] !== null && isWithin(ring, event[6]))) &&
        isFound(i);
      return fits ? [i] : [];
    });
    this.filters += 1;
    this.outlines.show(area);
    this.list();
    return this.show({ filter: `n=${this.filters}` }); // a different filter, as far as the map is concerned
  }

  list() {
    const { columns } = this.data;
    const { period } = this.state;
    const rows = this.answers.chosen.filter((i) => overlaps(columns, i, period));
    const first = this.data.bounds?.[0] ?? 0;
    this.panel.show(rows, {
      similar: this.similar,
      noPlace: rows.filter((i) => columns.x[i] < 0 && !columns.online[i]).length,
      leftOut: period ? this.answers.chosen.filter((i) => columns.start[i] < first).length : 0,
    });
  }

  /** Open an event, or the list (null). */
  open(/** @type {string | null} */ id) {
    const event = this.data.events[this.answers.indexOf.get(id ?? "") ?? -1] ?? null;
    this.panel.open(event);
    this.show({ selected: event ? event[0] : null });
    if (event && window.innerWidth < NARROW_PX) this.panel.detail.scrollIntoView({ block: "start" });
  }

  openFromAddress() {
    const id = decodeURIComponent(window.location.hash.slice(1));
    if (this.answers.indexOf.has(id)) this.open(id);
  }
}

function overlaps(
  /** @type {FileData["columns"]} */ { start, end },
  /** @type {number} */ i,
  /** @type {Period} */ period,
) {
  return period === null || (start[i] <= period[1] && end[i] >= period[0]);
}

async function start() {
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  const side = /** @type {HTMLElement} */ (document.getElementById("side"));
  try {
    await new SingleFile(await readRecords(), main, side).start();
    document.documentElement.dataset.ready = "yes";
  } catch (error) {
    console.error(error);
    const sentence = tr("This browser cannot show the map: {reason}.", { reason: messageOf(error) });
    side.append(make("p", { role: "alert" }, sentence));
  }
}

start();

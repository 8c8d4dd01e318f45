// The list next to the map, with search and filters, and the details of one event.

import { formatCount } from "../data/formatting.js";
import { kindLabel } from "../data/kinds.js";
import { make } from "../dom.js";
import { kindIcon } from "../layers/theme.js";
import { LANGUAGES, listWords, tr, trn } from "../words.js";

/** @import { EventRecord, FileData } from "./records.js" */

/**
 * @typedef {{text: string, kind: string, country: string, community: string, area: string}} Wanted The area as the query of
 *   a link, "" for none.
 */

const PAGE_SIZE = 50;
const TYPING_MS = 150;

export class Panel {
  /** @type {number[]} Indices of the events in the list. */
  rows = [];
  shown = 0;
  /** @type {Element | null} The element that had the focus before an event was opened. */
  returnTo = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;
  /** The area drawn on the map, as the query of a link. */
  area = "";

  /**
   * @param {HTMLElement} host
   * @param {FileData} data
   * @param {{onFilter: (wanted: Wanted) => void, onOpen: (id: string | null) => void}} handlers
   */
  constructor(host, data, { onFilter, onOpen }) {
    this.data = data;
    this.onOpen = onOpen;
    this.search = make("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false" });
    const { kinds, countries, communities } = namesIn(data);
    this.choices = {
      kind: makeSelect("kind", tr("Kind"), tr("All kinds"), kinds),
      country: makeSelect("country", tr("Country"), tr("All countries"), countries),
      community: makeSelect("community", tr("Community"), tr("All communities"), communities),
    };
    const changed = () => onFilter(this.wanted);
    this.changed = changed;
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(changed, TYPING_MS);
    });
    for (const select of Object.values(this.choices)) select.addEventListener("change", changed);
    const clear = () => {
      this.search.value = "";
      for (const select of Object.values(this.choices)) select.value = "";
      this.area = "";
      changed();
      this.search.focus();
    };
    this.clear = make("button", { type: "button", class: "clear", hidden: true, onclick: clear }, tr("Clear all"));
    const forget = () => {
      this.setArea("");
      this.search.focus();
    };
    this.drawn = make(
      "button",
      { type: "button", class: "clear", hidden: true, onclick: forget },
      tr("Drawn area"),
      " ✕",
    );
    this.count = make("p", { class: "count", role: "status" });
    this.left = make("p", { class: "left" });
    this.list = make("ul", { class: "rm-rows" });
    this.more = make("button", { type: "button", class: "rm-more", onclick: () => this.addPage() }, tr("Show more"));
    this.listing = make(
      "div",
      { class: "listing" },
      make(
        "form",
        { role: "search", onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
        make("label", { for: "search" }, tr("Search")),
        this.search,
        ...Object.values(this.choices),
      ),
      make("div", { class: "counted" }, this.count, this.drawn, this.clear),
      this.left,
      this.list,
      this.more,
    );
    this.detail = make("article", { class: "detail", hidden: true });
    host.append(this.listing, this.detail);
  }

  /** @returns {Wanted} */
  get wanted() {
    const { kind, country, community } = this.choices;
    return {
      text: this.search.value,
      kind: kind.value,
      country: country.value,
      community: community.value,
      area: this.area,
    };
  }

  /** Set the area drawn on the map, as the query of a link; "" removes it. */
  setArea(/** @type {string} */ area) {
    this.area = area;
    this.changed();
  }

  /**
   * List events.
   *
   * @param {number[]} rows
   * @param {{noPlace: number, leftOut: number, similar: string[]}} notes Number of listed events without a place, and of
   *   undated events that a period excludes; words that were searched instead of those as typed.
   */
  show(rows, { noPlace, leftOut, similar }) {
    this.rows = rows;
    this.shown = 0;
    this.count.textContent = formatCount(rows.length);
    this.clear.hidden = Object.values(this.wanted).every((value) => value.trim() === "");
    this.drawn.hidden = !this.area;
    const instead = similar.length
      ? tr("No event has your words as typed. These events have a similar word: {words}.", {
          words: listWords(similar),
        })
      : "";
    this.left.textContent = [instead, noPlace && withoutPlace(noPlace), leftOut && withoutDate(leftOut)]
      .filter(Boolean)
      .join(" ");
    this.list.replaceChildren();
    this.addPage();
  }

  addPage() {
    const from = this.shown;
    const page = this.rows.slice(from, from + PAGE_SIZE);
    this.shown += page.length;
    this.list.append(...page.map((i) => this.row(this.data.events[i])));
    this.more.hidden = this.shown >= this.rows.length;
    if (from) this.list.children[from]?.querySelector("button")?.focus();
  }

  row(/** @type {EventRecord} */ event) {
    const [id, title, kind, when, where] = event;
    return make(
      "li",
      {},
      make(
        "button",
        { type: "button", onclick: () => this.onOpen(id) },
        kindIcon(kind),
        make("span", { class: "rm-title", dir: "auto", lang: event[11] || null }, title),
        make("span", { class: "rm-when" }, when),
        make("span", { class: "rm-where", dir: "auto" }, where),
      ),
    );
  }

  /** Show the details of an event, or the list (null). */
  open(/** @type {EventRecord | null} */ event) {
    if (event && !this.listing.hidden) this.returnTo = document.activeElement;
    this.listing.hidden = event !== null;
    this.detail.hidden = event === null;
    if (!event) {
      if (this.returnTo instanceof HTMLElement) this.returnTo.focus();
      return;
    }
    const [id, title, kind, , , , , , , lines, sources, lang] = event;
    const back = make(
      "button",
      { type: "button", class: "back", onclick: () => this.onOpen(null) },
      tr("Back to the list"),
    );
    this.detail.replaceChildren(
      back,
      make("h2", { dir: "auto", lang: lang || null }, title),
      make("p", { class: "kind" }, kindIcon(kind), lines[0]),
      make("dl", {}, ...lines.slice(1).flatMap(describe)),
      ...(sources.length
        ? [make("h3", {}, sources.length === 1 ? tr("Source") : tr("Sources")), listSources(sources)]
        : []),
      make("p", { class: "link" }, make("a", { href: `#${id}` }, tr("Link to this event in this file"))),
    );
    back.focus({ preventScroll: true });
  }
}

/** Return the filter options of the file's events, as [value, label], by name. */
function namesIn(/** @type {FileData} */ { events, countries }) {
  /** @type {Record<"kinds" | "countries" | "communities", Map<string, string>>} */
  const found = { kinds: new Map(), countries: new Map(), communities: new Map() };
  for (const [, , kind, , , , , country, communities] of events) {
    found.kinds.set(kind, kindLabel(kind));
    if (country) found.countries.set(country, countries[country] ?? country);
    for (const name of communities) found.communities.set(name, name);
  }
  const sorted = (/** @type {Map<string, string>} */ names) =>
    [...names].sort((a, b) => a[1].localeCompare(b[1], LANGUAGES));
  return {
    kinds: sorted(found.kinds),
    countries: sorted(found.countries),
    communities: sorted(found.communities),
  };
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} all Label of the option without a filter.
 * @param {[string, string][]} options
 */
function makeSelect(name, label, all, options) {
  return make(
    "select",
    { name, "aria-label": label },
    make("option", { value: "" }, all),
    ...options.map(([value, label]) => make("option", { value }, label)),
  );
}

/** Render a line such as "When: 1 February 2020" as a term and its description. */
function describe(/** @type {string} */ line) {
  const [, term, text] = /^(.+?)\s*(?:: |：)(.*)$/su.exec(line) ?? ["", tr("Note"), line];
  return [make("dt", {}, term), make("dd", { dir: "auto" }, text)];
}

function listSources(/** @type {[string, string, string, string][]} */ sources) {
  const link = (/** @type {string} */ href, /** @type {string} */ text) =>
    make("a", { href, target: "_blank", rel: "noopener noreferrer nofollow ugc" }, text);
  return make(
    "ol",
    {},
    ...sources.map(([title, url, byline, archived]) =>
      make(
        "li",
        {},
        make("bdi", {}, url ? link(url, title) : title),
        byline ? make("small", {}, byline) : "",
        archived ? make("small", {}, link(archived, tr("Archived copy"))) : "",
      ),
    ),
  );
}

function withoutPlace(/** @type {number} */ n) {
  // Translators: so many of the listed events
  return trn("{n} without a known place: not on the map.", "{n} without a known place: not on the map.", n);
}

function withoutDate(/** @type {number} */ n) {
  // Translators: so many events are not listed while a period is chosen
  return trn("{n} without a known date: left out of a period.", "{n} without a known date: left out of a period.", n);
}

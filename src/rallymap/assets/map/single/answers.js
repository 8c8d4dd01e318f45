// Answers the map's requests from the events in the file, like rallymap/query/cube.py on a server.

import { binOf } from "../data/bins.js";
import { packArrays } from "./packing.js";
import { unpackElement } from "./records.js";

/** @import { FileData } from "./records.js" */
/** @import { EventLabel } from "../types.js" */

/** Place index of an event without a place. */
const NOWHERE = -1;
const WORLD_BITS = 30;
const MAX_NAMES = 300;

export class FileAnswers {
  constructor(/** @type {FileData} */ data) {
    this.data = data;
    /** @type {number[]} Indices of the events that match the filter. */
    this.chosen = data.events.map((_, i) => i);
    this.indexOf = new Map(data.events.map(([id], i) => [id, i]));
  }

  /** @returns {Promise<ArrayBuffer>} */
  file(/** @type {string} */ name) {
    return unpackElement(name);
  }

  /** Answer one route below /map/. */
  answer(/** @type {string} */ route, /** @type {URLSearchParams} */ query) {
    const colour = query.get("colour") === "community" ? "community" : "kind";
    if (route === "cube") {
      const bins = this.binsFor(Number(query.get("bins")));
      return query.get("by") ? this.countries(colour, bins) : this.events(colour, bins);
    }
    if (route === "period") return this.period(colour, query);
    if (route === "events") return this.labels((query.get("ids") ?? "").split(","));
    if (route === "place-names") return this.placeNames(query);
    if (route === "context") return this.data.context;
    return route === "version" ? { version: this.data.version } : {};
  }

  /** @returns {number[]} Edges of the finest bins that fit. */
  binsFor(/** @type {number} */ most) {
    const { bins } = this.data;
    return bins.find((edges) => edges.length - 1 <= most) ?? bins[bins.length - 1];
  }

  placed() {
    const { x } = this.data.columns;
    return this.chosen.filter((i) => x[i] !== NOWHERE);
  }

  head(/** @type {"kind" | "community"} */ colour, /** @type {number} */ total) {
    const { version, kinds, communities } = this.data;
    const bounds = this.data.bounds ?? [0, 0];
    return { version, bounds, kinds: colour === "kind" ? kinds : communities, colour, total, whole: true };
  }

  events(/** @type {"kind" | "community"} */ colour, /** @type {number[]} */ edges) {
    const rows = this.placed().reverse(); // the map expects the oldest first
    const { columns, events } = this.data;
    const of = (/** @type {keyof typeof columns} */ name) => rows.map((i) => columns[name][i]);
    const codes = this.codesOf(rows);
    return packArrays(
      { ...this.head(colour, rows.length), mode: "events", codes },
      {
        edges: Int32Array.from(edges),
        x: Int32Array.from(of("x")),
        y: Int32Array.from(of("y")),
        start: Int32Array.from(of("start")),
        end: Int32Array.from(of("end")),
        radius: Float32Array.from(of("radius")),
        kind: Uint8Array.from(of(colour)),
        place: Uint8Array.from(of("place")),
        country: Uint8Array.from(rows.map((i) => codes.indexOf(events[i][7]))),
        coarse: Uint8Array.from(of("coarse")),
        ids: new TextEncoder().encode(rows.map((i) => events[i][0]).join("\n")),
      },
    );
  }

  /** Count by country; a country's number is its index among the codes in alphabetical order. */
  countries(/** @type {"kind" | "community"} */ colour, /** @type {number[]} */ edges) {
    const rows = this.placed();
    const { columns } = this.data;
    const codes = this.codesOf(rows);
    const bars = edges.length - 1;
    const starts = new Int32Array(codes.length * bars);
    const shift = new Int32Array(codes.length * bars);
    const undated = new Int32Array(codes.length);
    const coarse = [];
    for (const i of rows) {
      const group = codes.indexOf(this.data.events[i][7]);
      if (columns.start[i] < edges[0]) {
        undated[group] += 1;
        continue;
      }
      const first = binOf(edges, columns.start[i]);
      const last = binOf(edges, columns.end[i]);
      starts[group * bars + first] += 1;
      shift[group * bars + first] -= 1;
      shift[group * bars + last] += 1;
      if (columns.coarse[i]) coarse.push(group, first, last, 1);
    }
    return packArrays(
      { ...this.head(colour, rows.length), mode: "cells", countries: codes },
      {
        edges: Int32Array.from(edges),
        starts,
        shift,
        undated,
        coarse: Int32Array.from(coarse),
        mix: this.mix(colour, rows, codes),
      },
    );
  }

  /** Count a period's events by country and category. */
  period(/** @type {"kind" | "community"} */ colour, /** @type {URLSearchParams} */ query) {
    const day = (/** @type {string} */ name) => Date.parse(query.get(name) ?? "") / 86_400_000;
    const { columns } = this.data;
    const rows = this.placed();
    const inside = rows.filter((i) => columns.start[i] <= day("to") && columns.end[i] >= day("from"));
    return packArrays({ version: this.data.version }, { mix: this.mix(colour, inside, this.codesOf(rows)) });
  }

  codesOf(/** @type {number[]} */ rows) {
    return [...new Set(rows.map((i) => this.data.events[i][7]))].sort();
  }

  mix(/** @type {"kind" | "community"} */ colour, /** @type {number[]} */ rows, /** @type {string[]} */ codes) {
    const width = (colour === "kind" ? this.data.kinds : this.data.communities).length;
    const mix = new Int32Array(codes.length * width);
    for (const i of rows) mix[codes.indexOf(this.data.events[i][7]) * width + this.data.columns[colour][i]] += 1;
    return mix;
  }

  /** @returns {{total: number, events: EventLabel[]}} */
  labels(/** @type {string[]} */ ids) {
    const events = ids.flatMap((id) => {
      const event = this.data.events[this.indexOf.get(id) ?? -1];
      if (!event) return [];
      const [, title, kind, when, where, name, at] = event;
      return [{ id, title, kind, when, where, name, at, lang: event[11] || undefined }];
    });
    return { total: events.length, events };
  }

  /** Return the largest cities of a view, at most one per cell. */
  placeNames(/** @type {URLSearchParams} */ query) {
    const [z, x0, y0, x1, y1] = ["z", "x0", "y0", "x1", "y1"].map((name) => Number(query.get(name)));
    const world = 2 ** z;
    const size = 2 ** (WORLD_BITS - z);
    const taken = new Set();
    return this.data.places
      .filter(([, x, y]) => {
        const cx = (((Math.floor(x / size) - x0) % world) + world) % world;
        const cy = Math.floor(y / size) - y0;
        const cell = cy * (x1 - x0) + cx;
        if (cx >= x1 - x0 || cy < 0 || cy >= y1 - y0 || taken.has(cell)) return false;
        taken.add(cell);
        return true;
      })
      .slice(0, MAX_NAMES);
  }
}

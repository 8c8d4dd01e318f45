// Parses /map/cube's answers; rallymap/query/packing.py and cube.py define the format.

import { binOf } from "./bins.js";
import { labelsOf, stylesOf } from "./kinds.js";

/** @import { Answer, AnswerHead, AnswerPoint, Cluster, Histogram, Period, Place, Tally } from "../types.js" */

/** @typedef {Uint8Array | Int8Array | Uint16Array | Int16Array | Int32Array | Float32Array} Numbers */

const WORLD = 2 ** 30;
/** @type {Record<string, new (buffer: ArrayBuffer, offset: number, length: number) => Numbers>} */
const TYPES = { u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, i4: Int32Array, f4: Float32Array };

/** @returns {{head: AnswerHead, arrays: Record<string, any>}} */
function unpack(/** @type {ArrayBuffer} */ buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  /** @type {Record<string, Numbers>} */
  const arrays = {};
  for (const [name, [type, offset, count]] of Object.entries(/** @type {AnswerHead} */ (head).arrays)) {
    arrays[name] = new TYPES[type](buffer, 4 + length + offset, count);
  }
  return { head, arrays };
}

/** @returns {Answer} A parsed answer, ready for counting. */
export function readAnswer(/** @type {ArrayBuffer} */ buffer) {
  const { head, arrays } = unpack(buffer);
  return head.mode === "events" ? new EventsAnswer(head, arrays) : new CellsAnswer(head, arrays);
}

/**
 * An answer with few events, each sent individually.
 *
 * @implements {Answer}
 */
export class EventsAnswer {
  isEvents = true;
  exactKinds = true;

  constructor(/** @type {AnswerHead} */ head, /** @type {Record<string, any>} */ arrays) {
    this.head = head;
    this.edges = arrays.edges;
    this.kinds = stylesOf(head);
    this.labels = labelsOf(head);
    this.events = arrays;
    this.ids = new TextDecoder().decode(arrays.ids).split("\n");
    /** @type {Map<string, number[]>} */
    const spots = new Map();
    for (let i = 0; i < arrays.x.length; i++) {
      const key = `${arrays.x[i]}.${arrays.y[i]}`;
      const spot = spots.get(key);
      if (spot) spot.push(i);
      else spots.set(key, [i]);
    }
    /** @type {AnswerPoint[]} */
    this.points = Array.from(spots.values(), (members, index) => {
      const x = arrays.x[members[0]] / WORLD;
      const y = arrays.y[members[0]] / WORLD;
      const codes = [...new Set(members.map((i) => head.codes?.[arrays.country?.[i]] ?? ""))];
      return { x, y, box: [x, y, x, y], weight: members.length, members, index, cell: [0, 0], codes };
    });
  }

  /** Few events are counted exactly for any period, and by kind. */
  knows() {
    return true;
  }

  shows() {
    return true;
  }

  learn() {}

  /** Add a point's events to a tally. */
  tally(/** @type {AnswerPoint} */ point, /** @type {Period} */ period, /** @type {Tally} */ into) {
    const { kind } = this.events;
    for (const i of point.members) {
      if (!this.overlaps(i, period)) continue;
      into.total += 1;
      into.kinds[kind[i]] += 1;
      into.event = i;
    }
  }

  /** Return the indices of a cluster's events in a period, newest first, undated ones last. */
  eventsOf(/** @type {Cluster} */ cluster, /** @type {Period} */ period) {
    const found = cluster.points.flatMap((point) => point.members.filter((i) => this.overlaps(i, period)));
    return found.sort((a, b) => this.events.start[b] - this.events.start[a] || b - a);
  }

  overlaps(/** @type {number} */ i, /** @type {Period} */ period) {
    return period === null || (this.events.start[i] <= period[1] && this.events.end[i] >= period[0]);
  }

  /** @returns {Place} The least precise of a point's places. */
  placeOf(/** @type {AnswerPoint} */ point) {
    let coarsest = 0;
    let radius = 0;
    for (const i of point.members) {
      coarsest = Math.max(coarsest, this.events.place[i]);
      radius = Math.max(radius, this.events.radius[i]);
    }
    return { precision: coarsest, radius };
  }

  /** @returns {Histogram} Events per bin, of the points for which `isSeen` returns true. */
  histogram(/** @type {(point: AnswerPoint) => boolean} */ isSeen) {
    const bins = new Float64Array(this.edges.length - 1);
    /** @type {[number, number, number][]} */
    const spans = [];
    const { start, end, coarse } = this.events;
    for (const point of this.points) {
      if (!isSeen(point)) continue;
      for (const i of point.members) {
        if (start[i] < this.edges[0]) continue;
        const first = binOf(this.edges, start[i]);
        const last = binOf(this.edges, end[i]);
        if (coarse[i]) spans.push([first, last, 1]);
        else for (let bin = first; bin <= last; bin++) bins[bin] += 1;
      }
    }
    return { bins, spans };
  }
}

/**
 * An answer with many events, counted by cell (or country) and bin.
 *
 * @implements {Answer}
 */
export class CellsAnswer {
  isEvents = false;
  /** @type {string[]} */
  ids = [];
  /** @type {{period: string, mix: Numbers} | null} The exact counts of one period. */
  learned = null;
  /** @type {[number, number]} The bins of the last counted period. */
  range = [0, 0];
  /** @type {Period} */
  rangeFor = null;
  /** @type {Period} */
  textFor = null;
  text = "";

  constructor(/** @type {AnswerHead} */ head, /** @type {Record<string, any>} */ arrays) {
    this.head = head;
    this.edges = arrays.edges;
    this.kinds = stylesOf(head);
    this.labels = labelsOf(head);
    const binCount = this.edges.length - 1;
    const kinds = head.kinds.length;
    const count = arrays.undated.length;
    this.series = arrays.starts.length / binCount / count;
    this.exactKinds = this.series === kinds;
    this.mix = arrays.mix;
    this.undated = arrays.undated;
    this.coarse = arrays.coarse;
    this.place = arrays.place;
    // Prefix sums, one longer than the bins: a period's count is then one subtraction.
    this.started = sums(arrays.starts, null, binCount);
    this.ended = sums(arrays.starts, arrays.shift, binCount);
    this.binCount = binCount;
    /** @type {AnswerPoint[]} */
    this.points = Array.from({ length: count }, (_, i) => ({
      index: i,
      weight: this.weightOf(i),
      members: [],
      codes: [head.codes?.[arrays.country?.[i]] ?? ""],
      .../** @type {any} */ (head.countries ? { country: head.countries[i] } : cellPlace(arrays, i)),
    }));
  }

  weightOf(/** @type {number} */ i) {
    let sum = this.undated[i];
    for (let s = i * this.series; s < (i + 1) * this.series; s++)
      sum += this.started[(s + 1) * (this.binCount + 1) - 1];
    return sum;
  }

  /** Return whether a period's events and their kinds are counted exactly. */
  knows(/** @type {Period} */ period) {
    return period === null || String(period) === this.learned?.period || (this.exactKinds && this.isOnEdges(period));
  }

  /** Return whether a period's events are counted exactly, though perhaps not their kinds. */
  shows(/** @type {Period} */ period) {
    return period === null || this.knows(period) || this.isOnEdges(period);
  }

  /** Store the exact counts of one period, by cluster and kind. */
  learn(/** @type {[number, number]} */ period, /** @type {ArrayBuffer} */ buffer) {
    const { head, arrays } = unpack(buffer);
    if (head.version === this.head.version && arrays.mix.length === this.mix.length) {
      this.learned = { period: String(period), mix: arrays.mix };
    }
  }

  /** Add a point's events to a tally. */
  tally(/** @type {AnswerPoint} */ point, /** @type {Period} */ period, /** @type {Tally} */ into) {
    const kinds = this.kinds.length;
    const i = point.index;
    const learned = period !== null && this.learned?.period === this.textOf(period);
    const mix = period !== null && this.learned ? this.learned.mix : this.mix;
    if (period === null || learned) {
      for (let k = 0; k < kinds; k++) {
        into.total += mix[i * kinds + k];
        into.kinds[k] += mix[i * kinds + k];
      }
      return;
    }
    const [first, last] = this.binsOf(/** @type {[number, number]} */ (period));
    for (let s = 0; s < this.series; s++) {
      const base = (i * this.series + s) * (this.binCount + 1);
      const n = this.started[base + last + 1] - this.ended[base + first];
      into.total += n;
      if (this.exactKinds) into.kinds[s] += n;
    }
    // Without kinds per bin, the ring shows the mix of the last period at rest.
    if (!this.exactKinds) for (let k = 0; k < kinds; k++) into.kinds[k] += mix[i * kinds + k];
  }

  textOf(/** @type {Period} */ period) {
    if (this.textFor !== period) [this.textFor, this.text] = [period, String(period)];
    return this.text;
  }

  /** Return the first and last bin of a period whose ends are bin edges. */
  binsOf(/** @type {[number, number]} */ period) {
    if (this.rangeFor !== period) {
      this.rangeFor = period;
      this.range = [binOf(this.edges, period[0]), binOf(this.edges, period[1])];
    }
    return this.range;
  }

  isOnEdges(/** @type {[number, number]} */ period) {
    const { edges } = this;
    const end = edges.length - 1;
    const at = (/** @type {number} */ day) => day <= edges[0] || day >= edges[end] || edges[binOf(edges, day)] === day;
    return at(period[0]) && at(period[1] + 1);
  }

  /** @returns {Place} The precision of the places in a cell. */
  placeOf(/** @type {AnswerPoint} */ point) {
    return { precision: this.place ? this.place[point.index] : 0, radius: 0 };
  }

  /** Many events are fetched by cell, page by page. */
  eventsOf() {
    return [];
  }

  /** @returns {Histogram} Events per bin, of the points for which `isSeen` returns true. */
  histogram(/** @type {(point: AnswerPoint) => boolean} */ isSeen) {
    const bins = new Float64Array(this.binCount);
    const shown = this.points.map(isSeen);
    for (let i = 0; i < shown.length; i++) {
      if (!shown[i]) continue;
      for (let s = i * this.series; s < (i + 1) * this.series; s++) {
        const base = s * (this.binCount + 1);
        for (let bin = 0; bin < this.binCount; bin++)
          bins[bin] += this.started[base + bin + 1] - this.ended[base + bin];
      }
    }
    /** @type {[number, number, number][]} */
    const spans = [];
    for (let k = 0; k < this.coarse.length; k += 4) {
      const [cell, first, last, n] = this.coarse.subarray(k, k + 4);
      if (cell >= 0 && !shown[cell]) continue;
      spans.push([first, last, n]);
      for (let bin = first; bin <= last; bin++) bins[bin] = Math.max(0, bins[bin] - n);
    }
    return { bins, spans };
  }
}

function cellPlace(/** @type {Record<string, any>} */ arrays, /** @type {number} */ i) {
  return {
    x: arrays.x[i] / WORLD,
    y: arrays.y[i] / WORLD,
    box: [arrays.x0[i] / WORLD, arrays.y0[i] / WORLD, arrays.x1[i] / WORLD, arrays.y1[i] / WORLD],
    cell: [arrays.cells[2 * i], arrays.cells[2 * i + 1]],
  };
}

/** Return prefix sums of each row, one longer than its bins. */
function sums(/** @type {Numbers} */ starts, /** @type {Numbers | null} */ shift, /** @type {number} */ binCount) {
  const rows = starts.length / binCount;
  const out = new Int32Array(rows * (binCount + 1));
  for (let row = 0, from = 0, to = 0; row < rows; row++, to++) {
    for (let bin = 0; bin < binCount; bin++, from++, to++)
      out[to + 1] = out[to] + starts[from] + (shift ? shift[from] : 0);
  }
  return out;
}

// Reads /map/cube's answers; rallymap/query/packing.py and cube.py say how they are written.

const WORLD = 2 ** 30;
const TYPES = { u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, i4: Int32Array, f4: Float32Array };

function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const arrays = {};
  for (const [name, [type, offset, count]] of Object.entries(head.arrays)) {
    arrays[name] = new TYPES[type](buffer, 4 + length + offset, count);
  }
  return { head, arrays };
}

/** Unpack an answer into one that counts: see EventsAnswer and CellsAnswer, which share their methods. */
export function readAnswer(buffer) {
  const { head, arrays } = unpack(buffer);
  return head.mode === "events" ? new EventsAnswer(head, arrays) : new CellsAnswer(head, arrays);
}

/**
 * Few events, each sent whole.
 *
 * Both answers offer `points`, the smallest things that can be told apart on the map ({x, y, box, weight}: x and y
 * on the unit square), and count what lies at them in a period: [first day, last day], both inclusive, or null for
 * all there is, undated events too.
 */
export class EventsAnswer {
  constructor(head, arrays) {
    Object.assign(this, { head, edges: arrays.edges, kinds: head.kinds, isEvents: true, exactKinds: true });
    this.events = arrays;
    this.ids = new TextDecoder().decode(arrays.ids).split("\n");
    const spots = new Map();
    for (let i = 0; i < arrays.x.length; i++) {
      const key = `${arrays.x[i]}.${arrays.y[i]}`;
      if (!spots.has(key)) spots.set(key, []);
      spots.get(key).push(i);
    }
    this.points = Array.from(spots.values(), (members) => {
      const x = arrays.x[members[0]] / WORLD, y = arrays.y[members[0]] / WORLD;
      return { x, y, box: [x, y, x, y], weight: members.length, members };
    });
  }

  /** Few events are counted exactly for any period, and so are their kinds. */
  knows() {
    return true;
  }

  shows() {
    return true;
  }

  learn() {}

  /** Add a point's events to a tally. */
  tally(point, period, into) {
    const { kind } = this.events;
    for (const i of point.members) {
      if (!this.overlaps(i, period)) continue;
      into.total += 1;
      into.kinds[kind[i]] += 1;
      into.event = i;
    }
  }

  /** Return the indices of a group's events in a period, newest first, undated ones last. */
  eventsOf(group, period) {
    const found = group.points.flatMap((point) => point.members.filter((i) => this.overlaps(i, period)));
    return found.sort((a, b) => this.events.start[b] - this.events.start[a] || b - a);
  }

  overlaps(i, period) {
    return period === null || (this.events.start[i] <= period[1] && this.events.end[i] >= period[0]);
  }

  placeOf(point) {
    let coarsest = 0, radius = 0;
    for (const i of point.members) {
      coarsest = Math.max(coarsest, this.events.place[i]);
      radius = Math.max(radius, this.events.radius[i]);
    }
    return { precision: coarsest, radius };
  }

  /** Count events per bar among the points that `seen` lets through: exact dates, and coarse ones as spans. */
  histogram(seen) {
    const bars = new Float64Array(this.edges.length - 1);
    const spans = [];
    const { start, end, coarse } = this.events;
    for (const point of this.points) {
      if (!seen(point)) continue;
      for (const i of point.members) {
        if (start[i] < this.edges[0]) continue;
        const first = barOf(this.edges, start[i]), last = barOf(this.edges, end[i]);
        if (coarse[i]) spans.push([first, last, 1]);
        else for (let bar = first; bar <= last; bar++) bars[bar] += 1;
      }
    }
    return { bars, spans };
  }
}

/** Many events, counted by cell (or country) and bar. */
export class CellsAnswer {
  constructor(head, arrays) {
    Object.assign(this, { head, edges: arrays.edges, kinds: head.kinds, isEvents: false });
    const bins = this.edges.length - 1, kinds = head.kinds.length;
    const count = arrays.undated.length;
    this.series = arrays.starts.length / bins / count;
    this.exactKinds = this.series === kinds;
    this.mix = arrays.mix;
    this.undated = arrays.undated;
    this.coarse = arrays.coarse;
    this.place = arrays.place;
    // Sums from the first bar on, one longer than the bars: what a period holds is then one subtraction.
    this.started = sums(arrays.starts, null, bins);
    this.ended = sums(arrays.starts, arrays.shift, bins);
    this.bins = bins;
    this.points = Array.from({ length: count }, (_, i) => ({
      index: i,
      weight: this.weightOf(i),
      ...(head.countries ? { country: head.countries[i] } : cellPlace(arrays, i)),
    }));
  }

  weightOf(i) {
    let sum = this.undated[i];
    for (let s = i * this.series; s < (i + 1) * this.series; s++) sum += this.started[(s + 1) * (this.bins + 1) - 1];
    return sum;
  }

  /** Tell whether a period's events and their kinds are counted exactly. */
  knows(period) {
    return period === null || String(period) === this.learned?.period || (this.exactKinds && this.isOnEdges(period));
  }

  /** Tell whether a period's events are counted exactly, though perhaps not their kinds. */
  shows(period) {
    return this.knows(period) || this.isOnEdges(period);
  }

  /** Take over the exact numbers of one period, by group and kind. */
  learn(period, buffer) {
    const { head, arrays } = unpack(buffer);
    if (head.version === this.head.version && arrays.mix.length === this.mix.length) {
      this.learned = { period: String(period), mix: arrays.mix };
    }
  }

  tally(point, period, into) {
    const kinds = this.kinds.length, i = point.index;
    const learned = period !== null && this.learned?.period === this.textOf(period);
    const mix = learned || (period !== null && this.learned) ? this.learned.mix : this.mix;
    if (period === null || learned) {
      for (let k = 0; k < kinds; k++) {
        into.total += mix[i * kinds + k];
        into.kinds[k] += mix[i * kinds + k];
      }
      return;
    }
    const [first, last] = this.barsOf(period);
    for (let s = 0; s < this.series; s++) {
      const base = (i * this.series + s) * (this.bins + 1);
      const n = this.started[base + last + 1] - this.ended[base + first];
      into.total += n;
      if (this.exactKinds) into.kinds[s] += n;
    }
    // Without kinds per bar the ring shows the mix of the period that was last at rest.
    if (!this.exactKinds) for (let k = 0; k < kinds; k++) into.kinds[k] += mix[i * kinds + k];
  }

  textOf(period) {
    if (this.textFor !== period) [this.textFor, this.text] = [period, String(period)];
    return this.text;
  }

  /** Return the first and last bar of a period whose ends lie on edges. */
  barsOf(period) {
    if (this.barsFor !== period) {
      this.barsFor = period;
      this.bars = [barOf(this.edges, period[0]), barOf(this.edges, period[1])];
    }
    return this.bars;
  }

  isOnEdges(period) {
    const { edges } = this, end = edges.length - 1;
    const at = (day) => day <= edges[0] || day >= edges[end] || edges[barOf(edges, day)] === day;
    return at(period[0]) && at(period[1] + 1);
  }

  placeOf(point) {
    return { precision: this.place ? this.place[point.index] : 0, radius: 0 };
  }

  histogram(seen) {
    const bars = new Float64Array(this.bins);
    const shown = this.points.map(seen);
    for (let i = 0; i < shown.length; i++) {
      if (!shown[i]) continue;
      for (let s = i * this.series; s < (i + 1) * this.series; s++) {
        const base = s * (this.bins + 1);
        for (let bar = 0; bar < this.bins; bar++) bars[bar] += this.started[base + bar + 1] - this.ended[base + bar];
      }
    }
    const spans = [];
    for (let k = 0; k < this.coarse.length; k += 4) {
      const [cell, first, last, n] = this.coarse.subarray(k, k + 4);
      if (cell >= 0 && !shown[cell]) continue;
      spans.push([first, last, n]);
      for (let bar = first; bar <= last; bar++) bars[bar] = Math.max(0, bars[bar] - n);
    }
    return { bars, spans };
  }
}

function cellPlace(arrays, i) {
  return {
    x: arrays.x[i] / WORLD,
    y: arrays.y[i] / WORLD,
    box: [arrays.x0[i] / WORLD, arrays.y0[i] / WORLD, arrays.x1[i] / WORLD, arrays.y1[i] / WORLD],
    cell: [arrays.cells[2 * i], arrays.cells[2 * i + 1]],
  };
}

function sums(starts, shift, bins) {
  const rows = starts.length / bins;
  const out = new Int32Array(rows * (bins + 1));
  for (let row = 0, from = 0, to = 0; row < rows; row++, to++) {
    for (let bar = 0; bar < bins; bar++, from++, to++) out[to + 1] = out[to] + starts[from] + (shift ? shift[from] : 0);
  }
  return out;
}

/** Return the bar that a day lies in, the nearest one for days outside. */
export function barOf(edges, day) {
  let low = 0, high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

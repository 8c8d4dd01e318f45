// Knows which answer covers what the map shows, and asks for another when none does.

import { readAnswer } from "./answer.js";
import { ask } from "./server.js";

const CELL_BITS = 3; // a cell is 256 / 2**3 = 32 pixels
const BLOCK = 8; // views are rounded out to 8 cells, so that viewers nearby share an answer
const MARGIN = 0.2;

/** Return the cells that the map shows at its zoom, with a margin, rounded out to blocks. */
export function gridOf(map, margin = MARGIN) {
  const z = Math.round(map.getZoom()) + CELL_BITS;
  const world = 2 ** z;
  const bounds = map.getPixelBounds(map.getCenter(), map.getZoom());
  const size = map.getSize();
  const cell = 256 / 2 ** CELL_BITS;
  const out = (low, high, extra) => [
    Math.floor((low - extra) / cell / BLOCK) * BLOCK, Math.ceil((high + extra) / cell / BLOCK) * BLOCK,
  ];
  let [x0, x1] = out(bounds.min.x, bounds.max.x, size.x * margin);
  const [y0, y1] = out(bounds.min.y, bounds.max.y, size.y * margin).map((y) => Math.max(0, Math.min(world, y)));
  if (x1 - x0 >= world) [x0, x1] = [0, world];
  return { z, x0, y0, x1: Math.max(x1, x0 + 1), y1: Math.max(y1, y0 + 1) };
}

export class MapData {
  constructor(map) {
    this.map = map;
    this.answer = null;
  }

  /** Tell whether the answer at hand is exact for this choice and the map's present view. */
  serves(choice) {
    return this.covers(choice) && this.answer.knows(choice.period);
  }

  /** Tell whether the answer at hand is about this choice and the map's present view, at any period. */
  covers(choice) {
    const { answer, asked } = this;
    if (!answer || asked.key !== keyOf(choice)) return false;
    if (answer.head.whole) return true;
    const now = gridOf(this.map, 0);
    return (answer.isEvents || now.z === asked.grid.z) && inside(now, asked.grid);
  }

  /** Ask for what is missing; resolves to an answer that serves, or null where a newer question has come. */
  load(choice) {
    return this.request(this.covers(choice) ? this.asked : this.question(choice), choice);
  }

  /** Ask for the whole world: for where events are, and by few events for all that any view needs. */
  loadWorld(choice) {
    const size = this.map.getSize();
    const z = Math.max(0, Math.floor(Math.log2(Math.max(size.x, 256) / 256))) + CELL_BITS; // what its view will ask for
    const question = this.question({ ...choice, layer: "clusters" }, { z, x0: 0, y0: 0, x1: 2 ** z, y1: 2 ** z });
    return this.request(question, choice);
  }

  request(asked, choice) {
    const text = `${asked.text} ${choice.period}`;
    if (this.loading?.text !== text) {
      this.loading = { text, answer: this.fetch(asked, choice.period).finally(() => this.loading?.text === text && (this.loading = null)) };
    }
    return this.loading.answer;
  }

  question(choice, grid = gridOf(this.map)) {
    const query = new URLSearchParams(choice.filter);
    query.set("v", choice.version);
    if (choice.layer === "countries") query.set("by", "country");
    else for (const [name, value] of Object.entries(grid)) query.set(name, value);
    return { key: keyOf(choice), grid, text: String(query), bins: choice.bins };
  }

  async fetch(asked, period) {
    const fresh = asked !== this.asked;
    const many = !fresh || !this.answer?.isEvents; // few events need no numbers of a period
    const [cube, mix] = await Promise.all([
      fresh ? ask("cube", `${asked.text}&bins=${asked.bins}`, { sort: "cube", as: "bytes" }) : true,
      period && many ? this.fetchPeriod(asked, period) : true,
    ]);
    if (!cube || !mix) return null;
    if (fresh) [this.asked, this.answer] = [asked, readAnswer(cube)];
    const { answer } = this;
    if (mix !== true) answer.learn(period, mix);
    if (answer.knows(period)) return answer;
    // Few events have become many, or the data changed between the two answers: ask once more.
    const again = await this.fetchPeriod(asked, period);
    if (again) answer.learn(period, again);
    return again && answer;
  }

  fetchPeriod({ text }, [first, last]) {
    return ask("period", `${text}&from=${isoDay(first)}&to=${isoDay(last)}`, { sort: "period", as: "bytes" });
  }
}

function keyOf(choice) {
  return `${choice.version} ${choice.filter} ${choice.bins} ${choice.layer === "countries"}`;
}

/** Compare two rectangles of cells that may be of different zooms and stand in different copies of the world. */
function inside(inner, outer) {
  const factor = 2 ** (outer.z - inner.z);
  const world = 2 ** outer.z;
  const width = outer.x1 - outer.x0;
  const [x0, x1] = [inner.x0 * factor, inner.x1 * factor];
  const from = (((x0 - outer.x0) % world) + world) % world;
  const wide = width >= world || from + (x1 - x0) <= width;
  return wide && inner.y0 * factor >= outer.y0 && inner.y1 * factor <= outer.y1;
}

export function isoDay(day) {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

// The canvas over the map: keeps the groups, moves them from one zoom's to the next one's, finds the one under a point.

import { drawMark, indexOfMost, markRadius } from "./marks.js";
import { groupPoints } from "./groups.js";
import { calm } from "./look.js";

const SPLIT_MS = 180;

/** Shows an answer's groups for a period; the layers in `below` draw first. */
export class Scene {
  constructor(map, camera) {
    this.map = map;
    this.camera = camera;
    this.canvas = L.DomUtil.create("canvas", "rm-scene", map.getContainer());
    this.canvas.setAttribute("aria-hidden", "true");
    this.context = this.canvas.getContext("2d");
    this.groups = [];
    this.leaving = [];
    this.below = [];
    this.chosen = null;
    this.showsMarks = true;
    this.resize();
    map.on("resize", () => this.resize());
  }

  resize() {
    const size = this.map.getSize();
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = size.x * this.ratio;
    this.canvas.height = size.y * this.ratio;
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    this.draw();
  }

  /** Show other numbers, or with `moving` let the groups part from or join the ones shown before. */
  update(answer, period, { moving = false } = {}) {
    const before = this.groups;
    this.answer = answer;
    this.period = period;
    this.groups = answer.points[0]?.box ? groupPoints(answer, period, this.camera.zoom()) : [];
    this.leaving = [];
    if (moving && before.length && !calm()) this.beginMove(before);
    this.draw();
  }

  beginMove(before) {
    const reach = 60 / (256 * 2 ** Math.min(this.camera.zoom(), this.zoomBefore ?? 99));
    for (const group of this.groups) group.from = nearest(before, group, reach);
    this.leaving = before
      .filter((old) => !this.groups.some((group) => group.x === old.x && group.y === old.y))
      .map((old) => ({ ...old, to: nearest(this.groups, old, reach) }));
    this.begun = performance.now();
    const step = () => {
      this.draw();
      if (performance.now() - this.begun < SPLIT_MS) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  draw() {
    const { context } = this;
    const camera = this.camera.now();
    const size = this.map.getSize();
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    for (const layer of this.below) layer.draw(context, camera, size);
    if (!this.answer || !this.showsMarks) return;
    const part = Math.min(1, (performance.now() - (this.begun ?? -Infinity)) / SPLIT_MS);
    const eased = 1 - (1 - part) ** 3;
    if (part < 1) for (const old of this.leaving) this.drawGroup(old, camera, size, mix(old, old.to ?? old, eased), 1 - eased);
    // Few on top of many: a single event beside a large cluster can still be seen and pressed.
    const order = [...this.groups].sort((a, b) => b.total - a.total);
    for (const group of order) {
      const moving = part < 1 && group.from;
      this.drawGroup(group, camera, size, moving ? mix(group.from, group, eased) : group, part < 1 && !group.from ? eased : 1);
    }
  }

  drawGroup(group, camera, size, at, alpha) {
    const { answer } = group; // of a group that is leaving, the answer before
    const place = answer.placeOf(group.points[0]);
    const margin = 40;
    for (const x of copies(at.x, camera, size.x, margin)) {
      const y = at.y * camera.scale + camera.y;
      if (y < -margin || y > size.y + margin) continue;
      drawMark(this.context, group, x, y, {
        answer, scale: camera.scale, place, alpha, chosen: this.isChosen(group),
      });
    }
  }

  /** Count the period's events: {here: those that `seen` lets through, all}. */
  count(seen) {
    const sums = { here: 0, all: 0 };
    for (const point of this.answer.points) {
      const tally = { total: 0, kinds: [] };
      this.answer.tally(point, this.period, tally);
      sums.all += tally.total;
      if (seen(point)) sums.here += tally.total;
    }
    return sums;
  }

  isChosen(group) {
    const { chosen } = this, { answer } = group;
    if (!chosen) return false;
    if (answer.isEvents) return group.points.some((p) => p.members.some((i) => answer.ids[i] === chosen.id));
    const b = group.box;
    return Boolean(chosen.at) && chosen.at.x >= b[0] - 1e-9 && chosen.at.x <= b[2] + 1e-9
      && chosen.at.y >= b[1] - 1e-9 && chosen.at.y <= b[3] + 1e-9;
  }

  /** Return the group whose mark lies under a point of the screen, the nearest one, or null. */
  groupAt(point) {
    if (!this.showsMarks) return null;
    const camera = this.camera.now();
    const size = this.map.getSize();
    let best = null, least = Infinity;
    for (const group of this.groups) {
      const y = group.y * camera.scale + camera.y;
      for (const x of copies(group.x, camera, size.x, 40)) {
        const distance = Math.hypot(point.x - x, point.y - y);
        const reach = Math.max(12, markRadius(group.total) + 2);
        if (distance <= reach && distance / reach < least) [best, least] = [group, distance / reach];
      }
    }
    return best;
  }

  /** Return the groups in sight with where they stand, those with most events first. */
  inSight() {
    if (!this.showsMarks) return [];
    const camera = this.camera.atRest();
    const size = this.map.getSize();
    const found = [];
    for (const group of this.groups) {
      const y = group.y * camera.scale + camera.y;
      const x = copies(group.x, camera, size.x, 0)[0];
      if (x !== undefined && y >= 0 && y <= size.y) found.push({ group, x, y });
    }
    return found.sort((a, b) => b.group.total - a.group.total);
  }

  kindOf(group) {
    return this.answer.kinds[indexOfMost(group.kinds)];
  }
}

/** Return where on the screen a point stands in each copy of the world that is in sight. */
export function copies(u, camera, width, margin) {
  const found = [];
  const first = Math.ceil((-margin - camera.x) / camera.scale - u);
  for (let k = first; (u + k) * camera.scale + camera.x <= width + margin; k++) {
    found.push((u + k) * camera.scale + camera.x);
  }
  return found;
}

function nearest(groups, wanted, reach) {
  let best = null, least = reach * reach;
  for (const group of groups) {
    const distance = (group.x - wanted.x) ** 2 + (group.y - wanted.y) ** 2;
    if (distance < least) [best, least] = [group, distance];
  }
  return best && { x: best.x, y: best.y };
}

function mix(from, to, part) {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

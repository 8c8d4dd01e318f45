// City names in soft ink: beside the marks first, then the largest cities where there is room.

import { copies } from "./scene.js";
import { isOneSpot } from "./groups.js";
import { FONT, markRadius } from "./marks.js";
import { palette } from "./look.js";
import { gridOf } from "./map_data.js";
import { ask } from "./server.js";
import { labelOf } from "./titles.js";

const WORLD = 2 ** 30;
const BESIDE_PX = 10;
const MOST_FREE = 14;
const FREE_FROM_ZOOM = 4;
const FREE_ROOM_PX = 18;

export class Labels {
  constructor(map, scene) {
    this.map = map;
    this.scene = scene;
    this.names = [];
    this.placed = [];
    this.active = true;
  }

  /** Fetch the names of the present view, then place them. */
  async refresh() {
    const view = String(new URLSearchParams(gridOf(this.map, 0.1)));
    if (view === this.view) return;
    const names = await ask("place-names", view, { sort: "names" });
    if (!names) return;
    this.view = view;
    this.names = names.map(([text, x, y], rank) => ({ text, x: x / WORLD, y: y / WORLD, rank }));
    this.place();
    this.scene.draw();
  }

  /** Choose which names are written, so that none covers a mark or another name. */
  place() {
    const { context, camera } = this.scene;
    const at = camera.atRest(), size = this.map.getSize();
    const marks = this.scene.inSight();
    const taken = marks.map(({ group, x, y }) => {
      const r = markRadius(group.total);
      return [x - r, y - r, x + r, y + r];
    });
    const spots = this.names.map((name) => ({ name, x: copies(name.x, at, size.x, 0)[0], y: name.y * at.scale + at.y }));
    context.font = `400 13px ${FONT}`;
    this.placed = [];
    const write = (name, mark) => {
      const width = context.measureText(name.text).width;
      const r = mark ? markRadius(mark.group.total) + (mark.group.total > 1 ? 5 : 9) : 0;
      const [x, y] = mark ? [mark.x, mark.y] : [name.px, name.py];
      const sides = mark ? [[x + r, y], [x - r - width, y]] : [[x - width / 2, y]];
      for (const [left, middle] of sides) {
        const box = [left - 2, middle - 8, left + width + 2, middle + 8];
        const room = mark ? box : [box[0] - FREE_ROOM_PX, box[1] - FREE_ROOM_PX, box[2] + FREE_ROOM_PX, box[3] + FREE_ROOM_PX];
        const free = box[0] > 0 && box[2] < size.x && taken.every((t) => t[0] > room[2] || t[2] < room[0] || t[1] > room[3] || t[3] < room[1]);
        if (!free) continue;
        taken.push(box);
        const origin = mark ? mark.group : name;
        this.placed.push({ text: name.text, u: origin.x, v: origin.y, dx: left - x, dot: !mark });
        return true;
      }
      return false;
    };
    const used = new Set();
    for (const mark of marks) {
      const own = this.ownName(mark.group);
      if (own) {
        write({ text: own }, mark);
        continue;
      }
      if (this.scene.answer.isEvents || !isOneSpot(mark.group)) continue; // several places: no one name would be right
      let best = null, least = BESIDE_PX + (mark.group.total > 1 ? 8 : 0);
      for (const spot of spots) {
        const distance = Math.hypot(spot.x - mark.x, spot.y - mark.y);
        if (distance < least) [best, least] = [spot.name, distance];
      }
      if (best && !used.has(best)) {
        used.add(best);
        write(best, mark);
      }
    }
    if (this.map.getZoom() < FREE_FROM_ZOOM) return;
    let free = 0;
    for (const { name, x, y } of spots) {
      if (free >= MOST_FREE) break;
      if (x === undefined || y < 10 || y > size.y - 24 || used.has(name)) continue;
      if (write({ ...name, px: x, py: y }, null)) free += 1;
    }
  }

  /** Return the name that the events of a mark give their place, where they all lie at one. */
  ownName(group) {
    const { answer } = this.scene;
    return answer.isEvents && isOneSpot(group) ? labelOf(answer.ids[group.event])?.name : "";
  }

  draw(context, camera, size) {
    if (!this.active) return;
    const { soft, land } = palette();
    context.font = `400 13px ${FONT}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { text, u, v, dx } of this.placed) {
      const y = v * camera.scale + camera.y;
      for (const x of copies(u, camera, size.x, 100)) {
        context.strokeStyle = land;
        context.lineWidth = 3;
        context.globalAlpha = 0.8;
        context.strokeText(text, x + dx, y);
        context.globalAlpha = 1;
        context.fillStyle = soft;
        context.fillText(text, x + dx, y);
      }
    }
  }
}

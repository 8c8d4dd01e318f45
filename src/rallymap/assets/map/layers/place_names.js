// City names in a soft colour: next to the markers first, then the largest cities if there is space.

import { isOneSpot, markerRadius } from "../data/clusters.js";
import { labelOf } from "../data/event_labels.js";
import { gridOf, gridQuery } from "../data/map_data.js";
import { fetchRoute } from "../data/server.js";
import { directionOf } from "../dom.js";
import { FONT } from "./markers.js";
import { copies } from "./scene.js";
import { palette } from "./theme.js";

/** @import { CameraState, Cluster, SeenCluster, Size } from "../types.js" */
/** @import { Scene } from "./scene.js" */

/** @typedef {{text: string, x: number, y: number, rank: number}} PlaceName A name at a position on the unit square. */

const WORLD = 2 ** 30;
const BESIDE_PX = 10;
const MAX_FREE = 14;
const FREE_FROM_ZOOM = 4;
const FREE_ROOM_PX = 18;

export class PlaceNames {
  /** @type {PlaceName[]} */
  names = [];
  /** @type {{text: string, u: number, v: number, dx: number}[]} The visible names, `dx` pixels from (u, v). */
  placed = [];
  active = true;
  view = "";
  /** @type {Map<string, number>} Width in pixels by text. */
  widths = new Map();

  constructor(/** @type {import("leaflet").Map} */ map, /** @type {Scene} */ scene) {
    this.map = map;
    this.scene = scene;
  }

  /** Fetch the names for the current view, then place them. */
  async refresh() {
    const view = String(gridQuery(gridOf(this.map, 0.1)));
    if (view === this.view) return;
    const names = await fetchRoute("place-names", view, { sort: "names" });
    if (!names) return;
    this.view = view;
    this.widths.clear(); // names of earlier views
    this.names = names.map((/** @type {[string, number, number]} */ [text, x, y], /** @type {number} */ rank) => ({
      text,
      x: x / WORLD,
      y: y / WORLD,
      rank,
    }));
    this.show();
  }

  /** Measure and place the names again after the font has changed. */
  measureAgain() {
    this.widths.clear();
    this.show();
  }

  show() {
    this.place();
    this.scene.askForDraw();
  }

  /** Choose the visible names, so that none covers a marker or another name, or is partly below a control. */
  place() {
    const { context, camera } = this.scene;
    const at = camera.atRest();
    const size = this.map.getSize();
    const markers = this.scene.inSight();
    const taken = this.controls();
    for (const { cluster, x, y } of markers) {
      const r = markerRadius(cluster.total);
      taken.push([x - r, y - r, x + r, y + r]);
    }
    context.font = `400 13px ${FONT}`;
    this.placed = [];
    /** Place a name at the first free position, given by left end and middle. */
    const write = (
      /** @type {string} */ text,
      /** @type {{u: number, v: number, x: number}} */ origin,
      /** @type {(width: number) => [number, number][]} */ placesFor,
      margin = 0,
    ) => {
      const width = this.widths.get(text) ?? context.measureText(text).width;
      this.widths.set(text, width);
      for (const [left, middle] of placesFor(width)) {
        const box = [left - 2, middle - 8, left + width + 2, middle + 8];
        const room = [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin];
        const meets = (/** @type {number[]} */ t) =>
          t[0] <= room[2] && t[2] >= room[0] && t[1] <= room[3] && t[3] >= room[1];
        if (box[0] <= 0 || box[2] >= size.x || taken.some(meets)) continue;
        taken.push(box);
        this.placed.push({ text, u: origin.u, v: origin.v, dx: left - origin.x });
        return true;
      }
      return false;
    };
    const writeBeside = (/** @type {SeenCluster} */ { cluster, x, y }, /** @type {string} */ text) => {
      const r = markerRadius(cluster.total) + 9; // outside the ring of a selected marker
      write(text, { u: cluster.x, v: cluster.y, x }, (width) => [
        [x + r, y],
        [x - r - width, y],
      ]);
    };
    const spots = this.names.map((name) => ({
      name,
      x: copies(name.x, at, size.x, 0)[0],
      y: name.y * at.scale + at.y,
    }));
    const used = new Set();
    for (const marker of markers) {
      const own = this.ownName(marker.cluster);
      if (own) {
        writeBeside(marker, own);
        continue;
      }
      // Several places: no single name would be right.
      if (marker.cluster.answer.isEvents || !isOneSpot(marker.cluster)) continue;
      /** @type {PlaceName | null} */
      let best = null;
      let least = BESIDE_PX + (marker.cluster.total > 1 ? 8 : 0);
      for (const spot of spots) {
        const distance = Math.hypot(spot.x - marker.x, spot.y - marker.y);
        if (distance < least) {
          best = spot.name;
          least = distance;
        }
      }
      if (!best || used.has(best)) continue;
      used.add(best);
      writeBeside(marker, best.text);
    }
    if (this.map.getZoom() < FREE_FROM_ZOOM) return;
    let free = 0;
    for (const { name, x, y } of spots) {
      if (free >= MAX_FREE) break;
      if (x === undefined || y < 10 || y > size.y - 24 || used.has(name)) continue;
      const origin = { u: name.x, v: name.y, x };
      if (write(name.text, origin, (width) => [[x - width / 2, y]], FREE_ROOM_PX)) free += 1;
    }
  }

  /** Return left, top, right and bottom of each control over the map. */
  controls() {
    const map = this.map.getContainer();
    const { left, top } = map.getBoundingClientRect();
    const controls = map.parentElement?.querySelectorAll(".leaflet-control, .rm-legend") ?? [];
    return [...controls].map((control) => {
      const box = control.getBoundingClientRect();
      return [box.left - left, box.top - top, box.right - left, box.bottom - top];
    });
  }

  /** Return the place name of a marker's events, if they are all at one place. */
  ownName(/** @type {Cluster} */ cluster) {
    const { answer } = cluster;
    return answer.isEvents && isOneSpot(cluster) ? labelOf(answer.ids[cluster.event])?.name : "";
  }

  draw(/** @type {CanvasRenderingContext2D} */ context, /** @type {CameraState} */ camera, /** @type {Size} */ size) {
    if (!this.active) return;
    const { soft, land } = palette();
    context.font = `400 13px ${FONT}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { text, u, v, dx } of this.placed) {
      context.direction = directionOf(text);
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

// The canvas over the map: holds the clusters, animates them between zooms, finds the one at a point.

import { clusterPoints, markerRadius } from "../data/clusters.js";
import { contextOf, make } from "../dom.js";
import { drawMarker, indexOfMost } from "./markers.js";
import { prefersReducedMotion } from "./theme.js";

/** @import { Answer, AnswerPoint, CameraState, Cluster, Period, SceneLayer, SeenCluster, Size } from "../types.js" */
/** @import { Camera } from "./camera.js" */

/** @typedef {{x: number, y: number}} Spot A position on the unit square. */

const SPLIT_MS = 180;
const SPOT = 1e-9; // tolerance for rounding, on the unit square

/** Shows an answer's clusters for a period; the layers in `below` are drawn first. */
export class Scene {
  /** @type {Cluster[]} */
  clusters = [];
  /** @type {Cluster[]} Clusters of the previous zoom, while they move away. */
  leaving = [];
  /** @type {SceneLayer[]} */
  below = [];
  /** @type {{id: string, at?: Spot} | null} The selected event. */
  chosen = null;
  /** @type {Answer | null} */
  answer = null;
  /** @type {Period} */
  period = null;
  showsMarkers = true;
  /** @type {number | undefined} */
  zoomBefore = undefined;
  begun = -Infinity;
  isDrawAsked = false;
  ratio = 1;

  constructor(/** @type {import("leaflet").Map} */ map, /** @type {Camera} */ camera) {
    this.map = map;
    this.camera = camera;
    this.canvas = make("canvas", { class: "rm-scene", "aria-hidden": "true" });
    map.getContainer().append(this.canvas);
    this.context = contextOf(this.canvas);
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

  /** Show other numbers; with `moving`, animate the clusters as they split or merge. */
  update(/** @type {Answer} */ answer, /** @type {Period} */ period, { moving = false } = {}) {
    const before = this.clusters;
    this.answer = answer;
    this.period = period;
    const isSmall = document.documentElement.classList.contains("rm-side"); // a map of Compare
    this.clusters = answer.points[0]?.box ? clusterPoints(answer, period, this.camera.zoom(), { isSmall }) : [];
    this.leaving = [];
    if (moving && before.length && !prefersReducedMotion()) this.beginMove(before);
    this.askForDraw();
  }

  beginMove(/** @type {Cluster[]} */ before) {
    const reach = 60 / (256 * 2 ** Math.min(this.camera.zoom(), this.zoomBefore ?? 99));
    for (const cluster of this.clusters) cluster.from = nearest(before, cluster, reach);
    this.leaving = before
      .filter((old) => !this.clusters.some((cluster) => cluster.x === old.x && cluster.y === old.y))
      .map((old) => ({ ...old, to: nearest(this.clusters, old, reach) }));
    this.begun = performance.now();
    const step = () => {
      this.draw();
      if (performance.now() - this.begun < SPLIT_MS) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  /** Draw once after all current events: a zoom alone fires six. Still in the same frame. */
  askForDraw() {
    if (this.isDrawAsked) return;
    this.isDrawAsked = true;
    queueMicrotask(() => this.draw());
  }

  draw() {
    this.isDrawAsked = false;
    const { context } = this;
    const camera = this.camera.now();
    const size = this.map.getSize();
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    for (const layer of this.below) layer.draw(context, camera, size);
    if (!this.answer || !this.showsMarkers) return;
    const part = Math.min(1, (performance.now() - this.begun) / SPLIT_MS);
    const eased = 1 - (1 - part) ** 3;
    if (part < 1) {
      for (const old of this.leaving) this.drawCluster(old, camera, size, mix(old, old.to ?? old, eased), 1 - eased);
    }
    // Small markers on top of large ones: a single event next to a large cluster stays visible and clickable.
    const order = [...this.clusters].sort((a, b) => b.total - a.total);
    for (const cluster of order) {
      const from = part < 1 ? cluster.from : null;
      const alpha = part < 1 && !from ? eased : 1;
      this.drawCluster(cluster, camera, size, from ? mix(from, cluster, eased) : cluster, alpha);
    }
  }

  /**
   * @param {Cluster} cluster
   * @param {CameraState} camera
   * @param {Size} size
   * @param {Spot} at
   * @param {number} alpha
   */
  drawCluster(cluster, camera, size, at, alpha) {
    const { answer } = cluster; // for a leaving cluster, the previous answer
    const place = answer.placeOf(cluster.points[0]);
    const margin = 40;
    for (const x of copies(at.x, camera, size.x, margin)) {
      const y = at.y * camera.scale + camera.y;
      if (y < -margin || y > size.y + margin) continue;
      drawMarker(this.context, cluster, x, y, {
        answer,
        scale: camera.scale,
        place,
        alpha,
        chosen: this.isChosen(cluster),
      });
    }
  }

  /** Count the period's events: `here` those for which `isSeen` returns true, `all` of them. */
  count(/** @type {(point: AnswerPoint) => boolean} */ isSeen) {
    const sums = { here: 0, all: 0 };
    for (const point of this.answer?.points ?? []) {
      const tally = { total: 0, kinds: [] };
      this.answer?.tally(point, this.period, tally);
      sums.all += tally.total;
      if (isSeen(point)) sums.here += tally.total;
    }
    return sums;
  }

  isChosen(/** @type {Cluster} */ cluster) {
    const { chosen } = this;
    const { answer } = cluster;
    if (!chosen) return false;
    if (answer.isEvents) return cluster.points.some((p) => p.members.some((i) => answer.ids[i] === chosen.id));
    if (!chosen.at) return false;
    const { x, y } = chosen.at;
    const [west, north, east, south] = cluster.box;
    return x >= west - SPOT && x <= east + SPOT && y >= north - SPOT && y <= south + SPOT;
  }

  /** Return the nearest cluster whose marker is at a point of the screen, or null. */
  clusterAt(/** @type {Spot} */ point) {
    if (!this.showsMarkers) return null;
    const camera = this.camera.now();
    const size = this.map.getSize();
    /** @type {Cluster | null} */
    let best = null;
    let least = Infinity;
    for (const cluster of this.clusters) {
      const y = cluster.y * camera.scale + camera.y;
      for (const x of copies(cluster.x, camera, size.x, 40)) {
        const distance = Math.hypot(point.x - x, point.y - y);
        const reach = Math.max(12, markerRadius(cluster.total) + 2);
        if (distance <= reach && distance / reach < least) {
          best = cluster;
          least = distance / reach;
        }
      }
    }
    return best;
  }

  /**
   * Return the visible clusters with their positions, those with most events first. Where the world repeats, a cluster
   * is at the position nearest to the middle, or at each with `everyCopy`.
   */
  inSight({ everyCopy = false } = {}) {
    if (!this.showsMarkers) return [];
    const camera = this.camera.atRest();
    const size = this.map.getSize();
    /** @type {SeenCluster[]} */
    const found = [];
    for (const cluster of this.clusters) {
      const y = cluster.y * camera.scale + camera.y;
      if (y < 0 || y > size.y) continue;
      const xs = copies(cluster.x, camera, size.x, 0);
      const middle = size.x / 2;
      xs.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
      for (const x of everyCopy ? xs : xs.slice(0, 1)) found.push({ cluster, x, y });
    }
    return found.sort((a, b) => b.cluster.total - a.cluster.total);
  }

  /** Return the most frequent kind in a cluster. */
  kindOf(/** @type {Cluster} */ cluster) {
    return cluster.answer.kinds[indexOfMost(cluster.kinds)];
  }
}

/** Return the screen position of a point in each visible copy of the world. */
export function copies(
  /** @type {number} */ u,
  /** @type {CameraState} */ camera,
  /** @type {number} */ width,
  /** @type {number} */ margin,
) {
  const found = [];
  const first = Math.ceil((-margin - camera.x) / camera.scale - u);
  for (let k = first; (u + k) * camera.scale + camera.x <= width + margin; k++) {
    found.push((u + k) * camera.scale + camera.x);
  }
  return found;
}

/** @returns {Spot | null} The nearest of the clusters within `reach`. */
function nearest(/** @type {Cluster[]} */ clusters, /** @type {Spot} */ wanted, /** @type {number} */ reach) {
  /** @type {Cluster | null} */
  let best = null;
  let least = reach * reach;
  for (const cluster of clusters) {
    const distance = (cluster.x - wanted.x) ** 2 + (cluster.y - wanted.y) ** 2;
    if (distance < least) {
      best = cluster;
      least = distance;
    }
  }
  return best && { x: best.x, y: best.y };
}

/** @returns {Spot} A position between two others; `part` from 0 to 1. */
function mix(/** @type {Spot} */ from, /** @type {Spot} */ to, /** @type {number} */ part) {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

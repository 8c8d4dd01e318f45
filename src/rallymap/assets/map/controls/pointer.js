// Mouse and touch input on the markers: shows a tooltip, and opens a marker.

import { markerRadius } from "../data/clusters.js";
import { fetchLabels, labelOf } from "../data/event_labels.js";
import { describeCluster } from "../data/formatting.js";
import { make } from "../dom.js";
import { SEPARATOR } from "../words.js";

/** @import { Cluster } from "../types.js" */
/** @import { Scene } from "../layers/scene.js" */

/** @typedef {{x: number, y: number}} ScreenPoint */

const HOVER_MS = 60;

export class Pointer {
  /** @type {Cluster | null} The cluster under the mouse. */
  cluster = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  /**
   * @param {import("leaflet").Map} map
   * @param {Scene} scene
   * @param {{onPress: (cluster: Cluster) => void, describeAt: (point: ScreenPoint) => string}} handlers
   */
  constructor(map, scene, { onPress, describeAt }) {
    this.map = map;
    this.scene = scene;
    this.tip = make("div", { class: "rm-tip", role: "tooltip", hidden: true });
    map.getContainer().append(this.tip);
    map.on("click", ({ containerPoint }) => {
      const cluster = scene.clusterAt(containerPoint);
      if (cluster) onPress(cluster);
    });
    map.on("mousemove", ({ containerPoint }) => {
      this.hover(scene.clusterAt(containerPoint));
      if (!this.cluster) this.say(describeAt(containerPoint), containerPoint);
    });
    map.on("movestart zoomstart mouseout", () => this.hover(null));
  }

  hover(/** @type {Cluster | null} */ cluster) {
    if (cluster === this.cluster) return;
    this.cluster = cluster;
    this.map.getContainer().classList.toggle("rm-over-mark", Boolean(cluster));
    clearTimeout(this.timer);
    this.tip.hidden = true;
    if (cluster) this.timer = setTimeout(() => this.show(cluster), HOVER_MS);
  }

  /** Show a tooltip for something other than a marker: a country. */
  say(/** @type {string} */ text, /** @type {ScreenPoint} */ { x, y }) {
    this.tip.hidden = !text;
    if (!text) return;
    this.tip.replaceChildren(make("span", {}, text));
    this.place(x, y, 12);
  }

  async show(/** @type {Cluster} */ cluster) {
    const { answer } = cluster;
    if (cluster.total === 1 && answer.isEvents) {
      const id = answer.ids[cluster.event];
      if (!labelOf(id)) await fetchLabels([id]).catch(() => []);
      const label = labelOf(id);
      if (this.cluster !== cluster || !label) return;
      const details = make("span", {}, make("bdi", {}, label.where), SEPARATOR, make("bdi", {}, label.when));
      this.tip.replaceChildren(make("b", { dir: "auto", lang: label.lang ?? null }, label.title), details);
    } else {
      this.tip.replaceChildren(make("span", {}, describeCluster(cluster)));
    }
    this.tip.hidden = false;
    const camera = this.scene.camera.now();
    const world = camera.scale;
    const x = (((cluster.x * world + camera.x) % world) + world) % world;
    this.place(x, cluster.y * world + camera.y, markerRadius(cluster.total) + 8);
  }

  place(/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ gap) {
    const below = y < this.tip.offsetHeight + gap + 8;
    const rightmost = this.map.getSize().x - this.tip.offsetWidth - 8;
    this.tip.style.left = `${Math.max(8, Math.min(rightmost, x - this.tip.offsetWidth / 2))}px`;
    this.tip.style.top = `${below ? y + gap : y - gap - this.tip.offsetHeight}px`;
  }
}

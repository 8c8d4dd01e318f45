// Buttons over the largest markers, for keyboards and screen readers; repositioned when the map is idle.

import { isOneSpot, targetRadius } from "../data/clusters.js";
import { fetchLabels, labelOf } from "../data/event_labels.js";
import { describeCluster } from "../data/formatting.js";
import { make } from "../dom.js";
import { tr } from "../words.js";

/** @import { Cluster } from "../types.js" */
/** @import { Scene } from "../layers/scene.js" */

/** @typedef {{button: HTMLButtonElement, cluster: Cluster}} Placed */

const MAX_BUTTONS = 60;
const MAX_TITLES = 40;

export class MarkerButtons {
  /**
   * @param {HTMLElement} host
   * @param {Scene} scene
   * @param {{onPress: (cluster: Cluster) => void, onNames: () => void}} handlers
   *   `onNames` runs when the place names of the markers are known.
   */
  constructor(host, scene, { onPress, onNames }) {
    this.scene = scene;
    this.onPress = onPress;
    this.onNames = onNames;
    this.box = make("div", { class: "rm-marks", role: "group", "aria-label": tr("Events on the map") });
    host.append(this.box);
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
  }

  place() {
    const before = this.buttons;
    this.buttons = new Map();
    const placed = this.scene
      .inSight()
      .slice(0, MAX_BUTTONS)
      .map(({ cluster, x, y }) => {
        const key = `${cluster.x} ${cluster.y}`;
        const button = before.get(key) ?? make("button", { type: "button" });
        const radius = targetRadius(cluster.total);
        const width = `${2 * radius}px`;
        Object.assign(button.style, { left: `${x - radius}px`, top: `${y - radius}px`, width, height: width });
        button.onclick = () => this.onPress(cluster);
        button.setAttribute("aria-label", labelFor(cluster));
        this.buttons.set(key, button);
        return { button, cluster };
      });
    // Only update what has changed, so that a focused button keeps its focus.
    for (const [key, button] of before) if (!this.buttons.has(key)) button.remove();
    for (const { button } of placed) if (!button.isConnected) this.box.append(button);
    this.addTitles(placed);
  }

  /** Fetch the titles of the events at the markers. */
  async addTitles(/** @type {Placed[]} */ placed) {
    const { answer } = this.scene;
    if (!answer?.isEvents) return;
    const single = placed.filter(({ cluster }) => isOneSpot(cluster)).slice(0, MAX_TITLES);
    await fetchLabels(single.map(({ cluster }) => answer.ids[cluster.event])).catch(() => []);
    if (this.scene.answer !== answer) return;
    for (const { button, cluster } of single) button.setAttribute("aria-label", labelFor(cluster));
    this.onNames();
  }
}

/** Return the accessible label of a marker. */
function labelFor(/** @type {Cluster} */ cluster) {
  const { answer } = cluster;
  const label = answer.isEvents && isOneSpot(cluster) ? labelOf(answer.ids[cluster.event]) : undefined;
  if (cluster.total > 1) {
    const what = describeCluster(cluster);
    // Translators: "4 events: 4 rallies, Gothenburg"
    return label ? tr("{what}, {where}", { what, where: label.where }) : what;
  }
  const category = answer.labels[cluster.kinds.findIndex(Boolean)];
  if (!label) return category;
  const { title, where, when } = label;
  return tr("{kind}: {title}, {where}, {when}", { kind: category, title, where, when });
}

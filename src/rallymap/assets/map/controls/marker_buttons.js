// Buttons over the largest markers, for keyboards and screen readers; repositioned when the map is idle.

import { isOneSpot, targetRadius } from "../data/clusters.js";
import { fetchLabels, labelOf } from "../data/event_labels.js";
import { describeCluster } from "../data/formatting.js";
import { countryAt } from "../data/land.js";
import { make } from "../dom.js";
import { countryName, listWords, tr, trn } from "../words.js";

/** @import { BaseLayer, Cluster, Land } from "../types.js" */
/** @import { Scene } from "../layers/scene.js" */

/** @typedef {{button: HTMLButtonElement, cluster: Cluster}} Placed */

const MAX_BUTTONS = 60;
const MAX_TITLES = 40;
const MAX_POINTS = 24; // of a cluster whose countries are looked up
const MAX_COUNTRIES = 4;
const MAX_KNOWN = 10_000; // points whose country is kept

export class MarkerButtons {
  /**
   * @param {HTMLElement} host
   * @param {Scene} scene
   * @param {{onPress: (cluster: Cluster) => void, onNames: () => void, lands: BaseLayer["lands"]}} parts
   *   `onNames` runs when the place names of the markers are known.
   */
  constructor(host, scene, { onPress, onNames, lands }) {
    this.scene = scene;
    this.lands = lands;
    this.onPress = onPress;
    this.onNames = onNames;
    this.box = make("div", { class: "rm-marks", role: "group", "aria-label": tr("Events on the map") });
    host.append(this.box);
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
  }

  get land() {
    return this.lands.fine ?? this.lands.coarse;
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
        button.setAttribute("aria-label", labelFor(cluster, this.land));
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
    for (const { button, cluster } of single) button.setAttribute("aria-label", labelFor(cluster, this.land));
    this.onNames();
  }
}

/**
 * Return the accessible label of a marker; `land` has the borders that are loaded.
 *
 * @param {Cluster} cluster
 * @param {Land} [land]
 */
export function labelFor(cluster, land) {
  const { answer } = cluster;
  const label = answer.isEvents && isOneSpot(cluster) ? labelOf(answer.ids[cluster.event]) : undefined;
  if (cluster.total > 1) {
    const what = describeCluster(cluster);
    const where = label?.where ?? countriesOf(cluster, land);
    // Translators: "4 events: 4 rallies, Gothenburg"
    return where ? tr("{what}, {where}", { what, where }) : what;
  }
  const category = answer.labels[cluster.kinds.findIndex(Boolean)];
  if (!label) return category;
  const { title, where, when } = label;
  return tr("{kind}: {title}, {where}, {when}", { kind: category, title, where, when });
}

/**
 * Return the countries of a cluster's places, those with most events first, or how many they are; "" if there are too
 * many places, or if the country of one is not known: the others would look like all.
 */
function countriesOf(/** @type {Cluster} */ { points }, /** @type {Land | undefined} */ land) {
  if (points.length > MAX_POINTS) return "";
  const heaviest = [...points].sort((a, b) => b.weight - a.weight);
  // Borders help where events lack their country; coarse coasts leave some of those places in the sea.
  const codes = new Set(
    heaviest.flatMap(({ x, y, codes }) =>
      codes.map((code) => code || (land ? codeAt(land, x - Math.floor(x), y) : "")),
    ),
  );
  if (codes.has("")) return "";
  if (codes.size <= MAX_COUNTRIES) return listWords([...codes].map(countryName));
  return trn("{n} country", "{n} countries", codes.size);
}

/** @type {WeakMap<Land, Map<string, string>>} */
const found = new WeakMap();

/** Return the code of the country at a point, "" at sea; kept, as each move of the map asks for the same points. */
function codeAt(/** @type {Land} */ land, /** @type {number} */ x, /** @type {number} */ y) {
  const known = found.get(land) ?? new Map();
  found.set(land, known);
  const at = `${x},${y}`;
  let code = known.get(at);
  if (code === undefined) {
    if (known.size >= MAX_KNOWN) known.clear();
    code = countryAt(land, x, y)?.code ?? "";
    known.set(at, code);
  }
  return code;
}

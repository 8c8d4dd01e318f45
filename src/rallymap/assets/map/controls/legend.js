// The legend, and the switches for layer and colouring.

import { targetRadius } from "../data/clusters.js";
import { make } from "../dom.js";
import { kindIcon } from "../layers/theme.js";
import { shieldMap } from "../leaflet.js";
import { IS_RTL, mark, tr } from "../words.js";

/** @import { Answer, Choice, Cluster, Colouring, Layer, SeenCluster } from "../types.js" */

/** @typedef {{kinds: {style: string, label: string}[], soft: boolean, steps: {colour: string, text: string}[]}} Content */

/** @type {Record<Colouring, string>} */
const COLOURINGS = { kind: mark("Kind"), community: mark("Community") };
/** @type {Record<Layer, string>} */
const LAYERS = { clusters: mark("Markers"), heat: mark("Heat"), countries: mark("Countries") };

export class Legend {
  /** @type {Layer} */
  layer = "clusters";
  /** @type {Content} */
  content = { kinds: [], soft: false, steps: [] };
  isPlaced = false;

  /**
   * @param {HTMLElement} host
   * @param {(chosen: Pick<Choice, "layer"> | Pick<Choice, "colour">) => void} onChoose
   */
  constructor(host, onChoose) {
    this.layers = new Choices(tr("Map layer"), LAYERS, (layer) => onChoose({ layer }));
    this.colours = new Choices(tr("Colour by"), COLOURINGS, (colour) => onChoose({ colour }));
    this.colourRow = make("div", { class: "rm-colours" }, make("span", {}, tr("Colour by")), this.colours.box);
    this.kinds = make("ul", { class: "rm-kinds" });
    this.note = make("p", { class: "rm-legend-note" });
    const summary = make("summary", {}, tr("Legend"));
    // On a small screen, including a wide but low one, the map needs the space.
    const isOpen = window.innerWidth > 560 && window.innerHeight > 480;
    this.box = make(
      "details",
      { class: "rm-legend", open: isOpen },
      summary,
      this.layers.box,
      this.colourRow,
      this.kinds,
      this.note,
    );
    shieldMap(this.box);
    host.append(this.box);
  }

  /** Collapse the legend if it covers one of these markers. */
  uncover(/** @type {SeenCluster[]} */ markers) {
    const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = this.box;
    const isCovered = (/** @type {SeenCluster} */ { cluster, x, y }) => {
      const radius = targetRadius(cluster.total);
      return x + radius > left && x - radius < left + width && y + radius > top && y - radius < top + height;
    };
    if (markers.some(isCovered)) this.box.open = false;
  }

  /** Add a switch for street tiles that names their host. */
  offerTiles(/** @type {string} */ host, /** @type {(isOn: boolean) => void} */ onSwitch) {
    /** @type {HTMLInputElement} */
    const box = make("input", { type: "checkbox", onchange: () => onSwitch(box.checked) });
    this.box.append(make("label", { class: "rm-tiles" }, box, tr("Street map from {host}", { host })));
  }

  /** Show the chosen layer and colouring. */
  setChoice(/** @type {Choice} */ { layer, colour }) {
    this.layer = layer;
    this.layers.choose(layer);
    this.colours.choose(colour);
    this.show();
  }

  /** Show these kinds, and explain shaded discs if there are any; the first time, do not cover these markers. */
  setContent(/** @type {Content} */ content, /** @type {SeenCluster[]} */ markers) {
    this.content = content;
    this.show();
    if (!this.isPlaced) this.uncover(markers);
    this.isPlaced = true;
  }

  show() {
    const { kinds, soft, steps } = this.content;
    this.colourRow.hidden = this.layer !== "clusters";
    if (this.layer === "countries") {
      this.kinds.replaceChildren(
        ...steps.map(({ colour, text }) => {
          const swatch = make("i", { class: "rm-swatch" });
          swatch.style.background = colour;
          return make("li", {}, swatch, text);
        }),
      );
      // Translators: below the steps of colour
      this.note.textContent = tr("events by country");
      return;
    }
    const shown = this.layer === "heat" ? [] : kinds;
    this.kinds.replaceChildren(
      ...shown.map(({ style, label }) => make("li", {}, kindIcon(style), make("bdi", {}, label))),
    );
    if (this.layer === "heat") this.note.textContent = tr("more events, stronger colour");
    else this.note.textContent = soft ? tr("shaded disc: city only") : "";
  }
}

/**
 * Radio buttons.
 *
 * @template {string} Name
 */
class Choices {
  /**
   * @param {string} label
   * @param {Record<Name, string>} names The label of each button by its value, in English.
   * @param {(name: Name) => void} onChoose
   */
  constructor(label, names, onChoose) {
    const choices = /** @type {[Name, string][]} */ (Object.entries(names));
    this.buttons = choices.map(([name, text]) => {
      const onclick = () => onChoose(name);
      return make("button", { type: "button", role: "radio", "data-name": name, onclick }, tr(text));
    });
    this.box = make("div", { class: "rm-layers", role: "radiogroup", "aria-label": label }, ...this.buttons);
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  choose(/** @type {string} */ name) {
    for (const button of this.buttons) {
      const isOn = button.dataset.name === name;
      button.setAttribute("aria-checked", String(isOn));
      button.tabIndex = isOn ? 0 : -1;
    }
  }

  key(/** @type {KeyboardEvent} */ event) {
    const forth = IS_RTL ? -1 : 1; // rightwards
    const by = { ArrowRight: forth, ArrowDown: 1, ArrowLeft: -forth, ArrowUp: -1 }[event.key];
    if (!by) return;
    const at = this.buttons.indexOf(/** @type {any} */ (event.target));
    const next = this.buttons[(at + by + this.buttons.length) % this.buttons.length];
    next.focus();
    next.click();
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Return the kinds of the clusters with their styles, and whether any cluster has a shaded disc. */
export function kindsIn(/** @type {Answer} */ answer, /** @type {Cluster[]} */ clusters) {
  const kinds = answer.kinds
    .map((style, k) => ({ style, label: answer.labels[k], k }))
    .filter(({ k }) => clusters.some((cluster) => cluster.kinds[k]));
  return { kinds, soft: clusters.some((cluster) => answer.placeOf(cluster.points[0]).precision > 0) };
}

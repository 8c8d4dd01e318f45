// The legend, and the switch between ways to draw the same events.

import { KIND_LABELS } from "../data/kinds.js";
import { make } from "../dom.js";
import { kindIcon } from "../layers/theme.js";
import { shieldMap } from "../leaflet.js";

/** @import { Layer } from "../types.js" */

/** @typedef {{kinds: string[], soft: boolean, steps: {colour: string, text: string}[]}} Content */

const LAYERS = { clusters: "Marks", heat: "Heat", countries: "Countries" };

export class Legend {
  /** @type {Layer} */
  layer = "clusters";
  /** @type {Content} */
  content = { kinds: [], soft: false, steps: [] };

  constructor(/** @type {HTMLElement} */ host, /** @type {{onLayer: (layer: Layer) => void}} */ { onLayer }) {
    const layers = /** @type {[Layer, string][]} */ (Object.entries(LAYERS));
    this.buttons = layers.map(([name, label]) => {
      const press = () => onLayer(name);
      return make("button", { type: "button", role: "radio", "data-layer": name, onclick: press }, label);
    });
    this.layers = make("div", { class: "rm-layers", role: "radiogroup", "aria-label": "Map layer" }, ...this.buttons);
    this.layers.addEventListener("keydown", (event) => this.key(event));
    this.kinds = make("ul", { class: "rm-kinds" });
    this.note = make("p", { class: "rm-legend-note" });
    const summary = make("summary", {}, "Legend");
    // On a small screen, also a wide one that is low, the map needs the room.
    const isOpen = window.innerWidth > 560 && window.innerHeight > 480;
    this.box = make("details", { class: "rm-legend", open: isOpen }, summary, this.layers, this.kinds, this.note);
    shieldMap(this.box);
    host.append(this.box);
  }

  /** Offer a switch for street tiles that says whom it contacts. */
  offerTiles(/** @type {string} */ host, /** @type {(isOn: boolean) => void} */ onSwitch) {
    /** @type {HTMLInputElement} */
    const box = make("input", { type: "checkbox", onchange: () => onSwitch(box.checked) });
    this.box.append(make("label", { class: "rm-tiles" }, box, `Street map from ${host}`));
  }

  setLayer(/** @type {Layer} */ layer) {
    this.layer = layer;
    for (const button of this.buttons) {
      const on = button.dataset.layer === layer;
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
    }
    this.show();
  }

  /** Show these kinds, and say what soft discs mean if there are any. */
  setContent(/** @type {Content} */ content) {
    this.content = content;
    this.show();
  }

  show() {
    const { kinds, soft, steps } = this.content;
    if (this.layer === "countries") {
      this.kinds.replaceChildren(
        ...steps.map(({ colour, text }) => {
          const swatch = make("i", { class: "rm-swatch" });
          swatch.style.background = colour;
          return make("li", {}, swatch, text);
        }),
      );
      this.note.textContent = "events by country";
      return;
    }
    const shown = this.layer === "heat" ? [] : kinds;
    this.kinds.replaceChildren(...shown.map((kind) => make("li", {}, kindIcon(kind), KIND_LABELS[kind])));
    if (this.layer === "heat") this.note.textContent = "more events, stronger colour";
    else this.note.textContent = soft ? "shaded disc: city only" : "";
  }

  key(/** @type {KeyboardEvent} */ event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    const at = this.buttons.indexOf(/** @type {any} */ (event.target));
    const next = this.buttons[(at + by + this.buttons.length) % this.buttons.length];
    next.focus();
    next.click();
    event.preventDefault();
    event.stopPropagation();
  }
}

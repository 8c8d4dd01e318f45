// The legend, and the switch between ways to draw the same events.

import { make } from "./dom.js";
import { KINDS, kindIcon } from "./look.js";

const LAYERS = { clusters: "Marks", heat: "Heat", countries: "Countries" };

export class Legend {
  constructor(host, { onLayer }) {
    this.layers = make("div", { class: "rm-layers", role: "radiogroup", "aria-label": "Map layer" },
      ...Object.entries(LAYERS).map(([name, label]) =>
        make("button", { type: "button", role: "radio", "data-layer": name, "aria-checked": "false", onclick: () => onLayer(name) }, label)));
    this.layers.addEventListener("keydown", (event) => this.key(event));
    this.kinds = make("ul", { class: "rm-kinds" });
    this.note = make("p", { class: "rm-legend-note" });
    const summary = make("summary", {}, "Legend");
    this.box = make("details", { class: "rm-legend", open: window.innerWidth > 560 }, summary, this.layers, this.kinds, this.note);
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    host.append(this.box);
  }

  /** Offer a switch for street tiles that says whom it contacts. */
  offerTiles(host, onSwitch) {
    const box = make("input", { type: "checkbox", onchange: () => onSwitch(box.checked) });
    this.box.append(make("label", { class: "rm-tiles" }, box, `Street map from ${host}`));
  }

  setLayer(layer) {
    this.layer = layer;
    for (const button of this.layers.children) {
      const on = button.dataset.layer === layer;
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
    }
    this.show();
  }

  /** Show these kinds, and say what soft discs mean if there are any. */
  setContent({ kinds, soft, steps = [] }) {
    Object.assign(this, { shownKinds: kinds, soft, steps });
    this.show();
  }

  show() {
    if (this.layer === "countries") {
      this.kinds.replaceChildren(...(this.steps ?? []).map(({ colour, words }) => {
        const swatch = make("i", { class: "rm-swatch" });
        swatch.style.background = colour;
        return make("li", {}, swatch, words);
      }));
      this.note.textContent = "events by country";
    } else {
      const kinds = this.layer === "heat" ? [] : this.shownKinds ?? [];
      this.kinds.replaceChildren(...kinds.map((kind) => make("li", {}, kindIcon(kind), KINDS[kind].label)));
      this.note.textContent = this.layer === "heat" ? "more events, stronger colour" : this.soft ? "soft disc: city known, street not" : "";
    }
  }

  key(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    const buttons = [...this.layers.children];
    const next = buttons[(buttons.indexOf(event.target) + by + buttons.length) % buttons.length];
    next.focus();
    next.click();
    event.preventDefault();
    event.stopPropagation();
  }
}

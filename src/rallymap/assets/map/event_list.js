// The list of a mark's events, in a panel over the map: every one is reached by mouse and by keys.

import { make } from "./dom.js";
import { kindIcon } from "./look.js";
import { countWords } from "./words.js";

export class EventList {
  constructor(host, { onChoose, onClose }) {
    this.host = host;
    this.onChoose = onChoose;
    this.onClose = onClose;
    this.panel = null;
  }

  /** Open with `loadPage(offset)`, which resolves to {total, events} of labels. */
  async open(loadPage) {
    this.close({ quiet: true });
    this.returnTo = document.activeElement;
    this.rows = make("ul", { class: "rm-rows" });
    this.head = make("b", {}, "…");
    this.more = make("button", { type: "button", class: "rm-more", hidden: true, onclick: () => this.add(loadPage) }, "Show more");
    const close = make("button", { type: "button", class: "rm-close", "aria-label": "Close the list", onclick: () => this.close() }, "×");
    this.panel = make("section", { class: "rm-list", role: "dialog", "aria-label": "Events at this mark" },
      make("header", {}, this.head, close), this.rows, this.more);
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") this.step(event);
      event.stopPropagation();
    });
    L.DomEvent.disableClickPropagation(this.panel);
    L.DomEvent.disableScrollPropagation(this.panel);
    this.host.append(this.panel);
    this.shown = 0;
    close.focus({ preventScroll: true });
    await this.add(loadPage);
    this.rows.querySelector("button")?.focus({ preventScroll: true });
  }

  async add(loadPage) {
    const { panel } = this;
    this.more.hidden = true;
    let page;
    try {
      page = await loadPage(this.shown);
    } catch (error) {
      this.head.textContent = `This list could not be loaded: ${error.message}`;
      return;
    }
    if (this.panel !== panel) return;
    const from = this.shown;
    this.shown += page.events.length;
    this.head.textContent = countWords(page.total);
    this.rows.append(...page.events.map((event) => this.row(event)));
    this.more.hidden = !page.events.length || this.shown >= page.total;
    if (from) this.rows.children[from]?.querySelector("button").focus();
  }

  row(event) {
    const button = make("button", { type: "button", onclick: () => this.choose(button, event.id) }, kindIcon(event.kind),
      make("span", { class: "rm-title" }, event.title), make("span", { class: "rm-when" }, event.when),
      make("span", { class: "rm-where" }, event.where));
    return make("li", {}, button);
  }

  choose(button, id) {
    for (const other of this.rows.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    button.setAttribute("aria-current", "true");
    this.onChoose(id);
  }

  step(event) {
    const buttons = [...this.rows.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    buttons[Math.max(0, Math.min(buttons.length - 1, at))]?.focus();
    event.preventDefault();
  }

  close({ quiet = false } = {}) {
    if (!this.panel) return;
    this.panel.remove();
    this.panel = null;
    if (!quiet) {
      if (this.returnTo?.isConnected) this.returnTo.focus({ preventScroll: true });
      this.onClose?.();
    }
  }
}

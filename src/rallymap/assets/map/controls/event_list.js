// The list of a marker's events in a panel over the map; all rows can be reached by mouse and keyboard.

import { formatCount } from "../data/formatting.js";
import { make, messageOf } from "../dom.js";
import { kindIcon } from "../layers/theme.js";
import { shieldMap } from "../leaflet.js";
import { tr } from "../words.js";

/** @import { EventLabel, LabelPage } from "../types.js" */

/** @typedef {(offset: number) => Promise<LabelPage>} LoadPage */

export class EventList {
  /** @type {HTMLElement | null} */
  panel = null;
  /** @type {Element | null} The element that had the focus before. */
  returnTo = null;
  shown = 0;
  rows = make("ul", { class: "rm-rows" });
  head = make("b");
  more = make("button");

  constructor(/** @type {HTMLElement} */ host, /** @type {{onChoose: (id: string) => void}} */ { onChoose }) {
    this.host = host;
    this.onChoose = onChoose;
  }

  /** Open the list; the function fetches labels from an offset. */
  async open(/** @type {LoadPage} */ loadPage) {
    this.close({ quiet: true });
    this.returnTo = document.activeElement;
    this.rows = make("ul", { class: "rm-rows" });
    this.head = make("b", {}, "…");
    const add = () => this.add(loadPage);
    this.more = make("button", { type: "button", class: "rm-more", hidden: true, onclick: add }, tr("Show more"));
    const close = make(
      "button",
      { type: "button", class: "rm-close", "aria-label": tr("Close the list"), onclick: () => this.close() },
      "×",
    );
    this.panel = make(
      "section",
      { class: "rm-list", role: "dialog", "aria-label": tr("Events at this mark") },
      make("header", {}, this.head, close),
      this.rows,
      this.more,
    );
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") this.step(event);
      event.stopPropagation();
    });
    shieldMap(this.panel);
    this.host.append(this.panel);
    this.shown = 0;
    close.focus({ preventScroll: true });
    await this.add(loadPage);
    this.rows.querySelector("button")?.focus({ preventScroll: true });
  }

  /** Append the next page. */
  async add(/** @type {LoadPage} */ loadPage) {
    const { panel } = this;
    this.more.hidden = true;
    let page;
    try {
      page = await loadPage(this.shown);
    } catch (error) {
      this.head.textContent = tr("This list could not be loaded: {reason}", { reason: messageOf(error) });
      return;
    }
    if (this.panel !== panel) return;
    const from = this.shown;
    this.shown += page.events.length;
    this.head.textContent = formatCount(page.total);
    this.rows.append(...page.events.map((event) => this.row(event)));
    this.more.hidden = !page.events.length || this.shown >= page.total;
    if (from) this.rows.children[from]?.querySelector("button")?.focus();
  }

  row(/** @type {EventLabel} */ event) {
    /** @type {HTMLButtonElement} */
    const button = make(
      "button",
      { type: "button", onclick: () => this.choose(button, event.id) },
      kindIcon(event.kind),
      make("span", { class: "rm-title", dir: "auto", lang: event.lang ?? null }, event.title),
      make("span", { class: "rm-when" }, event.when),
      make("span", { class: "rm-where", dir: "auto" }, event.where),
    );
    return make("li", {}, button);
  }

  choose(/** @type {HTMLElement} */ button, /** @type {string} */ id) {
    for (const other of this.rows.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    button.setAttribute("aria-current", "true");
    this.onChoose(id);
  }

  step(/** @type {KeyboardEvent} */ event) {
    const buttons = [...this.rows.querySelectorAll("button")];
    const at = buttons.indexOf(/** @type {any} */ (document.activeElement)) + (event.key === "ArrowDown" ? 1 : -1);
    buttons[Math.max(0, Math.min(buttons.length - 1, at))]?.focus();
    event.preventDefault();
  }

  close({ quiet = false } = {}) {
    if (!this.panel) return;
    this.panel.remove();
    this.panel = null;
    if (!quiet && this.returnTo instanceof HTMLElement) this.returnTo.focus({ preventScroll: true });
  }
}

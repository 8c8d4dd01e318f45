// Distinguishes new state from the page and state that only repeats what the map reported.

import { post } from "./messages.js";

/** @import { Box, PageState } from "../types.js" */

const MAX_REPORTS = 20;
const REST_MS = 350;

export class PageStates {
  constructor() {
    /** @type {Partial<PageState>} The last state from the page. */
    this.last = {};
    /** @type {{name: string, text: string}[]} */
    this.reports = [];
    /** @type {string | null} The last view reported to a list that follows the map. */
    this.reportedBox = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.boxTimer = undefined;
  }

  /** Return whether the page sent a new value, other than one that the map reported. */
  isNews(/** @type {"period" | "view" | "layer" | "colour"} */ name, /** @type {unknown} */ value) {
    const text = JSON.stringify(value);
    const ours = this.reports.findIndex((report) => report.name === name && report.text === text);
    if (ours >= 0) {
      // Values are repeated separately: the layer may still be older when a view has been answered.
      this.reports = this.reports.filter((report, i) => report.name !== name || i > ours);
      return false;
    }
    return text !== JSON.stringify(this.last[name] ?? null);
  }

  /** Expect the page to repeat a value. */
  expect(/** @type {string} */ name, /** @type {unknown} */ value) {
    this.reports.push({ name, text: JSON.stringify(value) });
    this.reports.splice(0, this.reports.length - MAX_REPORTS);
  }

  /** Report a value of the map to the page. */
  report(
    /** @type {"period" | "view"} */ name,
    /** @type {unknown} */ value,
    /** @type {Record<string, unknown>} */ more = {},
  ) {
    this.expect(name, value);
    post({ [name]: value, ...more });
  }

  /** Report the view to a list that follows the map, once per view, when the map is idle; null if not known yet. */
  reportBox(/** @type {(() => Box) | null} */ boxNow) {
    clearTimeout(this.boxTimer);
    if (!this.last.follow) this.reportedBox = null;
    if (!this.last.follow || !boxNow) return;
    this.boxTimer = setTimeout(() => {
      const box = boxNow();
      const text = JSON.stringify(box);
      if (text === this.reportedBox) return;
      this.reportedBox = text;
      post({ box });
    }, REST_MS);
  }
}

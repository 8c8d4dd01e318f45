// A message over the map: that no event matches, or that something failed.

import { make } from "../dom.js";
import { tr } from "../words.js";

export class Notice {
  constructor(/** @type {HTMLElement} */ host) {
    this.box = make("div", { class: "rm-state", role: "status", hidden: true });
    host.append(this.box);
  }

  /** Show a message, with a button if it can be retried; "" hides it. */
  show(/** @type {string} */ sentence, /** @type {(() => void) | null} */ onRetry = null) {
    this.box.hidden = !sentence;
    this.box.replaceChildren(sentence);
    if (onRetry) this.box.append(make("button", { type: "button", onclick: onRetry }, tr("Try again")));
  }
}

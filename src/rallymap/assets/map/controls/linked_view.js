// Synchronises a map with its sibling maps: assets/page/map_host.js forwards the messages between them.

/** @import { Card } from "../card.js" */
/** @import { View } from "../types.js" */

const EACH_MS = 60; // while one map is dragged, the others need not follow every frame

export class LinkedView {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  constructor(/** @type {Card} */ card) {
    this.card = card;
    card.map.on("move", () => !card.viewport.own && this.postSoon());
    window.addEventListener("message", ({ source, data }) => {
      if (source === window.parent && data?.rallymap === "linked") this.follow(data.view);
    });
  }

  /** Send this map's view to the other maps, at most several times a second. */
  postSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const { lat, lng } = this.card.map.getCenter();
      this.post([lat, lng, this.card.map.getZoom()]);
    }, EACH_MS);
  }

  /** Send a view to the other maps; null fits all events. */
  post(/** @type {View | null} */ view) {
    window.parent.postMessage({ rallymap: "linked", view }, "*");
  }

  follow(/** @type {View | null} */ view) {
    this.card.viewport.open(view);
    this.card.showFit(!this.card.viewport.showsAll);
  }
}

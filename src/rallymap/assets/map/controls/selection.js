// The selection: the chosen event, and the list of a marker with several events.

import { isoDay } from "../data/bins.js";
import { closestZoom } from "../data/clusters.js";
import { fetchCellPage, fetchLabels } from "../data/event_labels.js";
import { post } from "../data/messages.js";
import { messageOf } from "../dom.js";
import { RouteLine } from "../layers/route_line.js";
import { EventList } from "./event_list.js";

/** @import { Choice, Cluster, LabelPage } from "../types.js" */
/** @import { Scene } from "../layers/scene.js" */
/** @import { Viewport } from "./viewport.js" */

const PAGE_SIZE = 50;

export class Selection {
  /**
   * @param {{map: import("leaflet").Map, scene: Scene, viewport: Viewport, stage: HTMLElement,
   *   choiceNow: () => Choice, onError: (sentence: string) => void}} parts
   */
  constructor({ map, scene, viewport, stage, choiceNow, onError }) {
    this.map = map;
    this.scene = scene;
    this.viewport = viewport;
    this.choiceNow = choiceNow;
    this.onError = onError;
    this.route = new RouteLine(map);
    this.list = new EventList(stage, { onChoose: (id) => this.choose(id) });
  }

  /** Open a cluster: its only event, a closer view, or the list of the events at one point. */
  press(/** @type {Cluster} */ cluster) {
    const { answer } = cluster;
    const zoom = Math.floor(this.map.getZoom());
    if (cluster.total === 1 && answer.isEvents) {
      this.list.close({ quiet: true });
      this.choose(answer.ids[answer.eventsOf(cluster, this.choiceNow().period)[0]]);
    } else if (cluster.total === 1) {
      this.pageOfCells(cluster, 0).then(
        ({ events }) => events.length && this.choose(events[0].id),
        (error) => this.onError(messageOf(error)),
      );
    } else if (closestZoom(cluster) > zoom) {
      this.viewport.goTo(cluster.box, { closest: closestZoom(cluster), furthest: zoom + 1 });
    } else {
      this.list.open((offset) => this.pageOf(cluster, offset));
    }
  }

  /** @returns {Promise<LabelPage>} A page of a cluster's events. */
  async pageOf(/** @type {Cluster} */ cluster, /** @type {number} */ offset) {
    const { answer } = cluster;
    if (!answer.isEvents) return this.pageOfCells(cluster, offset);
    const found = answer.eventsOf(cluster, this.choiceNow().period);
    const ids = found.slice(offset, offset + PAGE_SIZE).map((i) => answer.ids[i]);
    return { total: found.length, events: await fetchLabels(ids) };
  }

  /** @returns {Promise<LabelPage>} */
  pageOfCells(/** @type {Cluster} */ cluster, /** @type {number} */ offset) {
    const { filter, period } = this.choiceNow();
    const days = period && { from: isoDay(period[0]), to: isoDay(period[1]) };
    const cells = cluster.points.map((point) => point.cell);
    return fetchCellPage({ filter, days }, cluster.answer.head.z, cells, offset);
  }

  /** Select an event and report it to the page. */
  choose(/** @type {string} */ id) {
    this.mark(id, { asked: true });
    post({ event: id });
  }

  /** Highlight the selected event's marker, and move it into view if it is outside; null removes the highlight. */
  async mark(/** @type {string | null} */ id, /** @type {{asked: boolean}} */ { asked }) {
    this.scene.chosen = id ? { id } : null;
    this.route.show(undefined);
    this.scene.askForDraw();
    if (!id) return;
    const [label] = await fetchLabels([id]).catch(() => []);
    if (!label?.at || this.scene.chosen?.id !== id) return;
    this.route.show(label.route);
    this.scene.chosen = { id, at: this.map.project(label.at, 0).divideBy(256) };
    this.scene.askForDraw();
    this.viewport.reveal(label.at, { asked, route: label.route });
  }
}

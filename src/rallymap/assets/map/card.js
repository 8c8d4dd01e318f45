// The map and its timeline as one card: keeps what is chosen, and lets each part show it.

import { Camera } from "./camera.js";
import { Countries } from "./countries.js";
import { make } from "./dom.js";
import { EventList } from "./event_list.js";
import { addFitButton } from "./fit_button.js";
import { closestZoom, isOneSpot } from "./groups.js";
import { Heat } from "./heat.js";
import { Labels } from "./labels.js";
import { Legend } from "./legend.js";
import { setTheme } from "./look.js";
import { isoDay, MapData } from "./map_data.js";
import { MarkButtons } from "./mark_buttons.js";
import { tell } from "./messages.js";
import { Pointer } from "./pointer.js";
import { Scene } from "./scene.js";
import { ask } from "./server.js";
import { makeStreetTiles } from "./street_tiles.js";
import { Timeline } from "./timeline.js";
import { fetchCellPage, fetchLabels, forgetTitles } from "./titles.js";
import { extentOf, Viewport } from "./viewport.js";

const REST_MS = 350;
const KEYS_MS = 300;
const PAGE = 50;
const POLL_MS = 5000;

export class Card {
  constructor(map, frame) {
    this.map = map;
    this.choice = null;
    this.told = {}; // what Python said last, so that its echo of our own message changes nothing
    this.sent = [];
    this.build(frame);
    this.data = new MapData(map);
    map.on("zoomanim", ({ zoom }) => this.zooming(zoom));
    setInterval(() => this.look(), POLL_MS);
  }

  build({ stage, base, card }) {
    this.base = base;
    this.viewport = new Viewport(this.map, stage, { onRest: () => this.rested(), onMoved: () => this.tellView() });
    this.showFit = addFitButton(this.map, () => this.showAll());
    this.summary = make("p", { class: "rm-hidden", role: "status" });
    this.state = make("div", { class: "rm-state", role: "status", hidden: true });
    const strip = make("section", { class: "rm-time", "aria-label": "Timeline" });
    stage.append(this.state, this.summary);
    card.append(strip);
    this.camera = new Camera(this.map, () => this.scene?.draw());
    this.scene = new Scene(this.map, this.camera);
    this.labels = new Labels(this.map, this.scene);
    this.heat = new Heat(this.scene);
    this.countries = new Countries(this.scene, base);
    base.on("land", () => this.scene.draw());
    this.scene.below.push(this.heat, this.countries, this.labels);
    const press = (group) => this.press(group);
    this.buttons = new MarkButtons(this.map.getContainer(), this.scene, {
      onPress: press,
      onNames: () => {
        this.labels.place();
        this.scene.draw();
      },
    });
    this.pointer = new Pointer(this.map, this.scene, { onPress: press, wordsAt: (point) => this.countries.wordsAt(point) });
    this.list = new EventList(stage, { onChoose: (id) => this.choose(id) });
    this.legend = new Legend(stage, { onLayer: (layer) => this.setLayer(layer) });
    this.timeline = new Timeline(strip, {
      onMove: (period) => this.scrub(period),
      onRest: (period, options) => this.settle(period, options),
      onPlaying: (playing) => card.classList.toggle("rm-is-playing", playing),
    });
    ask("tiles", "").then((tiles) => tiles.url && this.offerTiles(tiles), console.error);
    document.addEventListener("keydown", (event) => {
      if (event.key !== " " || event.target.closest("button, summary")) return;
      event.preventDefault();
      this.timeline.player.toggle();
    });
    this.viewport.resize(); // the stage has its height only now
    this.base.ensureLand(3).catch(console.error);
  }

  offerTiles(tiles) {
    const show = makeStreetTiles(this.map, tiles);
    this.legend.offerTiles(tiles.host, (on) => {
      show(on);
      this.labels.active = !on; // street maps bring their own names
      this.scene.draw();
    });
  }

  /** Take over what Python says; the first time, begin. */
  async show(said) {
    if (said.theme !== this.told.theme) this.setTheme(said.theme);
    if (said.bounds && !this.choice) this.timeline.setEdges([said.bounds[0], said.bounds[1] + 1], said.bounds);
    const first = this.choice === null;
    const choice = { ...this.choice, version: said.version, filter: said.filter, bins: this.timeline.room };
    if (first || this.isNews("period", said.period)) choice.period = said.period;
    if (first || this.isNews("layer", said.layer)) choice.layer = said.layer;
    const looksElsewhere = first || this.isNews("view", said.view);
    if (said.filter !== this.told.filter) this.viewport.forget();
    const chosen = first || said.selected !== this.told.selected ? said.selected : undefined;
    const before = this.choice;
    this.told = said;
    if (this.choice && choice.version !== this.choice.version) forgetTitles();
    this.choice = choice;
    if (looksElsewhere) this.viewport.open(said.view);
    this.legend.setLayer(choice.layer);
    this.timeline.setPeriod(choice.period);
    if (first || said.context !== this.contextAsked) this.showContext(said.context);
    if (chosen !== undefined) this.mark(chosen, { asked: !first });
    if (!said.follow) this.boxTold = null;
    // Most runs of the page change nothing here, such as the echo of our own report of the view.
    if (first || this.viewport.waits || JSON.stringify(choice) !== JSON.stringify(before)) await this.refresh();
    this.tellBox();
  }

  /** Mark the happenings of a query under the timeline; with null none. */
  showContext(query) {
    this.contextAsked = query;
    if (query === null) this.timeline.setMarks([]);
    else ask("context", query, { sort: "context" }).then((marks) => marks && this.timeline.setMarks(marks), console.error);
  }

  /** Tell whether Python says something else than before, and not what we told it ourselves. */
  isNews(name, value) {
    const text = JSON.stringify(value);
    const ours = this.sent.findIndex((sent) => sent.name === name && sent.text === text);
    if (ours >= 0) {
      // Other values are echoed on their own: the layer may still lag behind a view that is answered already.
      this.sent = this.sent.filter((sent, i) => sent.name !== name || i > ours);
      return false;
    }
    return text !== JSON.stringify(this.told[name] ?? null);
  }

  remember(name, value) {
    this.sent.push({ name, text: JSON.stringify(value) });
    this.sent.splice(0, this.sent.length - 20);
  }

  setTheme(theme) {
    setTheme(theme);
    this.base.redraw();
    this.legend.show();
    this.timeline.drawAll();
    this.scene.draw();
  }

  /** Draw the choice: at once where the answer at hand can, from a new answer where it cannot. */
  async refresh({ moving = false } = {}) {
    const { choice } = this;
    if (!this.viewport.waits && this.data.covers(choice) && this.data.answer.shows(choice.period)) {
      this.draw(this.data.answer, { moving });
      if (this.data.serves(choice)) return; // else the mix of kinds follows
    }
    const late = setTimeout(() => this.scene.canvas.classList.add("rm-late"), 400);
    try {
      if (this.viewport.waits && !(await this.findAll(choice))) return;
      const answer = await this.data.load(choice);
      if (!answer) return;
      this.say("");
      this.draw(answer, { moving: true });
    } catch (error) {
      this.say(`The map's events could not be loaded: ${error.message}`, { retry: true });
    } finally {
      clearTimeout(late);
      this.scene.canvas.classList.remove("rm-late");
    }
  }

  /** Look where all events are; resolves to false where something newer is to be shown. */
  async findAll(choice) {
    const answer = await this.data.loadWorld(choice);
    if (answer && choice === this.choice) this.viewport.fit(extentOf(answer.points));
    return Boolean(answer) && choice === this.choice;
  }

  draw(answer, { moving }) {
    const { layer } = this.choice;
    this.scene.showsMarks = layer === "clusters";
    this.heat.active = layer === "heat";
    this.countries.active = layer === "countries";
    this.countries.hasty = false;
    this.timeline.setEdges(answer.edges, answer.head.bounds);
    this.timeline.setPeriod(this.choice.period);
    this.scene.update(answer, this.choice.period, { moving });
    this.rest();
  }

  /** Bring up what need not be there in every frame. */
  rest() {
    const { answer } = this.scene;
    if (!answer) return;
    const seen = this.inView();
    this.timeline.setHistogram(answer.histogram(seen));
    this.countShown();
    this.labels.place();
    this.scene.draw();
    this.buttons.lay();
    const kinds = answer.kinds.filter((_, k) => this.scene.groups.some((group) => group.kinds[k]));
    const soft = this.scene.groups.some((group) => answer.placeOf(group.points[0]).precision > 0);
    this.legend.setContent({ kinds, soft, steps: this.countries.legend() });
    this.summary.textContent = this.countries.active ? this.countries.summary() : "";
    this.say(answer.head.total === 0 ? "No event fits these filters. Remove a filter to see more." : this.emptyWords());
    this.tellBox();
    clearTimeout(this.namesTimer);
    this.namesTimer = setTimeout(() => this.labels.refresh().catch(console.error), 120);
  }

  emptyWords() {
    if (this.scene.count(() => true).all) return "";
    return "No event in this period. Widen it on the timeline.";
  }

  /** Return what is shown as [west, north, east, south] on the unit square; west and east may lie outside it. */
  viewBox() {
    const camera = this.camera.atRest(), size = this.map.getSize();
    return [-camera.x, -camera.y, size.x - camera.x, size.y - camera.y].map((pixels) => pixels / camera.scale);
  }

  inView() {
    const [west, north, east, south] = this.viewBox();
    return (point) => {
      if (point.x === undefined) return true;
      if (point.y < north || point.y > south) return false;
      return east - west >= 1 || (((point.x - west) % 1) + 1) % 1 <= east - west;
    };
  }

  countShown() {
    const { here, all } = this.scene.count(this.inView());
    this.timeline.sayCount(here, this.scene.answer.head.whole ? all : this.allShown());
  }

  /** Return how many events there are outside the answer's part of the world too; null where that is not known. */
  allShown() {
    return JSON.stringify(this.choice.period) === JSON.stringify(this.told.period) ? this.told.shown ?? null : null;
  }

  /** A frame of brushing or playing: nothing but counting and drawing. */
  scrub(period) {
    this.choice.period = period;
    if (!this.scene.answer) return;
    this.countries.hasty = true;
    this.scene.update(this.scene.answer, period);
    this.countShown();
  }

  /** The brush was let go: the period becomes the app's; at once, or after the last of several key presses. */
  settle(period, { wait = false } = {}) {
    this.choice.period = period;
    clearTimeout(this.settleTimer);
    this.settleTimer = setTimeout(() => {
      this.remember("period", period);
      tell({ period });
      this.refresh();
    }, wait ? KEYS_MS : 0);
  }

  setLayer(layer) {
    this.choice.layer = layer;
    this.legend.setLayer(layer);
    this.remember("layer", layer);
    this.refresh();
    this.tellView();
  }

  zooming(zoom) {
    const { answer } = this.scene;
    if (answer?.isEvents && zoom !== this.scene.zoomBefore) {
      // The events are here already: groups part while the map zooms, not after it.
      requestAnimationFrame(() => this.scene.update(answer, this.choice.period, { moving: true }));
    }
    this.scene.zoomBefore = zoom;
  }

  rested() {
    this.showFit(!this.viewport.showsAll);
    // While it waits, a request for all events is under way, and the view changes with its answer.
    if (this.choice && !this.viewport.waits) this.refresh({ moving: false });
  }

  tellView() {
    const view = this.viewport.place;
    this.remember("view", view);
    tell({ view, layer: this.choice.layer });
  }

  /** Tell a list that follows the map what is in view, once for each view. */
  tellBox() {
    clearTimeout(this.boxTimer);
    if (!this.told.follow || this.viewport.waits) return;
    this.boxTimer = setTimeout(() => {
      const box = this.viewBox();
      if (JSON.stringify(box) === this.boxTold) return;
      this.boxTold = JSON.stringify(box);
      tell({ box });
    }, REST_MS);
  }

  showAll() {
    this.viewport.forget(); // others may have been published meanwhile
    this.viewport.open(null);
    this.refresh();
    this.tellView();
  }

  press(group) {
    const { answer } = this.scene;
    if (group.total === 1 && answer.isEvents) {
      this.list.close({ quiet: true });
      this.choose(answer.ids[answer.eventsOf(group, this.choice.period)[0]]);
    } else if (group.total === 1) {
      this.pageOfCells(group, 0).then(({ events }) => events.length && this.choose(events[0].id), (error) => this.say(error.message));
    } else if (closestZoom(group) > this.map.getZoom()) {
      this.viewport.goTo(group.box, { closest: closestZoom(group), furthest: this.map.getZoom() + 1 });
    } else {
      this.list.open((offset) => this.pageOf(group, offset));
    }
  }

  pageOf(group, offset) {
    const { answer } = this.scene;
    if (!answer.isEvents) return this.pageOfCells(group, offset);
    const found = answer.eventsOf(group, this.choice.period);
    const ids = found.slice(offset, offset + PAGE).map((i) => answer.ids[i]);
    return fetchLabels(ids).then((events) => ({ total: found.length, events }));
  }

  pageOfCells(group, offset) {
    const { choice } = this;
    const days = choice.period && { from: isoDay(choice.period[0]), to: isoDay(choice.period[1]) };
    return fetchCellPage({ ...choice, ...days }, this.data.answer.head.z, group.points.map((point) => point.cell), offset);
  }

  choose(id) {
    this.mark(id, { asked: true });
    tell({ event: id });
  }

  /** Ring the chosen event's mark, and come to it if it is out of sight. */
  async mark(id, { asked }) {
    this.scene.chosen = id ? { id } : null;
    this.scene.draw();
    if (!id) return;
    const [label] = await fetchLabels([id]).catch(() => []);
    if (!label?.at || this.scene.chosen?.id !== id) return;
    const point = this.map.project(label.at, 0).divideBy(256);
    this.scene.chosen = { id, at: point };
    this.scene.draw();
    this.viewport.reveal(label.at, { asked });
  }

  /** Ask now and then whether other events are public, and let the page follow. */
  async look() {
    if (document.hidden || !this.choice || this.timeline.isMoving) return;
    const answer = await ask("version", "").catch(() => null);
    if (!answer || answer.version === this.choice.version) return;
    this.choice.version = answer.version;
    forgetTitles();
    await this.refresh();
    tell({ data: answer.version });
  }

  say(sentence, { retry = false } = {}) {
    this.state.hidden = !sentence;
    this.state.replaceChildren(sentence);
    if (retry) this.state.append(make("button", { type: "button", onclick: () => this.refresh() }, "Try again"));
  }
}

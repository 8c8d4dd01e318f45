// The map and its timeline as one card: holds the state, and updates each part.

import { addFitButton } from "./controls/fit_button.js";
import { kindsIn, Legend } from "./controls/legend.js";
import { MarkerButtons } from "./controls/marker_buttons.js";
import { Notice } from "./controls/notice.js";
import { Pointer } from "./controls/pointer.js";
import { Preview } from "./controls/preview.js";
import { Selection } from "./controls/selection.js";
import { Timeline } from "./controls/timeline.js";
import { extentOf, Viewport } from "./controls/viewport.js";
import { forgetLabels } from "./data/event_labels.js";
import { MapData } from "./data/map_data.js";
import { PageStates } from "./data/page_state.js";
import { fetchRoute } from "./data/server.js";
import { watchVersion } from "./data/version.js";
import { make, messageOf } from "./dom.js";
import { Camera } from "./layers/camera.js";
import { Choropleth } from "./layers/choropleth.js";
import { Heatmap } from "./layers/heatmap.js";
import { PlaceNames } from "./layers/place_names.js";
import { Scene } from "./layers/scene.js";
import { offerStreetTiles } from "./layers/street_tiles.js";
import { setTheme } from "./layers/theme.js";
import { tr } from "./words.js";

/** @import { Answer, BaseLayer, Choice, Cluster, Happening, PageState, Period, Theme } from "./types.js" */

/** @typedef {{stage: HTMLElement, base: BaseLayer, card: HTMLElement}} Frame */

const KEYS_MS = 300;
const LATE_MS = 400;
const NAMES_MS = 120;

export class Card {
  /** @type {Choice | null} */
  choice = null;
  /** @type {string | null | undefined} The query of the context events that are shown. */
  context = undefined;
  /** @type {Record<"settle" | "names", ReturnType<typeof setTimeout> | undefined>} */
  timers = { settle: undefined, names: undefined };

  constructor(/** @type {import("leaflet").Map} */ map, /** @type {Frame} */ { stage, base, card }) {
    this.map = map;
    this.card = card;
    this.base = base;
    this.page = new PageStates();
    this.data = new MapData(map);
    this.slider = new Preview({
      periodOfPage: () => this.page.last.period ?? null,
      onMove: (period) => this.scrub(period),
      onRest: () => this.refresh(),
    });
    this.viewport = new Viewport(map, stage, { onRest: () => this.rested(), onMoved: () => this.postView() });
    this.showFit = addFitButton(map, () => this.showAll());
    this.summary = make("p", { class: "rm-hidden", role: "status" });
    this.notice = new Notice(stage);
    const strip = make("section", { class: "rm-time", "aria-label": tr("Timeline") });
    stage.append(this.summary);
    card.append(strip);
    this.camera = new Camera(map, () => this.scene?.askForDraw());
    this.scene = new Scene(map, this.camera);
    this.placeNames = new PlaceNames(map, this.scene);
    this.heatmap = new Heatmap(this.scene);
    this.choropleth = new Choropleth(this.scene, base);
    base.on("land", () => {
      this.scene.askForDraw();
      this.buttons.place(); // their names have the countries
    });
    this.scene.below.push(this.heatmap, this.choropleth, this.placeNames);

    this.selection = new Selection({
      map,
      stage,
      scene: this.scene,
      viewport: this.viewport,
      choiceNow: () => this.chosen,
      onError: (sentence) => this.notice.show(sentence),
    });
    const onPress = (/** @type {Cluster} */ cluster) => this.selection.press(cluster);
    const onNames = () => this.placeNames.show();
    this.buttons = new MarkerButtons(map.getContainer(), this.scene, { onPress, onNames, lands: base.lands });
    this.pointer = new Pointer(map, this.scene, {
      onPress,
      describeAt: (point) => this.choropleth.describeAt(point),
    });
    this.legend = new Legend(stage, (chosen) => this.change(chosen));
    this.timeline = new Timeline(strip, {
      onMove: (period) => this.scrub(period),
      onRest: (period, options) => this.settle(period, options),
    });
    map.on("zoomanim", ({ zoom }) => this.zooming(zoom));
    offerStreetTiles(map, this.legend, (isOn) => {
      this.placeNames.active = !isOn; // street maps have their own names
      this.scene.askForDraw();
    }).catch(console.error);
    watchVersion({
      mayAsk: () => this.choice !== null && !this.timeline.isMoving,
      versionNow: () => this.chosen.version,
      onChange: (version) => {
        this.chosen.version = version;
        forgetLabels();
        return this.refresh();
      },
    });
    this.viewport.resize(); // the stage only has its height now
    base.ensureLand(map.getZoom()).catch(console.error);
  }

  /** @returns {Choice} The current choice; fails before the page has sent one. */
  get chosen() {
    if (!this.choice) throw new Error("nothing is chosen yet");
    return this.choice;
  }

  /** Apply the state from the page; the first time, start the map. */
  async show(/** @type {PageState} */ said) {
    const last = this.page.last;
    const before = this.choice;
    if (said.theme !== last.theme) this.setTheme(said.theme);
    if (said.bounds && !before) this.timeline.setEdges([said.bounds[0], said.bounds[1] + 1], said.bounds);
    const slider = this.slider.compare(said.period);
    const isNewPeriod = slider !== "older" && this.page.isNews("period", said.period);
    const period = !before || isNewPeriod ? said.period : before.period;
    const layer = !before || this.page.isNews("layer", said.layer) ? said.layer : before.layer;
    const colour = !before || this.page.isNews("colour", said.colour) ? said.colour : before.colour;
    const choice = { version: said.version, filter: said.filter, period, layer, colour, bins: this.timeline.room };
    const looksElsewhere = !before || this.page.isNews("view", said.view);
    if (said.filter !== last.filter) this.viewport.forget();
    this.page.last = said;
    if (before && choice.version !== before.version) forgetLabels();
    this.choice = choice;
    if (looksElsewhere) this.viewport.open(said.view);
    this.legend.setChoice(choice);
    this.timeline.setPeriod(period);
    if (said.context !== this.context) this.showContext(said.context);
    if (!before || said.selected !== last.selected) this.selection.mark(said.selected, { asked: before !== null });
    // Most runs of the page change nothing here; they only repeat the view that the map reported.
    const isSame = slider !== "confirmed" && JSON.stringify(choice) === JSON.stringify(before);
    if (this.viewport.waits || !isSame) await this.refresh();
    else if (said.shown !== last.shown && this.scene.answer) this.countShown();
    this.postBox();
  }

  /** Mark the context events of a query below the timeline; null removes them. */
  showContext(/** @type {string | null} */ query) {
    this.context = query;
    const take = (/** @type {Happening[] | null} */ found) => found && this.timeline.setContext(found);
    if (query === null) take([]);
    else fetchRoute("context", query, { sort: "context" }).then(take, console.error);
  }

  setTheme(/** @type {Theme} */ theme) {
    setTheme(theme);
    this.base.redraw();
    this.legend.show();
    this.timeline.drawAll();
    this.scene.askForDraw();
  }

  /** Render the choice: at once if the current answer covers it, otherwise after fetching a new one. */
  async refresh({ moving = false } = {}) {
    const choice = this.chosen;
    const { answer } = this.data;
    if (answer && !this.viewport.waits && this.data.covers(choice) && answer.shows(choice.period)) {
      this.draw(answer, { moving });
      if (this.data.serves(choice)) return; // otherwise the counts by kind follow
    }
    const late = setTimeout(() => this.scene.canvas.classList.add("rm-late"), LATE_MS);
    try {
      if (this.viewport.waits && !(await this.findAll(choice))) return;
      const loaded = await this.data.load(choice);
      if (!loaded) return;
      this.notice.show("");
      this.draw(loaded, { moving: true });
    } catch (error) {
      const reason = messageOf(error);
      this.notice.show(tr("The map's events could not be loaded: {reason}", { reason }), () => this.refresh());
    } finally {
      clearTimeout(late);
      this.scene.canvas.classList.remove("rm-late");
    }
  }

  /** Find the extent of all events; resolves to false if the choice has changed meanwhile. */
  async findAll(/** @type {Choice} */ choice) {
    const answer = await this.data.loadWorld(choice);
    if (answer && choice === this.choice) this.viewport.fit(this.page.last.fit ?? extentOf(answer.points));
    return Boolean(answer) && choice === this.choice;
  }

  draw(/** @type {Answer} */ answer, /** @type {{moving: boolean}} */ { moving }) {
    const { layer, period } = this.chosen;
    this.scene.showsMarkers = layer === "clusters";
    this.heatmap.active = layer === "heat";
    this.choropleth.active = layer === "countries";
    this.choropleth.hasty = false;
    this.card.classList.toggle("rm-by-community", answer.head.colour === "community");
    this.timeline.setEdges(answer.edges, answer.head.bounds);
    this.timeline.setPeriod(period);
    this.scene.update(answer, period, { moving });
    this.rest();
  }

  /** Update what is not needed in every frame. */
  rest() {
    const { answer, clusters } = this.scene;
    if (!answer) return;
    this.timeline.setHistogram(answer.histogram(this.camera.inView()));
    this.countShown();
    this.placeNames.place();
    this.scene.askForDraw();
    this.buttons.place();
    const content = { ...kindsIn(answer, clusters), steps: this.choropleth.legend() };
    this.legend.setContent(content, this.viewport.place === null ? this.scene.inSight({ everyCopy: true }) : []);
    this.summary.textContent = this.choropleth.active ? this.choropleth.summary() : "";
    this.notice.show(this.emptySentence(answer));
    this.postBox();
    clearTimeout(this.timers.names);
    this.timers.names = setTimeout(() => this.placeNames.refresh().catch(console.error), NAMES_MS);
  }

  emptySentence(/** @type {Answer} */ answer) {
    if (answer.head.total === 0) return tr("No event fits these filters. Remove a filter to see more.");
    return this.scene.count(() => true).all ? "" : tr("No event in this period. Widen it on the timeline.");
  }

  countShown() {
    const { here, all } = this.scene.count(this.camera.inView());
    this.timeline.sayCount(here, this.scene.answer?.head.whole ? all : this.allShown());
  }

  /** Return the number of events including those outside the answer's area; null if unknown. */
  allShown() {
    const { period, shown } = this.page.last;
    return JSON.stringify(this.chosen.period) === JSON.stringify(period) ? (shown ?? null) : null;
  }

  /** A frame of brushing, playing or moving the page's slider: only count and draw. */
  scrub(/** @type {Period} */ period) {
    this.chosen.period = period;
    if (!this.scene.answer) return;
    this.choropleth.hasty = true;
    this.scene.update(this.scene.answer, period);
    this.countShown();
  }

  /** Report the period after brushing ends: at once, or after the last of several key presses. */
  settle(/** @type {Period} */ period, { wait = false } = {}) {
    this.chosen.period = period;
    clearTimeout(this.timers.settle);
    this.timers.settle = setTimeout(
      () => {
        this.page.report("period", period);
        this.refresh();
      },
      wait ? KEYS_MS : 0,
    );
  }

  /** Apply a layer or colouring chosen in the legend. */
  change(/** @type {Pick<Choice, "layer"> | Pick<Choice, "colour">} */ chosen) {
    Object.assign(this.chosen, chosen);
    this.legend.setChoice(this.chosen);
    for (const [name, value] of Object.entries(chosen)) this.page.expect(name, value);
    this.refresh();
    this.postView();
  }

  zooming(/** @type {number} */ zoom) {
    const { answer } = this.scene;
    if (answer?.isEvents && zoom !== this.scene.zoomBefore) {
      // The events are loaded already: clusters split while the map zooms, not after it.
      requestAnimationFrame(() => this.scene.update(answer, this.chosen.period, { moving: true }));
    }
    this.scene.zoomBefore = zoom;
  }

  rested() {
    this.showFit(!this.viewport.showsAll);
    // Until then a request for all events is running, and the view changes with its answer.
    if (this.choice && !this.viewport.waits) this.refresh({ moving: false });
  }

  postView() {
    this.page.report("view", this.viewport.place, { layer: this.chosen.layer, colour: this.chosen.colour });
  }

  /** Report the visible area to a list that follows the map. */
  postBox() {
    this.page.reportBox(this.viewport.waits ? null : () => this.camera.viewBox());
  }

  showAll() {
    this.viewport.forget(); // other events may have been published meanwhile
    this.viewport.open(null);
    this.refresh();
    this.postView();
  }
}

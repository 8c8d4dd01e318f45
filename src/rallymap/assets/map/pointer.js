// What the mouse or a finger does on the marks: says what is there, and opens it.

import { make } from "./dom.js";
import { markRadius } from "./marks.js";
import { fetchLabels, labelOf } from "./titles.js";
import { groupWords } from "./words.js";

const HOVER_MS = 60;

export class Pointer {
  constructor(map, scene, { onPress, wordsAt }) {
    this.map = map;
    this.scene = scene;
    this.tip = make("div", { class: "rm-tip", role: "tooltip", hidden: true });
    map.getContainer().append(this.tip);
    map.on("click", ({ containerPoint }) => {
      const group = scene.groupAt(containerPoint);
      if (group) onPress(group);
    });
    map.on("mousemove", ({ containerPoint }) => {
      this.hover(scene.groupAt(containerPoint));
      if (!this.group) this.say(wordsAt(containerPoint), containerPoint);
    });
    map.on("movestart zoomstart mouseout", () => this.hover(null));
  }

  hover(group) {
    if (group === this.group) return;
    this.group = group;
    this.map.getContainer().classList.toggle("rm-over-mark", Boolean(group));
    clearTimeout(this.timer);
    this.tip.hidden = true;
    if (group) this.timer = setTimeout(() => this.show(group), HOVER_MS);
  }

  /** Say something about what is no mark: a country. */
  say(words, { x, y }) {
    this.tip.hidden = !words;
    if (!words) return;
    this.tip.replaceChildren(make("span", {}, words));
    this.place(x, y, 12);
  }

  async show(group) {
    const { answer } = this.scene;
    if (group.total === 1 && answer.isEvents) {
      const id = answer.ids[group.event];
      if (!labelOf(id)) await fetchLabels([id]).catch(() => []);
      const label = labelOf(id);
      if (this.group !== group || !label) return;
      this.tip.replaceChildren(make("b", {}, label.title), make("span", {}, `${label.where} · ${label.when}`));
    } else {
      this.tip.replaceChildren(make("span", {}, groupWords(group, answer.kinds)));
    }
    this.tip.hidden = false;
    const camera = this.scene.camera.now();
    const world = camera.scale;
    const x = (((group.x * world + camera.x) % world) + world) % world;
    this.place(x, group.y * world + camera.y, markRadius(group.total) + 8);
  }

  place(x, y, gap) {
    const size = this.map.getSize();
    const below = y < this.tip.offsetHeight + gap + 8;
    this.tip.style.left = `${Math.max(8, Math.min(size.x - this.tip.offsetWidth - 8, x - this.tip.offsetWidth / 2))}px`;
    this.tip.style.top = `${below ? y + gap : y - gap - this.tip.offsetHeight}px`;
  }
}

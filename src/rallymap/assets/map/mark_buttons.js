// The marks for keyboards and screen readers: a button over each of the largest, laid anew when the map rests.

import { make } from "./dom.js";
import { isOneSpot } from "./groups.js";
import { KINDS } from "./look.js";
import { markRadius } from "./marks.js";
import { fetchLabels, labelOf } from "./titles.js";
import { groupWords } from "./words.js";

const MOST = 60;
const MOST_TITLES = 40;

export class MarkButtons {
  constructor(host, scene, { onPress, onNames }) {
    this.scene = scene;
    this.onPress = onPress;
    this.onNames = onNames;
    this.box = make("div", { class: "rm-marks", role: "group", "aria-label": "Events on the map" });
    host.append(this.box);
  }

  lay() {
    const { answer } = this.scene;
    const before = new Map([...this.box.children].map((button) => [button.dataset.key, button]));
    const laid = this.scene.inSight().slice(0, MOST).map(({ group, x, y }) => {
      const key = `${group.x} ${group.y}`;
      const button = before.get(key) ?? make("button", { type: "button", "data-key": key });
      const radius = markRadius(group.total) + 3;
      Object.assign(button.style, { left: `${x - radius}px`, top: `${y - radius}px`, width: `${2 * radius}px`, height: `${2 * radius}px` });
      button.onclick = () => this.onPress(group);
      button.group = group;
      button.setAttribute("aria-label", this.wordsOf(group, answer));
      return button;
    });
    // Only what has changed is touched, so that a button in use keeps its focus.
    const kept = new Set(laid);
    for (const button of before.values()) if (!kept.has(button)) button.remove();
    for (const button of laid) if (!button.isConnected) this.box.append(button);
    this.addTitles(laid);
  }

  wordsOf(group, answer) {
    const label = answer.isEvents && isOneSpot(group) ? labelOf(answer.ids[group.event]) : null;
    if (group.total > 1) return `${groupWords(group, answer.kinds)}${label ? `, ${label.where}` : ""}`;
    const kind = KINDS[this.scene.kindOf(group)].label;
    return label ? `${kind}: ${label.title}, ${label.where}, ${label.when}` : kind;
  }

  /** Fetch what the events at the marks are called; `onNames` then hears that their places' names are known. */
  async addTitles(buttons) {
    const { answer } = this.scene;
    if (!answer?.isEvents) return;
    const single = buttons.filter((button) => isOneSpot(button.group)).slice(0, MOST_TITLES);
    await fetchLabels(single.map((button) => answer.ids[button.group.event])).catch(() => []);
    if (this.scene.answer !== answer) return;
    for (const button of single) button.setAttribute("aria-label", this.wordsOf(button.group, answer));
    this.onNames();
  }
}

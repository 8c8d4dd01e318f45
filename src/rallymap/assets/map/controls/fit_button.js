// The button below + and − that fits all events into the view.

import { make } from "../dom.js";
import { addButton } from "../leaflet.js";
import { tr } from "../words.js";

/**
 * Add the button to the map.
 *
 * @param {import("leaflet").Map} map
 * @param {() => void} onPress
 * @returns {(isUseful: boolean) => void} Enables or disables the button.
 */
export function addFitButton(map, onPress) {
  const label = tr("Show all events");
  const button = make("a", { class: "rm-fit", href: "#", role: "button", title: label, "aria-label": label });
  addButton(map, button, onPress);
  return (isUseful) => {
    button.classList.toggle("leaflet-disabled", !isUseful);
    button.setAttribute("aria-disabled", String(!isUseful));
  };
}

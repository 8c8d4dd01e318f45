// The button below + and − that shows all events again.

import { make } from "../dom.js";
import { addButton } from "../leaflet.js";
import { tr } from "../words.js";

/**
 * Add the button to the map.
 *
 * @param {import("leaflet").Map} map
 * @param {() => void} onPress
 * @returns {(isUseful: boolean) => void} Says whether there is anything for the button to do.
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

// The button below + and − that shows all events again.

import { make } from "./dom.js";

const LABEL = "Show all events";

/** Add the button to the map; returns a function that says whether there is anything for it to do. */
export function addFitButton(map, onPress) {
  const button = make("a", { class: "rm-fit", href: "#", role: "button", title: LABEL, "aria-label": LABEL });
  L.DomEvent.on(button, "click", (event) => {
    L.DomEvent.stop(event);
    onPress();
  });
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const bar = make("div", { class: "leaflet-bar leaflet-control" }, button);
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  control.addTo(map);
  return (useful) => {
    button.classList.toggle("leaflet-disabled", !useful);
    button.setAttribute("aria-disabled", String(!useful));
  };
}

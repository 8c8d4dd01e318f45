// Connects a map to the page around its iframe: assets/page/map_host.js is the other end.

import { noteAnswer } from "./messages.js";

/**
 * Show the state sent by the page, from the first message on; and previews of a period, if the map can.
 *
 * @template {{show: (state: any) => Promise<void> | void, preview?: (days: [number, number]) => void}} Engine
 * @param {Engine} engine
 * @returns {Engine}
 */
export function connect(engine) {
  let isDrawn = false;
  window.addEventListener("message", async ({ source, data }) => {
    if (source !== window.parent) return;
    if (data?.rallymap === "preview" && isDrawn) engine.preview?.(data.days);
    if (data?.rallymap !== "show") return;
    noteAnswer(data.answered);
    await engine.show(data.choice);
    if (!isDrawn) window.parent.postMessage({ rallymap: "drawn" }, "*");
    isDrawn = true;
  });
  window.parent.postMessage({ rallymap: "ready" }, "*");
  return engine;
}

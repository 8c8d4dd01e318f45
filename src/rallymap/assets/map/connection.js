// Connects a map to the page around its frame: assets/page/map_host.js is the other end.

import { noteAnswer } from "./messages.js";

/** Show what the page sends, from the first message on; resolves to the map's engine. */
export async function connect(starting) {
  const engine = await starting;
  let drawn = false;
  window.addEventListener("message", async ({ source, data }) => {
    if (source !== window.parent || data?.rallymap !== "show") return;
    noteAnswer(data.answered);
    await engine.show(data.choice);
    if (!drawn) window.parent.postMessage({ rallymap: "drawn" }, "*");
    drawn = true;
  });
  window.parent.postMessage({ rallymap: "ready" }, "*");
  return engine;
}

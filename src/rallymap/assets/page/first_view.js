// The map in the first view of Explore, which the server rendered into the page, and the removal of that view: once the
// app has rendered its own list and a place for the map and is idle, or shows something else.
// rallymap/web/start_page.py inserts this into the page, before all other scripts.
//
// The map starts while Streamlit is still loading, and is later moved into the page while it runs
// (assets/page/map_host.js). A browser that reloads an iframe when it is moved gets its map with the page.

(() => {
  const LIST = ".st-key-list :is(button, .rm-empty)";
  const MAP = ".st-key-map_card .rm-map-host";
  const MOVING = "[data-testid=stAppSkeleton], [data-testid=stSkeleton], [data-stale=true]";
  const PROBLEM = "[data-testid=stException], [data-testid=stAlert], .rm-error";
  const LONGEST_MS = 10_000; // from the list to the rest of the page
  const STATE = "data-test-script-state";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {HTMLIFrameElement | undefined} */
  let map;
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributeFilter: [STATE, "data-stale"] });

  function look() {
    const place = document.querySelector("#rm-first [data-page]");
    if (!map && place instanceof HTMLElement && "moveBefore" in place) map = startMap(place);
    if (document.querySelector(PROBLEM)) takeAway();
    else if (document.querySelector(LIST)) {
      timer ??= setTimeout(takeAway, LONGEST_MS);
      const rests = document.querySelector(`[${STATE}=notRunning]`);
      if (rests && document.querySelector(MAP) && !document.querySelector(MOVING)) takeAway();
    }
  }

  /** @returns {HTMLIFrameElement} */
  function startMap(/** @type {HTMLElement} */ place) {
    const frame = document.createElement("iframe");
    const { page = "", title = "", choice = "" } = place.dataset;
    frame.title = title;
    frame.setAttribute("sandbox", "allow-scripts");
    frame.src = new URL(page, new URL("./", location.href)).href;
    addEventListener("message", ({ source, data }) => {
      if (source !== frame.contentWindow || frame.dataset.hosted !== undefined) return;
      if (data?.rallymap === "ready") {
        const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
        // A sandboxed iframe has no origin that could be named.
        frame.contentWindow?.postMessage(
          { rallymap: "show", answered: 0, choice: { ...JSON.parse(choice), theme } },
          "*",
        );
      }
      if (data?.rallymap === "drawn") frame.dataset.drawn = "";
      if (data?.rallymap === "failed") frame.remove(); // the page creates another one
      // The page reads one message at first; an opened event is more important than the map's view.
      const kept = JSON.parse(frame.dataset.message ?? "{}");
      if (data?.rallymap === "message" && !("event" in kept && !("event" in data.message)))
        frame.dataset.message = JSON.stringify(data.message);
    });
    place.append(frame);
    return frame;
  }

  function takeAway() {
    observer.disconnect();
    clearTimeout(timer);
    const first = document.getElementById("rm-first");
    const hasFocus = first?.contains(document.activeElement) && document.activeElement !== map;
    document.dispatchEvent(new Event("rallymap:first-view-ends")); // the map is moved out
    first?.remove();
    // Keyboard users who were in the first view continue in the page, not at the browser's own toolbar.
    const main = document.querySelector("[data-testid=stMain]");
    if (hasFocus && main instanceof HTMLElement) main.focus();
  }
})();

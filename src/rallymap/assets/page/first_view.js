// The map in the first view of Explore, which the server wrote into the page, and the end of that view: once the app has
// its own list and a place for the map and rests, or has something else to say. rallymap/web/start_page.py writes this
// into the page, before all other scripts.
//
// The map starts while Streamlit is still on its way, and moves into the page later as it is (assets/page/map_host.js).
// A browser that can only load a frame again where it is moved gets its map with the page.

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
        // It has no origin to name.
        frame.contentWindow?.postMessage(
          { rallymap: "show", answered: 0, choice: { ...JSON.parse(choice), theme } },
          "*",
        );
      }
      if (data?.rallymap === "drawn") frame.dataset.drawn = "";
      if (data?.rallymap === "failed") frame.remove(); // the page makes another one
      // The page reads one message when it comes; an event that was opened counts more than where the map looks.
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
    document.dispatchEvent(new Event("rallymap:first-view-ends")); // the map leaves it
    first?.remove();
    // People who went through the first view with the keyboard go on in the page, not at the browser's own bar.
    const main = document.querySelector("[data-testid=stMain]");
    if (hasFocus && main instanceof HTMLElement) main.focus();
  }
})();

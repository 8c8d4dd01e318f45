// Takes away the first view of Explore, which the server wrote into the page, once the app has its own list and a map's
// frame and rests, or has something else to say. rallymap/web/start_page.py writes this into the page, before all other scripts.

(() => {
  const LIST = ".st-key-list :is(button, .rm-empty)";
  const MAP = ".st-key-map_card iframe";
  const MOVING = "[data-testid=stAppSkeleton], [data-testid=stSkeleton], [data-stale=true]";
  const PROBLEM = "[data-testid=stException], [data-testid=stAlert], .rm-error";
  const LONGEST_MS = 10_000; // from the list to the rest of the page
  const STATE = "data-test-script-state";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributeFilter: [STATE, "data-stale"] });

  function look() {
    if (document.querySelector(PROBLEM)) takeAway();
    else if (document.querySelector(LIST)) {
      timer ??= setTimeout(takeAway, LONGEST_MS);
      const rests = document.querySelector(`[${STATE}=notRunning]`);
      if (rests && document.querySelector(MAP) && !document.querySelector(MOVING)) takeAway();
    }
  }

  function takeAway() {
    observer.disconnect();
    clearTimeout(timer);
    const first = document.getElementById("rm-first");
    const hasFocus = first?.contains(document.activeElement);
    first?.remove();
    // Whoever went through the first view with the keyboard goes on in the page, not at the browser's own bar.
    const main = document.querySelector("[data-testid=stMain]");
    if (hasFocus && main instanceof HTMLElement) main.focus();
  }
})();

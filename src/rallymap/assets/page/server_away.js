// What visitors see while the server is unavailable. rallymap/web/start_page.py inserts it before all other scripts.
//
// If the style sheet or some of a page's scripts could not be loaded because the server became unavailable, the page has
// no layout or lacks parts, such as buttons: it is reloaded once the server answers. In place of a missing part,
// Streamlit shows the browser's error with the script's URL; and after a lost connection, it asks its developers to
// restart it. The page shows its own messages instead.
//
// A page is also reloaded if it stays without a connection although the server answers: after some faults Streamlit does
// not connect again. Its fields are disabled until then. A page that could not be drawn is loaded again by its own link,
// unless somebody typed something that is not stored: only the form for events stores drafts.

(() => {
  const RELOADS = 3;
  const WITHIN_MS = 300_000;
  const PAUSE_MS = 1500;
  const CHECK_MS = 3000;
  /** Checks without a connection until a page is reloaded: longer than the 15 s that Streamlit waits for one. */
  const CHECKS = 6;
  const KEPT = "rallymap-reloads";
  let isWaiting = false;
  let isChecking = false;
  let wasConnected = false;
  let unconnected = 0;

  addEventListener("vite:preloadError", loadAgain);
  addEventListener(
    "error",
    (event) => {
      const part = event.target;
      if (part instanceof HTMLScriptElement || (part instanceof HTMLLinkElement && part.rel === "stylesheet"))
        loadAgain();
    },
    true,
  );
  const changes = new MutationObserver(() => {
    // Not only every few seconds: a page may be connected for a shorter time.
    wasConnected ||= isConnected();
    sayAway();
    sayMissing();
    for (const link of document.querySelectorAll("[class*=st-key-page_failed] a:not([data-tried])"))
      if (link instanceof HTMLElement) tryAgain(link);
  });
  changes.observe(document, { childList: true, subtree: true, attributeFilter: ["data-test-connection-state"] });
  setInterval(checkConnection, CHECK_MS);

  function loadAgain() {
    if (isWaiting) return;
    isWaiting = true;
    const timer = setInterval(async () => {
      if (tries().length >= RELOADS || !(await isThere()) || !countTry()) return;
      clearInterval(timer);
      location.reload();
    }, PAUSE_MS);
  }

  /** Return when the page was reloaded or drawn again lately. */
  function tries() {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]").filter(
      (/** @type {number} */ at) => at > Date.now() - WITHIN_MS,
    );
  }

  /** Count a try, and return whether it is allowed: a lasting fault would otherwise reload the page forever. */
  function countTry() {
    const lately = tries();
    if (lately.length >= RELOADS) return false;
    sessionStorage.setItem(KEPT, JSON.stringify([...lately, Date.now()]));
    return true;
  }

  async function checkConnection() {
    if (isChecking) return;
    if (isConnected() || !wasConnected) {
      unconnected = 0;
      return;
    }
    isChecking = true;
    unconnected = (await isThere()) ? unconnected + 1 : 0;
    isChecking = false;
    if (unconnected >= CHECKS) loadAgain();
  }

  function isConnected() {
    const app = document.querySelector("[data-testid=stApp]");
    return app instanceof HTMLElement && app.dataset.testConnectionState === "CONNECTED";
  }

  function tryAgain(/** @type {HTMLElement} */ link) {
    link.dataset.tried = "";
    setTimeout(() => {
      if (link.isConnected && !hasTyped() && countTry()) link.click();
    }, CHECK_MS);
  }

  /** Return whether the page has a text that a reload would lose. */
  function hasTyped() {
    if (new URLSearchParams(location.search).has("draft")) return false;
    const fields = document.querySelectorAll("textarea, input[type=text]:not([role=combobox])");
    return [...fields].some((field) => /** @type {HTMLInputElement} */ (field).value !== "");
  }

  async function isThere() {
    try {
      return (await fetch("./healthz", { cache: "no-store" })).ok;
    } catch {
      return false;
    }
  }

  function sentence(/** @type {string} */ name) {
    return document.querySelector(`meta[name=rallymap-${name}]`)?.getAttribute("content");
  }

  function sayAway() {
    const own = sentence("away");
    for (const code of document.querySelectorAll("[role=dialog] [data-testid=stErrorCodeBlock]")) {
      const said = code.previousElementSibling;
      if (!said?.textContent?.includes("Streamlit") || !own || !(code instanceof HTMLElement)) continue;
      said.textContent = own;
      code.style.display = "none";
    }
  }

  function sayMissing() {
    const own = sentence("missing");
    for (const stack of document.querySelectorAll("[data-testid=stErrorElementStack]")) {
      const said = stack.parentElement;
      if (!said || !own || said.hidden) continue;
      // Streamlit's own elements are kept, because React looks for them when it removes the part.
      said.hidden = true;
      said.style.display = "none";
      const text = document.createElement("span");
      text.textContent = own;
      said.after(text);
      if (said.parentElement && !hasRoom(said)) said.parentElement.style.display = "none";
    }
  }

  /** Return whether a part has its own space in the page; the message of any other would cover its neighbours. */
  function hasRoom(/** @type {Element} */ part) {
    for (let at = part.parentElement; at && at.dataset.testid !== "stMain"; at = at.parentElement)
      if (/fixed|absolute/.test(getComputedStyle(at).position)) return false;
    return true;
  }
})();

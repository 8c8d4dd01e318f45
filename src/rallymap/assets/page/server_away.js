// What visitors see while the server is unavailable. rallymap/web/start_page.py inserts it before all other scripts.
//
// If some of a page's scripts could not be loaded because the server became unavailable, the page lacks parts, such as
// buttons: it is reloaded once the server answers. In place of such a part, Streamlit shows the browser's error with
// the script's URL; and after a lost connection, it asks its developers to restart it. The page shows its own messages
// instead.

(() => {
  const RELOADS = 3;
  const WITHIN_MS = 300_000;
  const PAUSE_MS = 1500;
  const KEPT = "rallymap-reloads";
  let isWaiting = false;

  addEventListener("vite:preloadError", loadAgain);
  addEventListener(
    "error",
    (event) => {
      if (event.target instanceof HTMLScriptElement) loadAgain();
    },
    true,
  );
  const changes = new MutationObserver(() => {
    sayAway();
    sayMissing();
  });
  changes.observe(document, { childList: true, subtree: true });

  function loadAgain() {
    if (isWaiting) return;
    isWaiting = true;
    const timer = setInterval(async () => {
      if (!(await isThere())) return;
      clearInterval(timer);
      // A file that is missing for another reason would otherwise reload the page forever.
      const lately = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]").filter(
        (/** @type {number} */ at) => at > Date.now() - WITHIN_MS,
      );
      if (lately.length >= RELOADS) return;
      sessionStorage.setItem(KEPT, JSON.stringify([...lately, Date.now()]));
      location.reload();
    }, PAUSE_MS);
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

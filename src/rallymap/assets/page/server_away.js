// What visitors see while the server is away. rallymap/web/start_page.py writes it into the page, before all other scripts.
//
// A page whose scripts could not be loaded, as the server went away meanwhile, lacks some of its parts, such as buttons:
// it is loaded again once the server answers. Where such a part should be, Streamlit shows the browser's error with the
// address of the script; and where the connection is lost, it asks its developers to start it again. The page says its
// own sentences instead.

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
      // A file that is missing for another reason would have the page loaded for ever.
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
      // Streamlit's own elements stay, as React looks for them when it takes the part away.
      said.hidden = true;
      said.style.display = "none";
      const text = document.createElement("span");
      text.textContent = own;
      said.after(text);
      if (said.parentElement && !hasRoom(said)) said.parentElement.style.display = "none";
    }
  }

  /** Say whether a part has room of its own in the page; the sentence of any other would lie over its neighbours. */
  function hasRoom(/** @type {Element} */ part) {
    for (let at = part.parentElement; at && at.dataset.testid !== "stMain"; at = at.parentElement)
      if (/fixed|absolute/.test(getComputedStyle(at).position)) return false;
    return true;
  }
})();

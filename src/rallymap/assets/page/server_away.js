// What visitors see while the server is away. rallymap/web/start_page.py writes it into the page, before all other scripts.
//
// A page whose scripts could not be loaded, as the server went away meanwhile, lacks some of its parts, such as buttons:
// it is loaded again once the server answers. And where the connection is lost, Streamlit tells its developers to start
// it again: the page says its own sentence instead.

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
  new MutationObserver(sayOwnSentence).observe(document, { childList: true, subtree: true });

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

  function sayOwnSentence() {
    const own = document.querySelector("meta[name=rallymap-away]")?.getAttribute("content");
    for (const code of document.querySelectorAll("[role=dialog] [data-testid=stErrorCodeBlock]")) {
      const said = code.previousElementSibling;
      if (!said?.textContent?.includes("Streamlit") || !own || !(code instanceof HTMLElement)) continue;
      said.textContent = own;
      code.style.display = "none";
    }
  }
})();

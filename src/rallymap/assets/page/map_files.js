// Fetches files for the maps' iframes (for assets/map/data/server.js), so that the browser caches them between visits.
// rallymap/web/start_page.py inserts this into the page, before all other scripts.

(() => {
  const TYPEFACE = /^assets\/[0-9a-f]{12}\/font\/source-sans\.woff2$/;
  const LAND = /^assets\/[0-9a-f]{12}\/land\/[\w.-]+$/;

  addEventListener("message", async ({ data, ports: [port] }) => {
    if (data?.rallymap !== "file" || !port) return;
    try {
      const response = await fetch(addressOf(String(data.url)));
      if (!response.ok) throw new Error(String(response.status));
      const file = await response.arrayBuffer();
      port.postMessage(file, [file]);
    } catch (error) {
      port.postMessage(String(error));
    }
  });

  /** @returns {string} The URL of a file; an iframe may only request these public files. */
  function addressOf(/** @type {string} */ url) {
    const root = new URL("./", location.href).href;
    const name = url.startsWith(root) ? url.slice(root.length) : "";
    if (LAND.test(name)) return url;
    // Streamlit's page has the same typeface at another URL: one download serves both.
    const own = document.querySelector("link[rel=preload][as=font]");
    if (TYPEFACE.test(name)) return own instanceof HTMLLinkElement ? own.href : url;
    throw new Error("there is no such file");
  }
})();

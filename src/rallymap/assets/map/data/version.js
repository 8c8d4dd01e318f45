// Polls the server for a newer dataset version.

import { post } from "./messages.js";
import { fetchRoute } from "./server.js";

const POLL_MS = 5000;

/**
 * Watch the dataset version; the page updates once the map has been redrawn.
 *
 * @param {{mayAsk: () => boolean, versionNow: () => string, onChange: (version: string) => Promise<void>}} options
 */
export function watchVersion({ mayAsk, versionNow, onChange }) {
  setInterval(async () => {
    if (document.hidden || !mayAsk()) return;
    const answer = await fetchRoute("version", "").catch(() => null);
    if (!answer || answer.version === versionNow()) return;
    await onChange(answer.version);
    post({ data: answer.version });
  }, POLL_MS);
}

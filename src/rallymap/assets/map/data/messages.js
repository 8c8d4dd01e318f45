// Messages from the map to Streamlit; rallymap/views/map_messages.py reads them. One message at a time: the page writes
// its address after each, and one that arrives before the browser has the new address would seem to come from someone
// who went back in the history.

const QUIET_MS = 250; // after the page's answer, until its address is written
const PATIENCE_MS = 2500;

/** @type {Map<string, Record<string, unknown>>} */
const waiting = new Map();
let lastNumber = 0;
/** @type {ReturnType<typeof setTimeout> | null} */
let busy = null;

let deliver = (/** @type {Record<string, unknown>} */ message) => {
  window.parent.postMessage({ rallymap: "message", message }, "*");
};

/** Hand messages to a function, where the page and the map are one document. */
export function deliverTo(/** @type {(message: Record<string, unknown>) => void} */ receive) {
  deliver = receive;
}

/** Post properties to the page, now or after the message before; of several of a kind that wait, the newest goes. */
export function post(/** @type {Record<string, unknown>} */ properties) {
  const kind = Object.keys(properties)[0];
  waiting.delete(kind);
  waiting.set(kind, properties);
  if (busy === null) send();
}

/** Take note of the number of the newest message that the page has read. */
export function noteAnswer(/** @type {number} */ answered) {
  if (busy !== null && answered >= lastNumber) rest(QUIET_MS);
}

function send() {
  const [next] = waiting;
  if (!next) return;
  waiting.delete(next[0]);
  // Each has a higher number than the one before, so that none is read twice.
  lastNumber = Math.max(lastNumber + 1, Date.now());
  deliver({ ...next[1], seq: lastNumber });
  rest(PATIENCE_MS);
}

function rest(/** @type {number} */ ms) {
  if (busy !== null) clearTimeout(busy);
  busy = setTimeout(() => {
    busy = null;
    send();
  }, ms);
}

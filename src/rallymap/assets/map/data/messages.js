// Messages from the map to Streamlit; rallymap/views/map_messages.py parses them. They are sent one at a time: the page
// updates its URL after each, and a message that arrives before the browser has the new URL would look like a step back
// in the history.

const QUIET_MS = 250; // after the page's answer, until its URL is updated
const PATIENCE_MS = 2500;

/** @type {Map<string, Record<string, unknown>>} */
const waiting = new Map();
let lastNumber = 0;
/** @type {ReturnType<typeof setTimeout> | null} */
let busy = null;

let deliver = (/** @type {Record<string, unknown>} */ message) => {
  window.parent.postMessage({ rallymap: "message", message }, "*");
};

/** Deliver messages to a function, if page and map are one document. */
export function deliverTo(/** @type {(message: Record<string, unknown>) => void} */ receive) {
  deliver = receive;
}

/** Post properties to the page, now or after the previous message; of several pending ones of a kind, only the newest. */
export function post(/** @type {Record<string, unknown>} */ properties) {
  const kind = Object.keys(properties)[0];
  waiting.delete(kind);
  waiting.set(kind, properties);
  if (busy === null) send();
}

/** Note the number of the newest message that the page has processed. */
export function noteAnswer(/** @type {number} */ answered) {
  if (busy !== null && answered >= lastNumber) rest(QUIET_MS);
}

function send() {
  const [next] = waiting;
  if (!next) return;
  waiting.delete(next[0]);
  // Numbers increase, so that none is processed twice.
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

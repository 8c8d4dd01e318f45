// What Python hears: rallymap/views/map_messages.py reads it. One message at a time: the page writes its address after
// each, and one that comes before the browser has the new address would seem to come from someone who went back.

const QUIET_MS = 250; // the page's runs after a message are over when it has not drawn us anew for so long
const PATIENCE_MS = 2500;

const waiting = new Map();
let last = 0, busy = null, listening = false;

/** Send properties to the page, at once or after the message before; of several that wait, the newest of a sort goes. */
export function tell(properties) {
  const sort = Object.keys(properties)[0];
  waiting.delete(sort);
  waiting.set(sort, properties);
  if (busy === null) send();
}

function send() {
  const { Streamlit } = window;
  const [next] = waiting;
  if (!next || !Streamlit) return;
  waiting.delete(next[0]);
  if (!listening) Streamlit.events.addEventListener("streamlit:render", () => busy !== null && rest(QUIET_MS));
  listening = true;
  // Each has a higher number than the one before, so that none is read twice.
  last = Math.max(last + 1, Date.now());
  const feature = { type: "Feature", geometry: null, properties: { ...next[1], seq: last } };
  Streamlit.setComponentValue({ last_active_drawing: feature });
  rest(PATIENCE_MS);
}

function rest(ms) {
  clearTimeout(busy);
  busy = setTimeout(() => {
    busy = null;
    send();
  }, ms);
}

// What Python hears: rallymap/views/map_messages.py reads it.

let last = 0;

/** Send properties to the page; each message has a higher number than the one before, so that none is read twice. */
export function tell(properties) {
  last = Math.max(last + 1, Date.now());
  const feature = { type: "Feature", geometry: null, properties: { ...properties, seq: last } };
  window.Streamlit?.setComponentValue({ last_active_drawing: feature });
}

// Shows a map page in a sandboxed iframe and transfers data between it and Streamlit. rallymap/ui/map_host.py mounts
// it.
//
// The listener for the iframe's messages exists before the iframe does, and the state is posted again each time the map
// reports that it is ready, so the map gets its data in any order of events.
//
// The first map of a visit may already run in the first view of Explore (assets/page/first_view.js); it is then reused.

/** @typedef {{page: string, title: string, height: number, apology: string, again: string, link: string, session: string, answered: number, choice: object}} HostData */
/** @typedef {(message: Record<string, unknown>) => void} Send */
/**
 * @typedef {{data: HostData, parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} Component
 *   The arguments from Streamlit.
 */

const PATIENCE_MS = 10_000;

/** @type {Map<HTMLElement, MapHost>} */
const hosts = new Map();

/**
 * Show the map; Streamlit calls this at the first run and whenever the data changes.
 *
 * @param {Component} component
 * @returns {() => void} Runs when the element is removed.
 */
export default function mount({ data, parentElement, setStateValue }) {
  const send = (/** @type {Record<string, unknown>} */ message) =>
    setStateValue("message", { ...message, session: data.session });
  const known = hosts.get(parentElement);
  const host = known ?? new MapHost(parentElement, data, send);
  if (known) known.update(data, send);
  else hosts.set(parentElement, host);
  return () => {
    // Streamlit also calls this if newer data arrived while this script was imported: the map must stay, because the
    // call with the newer data shows it in the same element.
    if (parentElement.isConnected) return;
    host.remove();
    hosts.delete(parentElement);
  };
}

class MapHost {
  attempts = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  constructor(/** @type {HTMLElement} */ parent, /** @type {HostData} */ data, /** @type {Send} */ send) {
    this.data = data;
    this.send = send;
    this.apology = document.createElement("p");
    this.notice = makeNotice(this.apology, data.again, () => this.restart());
    this.box = document.createElement("div");
    this.box.className = "rm-map-host";
    this.box.append(this.notice);
    parent.append(this.box);
    this.listener = (/** @type {MessageEvent} */ event) => this.receive(event);
    window.addEventListener("message", this.listener);
    this.follow = (/** @type {Event} */ event) =>
      event instanceof CustomEvent && this.post({ rallymap: "preview", days: event.detail });
    document.addEventListener("rallymap:period", this.follow); // of period_slider.js, while its thumbs move
    this.apology.textContent = data.apology;
    this.moveIn = () => this.box.isConnected && moveBefore(this.box, this.frame, this.box.firstChild);
    this.frame = this.takeOver() ?? this.start();
  }

  /** @returns {HTMLIFrameElement | null} The map of the first view, which moves here when that view ends. */
  takeOver() {
    const url = this.address().href;
    const frames = document.querySelectorAll("#rm-first iframe");
    const frame = [...frames].find((found) => found instanceof HTMLIFrameElement && found.src === url);
    if (!(frame instanceof HTMLIFrameElement) || frame.dataset.hosted !== undefined) return null;
    frame.dataset.hosted = "";
    this.attempts = 1;
    this.frame = frame;
    if (frame.dataset.drawn === undefined) this.timer = setTimeout(() => this.setNotice(true), PATIENCE_MS);
    this.show();
    if (frame.dataset.message) this.send(JSON.parse(frame.dataset.message));
    document.addEventListener("rallymap:first-view-ends", this.moveIn, { once: true });
    return frame;
  }

  update(/** @type {HostData} */ data, /** @type {Send} */ send) {
    const isOther = data.page !== this.data.page; // after an upgrade of the server
    this.data = data;
    this.send = send;
    this.apology.textContent = data.apology;
    if (isOther) this.frame = this.start();
    else this.show();
  }

  /** @returns {HTMLIFrameElement} A new iframe that replaces the previous one. */
  start() {
    this.frame?.remove();
    this.attempts += 1;
    const frame = document.createElement("iframe");
    const url = this.address();
    if (this.attempts > 1) url.searchParams.set("attempt", String(this.attempts)); // bypasses caches
    frame.title = this.data.title;
    frame.setAttribute("sandbox", "allow-scripts");
    frame.style.height = `${this.data.height}px`;
    frame.src = url.href;
    this.box.prepend(frame);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.setNotice(true), PATIENCE_MS);
    return frame;
  }

  address() {
    // Relative to /_stcore/bidi-components/<name>/, so that it works with any base path.
    return new URL(`../../../${this.data.page}`, import.meta.url);
  }

  restart() {
    this.setNotice(false);
    this.frame = this.start();
    this.frame.focus({ preventScroll: true }); // the focused button no longer exists
  }

  show() {
    const { choice, answered } = this.data;
    this.post({ rallymap: "show", choice, answered });
  }

  post(/** @type {object} */ message) {
    this.frame.contentWindow?.postMessage(message, "*"); // a sandboxed iframe has no origin
  }

  receive(/** @type {MessageEvent} */ { source, data }) {
    if (source !== this.frame.contentWindow) return;
    if (data?.rallymap === "ready") this.show();
    if (data?.rallymap === "drawn") this.finish();
    if (data?.rallymap === "failed" && this.frame.dataset.drawn === undefined) this.fail();
    if (data?.rallymap === "message") this.send(data.message);
    if (data?.rallymap === "linked") this.passOn(data);
  }

  /** Forward a map's message to its linked maps. */
  passOn(/** @type {object} */ message) {
    for (const host of hosts.values()) {
      if (host !== this && this.data.link && host.data.link === this.data.link) host.post(message);
    }
  }

  finish() {
    this.frame.dataset.drawn = "";
    this.setNotice(false);
  }

  /** Retry once at once; then let the visitor decide. */
  fail() {
    if (this.attempts === 1) this.frame = this.start();
    else this.setNotice(true);
  }

  setNotice(/** @type {boolean} */ isShown) {
    clearTimeout(this.timer);
    this.notice.hidden = !isShown;
  }

  remove() {
    clearTimeout(this.timer);
    window.removeEventListener("message", this.listener);
    document.removeEventListener("rallymap:period", this.follow);
    document.removeEventListener("rallymap:first-view-ends", this.moveIn);
    // Streamlit may mount the component again before the first view ends: that map is then taken over by the next host.
    if (!this.box.contains(this.frame)) delete this.frame.dataset.hosted;
    this.box.remove();
  }
}

/** Move an element without reloading its map. Only called if the first view found that the browser supports it. */
function moveBefore(/** @type {any} */ parent, /** @type {Element} */ element, /** @type {Node | null} */ next) {
  if (element.isConnected) parent.moveBefore(element, next);
}

function makeNotice(
  /** @type {HTMLElement} */ apology,
  /** @type {string} */ again,
  /** @type {() => void} */ onPress,
) {
  const notice = document.createElement("div");
  notice.className = "rm-map-notice";
  notice.setAttribute("role", "status");
  notice.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = again;
  button.addEventListener("click", onPress);
  notice.append(apology, button);
  return notice;
}

// Shows a map page in a sandboxed iframe and carries data between it and Streamlit. rallymap/ui/map_host.py mounts it.
//
// The listener for the iframe's messages exists before the iframe does, and what is to be shown is posted again each
// time the map says that it is ready, so no order of events can leave the map without its data.

const PATIENCE_MS = 10_000;

const hosts = new Map();

/** Streamlit calls this at the first run and whenever the data differs; what it returns runs when the element goes. */
export default function mount({ data, parentElement, setStateValue }) {
  let host = hosts.get(parentElement);
  if (!host) hosts.set(parentElement, (host = new MapHost(parentElement)));
  host.update(data, (message) => setStateValue("message", { ...message, session: data.session }));
  return () => {
    host.remove();
    hosts.delete(parentElement);
  };
}

class MapHost {
  constructor(parent) {
    this.box = document.createElement("div");
    this.box.className = "rm-map-host";
    this.notice = makeNotice(() => this.restart());
    this.box.append(this.notice);
    parent.append(this.box);
    this.hear = (event) => this.receive(event);
    window.addEventListener("message", this.hear);
    this.attempts = 0;
  }

  update(data, send) {
    const other = data.page !== this.data?.page; // the first time, and after an upgrade of the server
    this.data = data;
    this.send = send;
    this.notice.firstChild.textContent = data.apology;
    if (other) this.start();
    else this.show();
  }

  start() {
    this.frame?.remove();
    this.attempts += 1;
    const frame = (this.frame = document.createElement("iframe"));
    // Below /_stcore/bidi-components/<name>/: a base path before it does no harm.
    const url = new URL(`../../../${this.data.page}`, import.meta.url);
    if (this.attempts > 1) url.searchParams.set("attempt", this.attempts); // past whatever is cached
    frame.title = this.data.title;
    frame.setAttribute("sandbox", "allow-scripts");
    frame.style.height = `${this.data.height}px`;
    frame.src = url;
    this.box.prepend(frame);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.setNotice(true), PATIENCE_MS);
  }

  restart() {
    this.setNotice(false);
    this.start();
    this.frame.focus({ preventScroll: true }); // the button that had it is gone
  }

  show() {
    const { choice, answered } = this.data;
    this.frame.contentWindow.postMessage({ rallymap: "show", choice, answered }, "*"); // it has no origin to name
  }

  receive({ source, data }) {
    if (source !== this.frame?.contentWindow) return;
    if (data?.rallymap === "ready") this.show();
    if (data?.rallymap === "drawn") this.finish();
    if (data?.rallymap === "failed" && this.frame.dataset.drawn === undefined) this.fail();
    if (data?.rallymap === "message") this.send(data.message);
  }

  finish() {
    this.frame.dataset.drawn = "";
    this.setNotice(false);
  }

  /** Try once more at once; then leave it to the visitor. */
  fail() {
    if (this.attempts === 1) this.start();
    else this.setNotice(true);
  }

  setNotice(shown) {
    clearTimeout(this.timer);
    this.notice.hidden = !shown;
  }

  remove() {
    clearTimeout(this.timer);
    window.removeEventListener("message", this.hear);
    this.box.remove();
  }
}

function makeNotice(onPress) {
  const notice = document.createElement("div");
  notice.className = "rm-map-notice";
  notice.setAttribute("role", "status");
  notice.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Load the map again";
  button.addEventListener("click", onPress);
  notice.append(document.createElement("p"), button);
  return notice;
}

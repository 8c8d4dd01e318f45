// Colours and shapes of the map, in one place with the style sheet's variables.

const NAMES = ["ink", "soft", "line", "paper", "card", "sea", "land", "border", "accent", "tint", "context"];
export const KINDS = {
  rally: { label: "Rally", shape: circle },
  march: { label: "March", shape: polygon(4, 1.18) },
  vigil: { label: "Vigil", shape: polygon(3, 1.22) },
  exhibition: { label: "Exhibition, bookstand", shape: square },
  conference: { label: "Conference", shape: polygon(5, 1.12) },
  picket: { label: "Picket", shape: polygon(6, 1.1, Math.PI / 6) },
  performance: { label: "Performance", shape: star },
  other: { label: "Other gathering", shape: plus },
};

let colours = null;

/** Return the present theme's colours by name, and by kind under `kinds`. */
export function palette() {
  if (colours) return colours;
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  colours = Object.fromEntries(NAMES.map((name) => [name, read(name)]));
  colours.heat = [1, 2, 3, 4].map((step) => read(`heat-${step}`));
  colours.steps = [1, 2, 3, 4, 5].map((step) => read(`step-${step}`));
  colours.kinds = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, read(`kind-${kind}`)]));
  return colours;
}

export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  colours = null;
}

export function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Trace a kind's shape around (x, y); all shapes look equally large at one `size`. */
export function traceKind(context, kind, x, y, size) {
  context.beginPath();
  (KINDS[kind] ?? KINDS.other).shape(context, x, y, size);
  context.closePath();
}

/** Make a small picture of a kind for legends and lists. */
export function kindIcon(kind, size = 12) {
  const icon = document.createElement("canvas");
  const ratio = 2;
  icon.width = icon.height = (size + 2) * ratio;
  icon.style.width = icon.style.height = `${size + 2}px`;
  icon.setAttribute("aria-hidden", "true");
  const context = icon.getContext("2d");
  context.scale(ratio, ratio);
  traceKind(context, kind, size / 2 + 1, size / 2 + 1, size / 2);
  context.fillStyle = palette().kinds[kind];
  context.fill();
  return icon;
}

function circle(context, x, y, size) {
  context.arc(x, y, size, 0, 2 * Math.PI);
}

function square(context, x, y, size) {
  context.roundRect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8, size * 0.25);
}

function polygon(corners, reach, turn = 0) {
  return (context, x, y, size) => {
    for (let i = 0; i < corners; i++) {
      const angle = turn - Math.PI / 2 + (i * 2 * Math.PI) / corners;
      context.lineTo(x + Math.cos(angle) * size * reach, y + Math.sin(angle) * size * reach);
    }
  };
}

function star(context, x, y, size) {
  for (let i = 0; i < 10; i++) {
    const angle = -Math.PI / 2 + (i * Math.PI) / 5;
    const reach = size * (i % 2 ? 0.52 : 1.25);
    context.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
}

function plus(context, x, y, size) {
  const arm = size * 0.38;
  const corners = [[-arm, -size], [arm, -size], [arm, -arm], [size, -arm], [size, arm], [arm, arm],
    [arm, size], [-arm, size], [-arm, arm], [-size, arm], [-size, -arm], [-arm, -arm]];
  for (const [dx, dy] of corners) context.lineTo(x + dx, y + dy);
}

// Colours of the map, from its style sheet, and the shapes of kinds.

import { KIND_LABELS } from "../data/kinds.js";
import { contextOf } from "../dom.js";

/** @import { Theme } from "../types.js" */

/** @typedef {(context: CanvasRenderingContext2D, x: number, y: number, size: number) => void} Shape */

const NAMES = ["ink", "soft", "line", "paper", "card", "sea", "land", "border", "accent", "tint", "context"];
/** @type {Record<string, Shape>} */
const SHAPES = {
  rally: circle,
  march: polygon(4, 1.18),
  vigil: polygon(3, 1.22),
  exhibition: square,
  conference: polygon(5, 1.12),
  picket: polygon(6, 1.1, Math.PI / 6),
  performance: star,
  other: plus,
};

/** @typedef {Record<string, string> & {heat: string[], steps: string[], kinds: Record<string, string>}} Palette */

/** @type {Palette | null} */
let colours = null;

/** @returns {Palette} The current theme's colours by name, and by kind under `kinds`. */
export function palette() {
  if (colours) return colours;
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  colours = /** @type {Palette} */ ({
    .../** @type {any} */ (Object.fromEntries(NAMES.map((name) => [name, read(name)]))),
    heat: [1, 2, 3, 4].map((step) => read(`heat-${step}`)),
    steps: [1, 2, 3, 4, 5].map((step) => read(`step-${step}`)),
    kinds: Object.fromEntries(Object.keys(KIND_LABELS).map((kind) => [kind, read(kind)])),
  });
  return colours;
}

/** Use a theme's colours from now on. */
export function setTheme(/** @type {Theme} */ theme) {
  document.documentElement.dataset.theme = theme;
  colours = null;
}

/** Return whether the visitor prefers reduced motion. */
export function prefersReducedMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Trace a kind's shape around (x, y); all shapes look equally large at one `size`. */
export function traceKind(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {string} */ kind,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ size,
) {
  context.beginPath();
  (SHAPES[kind] ?? SHAPES.other)(context, x, y, size);
  context.closePath();
}

/** Create a small icon of a kind for legends and lists. */
export function kindIcon(/** @type {string} */ kind, size = 12) {
  const icon = document.createElement("canvas");
  const ratio = 2;
  icon.width = icon.height = (size + 2) * ratio;
  icon.style.width = icon.style.height = `${size + 2}px`;
  icon.setAttribute("aria-hidden", "true");
  const context = contextOf(icon);
  context.scale(ratio, ratio);
  traceKind(context, kind, size / 2 + 1, size / 2 + 1, size / 2);
  context.fillStyle = palette().kinds[kind];
  context.fill();
  return icon;
}

/** @type {Shape} */
function circle(context, x, y, size) {
  context.arc(x, y, size, 0, 2 * Math.PI);
}

/** @type {Shape} */
function square(context, x, y, size) {
  context.roundRect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8, size * 0.25);
}

/** @returns {Shape} A regular polygon; `reach` scales it to look as large as the circle. */
function polygon(/** @type {number} */ corners, /** @type {number} */ reach, turn = 0) {
  return (context, x, y, size) => {
    for (let i = 0; i < corners; i++) {
      const angle = turn - Math.PI / 2 + (i * 2 * Math.PI) / corners;
      context.lineTo(x + Math.cos(angle) * size * reach, y + Math.sin(angle) * size * reach);
    }
  };
}

/** @type {Shape} */
function star(context, x, y, size) {
  for (let i = 0; i < 10; i++) {
    const angle = -Math.PI / 2 + (i * Math.PI) / 5;
    const reach = size * (i % 2 ? 0.52 : 1.25);
    context.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
}

/** @type {Shape} */
function plus(context, x, y, size) {
  const arm = size * 0.38;
  const corners = [
    [-arm, -size],
    [arm, -size],
    [arm, -arm],
    [size, -arm],
    [size, arm],
    [arm, arm],
    [arm, size],
    [-arm, size],
    [-arm, arm],
    [-size, arm],
    [-size, -arm],
    [-arm, -arm],
  ];
  for (const [dx, dy] of corners) context.lineTo(x + dx, y + dy);
}

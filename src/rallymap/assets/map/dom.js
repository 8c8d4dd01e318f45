// Builds elements; text only ever goes in as text.

/**
 * Make an element: `make("button", {class: "x", "aria-label": "y", onclick: f}, "text", child, ...)`.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes Handlers by names that begin with "on"; null and false leave out, true is "".
 * @param {...(string | Node)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** Return how a text runs, which a canvas does not find out: as its first letter does. */
export function directionOf(/** @type {string} */ text) {
  return /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text) ? "rtl" : "ltr";
}

/** @returns {CanvasRenderingContext2D} What draws on a canvas. */
export function contextOf(
  /** @type {HTMLCanvasElement} */ canvas,
  /** @type {CanvasRenderingContext2DSettings} */ options = {},
) {
  const context = canvas.getContext("2d", options);
  if (!context) throw new Error("this browser draws no canvas");
  return context;
}

/** @returns {string} What an error says, also where something else was thrown. */
export function messageOf(/** @type {unknown} */ error) {
  return error instanceof Error ? error.message : String(error);
}

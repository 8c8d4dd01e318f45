// Creates elements; text is always inserted as text.

/**
 * Create an element: `make("button", {class: "x", "aria-label": "y", onclick: f}, "text", child, ...)`.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes Names that start with "on" are handlers; null and false are omitted, true is
 *   "".
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

/** Return the direction of a text, which a canvas does not detect: that of its first letter. */
export function directionOf(/** @type {string} */ text) {
  return /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text) ? "rtl" : "ltr";
}

/** @returns {CanvasRenderingContext2D} The drawing context of a canvas. */
export function contextOf(
  /** @type {HTMLCanvasElement} */ canvas,
  /** @type {CanvasRenderingContext2DSettings} */ options = {},
) {
  const context = canvas.getContext("2d", options);
  if (!context) throw new Error("this browser draws no canvas");
  return context;
}

/** @returns {string} The message of an error, or of any other thrown value. */
export function messageOf(/** @type {unknown} */ error) {
  return error instanceof Error ? error.message : String(error);
}

// The overlay of an area being drawn: its fill, its sides, its corners and the keyboard's cross.

/** @typedef {[number, number]} Pixel */

const SVG = "http://www.w3.org/2000/svg";
const CORNER_PX = 4;
const CROSS_PX = 12;

export class Outline {
  constructor() {
    this.element = part("svg", { class: "rm-outline", "aria-hidden": "true" });
    this.shade = part("polygon", { class: "rm-outline-shade" });
    this.sides = part("polyline", { class: "rm-outline-sides" });
    this.corners = part("g", {});
    this.cross = part("path", { class: "rm-outline-cross" });
    this.element.append(this.shade, this.sides, this.corners, this.cross);
  }

  /** Show the rectangle between two points. */
  showRectangle(/** @type {Pixel} */ [x1, y1], /** @type {Pixel} */ [x2, y2]) {
    /** @type {Pixel[]} */
    const ring = [
      [x1, y1],
      [x2, y1],
      [x2, y2],
      [x1, y2],
    ];
    this.showLines(ring, [...ring, ring[0]]);
    this.corners.replaceChildren();
    this.cross.setAttribute("d", "");
  }

  /**
   * Show corners and the sides between them.
   *
   * @param {Pixel[]} corners
   * @param {Pixel | null} pointer Position of the next corner.
   * @param {Pixel | null} cross Cross at which the keyboard sets a corner.
   * @param {number} reach Radius around the first corner within which a click closes the area; 0 if none does.
   */
  showCorners(corners, pointer, cross, reach) {
    this.showLines(corners, pointer && corners.length ? [...corners, pointer] : corners);
    const dots = corners.map(([cx, cy]) => part("circle", { cx, cy, r: CORNER_PX }));
    if (reach) {
      const [cx, cy] = corners[0];
      dots.unshift(part("circle", { cx, cy, r: reach, class: "rm-outline-first" }));
    }
    this.corners.replaceChildren(...dots);
    const [x, y] = cross ?? [0, 0];
    const lines = `M${x - CROSS_PX} ${y}h${2 * CROSS_PX}M${x} ${y - CROSS_PX}v${2 * CROSS_PX}`;
    this.cross.setAttribute("d", cross ? lines : "");
  }

  showLines(/** @type {Pixel[]} */ ring, /** @type {Pixel[]} */ line) {
    this.shade.setAttribute("points", ring.join(" "));
    this.sides.setAttribute("points", line.join(" "));
  }
}

/**
 * Create an SVG element of the overlay.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} attributes
 */
function part(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return /** @type {SVGElementTagNameMap[Tag]} */ (element);
}

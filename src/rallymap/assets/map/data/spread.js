// Moves overlapping marks apart sideways, so that each can be clicked.

/**
 * A mark on the screen: its centre and its size, in pixels.
 *
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 */

const STEP_PX = 2;

/**
 * Return by how many pixels to move each mark sideways; earlier marks and `fixed` ones are not moved.
 *
 * Marks move towards the middle of the map, where there is space.
 *
 * @param {Box[]} boxes
 * @param {Box[]} fixed
 * @param {number} width Width of the map, in pixels.
 * @returns {number[]}
 */
export function spread(boxes, fixed, width) {
  const taken = [...fixed];
  return boxes.map((box) => {
    const step = box.x > width / 2 ? -STEP_PX : STEP_PX;
    let by = 0;
    while (taken.some((other) => cover(other, { ...box, x: box.x + by }))) by += step;
    taken.push({ ...box, x: box.x + by });
    return by;
  });
}

function cover(/** @type {Box} */ a, /** @type {Box} */ b) {
  return 2 * Math.abs(a.x - b.x) < a.width + b.width && 2 * Math.abs(a.y - b.y) < a.height + b.height;
}

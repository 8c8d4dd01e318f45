// Marks that would cover each other, moved apart sideways, so that each can be pressed.

/**
 * A mark on the screen: its middle and its size, in pixels.
 *
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 */

const STEP_PX = 2;

/**
 * Return by how many pixels each mark moves sideways; those before it, and `fixed` ones, stay.
 *
 * They move towards the middle, where there is room.
 *
 * @param {Box[]} boxes
 * @param {Box[]} fixed
 * @param {number} width Of the map, in pixels.
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

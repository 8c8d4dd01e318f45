// Packs an answer like a server; rallymap/query/packing.py defines the format.

const ALIGNMENT = 4;

/** @typedef {Uint8Array | Int32Array | Float32Array} Numbers */

/** @returns {string} The type of an array as named in the header. */
function typeOf(/** @type {Numbers} */ values) {
  if (values instanceof Uint8Array) return "u1";
  return values instanceof Int32Array ? "i4" : "f4";
}

function padded(/** @type {number} */ length) {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

/** @returns {ArrayBuffer} A header and arrays as one message, which data/answer.js parses. */
export function packArrays(
  /** @type {Record<string, unknown>} */ header,
  /** @type {Record<string, Numbers>} */ arrays,
) {
  /** @type {Record<string, [string, number, number]>} */
  const places = {};
  let length = 0;
  for (const [name, values] of Object.entries(arrays)) {
    places[name] = [typeOf(values), length, values.length];
    length += padded(values.byteLength);
  }
  const text = new TextEncoder().encode(JSON.stringify({ ...header, arrays: places }));
  const head = padded(text.length);
  const made = new Uint8Array(4 + head + length).fill(32, 4, 4 + head);
  new DataView(made.buffer).setUint32(0, head, true);
  made.set(text, 4);
  for (const [name, values] of Object.entries(arrays)) {
    made.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 4 + head + places[name][1]);
  }
  return made.buffer;
}

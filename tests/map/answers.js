// Answers of the server for tests, packed as rallymap/query/packing.py packs them.

const TYPES = { Uint8Array: "u1", Int32Array: "i4", Uint16Array: "u2", Float32Array: "f4" };

/** Join a header and arrays into one message. */
export function pack(header, arrays) {
  const places = {};
  let offset = 0;
  for (const [name, values] of Object.entries(arrays)) {
    places[name] = [TYPES[values.constructor.name], offset, values.length];
    offset += Math.ceil(values.byteLength / 4) * 4;
  }
  const text = JSON.stringify({ ...header, arrays: places });
  const head = new TextEncoder().encode(text + " ".repeat((4 - (text.length % 4)) % 4));
  const message = new Uint8Array(4 + head.length + offset);
  new DataView(message.buffer).setUint32(0, head.length, true);
  message.set(head, 4);
  for (const [name, values] of Object.entries(arrays)) {
    message.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 4 + head.length + places[name][1]);
  }
  return message.buffer;
}

const WORLD = 2 ** 30;

/** Pack few events: each {x, y, start, end, kind, place, radius, coarse, id}; x and y on the unit square. */
export function packEvents(events, edges, kinds = ["rally", "march"]) {
  const column = (name, Type, scale = 1) => Type.from(events, (event) => (event[name] ?? 0) * scale);
  return pack(
    { mode: "events", version: "v1", whole: true, total: events.length, bounds: [edges[0], edges.at(-1) - 1], kinds },
    {
      edges: Int32Array.from(edges),
      x: column("x", Int32Array, WORLD),
      y: column("y", Int32Array, WORLD),
      start: column("start", Int32Array),
      end: Int32Array.from(events, (event) => event.end ?? event.start),
      radius: column("radius", Int32Array),
      kind: column("kind", Uint8Array),
      place: column("place", Uint8Array),
      coarse: column("coarse", Uint8Array),
      ids: new TextEncoder().encode(events.map((event) => event.id).join("\n")),
    },
  );
}

/** Pack many events: two cells, three bins, counts by kind. `shift` is how many more started than ended by then. */
export function packCells({ starts, undated, mix, coarse = [], edges = [0, 10, 20, 30], kinds = ["rally", "march"] }) {
  const cells = undated.length;
  return pack(
    { mode: "cells", version: "v1", whole: false, total: 99, bounds: [0, 29], kinds, z: 5 },
    {
      edges: Int32Array.from(edges),
      starts: Int32Array.from(starts),
      shift: new Int32Array(starts.length),
      undated: Int32Array.from(undated),
      coarse: Int32Array.from(coarse),
      mix: Int32Array.from(mix),
      x: Int32Array.from({ length: cells }, (_, i) => (WORLD / 4) * (i + 1)),
      y: new Int32Array(cells).fill(WORLD / 2),
      x0: Int32Array.from({ length: cells }, (_, i) => (WORLD / 4) * (i + 1)),
      y0: new Int32Array(cells).fill(WORLD / 2),
      x1: Int32Array.from({ length: cells }, (_, i) => (WORLD / 4) * (i + 1)),
      y1: new Int32Array(cells).fill(WORLD / 2),
      cells: Int32Array.from({ length: 2 * cells }, (_, i) => i),
    },
  );
}

// Reads the base map's binary files; tools/build_basemap.py says how they are written.

/** Turn a land file into countries, each with a fill outline and a bounding box, and the borders as lines. */
export function readLand(buffer) {
  const bytes = new Uint8Array(buffer);
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const signed = () => {
    const value = number();
    return value & 1 ? -((value + 1) >> 1) : value >> 1;
  };

  const size = 2 ** number();
  const arcs = Array.from({ length: number() }, () => {
    const head = number();
    const points = new Float32Array(2 * (head >> 1));
    let x = 0, y = 0;
    for (let i = 0; i < points.length; i += 2) {
      x += signed();
      y += signed();
      points[i] = x / size;
      points[i + 1] = y / size;
    }
    return { points, stroked: Boolean(head & 1), box: boxOf(points) };
  });
  const countries = Array.from({ length: number() }, () => {
    const code = bytes[at] ? String.fromCharCode(bytes[at], bytes[at + 1]) : "";
    at += 2;
    const rings = Array.from({ length: number() }, () => Array.from({ length: number() }, signed));
    return { code, polygons: rings.map((ring) => joinArcs(ring, arcs)) };
  });
  return { countries, borders: arcs.filter((arc) => arc.stroked) };
}

function joinArcs(ring, arcs) {
  const length = ring.reduce((sum, i) => sum + arcs[i < 0 ? ~i : i].points.length, 0);
  const points = new Float32Array(length);
  let end = 0;
  for (const i of ring) {
    const arc = arcs[i < 0 ? ~i : i].points;
    if (i >= 0) {
      points.set(arc, end);
    } else {
      for (let k = 0; k < arc.length; k += 2) {
        points[end + k] = arc[arc.length - 2 - k];
        points[end + k + 1] = arc[arc.length - 1 - k];
      }
    }
    end += arc.length;
  }
  return { points, box: boxOf(points) };
}

/** Return [west, north, east, south] of points on the unit square, y growing to the south. */
function boxOf(points) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    box[0] = Math.min(box[0], points[i]);
    box[1] = Math.min(box[1], points[i + 1]);
    box[2] = Math.max(box[2], points[i]);
    box[3] = Math.max(box[3], points[i + 1]);
  }
  return box;
}

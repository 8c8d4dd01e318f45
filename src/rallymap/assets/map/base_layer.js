// The base map: countries drawn on canvas tiles, so that dragging shows no blank edge.

import { readLand } from "./land.js";
import { palette } from "./look.js";

const TILE = 512;
const FINE_FROM_ZOOM = 3;
const LEAST_STEP_PX = 0.8;
const ZOOMS_KEPT = 4;
const LANDS = { coarse: "../land/land-110m.bin", fine: "../land/land-50m.bin" };

async function load(name) {
  const response = await fetch(new URL(LANDS[name], import.meta.url));
  if (!response.ok) throw new Error(`${name} base map: ${response.status}`);
  return readLand(await response.arrayBuffer());
}

/** Make the base layer. It draws the sea at once and the land as soon as its file is there. */
export function makeBaseLayer() {
  const layer = new (L.GridLayer.extend({
    createTile(coords) {
      const tile = document.createElement("canvas");
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      // One pixel wider than its place: neighbours overlap, and no seam shows while the map zooms.
      tile.width = tile.height = (TILE + 1) * ratio;
      drawTile(tile.getContext("2d"), coords, ratio, this.lands);
      return tile;
    },
    _initTile(tile) {
      L.GridLayer.prototype._initTile.call(this, tile);
      tile.style.width = tile.style.height = `${TILE + 1}px`;
    },
  }))({ tileSize: TILE, updateWhenZooming: false, keepBuffer: 1, className: "rm-base" });

  layer.lands = {};
  const fetching = {};
  layer.ensureLand = (zoom) => {
    const name = zoom < FINE_FROM_ZOOM ? "coarse" : "fine";
    fetching[name] ??= load(name).then((land) => {
      layer.lands[name] = land;
      layer.redraw();
      layer.fire("land");
    });
    return fetching[name];
  };
  layer.on("add", () => layer._map.on("zoomend", () => layer.ensureLand(layer._map.getZoom()).catch(console.error)));
  return layer;
}

function drawTile(context, coords, ratio, lands) {
  const { sea, land, border } = palette();
  const scale = 2 ** coords.z * 256;
  const west = coords.x * TILE, north = coords.y * TILE;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = sea;
  context.fillRect(0, 0, TILE + 1, TILE + 1);
  const wanted = coords.z < FINE_FROM_ZOOM ? lands.coarse ?? lands.fine : lands.fine ?? lands.coarse;
  if (!wanted) return;
  const shapes = shapesAt(wanted, coords.z);
  const traceAll = (outlines) => {
    context.beginPath();
    // At zoom 0 the world is smaller than a tile, which then shows it more than once.
    for (let left = west; left > west - TILE; left -= scale) {
      const view = [left, north, left + TILE + 2, north + TILE + 2].map((px) => px / scale);
      for (const { box, points } of outlines) if (meets(box, view)) trace(context, points, left, north);
    }
  };
  traceAll(shapes.fills);
  context.fillStyle = land;
  context.fill("evenodd");
  traceAll(shapes.lines);
  context.strokeStyle = border;
  context.lineWidth = 0.8;
  context.lineJoin = "round";
  context.stroke();
}

/** Return a land's outlines in the pixels of a zoom, without the points that no eye would miss; kept per zoom. */
function shapesAt(land, zoom) {
  land.shapes ??= new Map();
  if (!land.shapes.has(zoom)) {
    if (land.shapes.size >= ZOOMS_KEPT) land.shapes.delete(land.shapes.keys().next().value);
    const scale = 2 ** zoom * 256;
    const thin = ({ box, points }) => ({ box, points: thinned(points, scale) });
    const fills = land.countries.flatMap((country) => country.polygons).map(thin);
    land.shapes.set(zoom, { fills, lines: land.borders.map(thin) });
  }
  return land.shapes.get(zoom);
}

/** Scale a line, leaving out points less than a pixel from the one kept before. */
function thinned(points, scale) {
  const kept = new Float32Array(points.length);
  let end = 0;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] * scale, y = points[i + 1] * scale;
    const last = i === points.length - 2;
    if (!end || last || Math.abs(x - kept[end - 2]) + Math.abs(y - kept[end - 1]) >= LEAST_STEP_PX) {
      kept[end++] = x;
      kept[end++] = y;
    }
  }
  return kept.slice(0, end);
}

function meets(box, view) {
  return box[0] <= view[2] && box[2] >= view[0] && box[1] <= view[3] && box[3] >= view[1];
}

function trace(context, points, west, north) {
  context.moveTo(points[0] - west, points[1] - north);
  for (let i = 2; i < points.length; i += 2) context.lineTo(points[i] - west, points[i + 1] - north);
}
